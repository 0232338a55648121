"""One change set record by record: what was added, changed and removed, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery

from issues.history import ADDED, CHANGED, REMOVED, Record
from issues.models import Event, Evidence, Outcome, Position, Process, Scenario, ScenarioSet
from issues.queries.history.change_sets import CORRECTED, ChangeSetSummary
from issues.queries.history.names import FieldChange, RecordNames, address_of
from issues.queries.history.rows import before, history
from issues.queries.history.scope import scope
from issues.queries.history.shown_on import page_about
from issues.queries.reading.people import NOBODY, People

RECORDS_A_PAGE = 50
# Kinds of which there is no page before they were made.
BEGIN = (ScenarioSet, Scenario)
GIST = {Position: "summary", Outcome: "text"}


@dataclass(frozen=True)
class Edit:
    """What a change set did to one record, by a row of its history.

    ``address`` is its page, while it has one; ``shown_on`` the page that showed it before, empty for none.
    """

    verb: str
    noun: str
    name: str
    gist: str
    fields: list[FieldChange]
    address: str
    kind: str
    key: int
    row: Any
    shown_on: str


def edits(
    process: Process, summary: ChangeSetSummary, page: int = 1, people: People = NOBODY
) -> tuple[list[Edit], bool]:
    """The records of a change set, positions first, and whether there are more.

    At most four queries a kind of record that is shown, however many there are of it.
    """
    start = (page - 1) * RECORDS_A_PAGE
    rows = list(_rows(process, summary, start, start + RECORDS_A_PAGE))
    before = _before(rows)
    earlier = [before[row.instance_type, row.earlier] for row in rows if row.earlier]
    names = RecordNames({process.pk}, [*rows, *earlier], people)
    added = "Restored" if summary.undoes else "Added"
    shown = [_edit(process, names, row, before.get((row.instance_type, row.earlier)), added) for row in rows]
    return shown, start + RECORDS_A_PAGE < summary.records


def _rows(process: Process, summary: ChangeSetSummary, start: int, end: int) -> Iterator[Any]:
    """The history rows from one place to another, each with the key of the version before it."""
    passed = 0
    for model, only in scope(process).items():
        here = sum(number for (kind, _), number in summary.counts.items() if kind is model)
        first, last = max(start - passed, 0), min(end - passed, here)
        passed += here
        if first >= last:
            continue
        yield from (
            history(model)
            .filter(only, change_set=summary.change_set)
            .annotate(earlier=Subquery(before(model).values("history_id")[:1]))
            .order_by("history_id")[first:last]
        )


def _before(rows: list[Any]) -> dict[tuple[type[Record], int], Any]:
    """The versions before these, by model and key."""
    found: dict[tuple[type[Record], int], Any] = {}
    for model in {row.instance_type for row in rows}:
        keys = [row.earlier for row in rows if row.instance_type is model and row.earlier]
        for pk, row in history(model).in_bulk(keys).items():
            found[model, pk] = row
    return found


def _edit(process: Process, names: RecordNames, row: Any, before: Any, added: str) -> Edit:
    model = row.instance_type
    is_edit = row.history_type == CHANGED and before is not None
    changed = names.changes(before, row) if is_edit else []
    return Edit(
        verb=_verb(model, row, changed, added),
        noun=str(model._meta.verbose_name),
        name=names.title(model, row.id),
        gist="" if is_edit else getattr(row, GIST.get(model, ""), "") or "",
        fields=changed,
        address=address_of(names.stored(model, row.id), process),
        kind=str(model._meta.model_name),
        key=row.id,
        row=row,
        shown_on=_shown_on(names, row, process),
    )


def _shown_on(names: RecordNames, row: Any, process: Process) -> str:
    """The page that told of a record before an edit: none of an ending that began with it.

    Where an event and its evidence are told would be a query each.
    """
    model = row.instance_type
    is_of_event = model is Event or (model is Evidence and row.event_id is not None)
    if is_of_event or (row.history_type == ADDED and model in BEGIN):
        return ""
    return page_about(names.last(model, row.id), process)


def _verb(model: type[Record], row: Any, changed: list[FieldChange], added: str) -> str:
    if row.history_type == REMOVED:
        return "Removed"
    if row.history_type == ADDED:
        return "Logged" if model is Position and added == "Added" else added
    if changed and all(item.label.startswith("Reviewed") for item in changed):
        return "Reviewed"
    return "Corrected" if model in CORRECTED else "Edited"
