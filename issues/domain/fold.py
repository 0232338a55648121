"""The one fold: positions in summit order become what stands and what changed.

Every page, feed, export and score is a view of what :func:`fold` returns.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from issues.domain.change import (
    Change,
    ChangeKind,
    Part,
    Standing,
    direction_of,
    distances,
    kind_of,
)
from issues.domain.position import Entry, IssueTerms, Occasion, RedLineMention, State, in_order
from issues.domain.redline import compare, mentioned

ActorIssue = tuple[int, int]  # (actor, issue)


@dataclass(frozen=True, slots=True)
class Folded:
    """What a run of occasions leaves: the changes in order, and what stands at the end by (actor, issue)."""

    occasions: tuple[Occasion, ...]
    changes: tuple[Change, ...]
    standing: Mapping[ActorIssue, Standing]
    _by_cell: Mapping[ActorIssue, list[Change]] = field(default_factory=dict)

    def of(self, actor: int, issue: int) -> Standing:
        """Where an actor stands on an issue; an empty standing where it has none."""
        return self.standing.get((actor, issue), Standing())

    def history(self, actor: int, issue: int) -> list[Change]:
        """Every change of an actor on an issue, in order."""
        return self._by_cell.get((actor, issue), [])

    def changes_at(self, summit: int) -> list[Change]:
        """The changes at a summit and at the occasions parallel to it, in order."""
        tables = {occasion.id for occasion in self.occasions if occasion.table == summit}
        return [change for change in self.changes if change.entry.occasion in tables | {summit}]


def apply(standing: Standing, entry: Entry) -> Standing:
    """What stands after a position: silence leaves all, withdrawal clears all, the rest replaces parts."""
    if entry.state == State.SILENT:
        return standing
    here = Part(entry.id, entry.id, entry.occasion)
    if entry.state == State.WITHDRAWN:
        return Standing(withdrawn=here)
    placement, red_line, salience = standing.placement, standing.red_line, standing.salience
    if entry.placement is not None:
        placement = Part(entry.placement, entry.id, entry.occasion)
    line = mentioned(entry)
    if line is not None:
        red_line = Part(line, entry.id, entry.occasion)
    elif entry.red_line == RedLineMention.DROPPED:
        red_line = None
    if entry.salience is not None:
        salience = Part(entry.salience, entry.id, entry.occasion)
    return Standing(here, placement, red_line, salience)


def fold(
    occasions: Iterable[Occasion],
    entries: Iterable[Entry],
    issues: Mapping[int, IssueTerms],
    parties: frozenset[int],
    on: date | None = None,
) -> Folded:
    """Fold the entries of these occasions in order.

    ``parties`` are the actors whose placements give a change its direction, measured from before the
    meeting and everything parallel to it. ``on`` is the day that is
    asked about: what stood on an issue that had closed before it has ended. Entries of other occasions
    are left out. Raises KeyError for an entry on an issue that is not among ``issues``.
    """
    ordered = in_order(occasions)
    at: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        at[entry.occasion].append(entry)
    standing: dict[ActorIssue, Standing] = {}
    by_cell: dict[ActorIssue, list[Change]] = defaultdict(list)
    changes: list[Change] = []
    before_table: dict[int, dict[int, dict[int, float]]] = {}
    for occasion in ordered:
        if occasion.table not in before_table:
            before_table[occasion.table] = _party_placements(standing, parties)
        for entry in at.get(occasion.id, ()):
            change = _change(
                standing.get((entry.actor, entry.issue), Standing()),
                entry,
                issues[entry.issue],
                before_table[occasion.table],
            )
            standing[entry.actor, entry.issue] = change.after
            by_cell[entry.actor, entry.issue].append(change)
            changes.append(change)
    if on is not None:
        for cell in [cell for cell in standing if _has_closed(issues[cell[1]], on)]:
            del standing[cell]
    return Folded(tuple(ordered), tuple(changes), standing, by_cell)


def _party_placements(
    standing: Mapping[ActorIssue, Standing], parties: frozenset[int]
) -> dict[int, dict[int, float]]:
    """The parties' standing placements, by issue and then by party."""
    placements: dict[int, dict[int, float]] = defaultdict(dict)
    for (actor, issue), stands in standing.items():
        if actor in parties and stands.placement is not None:
            placements[issue][actor] = stands.placement.value
    return placements


def _change(
    standing: Standing,
    entry: Entry,
    terms: IssueTerms,
    placements: Mapping[int, Mapping[int, float]],
) -> Change:
    kind = kind_of(standing, entry)
    others = [value for actor, value in placements.get(entry.issue, {}).items() if actor != entry.actor]
    stood = None if standing.red_line is None else standing.red_line.value
    red_line = compare(stood, entry)
    shift = distances(standing, entry, others)
    delta = None
    if kind == ChangeKind.MOVED and standing.placement and entry.placement is not None:
        delta = entry.placement - standing.placement.value
    return Change(
        entry=entry,
        before=standing,
        after=apply(standing, entry),
        kind=kind,
        delta=delta,
        red_line=red_line,
        direction=direction_of(terms.kind, shift, red_line, stood, mentioned(entry)),
        distances=shift,
    )


def _has_closed(terms: IssueTerms, day: date) -> bool:
    return terms.closed_on is not None and terms.closed_on < day
