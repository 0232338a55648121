"""Coverage of a meeting: how many of its cells have been logged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from issues.domain.order import ActorIssue
from issues.domain.position import IssueTerms
from issues.domain.scale import IssueKind


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells that should be logged, and those that are; silence and withdrawal count as logged."""

    expected: frozenset[ActorIssue]
    logged: frozenset[ActorIssue]

    @property
    def missing(self) -> frozenset[ActorIssue]:
        return self.expected - self.logged


def coverage(
    watched: Collection[int],
    issues: Mapping[int, IssueTerms],
    day: date,
    logged: Collection[ActorIssue],
) -> Coverage:
    """Watched actors × scaled issues open on the day, and which of them are among the logged cells."""
    expected = frozenset(
        (actor, issue)
        for actor in watched
        for issue, terms in issues.items()
        if terms.kind != IssueKind.TEXT and terms.is_open(day)
    )
    return Coverage(expected, expected & frozenset(logged))
