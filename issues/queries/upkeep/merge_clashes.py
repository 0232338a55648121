"""Rows of which only one can stand after a merge: what a unique rule allows once, and times that meet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import UniqueConstraint

from issues.history import Record
from issues.models import Snapshot, Statement
from issues.models.fields import Dated
from issues.queries.upkeep.references import Relation

# Only the place in a list: rows that differ in it alone say the same.
PLACE_IN_LIST = "order"
KEEPER = "the keeper"
# Rows that hand over what rests on them to the one that stands: statements are read from the copy that stays.
HANDS_OVER: dict[type[Record], tuple[type[Record], str]] = {Snapshot: (Statement, "snapshot")}


@dataclass
class Clash:
    """Rows of which only one can stand after the merge, the keeper's first."""

    rows: list[Record]
    is_harmless: bool
    may_choose: bool

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.rows[0]._meta.model_name}-{min(row.pk for row in self.rows)}"

    def standing(self, stands: Mapping[str, int]) -> Record | None:
        """The row that stays, or None where nobody has said."""
        if self.is_harmless:
            return self.rows[0]
        chosen = stands.get(self.key) if self.may_choose else None
        return next((row for row in self.rows if row.pk == chosen), None)


def clashes(
    kind: type[Record], moved: Mapping[int, Any], columns: list[str], group: set[int]
) -> Iterator[Clash]:
    """The rows of which a rule allows only one. An empty field is like any other value.

    Rules with a condition are left to the database: ours repeat what an unconditional one says of rows
    with an empty field.
    """
    for rule in kind._meta.constraints:
        if not isinstance(rule, UniqueConstraint) or rule.condition:
            continue
        # A post that is held again clashes with itself where the times meet, whenever they began.
        dated = issubclass(kind, Dated)
        names = [_column(kind, name) for name in rule.fields if not (dated and name == "since")]
        if not set(names) & set(columns):
            continue
        together: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for row in moved.values():
            together[_key(row.__dict__, names, columns, group)].append(row.pk)
        held = models.Q(*[(f"{column}__in", group) for column in columns], _connector=models.Q.OR)
        theirs = kind._default_manager.filter(held).exclude(pk__in=list(moved)).order_by("-pk")
        for values in theirs.values("pk", *names):
            key = _key(values, names, columns, group)
            if key in together:
                together[key].insert(0, values["pk"])
        yield from _of_these(kind, moved, [pks for pks in together.values() if len(pks) > 1], columns)


def _of_these(
    kind: type[Record], moved: Mapping[int, Any], groups: list[list[int]], columns: list[str]
) -> Iterator[Clash]:
    wanted = {pk for pks in groups for pk in pks} - moved.keys()
    known = {**moved, **_with_names(kind, wanted)}
    for rows in _at_one_time([known[pk] for pk in pks] for pks in groups):
        same = _say_the_same(rows, columns)
        yield Clash(rows, same, may_choose=not same and _may_go(kind))


def _at_one_time(groups: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The groups as they are; of records that have their times, those of which the times meet."""
    for rows in groups:
        if not isinstance(rows[0], Dated):
            yield rows
            continue
        left = list(rows)
        while left:
            together = [left.pop(0)]
            for row in together:
                meeting = [other for other in left if row.period.surely_meets(other.period)]
                left = [other for other in left if other not in meeting]
                together += meeting
            if len(together) > 1:
                yield together


def _key(values: Mapping[str, Any], names: list[str], columns: list[str], group: set[int]) -> tuple[Any, ...]:
    """What a unique rule compares, with one word for all that become the keeper."""
    return tuple(KEEPER if name in columns and values[name] in group else values[name] for name in names)


def _column(kind: type[Record], name: str) -> str:
    field: Any = kind._meta.get_field(name)
    return str(field.attname)


def _with_names(kind: type[Record], pks: Collection[int]) -> dict[int, Any]:
    return {row.pk: row for row in Relation(kind, "pk", "pk").of(pks)} if pks else {}


def _may_go(kind: type[Record]) -> bool:
    """Whether a row can be given up: nothing that stands by itself rests on it."""
    protects = any(related.on_delete is models.PROTECT for related in kind._meta.related_objects)
    return kind in HANDS_OVER or not protects


def _say_the_same(rows: list[Any], columns: list[str]) -> bool:
    """Whether rows differ in nothing that a person gave, and nothing hangs on them."""
    kind = type(rows[0])
    hanging = any(issubclass(related.related_model, Record) for related in kind._meta.related_objects)
    if hanging and kind not in HANDS_OVER:
        return False
    names = [
        f.attname
        for f in kind._meta.concrete_fields
        if f.editable and not f.primary_key and f.name != PLACE_IN_LIST and f.attname not in columns
    ]
    return len({tuple(getattr(row, name) for name in names) for row in rows}) == 1
