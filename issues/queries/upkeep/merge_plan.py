"""What refers to a record, and what merging duplicates would move, join or clash on.

The references are found from the models themselves, so that a new kind of record is never forgotten;
drafts are references like any other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, QuerySet, UniqueConstraint

from issues.history import Record
from issues.models import DRAFTS, RECORDS, Cell, SheetRow, Signatory
from issues.models.fields import Dated
from issues.queries.upkeep.merge_fields import joined

ORDER: tuple[type[Record], ...] = (*RECORDS, *DRAFTS)

# Only the place in a list: rows that differ in it alone say the same.
PLACE_IN_LIST = "order"
KEEPER = "the keeper"


@dataclass(frozen=True)
class Relation:
    """A foreign key of one kind of record to another."""

    model: type[Record]
    name: str
    column: str

    def of(self, keys: Collection[int]) -> QuerySet[Any]:
        """The rows that refer to these records, with what their names are made of."""
        named_by = [f.name for f in self.model._meta.fields if isinstance(f, models.ForeignKey)]
        if self.model in (Cell, SheetRow):
            named_by += ["sheet__summit", "sheet__coder"]
        rows = self.model._default_manager.filter(**{f"{self.column}__in": keys})
        return rows.select_related(*named_by).order_by("pk")


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


@dataclass
class Moving:
    """The rows of one relation that will refer to the keeper."""

    relation: Relation
    rows: list[Record]


@dataclass
class Plan:
    """What merging would do. ``bars`` are reasons against it that no choice removes."""

    keeper: Record
    losers: list[Any]
    moving: list[Moving] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    joined: dict[str, Any] = field(default_factory=dict)
    # Signatories that would be the only ones of their statements: what two signed was signed by one.
    alone: list[Record] = field(default_factory=list)

    def leaving(self, stands: Mapping[str, int]) -> list[Record]:
        """The rows that give way to another, and those that cannot stay alone."""
        return self.alone + [
            row
            for clash in self.clashes
            if (standing := clash.standing(stands)) is not None
            for row in clash.rows
            if row is not standing
        ]

    def open_clashes(self, stands: Mapping[str, int]) -> list[Clash]:
        """The clashes of which nobody has said what stands."""
        return [clash for clash in self.clashes if clash.standing(stands) is None]


def relations(model: type[Record]) -> list[Relation]:
    """Every foreign key of our records to a model, those first that others rest on."""
    keys = []
    for related in model._meta.related_objects:
        if issubclass(related.related_model, Record):
            key: Any = related.field
            keys.append(Relation(related.related_model, key.name, key.attname))
    return sorted(keys, key=lambda relation: (_place(relation.model), relation.column))


def reference_counts(records: Sequence[Record]) -> dict[int, int]:
    """How many rows refer to each of these records of one kind. One query for each relation."""
    counts = {record.pk: 0 for record in records}
    for relation in relations(type(records[0])):
        rows = relation.model._default_manager.filter(**{f"{relation.column}__in": list(counts)})
        for key, count in rows.order_by().values_list(relation.column).annotate(n=models.Count("pk")):
            counts[key] += count
    return counts


def plan_merge(keeper: Record, losers: Sequence[Record], *, lock: bool = False) -> Plan:
    """What merging these records into the keeper would do. A few queries for each relation.

    ``lock`` keeps the rows that will move until the transaction ends.
    """
    model, gone = type(keeper), [loser.pk for loser in losers]
    plan = Plan(keeper, list(losers), joined=joined(keeper, losers))
    rows: dict[type[Record], dict[int, Any]] = defaultdict(dict)
    for relation in relations(model):
        referring = relation.of(gone).select_for_update(of=("self",)) if lock else relation.of(gone)
        mine = [rows[relation.model].setdefault(row.pk, row) for row in referring]
        if mine:
            plan.moving.append(Moving(relation, mine))
    plan.bars = [*_kinship(keeper, losers), *_ties(model, rows, {keeper.pk, *gone}, keeper.pk)]
    for kind, moved in rows.items():
        plan.clashes += _clashes(kind, moved, _columns(model, kind), {keeper.pk, *gone})
    plan.alone = list(_alone(plan.clashes))
    return plan


def names_moved(row: Record, keeper: Record, losers: Collection[int]) -> list[str]:
    """The fields of a row that refer to one of the losers."""
    return [
        relation.name
        for relation in relations(type(keeper))
        if relation.model is type(row) and getattr(row, relation.column) in losers
    ]


def _place(model: type[Record]) -> int:
    return ORDER.index(model) if model in ORDER else len(ORDER)


def _columns(model: type[Record], kind: type[Record]) -> list[str]:
    return [relation.column for relation in relations(model) if relation.model is kind]


def _kinship(keeper: Record, losers: Sequence[Record]) -> Iterator[str]:
    """The records of which one is part of another: they are not the same."""
    group = {record.pk: record for record in (keeper, *losers)}
    for relation in relations(type(keeper)):
        if relation.model is not type(keeper):
            continue
        words = relation.model._meta.get_field(relation.name).verbose_name  # type: ignore[union-attr]
        for record in group.values():
            for above in _chain(record, relation.name):
                if above.pk in group and above.pk != record.pk:
                    yield f"“{record}” is {words} “{above}”."


def _chain(record: Any, name: str) -> Iterator[Any]:
    seen, above = {record.pk}, getattr(record, name)
    while above is not None and above.pk not in seen:
        yield above
        seen.add(above.pk)
        above = getattr(above, name)


def _ties(
    model: type[Record], rows: Mapping[type[Record], Mapping[int, Any]], group: set[int], keeper: int
) -> Iterator[str]:
    """Rows that would tie the keeper to itself: one of them is a member of the other."""
    for kind, moving in rows.items():
        columns = _columns(model, kind)
        rules = [rule for rule in kind._meta.constraints if isinstance(rule, CheckConstraint)]
        for row in moving.values():
            tied = [column for column in columns if getattr(row, column) in group]
            if len(tied) < 2:
                continue
            moved = kind(**{f.attname: getattr(row, f.attname) for f in kind._meta.concrete_fields})
            for column in tied:
                setattr(moved, column, keeper)
            for rule in rules:
                try:
                    rule.validate(kind, moved)
                except ValidationError as error:
                    yield f"{kind._meta.verbose_name}: {words_for(row)}. {' '.join(error.messages)}"


def _clashes(
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


def _alone(clashes: Sequence[Clash]) -> Iterator[Record]:
    """Of joint statements that the merged ones signed together, the signatory that is left alone."""
    for clash in clashes:
        standing = clash.rows[0]
        if isinstance(standing, Signatory):
            others = Signatory.objects.filter(statement=standing.statement_id)
            if not others.exclude(pk__in=[row.pk for row in clash.rows]).exists():
                yield standing


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
    return all(related.on_delete is not models.PROTECT for related in kind._meta.related_objects)


def _say_the_same(rows: list[Any], columns: list[str]) -> bool:
    """Whether rows differ in nothing that a person gave, and nothing hangs on them."""
    kind = rows[0]
    if any(issubclass(related.related_model, Record) for related in kind._meta.related_objects):
        return False
    names = [
        f.attname
        for f in kind._meta.concrete_fields
        if f.editable and not f.primary_key and f.name != PLACE_IN_LIST and f.attname not in columns
    ]
    return len({tuple(getattr(row, name) for name in names) for row in rows}) == 1


def words_for(row: Any) -> str:
    """The name of a row; a coder's own sheet keeps its secret."""
    if isinstance(row, Cell | SheetRow) and row.sheet.coder_id is not None:
        return f"{row.actor}, on a coder’s own sheet of {row.sheet.summit}"
    return str(row)
