"""What became of records that are gone: into which one each was merged, or what it was last."""

from collections.abc import Collection
from typing import Any

from django.db.models import Subquery

from issues.history import Record
from issues.models import DRAFTS, Actor, Person, Source
from issues.models.fields import lines
from issues.queries.history.rows import before

# A record merged into one that was merged itself, and so on; no chain of ours is longer.
LONGEST_CHAIN = 20


def keepers(model: type[Record], keys: Collection[int]) -> dict[int, int]:
    """By the key of a record that is gone, that of the one into which it was merged, at the end of a chain.

    Those that were deleted without a successor are left out. Nothing is stored of a merge but its change
    set: the keeper is where the references to the merged record went in it.
    """
    found: dict[int, int] = {}
    asked, rounds = set(keys), 0
    while asked and rounds < LONGEST_CHAIN:
        live = set(model._default_manager.filter(pk__in=asked).values_list("pk", flat=True))
        steps = _steps(model, asked - live)
        found |= steps
        asked, rounds = set(steps.values()) - found.keys(), rounds + 1
    return {key: end for key in keys if (end := _end(found, key)) != key}


def last_versions(model: type[Record], keys: Collection[int]) -> dict[int, Any]:
    """By key, records that are gone as they were last, marked as ``is_gone``. One query, none for no keys."""
    found: dict[int, Any] = {}
    if keys:
        for row in model.history.filter(id__in=keys).order_by("history_date", "history_id"):
            found[row.id] = row.instance
            found[row.id].is_gone = True
    return found


def _end(steps: dict[int, int], key: int) -> int:
    seen = set()
    while key in steps and key not in seen:
        seen.add(key)
        key = steps[key]
    return key


def _steps(model: type[Record], gone: set[int]) -> dict[int, int]:
    """By the key of a record that is gone, the one to which its references went when it was deleted."""
    if not gone:
        return {}
    deleted = model.history.filter(id__in=gone, history_type="-").order_by("history_date", "history_id")
    sets: dict[int, int] = dict(deleted.values_list("id", "change_set_id"))
    found: dict[int, int] = {}
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if not issubclass(other, Record) or other in DRAFTS or found.keys() == sets.keys():
            continue
        column = relation.field.attname
        rows = other.history.filter(change_set__in=sets.values(), history_type="~")
        moved = rows.annotate(was=Subquery(before(other).values(column)[:1])).filter(was__in=gone)
        found |= {
            was: now
            for was, now, change_set in moved.values_list("was", column, "change_set_id")
            if now is not None and now != was and sets.get(was) == change_set
        }
    # A merge has one keeper, and where nothing referred to a record, the keeper is who took over its names.
    kept = {sets[key]: keeper for key, keeper in found.items()}
    found |= {key: kept[change_set] for key, change_set in sets.items() if change_set in kept}
    left = {key: change_set for key, change_set in sets.items() if key not in found}
    if left and model in (Actor, Person, Source):
        lost = last_versions(model, left)
        for row in model.history.filter(change_set__in=left.values(), history_type="~"):
            for key, change_set in left.items():
                if row.change_set_id == change_set and _is_known_as(row, lost[key]):
                    found[key] = row.id
    return found


def _is_known_as(keeper: Any, lost: Any) -> bool:
    """Whether a version of a record has the names of one that is gone."""
    if isinstance(lost, Source):
        same = (keeper.publisher, keeper.title) == (lost.publisher, lost.title)
        return same or f"“{lost}”" in keeper.note or (lost.url or None) in keeper.other_urls.splitlines()
    names = {keeper.name, getattr(keeper, "short_name", ""), *lines(keeper.aliases)}
    return lost.name in names
