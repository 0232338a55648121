"""A waiting file as it is read, and what it would do: the same for its page and for a worker."""

import json
from collections import OrderedDict
from threading import Lock
from typing import Any

from issues.actions.importing.carry_out import File
from issues.clock import common_day, latest_day
from issues.importing.item import Plan
from issues.importing.mapping import Mapping, MappingError, from_json, to_json
from issues.importing.opened import Beside, Opened, opened, planned
from issues.importing.stored import Stored
from issues.models import Import
from issues.queries.access.shared import hidden_now

# How many rows are kept of files that were looked at; the one looked at last is kept whatever its size.
MOST_KEPT = 50_000
CHANGED = "The plan is another now than the one that you saw. Look at it again."

Looked = tuple[Opened, Plan | None, list[str]]
_kept: OrderedDict[tuple[Any, ...], Looked] = OrderedDict()
_lock = Lock()


def look(draft: Import, now: Stored) -> Looked:
    """A waiting file, its plan, and what is still to be said before there can be one. Raises ReadError.

    It is worked out once for a mapping, a state of the record and what is hidden from whoever asks, and kept
    for the next view in this process.
    """
    mapping = json.dumps(draft.mapping, sort_keys=True)
    files = draft.digest, draft.second_digest, draft.second_name
    key = *files, mapping, now.process, now.sign, hidden_now(), common_day(), latest_day()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _look(draft, now)
    with _lock:
        _kept[key] = found
        while len(_kept) > 1 and sum(len(file.table.rows) for file, *_ in _kept.values()) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def forget_looks() -> None:
    """Forget what was worked out, as another process would."""
    with _lock:
        _kept.clear()


def _look(draft: Import, now: Stored) -> Looked:
    file = opened(bytes(draft.content), from_json(json.dumps(draft.mapping)), now, beside(draft))
    try:
        return file, planned(file, now), []
    except MappingError as error:
        return file, None, error.problems


def beside(draft: Import) -> Beside | None:
    """The second file of a waiting one."""
    return Beside(draft.second_name, bytes(draft.second)) if draft.second_name else None


def file_of(draft: Import, file: Opened) -> File:
    """What is kept of a file that was read."""
    mapping = as_stored(file.mapping)
    return File(draft.file_name, draft.digest, mapping, draft.second_name, draft.second_digest)


def as_stored(mapping: Mapping) -> dict[str, Any]:
    """A mapping as it is kept with its file."""
    found: dict[str, Any] = json.loads(to_json(mapping))
    return found
