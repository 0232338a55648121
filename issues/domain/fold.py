"""The one fold: positions in summit order become what stands and what changed.

Every page, feed, export and score is a view of what :func:`fold` returns.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, takewhile

from issues.domain.change import (
    Change,
    ChangeKind,
    Part,
    Standing,
    direction_of,
    kind_of,
    to_the_middle,
)
from issues.domain.order import ActorIssue, Order
from issues.domain.others import Others, Placed
from issues.domain.position import Entry, IssueTerms, Occasion, RedLineMention, State, in_order
from issues.domain.redline import compare, mentioned
from issues.domain.scale import IssueKind

NOTHING = Standing()
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Folded:
    """What a run of occasions leaves: the changes in order, and what stands at the end by (actor, issue)."""

    occasions: tuple[Occasion, ...]
    changes: tuple[Change, ...]
    standing: Mapping[ActorIssue, Standing]
    _by_cell: Mapping[ActorIssue, list[Change]] = field(default_factory=dict)

    def of(self, actor: int, issue: int) -> Standing:
        """Where an actor stands on an issue; an empty standing where it has none."""
        return self.standing.get((actor, issue), NOTHING)

    def history(self, actor: int, issue: int) -> list[Change]:
        """Every change of an actor on an issue, in order."""
        return self._by_cell.get((actor, issue), [])

    def changes_at(self, summit: int) -> list[Change]:
        """The changes at a summit and at the occasions parallel to it, in order."""
        here = {summit, *(occasion.id for occasion in self.occasions if occasion.table == summit)}
        return [change for change in self.changes if change.entry.occasion in here]

    def until(
        self, occasions: Iterable[Occasion], issues: Mapping[int, IssueTerms], on: date | None = None
    ) -> "Folded":
        """What the first occasions left, whole tables of them in order, as :func:`fold` folds them alone.

        It does so by the order of all of them, as far as it is known. ``issues`` and ``on`` are as there.
        """
        first = tuple(occasions)
        if len(first) == len(self.occasions):
            changes, by_cell, standing = self.changes, self._by_cell, self.standing
        else:
            here = {occasion.id for occasion in first}
            changes = tuple(takewhile(lambda change: change.entry.occasion in here, self.changes))
            by_cell = _by_cell(changes)
            standing = {cell: history[-1].after for cell, history in by_cell.items()}
        return Folded(first, changes, _still_open(standing, issues, on), by_cell)


def _by_cell(changes: Iterable[Change]) -> dict[ActorIssue, list[Change]]:
    found: dict[ActorIssue, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.entry.actor, change.entry.issue].append(change)
    return found


def _still_open(
    standing: Mapping[ActorIssue, Standing], issues: Mapping[int, IssueTerms], on: date | None
) -> Mapping[ActorIssue, Standing]:
    """What stands without what has ended, because its issue had closed before a day."""
    closed = {issue for issue, terms in issues.items() if on and terms.closed_on and terms.closed_on < on}
    return (
        {cell: stands for cell, stands in standing.items() if cell[1] not in closed} if closed else standing
    )


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
    order: Order | None = None,
) -> Folded:
    """Fold the entries of these occasions in order.

    ``parties`` are the actors whose placements give a change its direction, measured from before the
    meeting and everything parallel to it. ``on`` is the day that is asked about: what stood on an issue that
    had closed before it has ended. ``order`` is what is known of the order of more occasions than these; by
    default of these alone. Entries of other occasions are left out. Raises KeyError for an entry on an
    issue that is not among ``issues``.
    """
    run = _Run(issues, parties)
    said = list(entries)
    ordered = in_order(occasions)
    run.order = order or Order(ordered, said)
    at: dict[int, list[Entry]] = defaultdict(list)
    for entry in said:
        at[entry.occasion].append(entry)
    for _, together in groupby(ordered, key=lambda occasion: occasion.table):
        run.table([entry for occasion in together for entry in at.get(occasion.id, ())])
    return Folded(tuple(ordered), tuple(run.changes), _still_open(run.standing, issues, on), run.by_cell)


class _Run:
    """A fold under way, table by table."""

    order: Order

    def __init__(self, issues: Mapping[int, IssueTerms], parties: frozenset[int]) -> None:
        self.issues, self.parties = issues, parties
        self.standing: dict[ActorIssue, Standing] = {}
        # Where the parties stand, by issue and party.
        self.placed: dict[int, dict[int, float]] = defaultdict(dict)
        # The parties of which that is not known, by occasion and issue.
        self.unknown: dict[tuple[int, int], set[int]] = {}
        self.by_cell: dict[ActorIssue, list[Change]] = defaultdict(list)
        self.changes: list[Change] = []

    def table(self, entries: list[Entry]) -> None:
        """Fold what was said at a meeting and in parallel to it: each against what stood before the table."""
        spoken_of = {entry.issue for entry in entries}
        before = {issue: Placed(dict(self.placed[issue])) for issue in spoken_of}
        signed: dict[tuple[int, int], set[int]] = defaultdict(set)
        for entry in entries:
            for statement in entry.joint:
                signed[statement, entry.issue].add(entry.actor)
        for entry in entries:
            with_it = NOBODY
            if entry.joint:
                together = NOBODY.union(*(signed[item, entry.issue] for item in entry.joint))
                with_it = together & self.parties - {entry.actor}
            self._take(self._change(entry, before[entry.issue], with_it))

    def _take(self, change: Change) -> None:
        actor, issue = change.entry.actor, change.entry.issue
        self.standing[actor, issue] = change.after
        self.by_cell[actor, issue].append(change)
        self.changes.append(change)
        if actor in self.parties and change.after.value is not None:
            self.placed[issue][actor] = change.after.value
        else:
            self.placed[issue].pop(actor, None)

    def _change(self, entry: Entry, placed: Placed, co_signatories: frozenset[int]) -> Change:
        standing = self.standing.get((entry.actor, entry.issue), NOTHING)
        kind, red_line = kind_of(standing, entry), compare(standing.line, entry)
        others = Others(placed, co_signatories | {entry.actor})
        is_measured = self.issues[entry.issue].kind == IssueKind.PREFERENCE
        is_placed = is_measured and entry.placement is not None
        known = self.order.knows(entry) and (not is_placed or self._knows_others(entry, others.without))
        is_party = entry.actor in self.parties
        jointly = is_party and bool(co_signatories) and not others
        shift = to_the_middle(standing, entry, others) if is_party and is_placed and known else None
        delta = None
        if kind == ChangeKind.MOVED and standing.placement and entry.placement is not None:
            delta = entry.placement - standing.placement.value
        has_direction = is_party and is_measured and known and not jointly and kind != ChangeKind.WITHDRAWN
        return Change(
            entry,
            standing,
            apply(standing, entry),
            kind,
            delta,
            red_line,
            direction_of(shift, red_line, standing.line, mentioned(entry)) if has_direction else None,
            shift,
            others if is_placed and known and standing.placement else None,
            co_signatories,
            jointly,
            known,
        )

    def _knows_others(self, entry: Entry, without: frozenset[int]) -> bool:
        """Whether it is known where each of the other parties stood before the table."""
        if self.order.is_all_known:
            return True
        at = entry.occasion, entry.issue
        if at not in self.unknown:
            self.unknown[at] = {
                party
                for party in self.parties
                if not self.order.knows_before_table(party, entry.issue, entry.occasion)
            }
        return self.unknown[at] <= without
