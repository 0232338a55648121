"""The history of a record together with that of what hangs on it, as one list by time, in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse

from issues.admin.wording import Names, recorded_fields
from issues.history import Record

DONE = {"+": "added", "-": "removed", "~": "changed"}

# What hangs on a record: the kind of record, and its foreign key to the first.
Part = tuple[type[Record], str]


@dataclass(frozen=True)
class Version:
    """A line of the list: a history row, what it changed, and what part it is of, in words."""

    row: Any
    changes: list[dict[str, str]]
    of: str
    url: str


def trail(model: type[Record], key: str, parts: Sequence[Part]) -> QuerySet[Any]:
    """The history rows of a record and of its parts, newest first: time, number of the part, and key."""
    rows = model.history.filter(id=key)
    found = [rows.annotate(part=Value(0))]
    for number, (part, name) in enumerate(parts, 1):
        column = part._meta.get_field(name).attname  # type: ignore[union-attr]
        was_at = Subquery(_before(part).values(column)[:1])
        here = part.history.annotate(was_at=was_at).filter(Q(**{column: key}) | Q(was_at=key))
        found.append(here.annotate(part=Value(number)))
    listed = [queryset.order_by().values_list("history_date", "part", "history_id") for queryset in found]
    union: QuerySet[Any] = listed[0].union(*listed[1:], all=True) if parts else listed[0]
    return union.order_by("-history_date", "part", "-history_id")


def versions(model: type[Record], parts: Sequence[Part], listed: Sequence[Any], site: str) -> list[Version]:
    """The rows that a page of the trail names, in words. A constant number of queries a kind of record."""
    kinds: list[Part] = [(model, ""), *parts]
    keys: dict[int, set[int]] = defaultdict(set)
    for _, kind, key in listed:
        keys[kind].add(key)
    names, rows, befores = Names(), {}, {}
    for kind, (of, _) in enumerate(kinds):
        rows[kind], befores[kind] = _rows(of, keys[kind])
        names.learn([*rows[kind].values(), *befores[kind].values()], recorded_fields(of))
    return [
        _version(names, kinds[kind], rows[kind][key], befores[kind].get(key), site) for _, kind, key in listed
    ]


def _rows(model: type[Record], keys: set[int]) -> tuple[dict[int, Any], dict[int, Any]]:
    """The history rows with these keys, and by the same keys the ones before them."""
    if not keys:
        return {}, {}
    before = Subquery(_before(model).values("history_id")[:1])
    rows = model.history.filter(history_id__in=keys).select_related("history_user").annotate(before=before)
    found = {row.history_id: row for row in rows}
    earlier = model.history.in_bulk([row.before for row in found.values() if row.before])
    return found, {key: earlier[row.before] for key, row in found.items() if row.before}


def _before(model: type[Record]) -> QuerySet[Any]:
    """The history rows of the same record before the one of the query around it, the last first."""
    date, key = OuterRef("history_date"), OuterRef("history_id")
    earlier = Q(history_date__lt=date) | Q(history_date=date, history_id__lt=key)
    rows: QuerySet[Any] = model.history.filter(earlier, id=OuterRef("id"))
    return rows.order_by(F("history_date").desc(), F("history_id").desc())


def _version(names: Names, kind: Part, row: Any, before: Any, site: str) -> Version:
    model, relation = kind
    options = model._meta
    url = reverse(f"{site}:{options.app_label}_{options.model_name}_simple_history", args=[row.id, row.pk])
    changes = _changes(names, model, before, row)
    return Version(row, changes, _told(names, model, relation, row) if relation else "", url)


def _told(names: Names, model: type[Record], relation: str, row: Any) -> str:
    """“Evidence added: mfa-2022 s1, supports”."""
    fields = [field for field in recorded_fields(model) if field.name != relation]
    values = ((field, getattr(row, field.attname)) for field in fields)
    what = ", ".join(names.words(field, value) for field, value in values if value not in (None, ""))
    return f"{str(model._meta.verbose_name).capitalize()} {DONE[row.history_type]}: {what}"


def _changes(names: Names, model: type[Record], before: Any, after: Any) -> list[dict[str, str]]:
    if before is None or after.history_type != "~":
        return []
    return [
        {
            "field": str(field.verbose_name).capitalize(),
            "old": names.words(field, getattr(before, field.attname)),
            "new": names.words(field, getattr(after, field.attname)),
        }
        for field in recorded_fields(model)
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]
