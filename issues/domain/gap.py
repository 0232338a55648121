"""The gap on an issue before and after a table, where several parties moved at it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from issues.domain.change import Change
from issues.domain.fold import Folded
from issues.domain.measures import distance
from issues.domain.position import IssueTerms
from issues.domain.scale import IssueKind


@dataclass(frozen=True, slots=True)
class Gap:
    """The mean pairwise distance of the parties on an issue, in points, before and after a table.

    Both are over the same ``parties``: those that were placed before it and after it.
    """

    issue: int
    before: float
    after: float
    parties: frozenset[int]


def gaps(
    folded: Folded, table: int, issues: Mapping[int, IssueTerms], parties: Collection[int]
) -> dict[int, Gap]:
    """By preference issue, the gap before and after a meeting at which two parties or more moved on it.

    ``folded`` is as of the meeting. An issue is left out where it is not known in which order they spoke.
    """
    changes: dict[int, dict[int, list[Change]]] = {}
    for change in folded.changes_at(table):
        if change.entry.actor in parties and issues[change.entry.issue].kind == IssueKind.PREFERENCE:
            changes.setdefault(change.entry.issue, {}).setdefault(change.entry.actor, []).append(change)
    found = (_gap(folded, issue, of_actors, parties) for issue, of_actors in changes.items())
    return {gap.issue: gap for gap in found if gap is not None}


def _gap(
    folded: Folded, issue: int, changes: Mapping[int, list[Change]], parties: Collection[int]
) -> Gap | None:
    before, after, moved = {}, {}, 0
    for party in parties:
        of_party = changes.get(party, [])
        stands = folded.of(party, issue).value
        stood = of_party[0].before.value if of_party else stands
        if not all(change.order_known for change in of_party):
            return None
        if stood is not None and stands is not None:
            before[party], after[party] = stood, stands
            moved += stood != stands
    was, now = distance(before.values()), distance(after.values())
    if moved < 2 or was is None or now is None:
        return None
    return Gap(issue, was.value, now.value, frozenset(before))
