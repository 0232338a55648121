"""Former names among the other spellings of a record: “Turkey until 2022-06” in a line of its own.

The day is the last on which it was the name, in ISO 8601, as exactly as it is known.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from issues.domain.span import Precision, span

_DATED = re.compile(r"(?P<name>.*\S)\s+until\s+(?P<day>\d{4}(?:-\d{2}(?:-\d{2})?)?)")
_PRECISIONS = {len("2022"): Precision.YEAR, len("2022-06"): Precision.MONTH}


@dataclass(frozen=True, slots=True)
class Former:
    """A name and the last day, as exactly as it is known, on which it was the name."""

    name: str
    day: date
    precision: Precision

    @property
    def last(self) -> date:
        """The last day on which it may have been the name."""
        return span(self.day, self.precision).last


def former(line: str) -> Former | None:
    """The former name in a line; None where the line is a spelling of no particular time."""
    found = _DATED.fullmatch(line.strip())
    if found is None:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(f"{found['day']}-01-01"[: len("2022-06-02")])
        return Former(found["name"], day, _PRECISIONS.get(len(found["day"]), Precision.DAY))
    return None


def spelling(line: str) -> str:
    """What a line spells, without the time."""
    found = former(line)
    return found.name if found else line.strip()


def name_on(lines: Iterable[str], day: date) -> str:
    """What the name was on a day: the former name that ended first after it; empty for that of today."""
    then = [found for line in lines if (found := former(line)) and day <= found.last]
    return min(then, key=lambda one: one.last).name if then else ""


def renamed(lines: Iterable[str], was: str, now: str, last: date, formerly: Iterable[str]) -> list[str]:
    """The spellings of what is called otherwise from now on: its old name is kept with its last day.

    ``formerly`` are its spellings before: a name that is taken back, one of them with its time, is no former
    name any more, and the one between is kept as none.
    """
    if any(found.name == now for line in formerly if (found := former(line))):
        return [line for line in lines if not ((found := former(line)) and found.name == now)]
    return [*(line for line in lines if spelling(line) != was), f"{was} until {last.isoformat()}"]
