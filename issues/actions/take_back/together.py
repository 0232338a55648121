"""Taking records back many at once: what a few queries can ask of hundreds is not asked of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, models

from issues.history import REMOVED, Record, among, change_many, open_recording, remove_many
from issues.queries.history.record_history import with_before


def remove_unreferred(
    model: type[Record], keys: Sequence[int], read: Mapping[int, Record]
) -> tuple[list[Any], list[int]]:
    """Remove those to which nothing refers. Returns them, and the keys of the others in their order.

    ``read`` are the records by key as they were before anything was locked.
    """
    referred = referred_to(model, keys)
    removed = remove_many(model, [key for key in keys if key not in referred], read)
    return removed, [key for key in keys if key in referred]


def referred_to(model: type[Record], keys: Sequence[int]) -> set[int]:
    """Which of these records something that is stored refers to. A query for each kind that could."""
    found: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.on_delete is models.DO_NOTHING:
            continue
        column = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": among(keys)}).order_by()
        found |= set(rows.values_list(column, flat=True).distinct())
    return found


def put_back_together(model: type[Record], firsts: Sequence[Any]) -> tuple[list[int], list[Any]]:
    """Give stored records back what they said before these rows of the history, which changed them.

    Returns their keys, and the rows of which each has to be put back by itself, so that what stands against
    it is told of that one: the record or what it refers to is gone, it has no earlier version, or the
    database refuses what some of them would say.
    """
    before = with_before(model, {first.history_id for first in firsts}, {})[1]
    stored = model._default_manager.filter(pk__in=among(first.id for first in firsts)).order_by()
    versions: dict[int, int] = dict(stored.values_list("pk", "version"))
    links = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in ("id", "version")]
    earlier = {
        first.id: before[first.history_id]
        for first in firsts
        if first.id in versions
        and first.history_id in before
        and before[first.history_id].history_type != REMOVED
    }
    for link in links:
        gone = _gone(link, {getattr(row, link.attname) for row in earlier.values()} - {None})
        earlier = {key: row for key, row in earlier.items() if getattr(row, link.attname) not in gone}
    changes = {key: {name: getattr(row, name) for name in columns} for key, row in earlier.items()}
    try:
        with open_recording().attempt():
            change_many(model, changes, {key: versions[key] for key in changes})
    except IntegrityError:
        return [], list(firsts)
    return list(changes), [first for first in firsts if first.id not in changes]


def _gone(link: models.ForeignKey[Any, Any], keys: Iterable[int]) -> set[int]:
    """Which of these keys of what a field refers to are not there."""
    target: Any = link.remote_field.model
    found = set(keys)
    rows = target._base_manager.filter(pk__in=among(found)).order_by().values_list("pk", flat=True)
    return found - set(rows if found else ())
