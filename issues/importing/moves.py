"""Which new positions move their actors, by the one fold, some cells at a time: none bears on another."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as Map
from typing import Any

from issues.domain.change import ChangeKind
from issues.domain.fold import fold
from issues.domain.position import Entry, IssueTerms, Occasion, RedLineMention, State
from issues.domain.scale import IssueKind
from issues.importing.item import MOVED, NEW, Item
from issues.importing.new import New, Ref
from issues.importing.stored import Cell, Stored

LAST_OF_ITS_DAY = 30_000
# How many entries are folded at once: a fold of all of a large file would hold too much.
ENTRIES = 2_000


def tell_moves(items: list[Item], stored: Stored) -> None:
    """Say of new positions which of them move the actor from where it stood, by the fold of them all."""
    told = _Told(stored)
    new: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in items:
        if item.result == NEW and item.key is not None:
            new[item.key[0], told.key_of(item.key[1])].append(item)
    before: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in stored.positions:
        if cell[:2] in new:
            before[cell[:2]].append(cell)
    for place, some in new.items():
        told.add(before.get(place, ()), some)
        if len(told.entries) >= ENTRIES:
            told.fold()
    told.fold()


class _Told:
    """The entries that wait to be folded, with the new positions among them."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.keys: dict[New, int] = {}
        self.occasions = dict(stored.summits)
        self.values = {
            option.pk: option.value for issue in stored.issues.values() for option in issue.options
        }
        self.terms = {
            pk: IssueTerms(IssueKind(issue.kind), issue.opened_on, issue.closed_on)
            for pk, issue in stored.issues.items()
        }
        self.entries: list[Entry] = []
        self.new: dict[int, Item] = {}

    def key_of(self, ref: Ref) -> int:
        """The key of a record, below 0 for one that is to be made."""
        return self.keys.setdefault(ref, -len(self.keys) - 1) if isinstance(ref, New) else ref

    def add(self, before: Iterable[Cell], new: list[Item]) -> None:
        """Have the positions of one actor on one issue folded: those on record, and new ones."""
        for cell in before:
            one = self.stored.positions[cell]
            self.entries.append(self._entry(one.pk, cell, one.fields))
        for item in new:
            assert item.key is not None  # noqa: S101 -- only what is refused has none
            issue, actor, summit = item.key
            at = self.key_of(summit)
            if isinstance(summit, New):
                day, precision = summit.fields["starts_on"], summit.fields["starts_on_precision"]
                self.occasions[at] = Occasion(at, day, LAST_OF_ITS_DAY - at, None, precision)
            pk = -len(self.new) - 1
            self.new[pk] = item
            self.entries.append(self._entry(pk, (issue, self.key_of(actor), at), item.fields))

    def fold(self) -> None:
        """Mark those that move, and let all of them go."""
        own = {self.occasions[entry.occasion] for entry in self.entries}
        meetings = {self.occasions[one.table] for one in own if one.table in self.occasions}
        for change in fold(own | meetings, self.entries, self.terms, frozenset()).changes:
            if change.kind == ChangeKind.MOVED and change.entry.id in self.new:
                self.new[change.entry.id].result = MOVED
        self.entries, self.new = [], {}

    def _entry(self, pk: int, cell: Cell, fields: Map[str, Any]) -> Entry:
        value, option = fields.get("value"), fields.get("option_id")
        issue, actor, summit = cell
        return Entry(
            pk,
            issue,
            actor,
            summit,
            State(fields["state"]),
            self.values[option] if value is None and option is not None else value,
            RedLineMention(fields["red_line"]),
            fields.get("accepts_from"),
            fields.get("accepts_to"),
            fields.get("salience"),
        )
