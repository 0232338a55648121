"""A waiting file as it is read, and what it would do: the same for its page and for a worker."""

import json
from typing import Any

from issues.actions.importing.carry_out import File
from issues.importing.item import Plan
from issues.importing.mapping import Mapping, MappingError, from_json, to_json
from issues.importing.opened import Beside, Opened, opened, planned
from issues.importing.stored import Stored
from issues.models import Import

CHANGED = "The plan is another now than the one that you saw. Look at it again."


def look(draft: Import, now: Stored) -> tuple[Opened, Plan | None, list[str]]:
    """A waiting file, its plan, and what is still to be said before there can be one. Raises ReadError."""
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
