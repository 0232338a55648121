"""The table of how our record was edited: who changed what, when and why, a row a field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from issues.exports.tables.column import Asked, Column, Kind, Narrowed, RowKey, now_table
from issues.history import ADDED, CHANGED, REMOVED, Record
from issues.models import RECORDS
from issues.queries.history.names import FieldChange, RecordNames
from issues.queries.history.rows import OLDEST_FIRST, before, history
from issues.queries.history.scope import scope, touching
from issues.queries.reading.people import People

AT_ONCE = 500
HOW = {ADDED: "added", CHANGED: "changed", REMOVED: "removed"}


@dataclass(frozen=True, slots=True)
class Edited:
    """A version of a record, what it is called, and one of the fields that changed; None where it was new."""

    row: Any
    name: str
    people: People
    change: FieldChange | None = None
    place: int = 0

    @property
    def key(self) -> RowKey:
        """Its kind, its version, and the place of the field in that."""
        return RECORDS.index(self.row.instance_type), self.row.history_id, self.place


def _edits(asked: Asked) -> Iterator[Edited]:
    """Every version of every record of the process that is asked for, kind by kind, the oldest first."""
    for model, only in scope(asked.process).items():
        rows = _versions(asked, model, only).order_by(*OLDEST_FIRST).iterator(chunk_size=AT_ONCE)
        while portion := list(islice(rows, AT_ONCE)):
            yield from _told(asked, model, portion)


def _portion(asked: Asked, after: RowKey, limit: int) -> Iterator[Edited]:
    """The edits after a key, kind by kind in the order of their numbers."""
    kind, version = (*after, 0, 0)[:2]
    by_kind = scope(asked.process)
    for number, model in enumerate(RECORDS[kind:], kind):
        first = version if number == kind else 0
        rows = _versions(asked, model, by_kind[model]).filter(history_id__gte=first)
        yield from _told(asked, model, list(rows.order_by("history_id")[: limit + 1]))


def _versions(asked: Asked, model: type[Record], only: Q) -> QuerySet[Any]:
    """The versions of the records of a kind that are asked for, each with the number of the one before.

    Whatever belongs to a process was written by a change set that is filed under it, so others are not read.
    """
    earlier = Subquery(before(model).values("history_id")[:1])
    sets = touching(asked.process) if asked.change_sets is None else asked.change_sets
    found: QuerySet[Any] = history(model).filter(only, change_set__in=sets.order_by().values("pk"))
    found = found.select_related("change_set__undone_by")
    return found.annotate(earlier=earlier)  # type: ignore[no-any-return]


def _told(asked: Asked, model: type[Record], rows: list[Any]) -> Iterator[Edited]:
    """These versions in words. A bounded number of queries."""
    changed = [row.earlier for row in rows if row.history_type == CHANGED and row.earlier]
    earlier = history(model).in_bulk(changed)
    names = RecordNames({asked.process.pk}, [*rows, *earlier.values()], asked.people)
    for row in rows:
        was = earlier.get(row.earlier) if row.history_type == CHANGED else None
        with timezone.override(UTC):  # a file is the same whoever asks
            changes = names.changes(was, row) if was is not None else []
            name = names.title(model, row.id)
        if not changes:
            yield Edited(row, name, asked.people)
        for place, change in enumerate(changes):
            yield Edited(row, name, asked.people, change, place)


W, T, Y = Kind.WHOLE, Kind.TIME, Kind.YES_NO

_EVERY = now_table(
    "record_edits",
    "every edit of our record, a row a field that changed; an edit is no move of an actor",
    _edits,
    Column(
        "change_set",
        "the number of the change set, as on the page of changes",
        lambda e: e.row.change_set_id,
        W,
    ),
    Column("time", "when it was recorded", lambda e: e.row.history_date, T),
    Column("author", "who did it, where our people are named", lambda e: e.people.author(e.row.change_set)),
    Column("way", "by which way it came in: page, admin, import or command", lambda e: e.row.change_set.kind),
    Column("reason", "why", lambda e: e.people.reason(e.row.change_set)),
    Column(
        "undone",
        "whether the change set was undone later",
        lambda e: e.row.change_set.undone_by_id is not None,
        Y,
    ),
    Column("kind", "the kind of record", lambda e: e.row.instance_type._meta.verbose_name),
    Column("record_id", "the number of the record in this installation", lambda e: e.row.id, W),
    Column("record", "what the record is called", lambda e: e.name),
    Column("version", "which version of the record it made", lambda e: e.row.version, W),
    Column("did", "added, changed or removed", lambda e: HOW[e.row.history_type]),
    Column("field", "the field that changed", lambda e: e.change and e.change.label),
    Column("before", "what it said before", lambda e: e.change and e.change.old),
    Column("after", "what it says since", lambda e: e.change and e.change.new),
)
RECORD_EDITS = replace(
    _EVERY, narrowed=Narrowed.BY_EDITS, row_key=lambda edited: edited.key, portion=_portion
)
