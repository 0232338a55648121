"""What merging would do, in words, and what a person chose on the page that shows it."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict

from issues.admin.base.forms import is_key
from issues.history import Record
from issues.models import Source, Statement
from issues.queries.history.names import RecordNames, recorded_fields
from issues.queries.upkeep.merge_clashes import Clash
from issues.queries.upkeep.merge_fields import Choice
from issues.queries.upkeep.merge_plan import Moving, Plan, plan_merge, words_for

MOST_NAMES = 500


@dataclass(frozen=True)
class Chosen:
    """Which row stands, by clash, and whose value stands, by field, as their keys."""

    stands: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, int] = field(default_factory=dict)


def chosen_in(posted: QueryDict, keeper: Any) -> Chosen:
    """What was chosen on the preview of this keeper; nothing on that of another, whose values stood first.

    What is no key is that of no record.
    """
    if posted.get("previewed") != str(keeper.pk):
        return Chosen()
    return Chosen({name: key for name, key in _keys(posted, "stands-") if key}, dict(_keys(posted, "field-")))


def _keys(posted: QueryDict, begins: str) -> list[tuple[str, int]]:
    return [
        (name.removeprefix(begins), int(value) if is_key(value := posted.get(name, "")) else 0)
        for name in posted
        if name.startswith(begins)
    ]


def keeper_asked(request: HttpRequest, records: Sequence[Any]) -> Any | None:
    """The one that the page says is kept; None where it says none of these."""
    return next((record for record in records if str(record.pk) == request.POST.get("keeper")), None)


def preview(records: Sequence[Any], keeper: Any, chosen: Chosen, counts: Mapping[int, int]) -> dict[str, Any]:
    """Everything that the page shows of merging these records into one; ``counts`` are their references."""
    plan = plan_merge(keeper, [record for record in records if record != keeper], fields=chosen.fields)
    return {
        "records": [{"record": record, "count": counts[record.pk]} for record in records],
        "keeper": keeper,
        **_described(plan, chosen),
    }


def _described(plan: Plan, chosen: Chosen) -> dict[str, Any]:
    """A plan in words."""
    leaving = plan.leaving({})
    doubles = {(type(row), row.pk) for row in leaving}
    moving = [
        Moving(item.relation, rows)
        for item in plan.moving
        if (rows := [row for row in item.rows if (type(row), row.pk) not in doubles])
    ]
    clashes = [clash for clash in plan.clashes if not clash.is_harmless]
    after = copy(plan.keeper)
    for name, value in plan.joined.items():
        setattr(after, name, value)
    rows = [row for clash in clashes for row in clash.rows]
    names = RecordNames(None, [plan.keeper, after, *plan.losers, *rows])
    offered = {column for choice in plan.choices for column in choice.columns}
    beside = copy(after)
    for column in offered:
        setattr(beside, column, getattr(plan.keeper, column))
    return {
        "choices": [_choice(names, choice, chosen) for choice in plan.choices],
        "moving": [_moving(item) for item in moving],
        "clashes": [_clash(names, clash, plan, chosen) for clash in clashes],
        "renumbered": _renumbered(plan),
        "doubles": [words_for(row) for row in leaving],
        "bars": plan.bars,
        "taken": names.changes(plan.keeper, beside),
        "joins_copies": isinstance(plan.keeper, Source),
        "may_confirm": not plan.bars and all(clash.may_choose for clash in clashes),
        "total": len({(type(row), row.pk) for item in moving for row in item.rows}),
    }


def _choice(names: RecordNames, choice: Choice, chosen: Chosen) -> dict[str, Any]:
    standing = choice.standing(chosen.fields)
    return {
        "name": choice.name,
        "label": str(choice.field.verbose_name).capitalize(),
        "values": [
            {
                "pk": giver.pk,
                "words": names.said(choice.field, giver),
                "of": choice.holders(giver),
                "stands": standing in choice.holders(giver),
            }
            for giver in choice.givers
        ],
    }


def _renumbered(plan: Plan) -> list[tuple[str, str]]:
    """Of statements whose short id is taken in the keeper: what they are called, and what they become."""
    statements = plan.rows.get(Statement, {})
    return [(words_for(statements[pk]), f"{plan.keeper.key} {ref}") for pk, ref in plan.refs.items()]


def _moving(moving: Moving) -> dict[str, Any]:
    options = moving.relation.model._meta
    named: Any = options.get_field(moving.relation.name)
    return {
        "what": str(options.verbose_name_plural).capitalize(),
        "role": str(named.verbose_name),
        "count": len(moving.rows),
        "names": [words_for(row) for row in moving.rows[:MOST_NAMES]],
    }


def _clash(names: RecordNames, clash: Clash, plan: Plan, chosen: Chosen) -> dict[str, Any]:
    standing = clash.standing(chosen.stands)
    return {
        "key": clash.key,
        "what": clash.rows[0]._meta.verbose_name,
        "may_choose": clash.may_choose,
        "rows": [
            {
                "pk": row.pk,
                "words": words_for(row),
                "said": list(_differing(names, row, clash.rows, type(plan.keeper))),
                "stands": row is standing,
            }
            for row in clash.rows
        ],
    }


def _differing(names: RecordNames, row: Any, rows: Sequence[Any], merged: type[Record]) -> list[str]:
    """In which fields a row differs from the others, except a coder's secret."""
    if getattr(getattr(row, "sheet", None), "coder_id", None) is not None:
        return []
    return [
        f"{one.verbose_name}: {names.said(one, row)}"
        for one in recorded_fields(type(row))
        if one.related_model is not merged and len({getattr(other, one.attname) for other in rows}) > 1
    ]
