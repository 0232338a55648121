"""What merging duplicates would move, join or clash on."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from issues.history import Record
from issues.models import Cell, SheetRow, Signatory, Source, Statement
from issues.queries.upkeep.merge_clashes import Clash, clashes
from issues.queries.upkeep.merge_fields import Choice, choices, joined
from issues.queries.upkeep.merge_refs import renumbered
from issues.queries.upkeep.references import Relation, relations


@dataclass
class Moving:
    """The rows of one relation that will refer to the keeper."""

    relation: Relation
    rows: list[Record]


@dataclass
class Plan:
    """What merging would do. ``bars`` are reasons against it that no choice removes."""

    keeper: Any
    losers: list[Any]
    moving: list[Moving] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    # The fields in which they differ, and the columns of the keeper that change.
    choices: list[Choice] = field(default_factory=list)
    joined: dict[str, Any] = field(default_factory=dict)
    # By the key of a statement its new short id, where its own is taken in the keeper.
    refs: dict[int, str] = field(default_factory=dict)
    # Signatories that would be the only ones of their statements: what two signed was signed by one.
    alone: list[Record] = field(default_factory=list)
    # The rows that will refer to the keeper, by kind and key.
    rows: dict[type[Record], dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))

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


def plan_merge(
    keeper: Record, losers: Sequence[Record], *, fields: Mapping[str, int] | None = None, lock: bool = False
) -> Plan:
    """What merging these records into the keeper would do. A few queries for each relation.

    ``fields`` says of fields in which they differ whose value stands. ``lock`` keeps the rows that will move
    until the transaction ends.
    """
    model, gone = type(keeper), [loser.pk for loser in losers]
    plan = Plan(keeper, list(losers), choices=choices(keeper, losers))
    plan.joined = joined(keeper, losers, plan.choices, fields or {})
    for relation in relations(model):
        referring = relation.of(gone).select_for_update(of=("self",)) if lock else relation.of(gone)
        mine = [plan.rows[relation.model].setdefault(row.pk, row) for row in referring]
        if mine:
            plan.moving.append(Moving(relation, mine))
    plan.bars = [*_kinship(keeper, losers), *_ties(model, plan.rows, {keeper.pk, *gone}, keeper.pk)]
    for kind, moved in plan.rows.items():
        if kind is Statement and model is Source:
            plan.refs = renumbered(keeper.pk, gone, list(moved.values()))
            continue
        plan.clashes += clashes(kind, moved, _columns(model, kind), {keeper.pk, *gone})
    plan.alone = list(_alone(plan.clashes))
    return plan


def columns_moved(row: Record, keeper: Record, losers: Collection[int]) -> list[str]:
    """The columns of a row that refer to one of the losers."""
    return [
        relation.column
        for relation in relations(type(keeper))
        if relation.model is type(row) and getattr(row, relation.column) in losers
    ]


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


def _alone(clashes: Sequence[Clash]) -> Iterator[Record]:
    """Of joint statements that the merged ones signed together, the signatory that is left alone."""
    for clash in clashes:
        standing = clash.rows[0]
        if isinstance(standing, Signatory):
            others = Signatory.objects.filter(statement=standing.statement_id)
            if not others.exclude(pk__in=[row.pk for row in clash.rows]).exists():
                yield standing


def words_for(row: Any) -> str:
    """The name of a row; a coder's own sheet keeps its secret."""
    if isinstance(row, Cell | SheetRow) and row.sheet.coder_id is not None:
        return f"{row.actor}, on a coder’s own sheet of {row.sheet.summit}"
    return str(row)
