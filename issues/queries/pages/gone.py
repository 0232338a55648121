"""What was deleted: when and why, for a page that is asked for it."""

from typing import Any

from issues.history import REMOVED, Record
from issues.models import Process
from issues.queries.history.rows import NEWEST_FIRST, history
from issues.queries.history.scope import scope


def deletion(kind: type[Record], key: int, process: Process) -> Any | None:
    """The row of the history by which a record of a process was deleted last; None where it is none of it."""
    rows = history(kind).filter(scope(process)[kind], id=key).select_related("change_set")
    last = rows.order_by(*NEWEST_FIRST).first()
    return last if last is not None and last.history_type == REMOVED else None
