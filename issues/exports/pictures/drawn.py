"""A picture as SVG, with its caption and source line in it, and the same as PNG."""

from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt
from unicodedata import combining, east_asian_width

import resvg_py
from django.template.loader import render_to_string

from issues.exports.changes_feed import printable
from issues.exports.pictures.picture import Picture, Provenance

MARGIN = 24.0
TITLE, SMALL = 20.0, 15.0  # the heights of lines
# The widths of a letter, generously: fonts differ.
TITLE_LETTER, SMALL_LETTER = 8.2, 6.6
# A picture is twice as large in points as in its units, while it has fewer points than this.
ZOOM, MOST_POINTS = 2.0, 12_000_000
# No font is shipped: a PNG is drawn with the first of these that the machine has.
FAMILIES = (
    "Noto Sans",
    "Liberation Sans",
    "Arial",
    "Helvetica",
    "FreeSans",
    "DejaVu Sans Condensed",
    "DejaVu Sans",
    "Roboto",
    "Open Sans",
    "Ubuntu",
    "Cantarell",
)
PROBE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">{}</svg>'
LETTER = '<text x="2" y="16" font-family="{}" font-size="14">{}</text>'
LAST_OF_LATIN = "\u024f"
# No font has it: drawn in its place is what stands for letters that are missing.
NO_LETTER = "\U0010fffd"


class NoFonts(Exception):
    """The machine has no font to draw a text with; a picture without its words would mislead."""


@dataclass(frozen=True)
class Framed:
    """A picture with room for its words: lines of text with their baselines, and the top of the drawing."""

    width: float
    height: float
    title: list[tuple[str, float]]
    top: float
    words: list[tuple[str, float]]
    margin: float = MARGIN


def as_svg(picture: Picture, provenance: Provenance) -> str:
    """The picture as an SVG document that is whole in itself."""
    context = {
        **picture.drawing,
        "picture_of": picture,
        "framed": framed(picture, provenance),
        "size": picture.size,
        "standalone": True,
    }
    return printable(render_to_string("components/picture.svg", context))


def as_png(picture: Picture, provenance: Provenance) -> bytes:
    """The picture as a PNG file, its text drawn with a font of this machine. Raises NoFonts."""
    svg = as_svg(picture, provenance)
    family = font_of(svg)
    frame = framed(picture, provenance)
    zoom = min(ZOOM, sqrt(MOST_POINTS / (frame.width * frame.height)))
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=zoom,
        font_family=family,
        serif_family=family,
        sans_serif_family=family,
    )


def font_of(text: str) -> str:
    """The first family that has every letter of a text. Raises NoFonts, which names what is missing."""
    first = font()
    beyond = sorted({letter for letter in text if letter > LAST_OF_LATIN and letter.isalnum()})
    for family in FAMILIES[FAMILIES.index(first) :]:
        if _drawn(family, "M") != _empty() and all(_has(family, letter) for letter in beyond):
            return family
    missing = "".join(letter for letter in beyond if not _has(first, letter))
    raise NoFonts(f"no font of this machine has {missing}")


@cache
def font() -> str:
    """The family that text is drawn with. Raises NoFonts where there is none."""
    for family in FAMILIES:
        if _drawn(family, "M") != _empty():
            return family
    raise NoFonts


@lru_cache(maxsize=4_096)
def _has(family: str, letter: str) -> bool:
    """Whether a letter can be drawn with a family, or with what takes its place where it lacks one."""
    return _drawn(family, letter) not in (_drawn(family, NO_LETTER), _empty())


@lru_cache(maxsize=64)
def _drawn(family: str, letter: str) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=PROBE.format(LETTER.format(family, letter)), font_family=family)


@cache
def _empty() -> bytes:
    return resvg_py.svg_to_bytes(svg_string=PROBE.format(""))


def framed(picture: Picture, provenance: Provenance) -> Framed:
    """Lay out the title above the drawing, and the caption and the source line beneath."""
    width, height = picture.size
    title = broken(picture.title, int(width / TITLE_LETTER))
    top = MARGIN + TITLE * len(title) + 4
    small = int(width / SMALL_LETTER)
    words = [*broken(picture.caption, small), *broken(provenance.line, small)]
    beneath = top + height + 8
    return Framed(
        width=width + picture.beyond + 2 * MARGIN,
        height=beneath + SMALL * len(words) + MARGIN,
        title=[(line, MARGIN + TITLE * row + 14) for row, line in enumerate(title)],
        top=top,
        words=[(line, beneath + SMALL * row + 11) for row, line in enumerate(words)],
    )


def broken(text: str, most: int) -> list[str]:
    """A text in lines of so many letters at most; wide letters count twice, a longer word is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        whole = f"{line} {word}" if line else word
        if letters_in(whole) <= most:
            line = whole
            continue
        if line:
            lines.append(line)
        line = ""
        for letter in word:
            if line and letters_in(line + letter) > most:
                lines.append(line)
                line = ""
            line += letter
    return [*lines, line] if line else lines


def letters_in(text: str) -> int:
    """How much room a text takes, in letters."""
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)
