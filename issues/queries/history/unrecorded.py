"""Records that are not what the audit history says of them: what was written past it."""

from collections.abc import Iterator
from typing import Any

from issues.history import REMOVED, Record
from issues.queries.history.rows import after, history

AT_ONCE = 2_000
NEVER_RECORDED = "is not in the history: run it through record_as_loaded, or log it anew"
GONE = "was deleted past the history, which still has it"
OTHERWISE = "says otherwise than its newest version in the history"


def unrecorded(model: type[Record]) -> Iterator[tuple[int, str]]:
    """The keys of records that differ from their newest version, with what differs. Two queries a kind.

    Both are read in the order of keys, side by side, so that memory does not grow with the table.
    """
    columns = [field.attname for field in model._meta.concrete_fields]
    newest = history(model).filter(~after(history(model))).order_by("id")
    told = newest.values_list("history_type", *columns).iterator(chunk_size=AT_ONCE)
    stored = model._default_manager.order_by("pk").values_list(*columns).iterator(chunk_size=AT_ONCE)
    version, record = next(told, None), next(stored, None)
    while version is not None or record is not None:
        # Keys stand first among the columns of both.
        key = min(row for row in (version and version[1], record and record[0]) if row is not None)
        then = version if version and version[1] == key else None
        now = record if record and record[0] == key else None
        breach = _breach(columns, then, now)
        if breach:
            yield key, breach
        if then is not None:
            version = next(told, None)
        if now is not None:
            record = next(stored, None)


def _breach(columns: list[str], then: tuple[Any, ...] | None, now: tuple[Any, ...] | None) -> str:
    """What is wrong between the newest version of a record and the record; empty if nothing is."""
    is_there = then is not None and then[0] != REMOVED
    if now is None:
        return GONE if is_there else ""
    if then is None or not is_there:
        return NEVER_RECORDED
    differing = [name for name, was, value in zip(columns, then[1:], now, strict=True) if was != value]
    return f"{OTHERWISE} ({', '.join(differing)})" if differing else ""
