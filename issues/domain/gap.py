"""The gap on an issue before and after a table, where several parties moved at it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from issues.domain.change import Change
from issues.domain.fold import Folded
from issues.domain.measures import distance
from issues.domain.position import IssueTerms
from issues.domain.scale import IssueKind

TableIssue = tuple[int, int]  # (the meeting, the issue)


@dataclass(frozen=True, slots=True)
class Gap:
    """The mean pairwise distance of the parties on an issue, in points, before and after a table.

    Both are over the same ``parties``: those that were placed before it and after it.
    """

    before: float
    after: float
    parties: frozenset[int]


def gaps(folded: Folded, issues: Mapping[int, IssueTerms], parties: Collection[int]) -> dict[TableIssue, Gap]:
    """The gap before and after each meeting, on each preference issue on which two parties or more moved.

    What was said in parallel to a meeting counts with it. Left out where it is not known in which order they
    spoke.
    """
    tables = {occasion.id: occasion.table for occasion in folded.occasions}
    ours = (
        change
        for change in folded.changes
        if change.entry.actor in parties and issues[change.entry.issue].kind == IssueKind.PREFERENCE
    )
    found: dict[TableIssue, Gap] = {}
    placed: dict[int, dict[int, float]] = {}
    for table, changes in groupby(ours, key=lambda change: tables[change.entry.occasion]):
        of_issue: dict[int, list[Change]] = {}
        for change in changes:
            of_issue.setdefault(change.entry.issue, []).append(change)
        for issue, there in of_issue.items():
            before = placed.get(issue, {})
            placed[issue] = _after(before, there)
            gap = _gap(before, placed[issue])
            if gap is not None and all(change.order_known for change in there):
                found[table, issue] = gap
    return found


def _after(before: Mapping[int, float], changes: Iterable[Change]) -> dict[int, float]:
    """Where the parties stand after these changes, by party."""
    after = dict(before)
    for change in changes:
        after.pop(change.entry.actor, None)
        if change.after.placement is not None:
            after[change.entry.actor] = change.after.placement.value
    return after


def _gap(before: Mapping[int, float], after: Mapping[int, float]) -> Gap | None:
    both = before.keys() & after.keys()
    was, now = (distance([places[party] for party in sorted(both)]) for places in (before, after))
    moved = sum(before[party] != after[party] for party in both)
    return Gap(was.value, now.value, frozenset(both)) if moved > 1 and was and now else None
