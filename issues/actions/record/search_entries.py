"""Keeping what records are found by: whatever a recording writes, its words are written before it closes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from issues.actions.record.marks import mark_anew
from issues.history import (
    ADDED,
    CHANGED,
    REMOVED,
    Record,
    Recording,
    among,
    keys_of_all,
    portions,
    renew_all,
    when_closing,
)
from issues.models import SearchEntry, Signatory, Statement
from issues.models.search_entry import entry_key
from issues.queries.history.rows import history
from issues.queries.search.entries import AT_ONCE, SEARCHED, Kind, gone, key_for, keys_of_stored
from issues.queries.upkeep.marks import MARKED
from issues.writers import turn

# A kind of record, how many of it are done, and of how many.
Tell = Callable[[Kind, int, int], None]


@when_closing
def keep_words(opened: Recording) -> None:
    """Write the words of all that this sitting wrote. What is typed on a sheet is not searched, and free.

    One statement for what was written and one for what was removed. Records that are not at hand, and
    statements of which somebody may have signed them, are read for it, some thousand at once.
    """
    written = [one for one in (*opened.written, *opened.brought) if one.model in SEARCHED]
    signed = _signed(opened)
    if not written and not signed:
        return
    last: dict[Kind, dict[int, Record | None]] = defaultdict(dict)
    removed: dict[Kind, set[int]] = defaultdict(set)
    for one in written:
        of_kind, gone_by_now = last[one.model], removed[one.model]
        if one.how == REMOVED:
            gone_by_now.update(one.keys)
            continue
        gone_by_now.difference_update(one.keys)
        of_kind |= zip(one.keys, one.records, strict=True) if one.records else dict.fromkeys(one.keys)
    last[Statement] |= dict.fromkeys(signed)
    entries: dict[int, str] = {}
    for kind, records in last.items():
        there = {key: record for key, record in records.items() if key not in removed[kind]}
        found, new = _of_those_at_hand(kind, there), opened.keys_of(kind, ADDED)
        # What is new and says nothing has no row that would have to go.
        entries |= {
            entry_key(SEARCHED[kind].number, pk): key for pk, key in found.items() if key or pk not in new
        }
        _write_stored(kind, sorted(key for key, record in there.items() if not _is_whole(kind, record)))
    _write(entries)
    _remove(entry_key(SEARCHED[kind].number, key) for kind, keys in removed.items() for key in keys)


def _signed(opened: Recording) -> set[int]:
    """The statements whose signatories are not known from what the sitting wrote of them alone."""
    found = opened.keys_of(Statement, CHANGED)
    for one in opened.written:
        if one.model is Signatory and one.records:
            found |= {record.__dict__["statement_id"] for record in one.records}
        elif one.model is Signatory:
            rows = history(Signatory).filter(id__in=among(one.keys))
            found |= set(rows.values_list("statement_id", flat=True))
    return found


def _of_those_at_hand(kind: Kind, records: Mapping[int, Record | None]) -> dict[int, str]:
    return {
        key: key_for(kind, record.__dict__)
        for key, record in records.items()
        if record is not None and _is_whole(kind, record)
    }


def _is_whole(kind: Kind, record: Record | None) -> bool:
    """Whether a record is at hand with all that is asked of it."""
    return record is not None and all(name in record.__dict__ for name in SEARCHED[kind].columns)


def rebuild(kind: Kind, tell: Tell) -> None:
    """Write the words of every record of a kind anew, and remove those of records that are gone.

    Some thousand at a time, which are kept as they are meanwhile: people go on working.
    """
    of, done = kind._default_manager.count(), 0
    for keys in keys_of_all(kind, AT_ONCE):
        with turn(), transaction.atomic():
            _write_stored(kind, keys)
        done += len(keys)
        tell(kind, done, of)
    with turn(), transaction.atomic():
        _remove(gone(kind).values_list("pk", flat=True))
        renew_all()  # what a search finds may be another than before


def tidy() -> None:
    """Have SQLite join the parts in which the index was written, so that each list of it is read at once."""
    if connection.vendor == "sqlite":
        with turn(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO issues_searchgrams (issues_searchgrams) VALUES ('optimize')")


def fill_after_migrating(using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Write the words and marks of all records where an upgrade found records and no words of any."""
    if not plan or using != connection.alias:
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or SearchEntry.objects.exists():
        return  # the tables are not yet, or were before, what the record says now
    for kind in SEARCHED:
        if kind._default_manager.exists():
            rebuild(kind, lambda *_: None)
            if kind in MARKED:
                mark_anew(kind)


def _write_stored(kind: Kind, keys: Sequence[int]) -> None:
    """Write the words of records as they are stored; of many a part at a time."""
    number = SEARCHED[kind].number
    for some in portions(keys, AT_ONCE):
        found = keys_of_stored(kind, some, locked=True)
        _write({entry_key(number, key): words for key, words in found.items()})


def _write(entries: Mapping[int, str]) -> None:
    """Store these; those that say the same are left as they are, and so is their index."""
    table = connection.ops.quote_name(SearchEntry._meta.db_table)
    with connection.cursor() as cursor:
        for some in portions([row for row in sorted(entries.items()) if row[1]], AT_ONCE):
            cursor.execute(
                f"INSERT INTO {table} (id, key) VALUES {', '.join(['(%s, %s)'] * len(some))} "  # noqa: S608
                f"ON CONFLICT (id) DO UPDATE SET key = excluded.key WHERE {table}.key <> excluded.key",
                [value for row in some for value in row],
            )
    _remove(entry for entry, key in entries.items() if not key)


def _remove(entries: Iterable[int]) -> None:
    some = list(entries)
    if some:
        SearchEntry.objects.filter(pk__in=among(some)).delete()
