"""What a value of a position column means: an option, a number on a scale, a silence, or nothing."""

import re
from dataclasses import dataclass

from issues.domain.scale import HIGHEST, LOWEST

NUMBER = re.compile(r"[+-]?(\d+(?P<point>[.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?", re.IGNORECASE | re.ASCII)
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([,.]\d{3})+([,.]\d+)?")
# What may be said of a value, beside ``option:…`` and ``number:…``.
NUMERIC, SILENT, WITHDRAWN, TEXT, SKIP = "number", "silent", "withdrawn", "text", "skip"
MEANINGS = (NUMERIC, SILENT, WITHDRAWN, TEXT, SKIP)
OPTION_IS, NUMBER_IS = "option:", "number:"
# Words for nothing, of which nobody can know whether they mean a silence: a person has to say.
BLANKS = {
    *("", "-", "--", "–", "—", "−", ".", "..", "...", "…", "?", "/", "na", "n/a", "n.a.", "n.a", "#n/a"),
    *("nan", "null", "nil", "missing", "no data", "unknown", "not available", "not applicable"),
}


class ValueProblem(Exception):
    """A value that cannot be taken; ``ask`` says which part of the mapping would answer it, if any does."""

    def __init__(self, message: str, ask: str = "") -> None:
        super().__init__(message)
        self.ask = ask


@dataclass(frozen=True, slots=True)
class Scale:
    """Which number of the file stands for 0 and which for 100; the greater may stand for 0."""

    at_0: float
    at_100: float

    def rescaled(self, number: float) -> float:
        """A number of the file on 0 to 100. Raises ValueProblem outside of the scale."""
        low, high = sorted((self.at_0, self.at_100))
        if not low <= number <= high:
            raise ValueProblem(f"{number:g} is outside of the scale of {low:g} to {high:g}")
        if (self.at_0, self.at_100) == (LOWEST, HIGHEST):
            return round(number, 4)
        share = (number - self.at_0) / (self.at_100 - self.at_0)
        return round(LOWEST + share * (HIGHEST - LOWEST), 4)


PLAIN = Scale(LOWEST, HIGHEST)


@dataclass(frozen=True, slots=True)
class Coding:
    """What a statement does: a state, and of a stated position an option by name, a number, or neither."""

    state: str = "stated"
    option: str | None = None
    number: float | None = None


def number_in(text: str) -> float | None:
    """The number that a text is (``45``, ``.28``, ``45,5``), or None. Raises ValueProblem for 1,000."""
    plain = text.strip().replace("−", "-").replace("\u00a0", "")
    match = NUMBER.fullmatch(plain)
    if GROUPED.fullmatch(plain) and "," in plain:
        raise ValueProblem("may be thousands or a fraction; write a fraction with a point")
    if match is None:
        return None
    number = float(plain.replace(",", "."))
    if abs(number) > 1e15:
        raise ValueProblem("is too large a number")
    return number


def is_blank(text: str) -> bool:
    """Whether a value of a position column has to be explained: nothing, a word for nothing, or zero."""
    if text.strip().casefold() in BLANKS:
        return True
    try:
        return number_in(text) == 0
    except ValueProblem:
        return False


def explained(meaning: str, text: str, scale: Scale | None) -> Coding | None:
    """What a value that was mapped means; None to skip it. Raises ValueProblem."""
    if meaning == SKIP:
        return None
    if meaning in (SILENT, WITHDRAWN):
        return Coding(meaning)
    if meaning == TEXT:
        return Coding()
    if meaning.startswith(OPTION_IS):
        return Coding(option=meaning.removeprefix(OPTION_IS).strip())
    if meaning.startswith(NUMBER_IS):
        number = number_in(meaning.removeprefix(NUMBER_IS))
        return Coding(number=PLAIN.rescaled(0.0 if number is None else number))
    number = number_in(text)
    if number is None:
        raise ValueProblem("is no number")
    return Coding(number=_on(scale, number))


def read_as_is(text: str, scale: Scale | None) -> Coding:
    """What a value that was not mapped means: a number, else the name of an option. Raises ValueProblem."""
    if is_blank(text):
        what = f"“{text.strip()}”" if text.strip() else "an empty cell"
        raise ValueProblem(
            f"say what {what} means here: an option, a number, silent, withdrawn, text or skip", ask="values"
        )
    number = number_in(text)
    if number is None:
        return Coding(option=text.strip())
    return Coding(number=_on(scale, number))


def _on(scale: Scale | None, number: float) -> float:
    if scale is None:
        raise ValueProblem("say which numbers of this column stand for 0 and for 100", ask="scales")
    return scale.rescaled(number)


def known_scale(numbers: list[float]) -> Scale | None:
    """The scale of 0 to 100 where the numbers of a column can be on no shorter one; None has to be asked."""
    if numbers and min(numbers) >= LOWEST and 10 < max(numbers) <= HIGHEST:
        return PLAIN
    return None
