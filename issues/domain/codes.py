"""The codes of the log sheet: what a researcher types into a cell, and what it means.

=============  =====================================================
typed          means
=============  =====================================================
r              the same placement, seen again; it claims nothing
a … m          the option of that letter
45, +5, -10    a value on the scale, or a step from the standing one
t              text only: the words do not support a placement
w              withdrawn
n              not addressed: a silence
! / ?          after a code: red line declared, dropped, low confidence
=============  =====================================================
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from issues.domain.position import RedLineMention
from issues.domain.scale import HIGHEST, LOWEST

MARKS = "!/?"
LONGEST = 16

# A comma that may part thousands. Read as a fraction, 1,000 would silently be 1.
GROUPED = re.compile(r"^(?!0)\d{1,3}(,\d{3})+$")


class CellKind(StrEnum):
    """What a coded cell says."""

    REAFFIRMED = "reaffirmed"
    PLACED = "placed"
    TEXT = "text"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"


WORDS = {
    "r": CellKind.REAFFIRMED,
    "t": CellKind.TEXT,
    "w": CellKind.WITHDRAWN,
    "n": CellKind.SILENT,
}


class CodeError(ValueError):
    """A code that means nothing here; the message says why, in words for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code understood: ``value`` is the placement on 0..100, ``letter`` the option, if one was typed."""

    kind: CellKind
    value: float | None = None
    letter: str = ""
    red_line: RedLineMention = RedLineMention.NOT_ADDRESSED
    low_confidence: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What a code is read against.

    ``options`` are values by letter, empty for an issue without a scale. ``has_standing`` is whether the
    actor has a position on the issue, ``placement`` where it lies, ``has_red_line`` whether a line stands.
    """

    options: Mapping[str, float]
    has_standing: bool = False
    placement: float | None = None
    has_red_line: bool = False


def understand(typed: str, ground: Ground) -> Code:
    """What a typed code means. Raises CodeError with the reason."""
    text = "".join(typed.split()).lower().replace("−", "-")
    if not text:
        raise CodeError("Nothing was typed.")
    if len(text) > LONGEST:
        raise CodeError("This is too long for a code; put words into the details.")
    body = text.rstrip(MARKS)
    red_line, low_confidence = _marks(text[len(body) :], ground)
    code = _body(body, typed.strip(), ground)
    if code.kind in (CellKind.WITHDRAWN, CellKind.SILENT) and red_line != RedLineMention.NOT_ADDRESSED:
        raise CodeError(f"“{body}” says nothing of a red line; leave the mark out.")
    return Code(code.kind, code.value, code.letter, red_line, low_confidence)


def places(typed: str) -> bool:
    """Whether what was typed can only be read beside the options of the issue: anything but a bare word."""
    return "".join(typed.split()).lower().rstrip(MARKS) not in WORDS


def looks_back(typed: str) -> bool:
    """Whether what was typed can only be read beside the position that stood before."""
    text = "".join(typed.split()).lower()
    return text[:1] in {"r", "w", "+", "-", "−"} or "/" in text


def _marks(marks: str, ground: Ground) -> tuple[RedLineMention, bool]:
    for mark in MARKS:
        if marks.count(mark) > 1:
            raise CodeError(f"“{mark}” is there {marks.count(mark)} times; once is enough.")
    if "!" in marks and "/" in marks:
        raise CodeError("A red line is declared (!) or dropped (/), not both.")
    if "/" in marks and not ground.has_red_line:
        raise CodeError("No red line stands that could be dropped (/).")
    if "!" in marks:
        return RedLineMention.DECLARED, "?" in marks
    return (RedLineMention.DROPPED if "/" in marks else RedLineMention.NOT_ADDRESSED), "?" in marks


def _body(body: str, typed: str, ground: Ground) -> Code:
    if body in WORDS:
        if body in "rw" and not ground.has_standing:
            raise CodeError(f"“{body}” needs a standing position; this actor has none on this issue.")
        return Code(WORDS[body])
    if not body:
        raise CodeError(f"“{typed}” is a mark without a code; type a code before it.")
    if not ground.options:
        raise CodeError("This issue has no scale: type r, t, w or n.")
    if len(body) == 1 and "a" <= body <= "m":
        if body not in ground.options:
            raise CodeError(f"There is no option {body}: this issue has a to {max(ground.options)}.")
        return Code(CellKind.PLACED, ground.options[body], body)
    return Code(CellKind.PLACED, _number(body, typed, ground))


def _number(body: str, typed: str, ground: Ground) -> float:
    digits = body[1:] if body[0] in "+-" else body
    if GROUPED.match(digits):
        raise CodeError(f"“{typed}” may be thousands or a fraction; write a fraction with a point.")
    digits = digits.replace(",", ".")
    if not digits.replace(".", "", 1).isdecimal() or not digits[-1].isdecimal():
        raise CodeError(f"“{typed}” is no code. Type r, a letter, a number, t, w or n.")
    value = float(digits)
    if body[0] in "+-":
        if ground.placement is None:
            raise CodeError("A step needs a standing placement; this actor has none on this issue.")
        value = ground.placement + (value if body[0] == "+" else -value)
    if not LOWEST <= value <= HIGHEST:
        raise CodeError(f"{value:g} is outside the scale of 0 to 100.")
    return round(value, 4)
