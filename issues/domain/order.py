"""What is known of the order of positions: of overlapping days it is never asserted which came first.

Occasions whose days may be the same have no known order between them. A change is of *uncertain order* where
another position that bears on it, its own or one that its direction is measured against, may as well have
come before it as after, or may as well have been the last before it: so knowing a date less exactly never
brings a direction to light (see docs/adr/0018-order-that-is-known.md).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from issues.domain.position import Entry, Occasion, RedLineMention, State, in_order, surely_before

ActorIssue = tuple[int, int]  # (actor, issue)


class Order:
    """The order of all that was said in a process, as far as it is known."""

    def __init__(self, occasions: Iterable[Occasion], entries: Iterable[Entry]) -> None:
        ordered = in_order(occasions)
        self._rank = {occasion.id: rank for rank, occasion in enumerate(ordered)}
        self._table = {occasion.id: occasion.table for occasion in ordered}
        self._overlapping = _overlapping(ordered)
        # Where an actor spoke of an issue, placed itself on it or said something of a red line, by rank.
        self._spoke: dict[ActorIssue, list[int]] = defaultdict(list)
        self._placed: dict[ActorIssue, list[int]] = defaultdict(list)
        self._drew: dict[ActorIssue, list[int]] = defaultdict(list)
        if self._overlapping:
            self._file(entries)

    @property
    def is_all_known(self) -> bool:
        """Whether of any two of the occasions it is known which came first."""
        return not self._overlapping

    def knows(self, entry: Entry) -> bool:
        """Whether what stood before a position is known, in each of its parts."""
        if not self._overlapping or entry.state == State.SILENT:
            return True
        cell = entry.actor, entry.issue
        return all(
            self._is_known(events.get(cell, ()), entry.occasion)
            for events in (self._spoke, self._placed, self._drew)
        )

    def knows_before_table(self, actor: int, issue: int, occasion: int) -> bool:
        """Whether the placement of an actor before the table of an occasion is known."""
        if not self._overlapping:
            return True
        table = self._table[occasion]
        elsewhere = [at for at in self._placed.get((actor, issue), ()) if self._table[at] != table]
        return self._is_known(elsewhere, occasion)

    def _is_known(self, events: Iterable[int], occasion: int) -> bool:
        """Whether the last of these occasions before another is known.

        None may be on either side of it, nor on either side of the last one.
        """
        others = [at for at in events if at != occasion]
        if not self._overlapping.get(occasion, frozenset()).isdisjoint(others):
            return False
        before = bisect_left(others, self._rank[occasion], key=self._rank.__getitem__)
        last = others[before - 1] if before else None
        return last is None or self._overlapping.get(last, frozenset()).isdisjoint(others)

    def _file(self, entries: Iterable[Entry]) -> None:
        heard = (entry for entry in entries if entry.state != State.SILENT and entry.occasion in self._rank)
        for entry in sorted(heard, key=lambda entry: self._rank[entry.occasion]):
            cell, withdrawn = (entry.actor, entry.issue), entry.state == State.WITHDRAWN
            self._spoke[cell].append(entry.occasion)
            if withdrawn or entry.placement is not None:
                self._placed[cell].append(entry.occasion)
            if withdrawn or entry.red_line != RedLineMention.NOT_ADDRESSED:
                self._drew[cell].append(entry.occasion)


def _overlapping(ordered: list[Occasion]) -> dict[int, frozenset[int]]:
    """By occasion, those with which its order is not known; empty where all of it is."""
    meetings = {occasion.id: occasion for occasion in ordered}
    found: dict[int, set[int]] = defaultdict(set)
    vague = [item for item in ordered if item.span.first < item.span.last]
    # A meeting of a vague day takes what is parallel to it along.
    tables = {item.table for item in vague}
    vague += [item for item in ordered if item.table in tables and item not in vague]
    known: dict[tuple[object, int], list[Occasion]] = defaultdict(list)
    for item in ordered:
        meeting = meetings.get(item.table, item)
        known[meeting.span, meeting.sequence].append(item)
    pairs = [(one, other) for one in vague for other in ordered]
    pairs += [(one, other) for same in known.values() if len(same) > 1 for one in same for other in same]
    for one, other in pairs:
        apart = surely_before(meetings, one, other) or surely_before(meetings, other, one)
        if one is not other and not apart:
            found[one.id].add(other.id)
            found[other.id].add(one.id)
    return {occasion: frozenset(others) for occasion, others in found.items()}
