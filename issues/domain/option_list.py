"""The options of a scale as they are typed, a line each, with the words of its two ends."""

import re
from dataclasses import dataclass

from issues.domain.scale import FEWEST_OPTIONS, HIGHEST, LOWEST, MOST_OPTIONS
from issues.domain.spelling import folded

# A number, then what it means: “50 half”, “50: half”, “12,5 – an eighth”.
NUMBERED = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*[:.)=\t–—-]?\s+(\S.*)", re.ASCII)
# Behind the number of an option that has no words.
BARE = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)


class OptionProblem(Exception):
    """Options that make up no scale; ``field`` is which of options, low and high says so."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class TypedScale:
    """What 0 and 100 mean, and the options in order, each a number and its words."""

    low: str
    high: str
    options: tuple[tuple[float, str], ...]


def read_scale(typed: str, low: str = "", high: str = "") -> TypedScale:
    """The scale that lines of options and the words of its ends make up, each end typed once.

    An end that is typed is the option at 0 or at 100, where no line says another; an end that is not typed
    is called as the option there. Lines without numbers are spread evenly from one end to the other. One
    line may hold all options, divided by semicolons. Raises OptionProblem.
    """
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].split(";") if part.strip()]
    found = [NUMBERED.fullmatch(line) for line in lines]
    bare = next((line for line in lines if BARE.fullmatch(line)), None)
    if bare is not None:
        raise OptionProblem("options", f"“{bare}” has no words: write what the option at {bare} is.")
    if any(found) and not all(found):
        without = next(line for line, match in zip(lines, found, strict=True) if match is None)
        raise OptionProblem("options", f"“{without}” has no number: number every option, or none.")
    options = _numbered(found, low, high) if any(found) else _spread(lines, low, high)
    _check(options)
    labels = dict(options)
    return TypedScale(low or labels.get(LOWEST, ""), high or labels.get(HIGHEST, ""), tuple(options))


def _numbered(found: list[re.Match[str] | None], low: str, high: str) -> list[tuple[float, str]]:
    options: dict[float, str] = {}
    for value, label in ((float(one[1].replace(",", ".")), one[2]) for one in found if one):
        if value > HIGHEST:
            raise OptionProblem(
                "options",
                f"{value:g} is not on the scale of 0 to 100: write “{value:g} {label}” behind its number.",
            )
        if value in options:
            raise OptionProblem("options", f"{value:g} is the number of two options.")
        options[value] = label
    for end, words in ((LOWEST, low), (HIGHEST, high)):
        if words:
            options.setdefault(end, words)
    return sorted(options.items())


def _spread(labels: list[str], low: str, high: str) -> list[tuple[float, str]]:
    if low and not (labels and folded(labels[0]) == folded(low)):
        labels = [low, *labels]
    if high and not (len(labels) > bool(low) and folded(labels[-1]) == folded(high)):
        labels = [*labels, high]
    if len(labels) < FEWEST_OPTIONS:
        raise OptionProblem(
            "high" if low else "low", "An issue with a scale needs the words of both ends, or its options."
        )
    step = (HIGHEST - LOWEST) / (len(labels) - 1)
    return [(round(LOWEST + place * step, 1), label) for place, label in enumerate(labels)]


def _check(options: list[tuple[float, str]]) -> None:
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise OptionProblem(
            "options",
            f"These are {len(options)}; an issue with a scale has {FEWEST_OPTIONS} to {MOST_OPTIONS}.",
        )
    seen: set[str] = set()
    for _, label in options:
        if folded(label) in seen:
            raise OptionProblem("options", f"“{label}” is two options.")
        seen.add(folded(label))
