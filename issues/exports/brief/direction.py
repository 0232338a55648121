"""What runs from right to left in a Word document, paragraphs and runs, and stays where it belongs."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from issues.domain.bidi import runs_right_to_left, stretches

# A name that runs to the left, in a sentence of ours, between the marks that isolate it.
ISOLATED = re.compile("(\u2068[^\u2068\u2069]*\u2069)")
# What follows in the order of the schema, so that a file is valid to the letter.
AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
AFTER_LANG = ("w:eastAsianLayout", "w:specVanish", "w:oMath")
AFTER_SIZE = (
    *(
        "w:highlight",
        "w:u",
        "w:effect",
        "w:bdr",
        "w:shd",
        "w:fitText",
        "w:vertAlign",
        "w:rtl",
        "w:cs",
        "w:em",
    ),
    *("w:lang", *AFTER_LANG),
)


def turn(paragraph: Any) -> None:
    """Let a paragraph run from right to left."""
    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)


def runs_of_sentence(text: str) -> Iterator[tuple[str, bool]]:
    """A sentence of ours in runs, each with whether it runs to the left.

    A name between isolates is a piece of its own with them, so that no date or number beside it jumps, in
    Word, which goes by the runs, nor in programs that go by the letters.
    """
    for place, piece in enumerate(ISOLATED.split(text)):
        leftwards = bool(place % 2) and runs_right_to_left(piece)
        yield from stretches(piece, leftwards=leftwards)


def runs_of_words(text: str) -> Iterator[tuple[str, bool]]:
    """What someone wrote, in runs, each with whether it runs to the left; the whole as its first letter."""
    yield from stretches(text, leftwards=runs_right_to_left(text))


def turn_run(run: Any, size: Any, *, bold: bool, language: str) -> None:
    """Let a run go from right to left, with the weight, size and language that such letters have apart."""
    run.font.rtl = True
    run.font.cs_bold = True if bold else None
    properties = run._r.get_or_add_rPr()
    if size is not None:
        _put(properties, "w:szCs", "w:val", str(int(size.pt * 2)), AFTER_SIZE)
    if language:
        _put(properties, "w:lang", "w:bidi", language, AFTER_LANG)


def _put(properties: Any, name: str, attribute: str, value: str, after: tuple[str, ...]) -> None:
    element = OxmlElement(name)
    element.set(qn(attribute), value)
    properties.insert_element_before(element, *after)
