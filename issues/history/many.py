"""Changing, removing and bringing in many records at once, each with its history, in an open recording."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from issues.history import bulk
from issues.history.among import among
from issues.history.record import Record, StaleVersion, keep_what_was_found
from issues.history.recording import Written, open_recording
from issues.history.rows import ADDED, CHANGED, REMOVED


def change_many(
    model: type[Record], changes: Mapping[int, Mapping[str, Any]], seen: Mapping[int, int]
) -> None:
    """Change stored records: by key the new values by column, and the versions that were seen.

    Whoever calls has checked what they say together. Nothing is stored where one is no longer at the version
    that was seen, or is gone: raises StaleVersion, DoesNotExist.
    """
    if not changes:
        return
    opened, keys = open_recording(), sorted(changes)
    _refuse_stale(model, keys, seen)
    keep_what_was_found(model, keys)
    bulk.update(model, changes)
    bulk.write_history(model, keys, CHANGED, opened.change_set)
    opened.note(CHANGED, model, keys, lambda: stored_by_key(model, keys).values())


def _refuse_stale(model: type[Record], keys: Sequence[int], seen: Mapping[int, int]) -> None:
    """Lock these records, and raise StaleVersion with the first that is no longer at the version seen."""
    found = _versions(model, keys)
    for key in keys:
        if found.get(key) != seen[key]:
            raise StaleVersion(model._default_manager.get(pk=key))


def _versions(model: type[Record], keys: Sequence[int]) -> dict[int, int]:
    """The versions of those that are stored, by key; they are locked until the transaction ends."""
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=among(keys)).order_by("pk")
    return dict(rows.values_list("pk", "version"))


def remove_many(
    model: type[Record], keys: Sequence[int], read: Mapping[int, Record] | None = None
) -> list[Any]:
    """Remove stored records, those that are still there, and return them as they were.

    ``read`` are records that were read before, by key; they are read again only where they have changed
    since. Whoever calls has seen that nothing hangs on them, or that the database refuses it where
    something does.
    """
    if not keys:
        return []
    opened, known = open_recording(), read or {}
    versions = _versions(model, sorted(keys))
    fresh = [key for key, version in versions.items() if key not in known or known[key].version != version]
    again = stored_by_key(model, fresh) if fresh else {}
    there = {key: again.get(key) or known[key] for key in versions}
    keep_what_was_found(model, list(there))
    if there:
        bulk.write_history(model, list(there), REMOVED, opened.change_set)
        bulk.delete(model, list(there))
        opened.note(REMOVED, model, list(there), there.values)
    return list(there.values())


def stored_by_key(model: type[Record], keys: Iterable[int]) -> dict[int, Any]:
    """The records by key, as they are stored now."""
    return {one.pk: one for one in model._default_manager.filter(pk__in=among(keys)).order_by("pk")}


def bring_many(model: type[Record], records: Sequence[Record], versions: Sequence[Mapping[str, Any]]) -> None:
    """Store new records with the history that they had elsewhere, instead of a first row of their own.

    ``versions`` are rows of the history by column, the oldest first, of change sets that are stored already.
    Whoever calls has seen that the newest of each record says what the record says.
    """
    opened = open_recording()
    plain: models.QuerySet[Any] = models.QuerySet(model)
    plain.bulk_create(records, bulk.AT_ONCE)
    rows: Any = model.history.model
    rows.objects.bulk_create([rows(**version) for version in versions], bulk.AT_ONCE)
    opened.brought.append(Written(ADDED, model, [record.pk for record in records], ()))
