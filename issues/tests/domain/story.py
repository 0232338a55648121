"""Short ways to tell a negotiation: summits are days of March, told in order of their numbers."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from issues.domain.change import Change
from issues.domain.fold import Folded, fold
from issues.domain.position import Entry, IssueTerms, Occasion, RedLineMention, State
from issues.domain.redline import RedLine
from issues.domain.scale import IssueKind

ARMENIA, AZERBAIJAN, RUSSIA, BRUSSELS = 1, 2, 3, 4
PARTIES = frozenset({ARMENIA, AZERBAIJAN, RUSSIA})
STATUS, BORDER = 1, 2
ISSUES = {STATUS: IssueTerms(), BORDER: IssueTerms()}

_ids = count(1)


def day(number: int) -> date:
    """A day of March 2024."""
    return date(2024, 3, number)


def summit(
    number: int,
    *,
    on: int | None = None,
    sequence: int = 1,
    parallel_to: int | None = None,
    precision: str = "day",
    order_on: int | None = None,
) -> Occasion:
    """The occasion of this number, on the day of this number unless told otherwise."""
    placed = day(order_on) if order_on else None
    return Occasion(number, day(on or number), sequence, parallel_to, precision, placed)


def says(occasion: int, placement: float | None = None, **fields: Any) -> Entry:
    """A stated position, Armenia's on the status unless told otherwise."""
    return Entry(
        **{"id": next(_ids), "issue": STATUS, "actor": ARMENIA, "occasion": occasion, "placement": placement}
        | fields
    )


def withdraws(occasion: int, **fields: Any) -> Entry:
    """A withdrawn position."""
    return says(occasion, state=State.WITHDRAWN, **fields)


def is_silent(occasion: int, **fields: Any) -> Entry:
    """A watched actor who says nothing."""
    return says(occasion, state=State.SILENT, **fields)


def declared(low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """The fields of a position that declares a red line."""
    return {"red_line": RedLineMention.DECLARED, "accepts_from": low, "accepts_to": high}


def derived(low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """The fields of a position from which the coder derives a red line."""
    return {"red_line": RedLineMention.DERIVED, "accepts_from": low, "accepts_to": high}


DROPPED: Mapping[str, Any] = {"red_line": RedLineMention.DROPPED}


def line(low: float | None = None, high: float | None = None, *, by_actor: bool = True) -> RedLine:
    """A standing red line."""
    return RedLine(by_actor, low, high)


def told(
    *entries: Entry,
    occasions: list[Occasion] | None = None,
    issues: Mapping[int, IssueTerms] = ISSUES,
    parties: frozenset[int] = PARTIES,
    on: date | None = None,
) -> Folded:
    """The fold of these positions, over the summits that they name unless occasions are given."""
    if occasions is None:
        occasions = [summit(number) for number in sorted({entry.occasion for entry in entries})]
    return fold(occasions, entries, issues, parties, on)


def last(*entries: Entry, kind: IssueKind = IssueKind.PREFERENCE, **how: Any) -> Change:
    """The last change of these positions, on issues of this kind."""
    issues = {issue: IssueTerms(kind) for issue in ISSUES}
    return told(*entries, issues=issues, **how).changes[-1]
