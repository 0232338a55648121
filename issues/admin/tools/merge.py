"""Merging duplicates from their list: which one is kept, what moves, what clashes, and why."""

from collections.abc import Sequence
from copy import copy
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.actions.upkeep.merge import MOST, merge
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.tool import author, seen_version, tool_page
from issues.forms.refusals import add_stale, errors_on
from issues.history import Record, Way
from issues.queries.history.names import RecordNames, recorded_fields
from issues.queries.upkeep.merge_clashes import Clash
from issues.queries.upkeep.merge_plan import Moving, Plan, plan_merge, words_for
from issues.queries.upkeep.references import reference_counts

MOST_NAMES = 500
STALE = "Someone changed one of them while you had this page open. Look at the preview again."
HOW_MANY = f"Choose 2 to {MOST} to merge into one."


@admin.action(permissions=["delete"], description="Merge into one…")
def merge_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Show what merging would do, then do it once that very preview is confirmed with a reason."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    records = list(queryset.order_by("pk")[: MOST + 1])
    if not 2 <= len(records) <= MOST:
        messages.error(request, HOW_MANY)
        return None
    counts = reference_counts(records)
    keeper = next((record for record in records if str(record.pk) == request.POST.get("keeper")), None)
    keeper = keeper or max(records, key=lambda record: counts[record.pk])
    is_confirmed = request.POST.get("previewed") == str(keeper.pk) and "confirm" in request.POST
    form = ReasonForm(request.POST if is_confirmed else None)
    if form.is_valid():
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            _merge(model_admin, request, keeper, records, form.cleaned_data["change_reason"])
            return None
    return tool_page(
        request,
        "merge",
        f"Merge {model_admin.opts.verbose_name_plural} into one",
        model_admin.model,
        form,
        records=[{"record": record, "count": counts[record.pk]} for record in records],
        keeper=keeper,
        **_described(plan_merge(keeper, [record for record in records if record != keeper]), request),
    )


def _merge(model_admin: Any, request: HttpRequest, keeper: Record, records: list[Any], reason: str) -> None:
    """Merge the others into the keeper, each at the version that the person saw, and say so."""
    seen = {record.pk: copy(record) for record in records}
    for record in seen.values():
        record.version = seen_version(request, record)
    losers = [record for record in records if record != keeper]
    kept = merge(
        seen[keeper.pk],
        [seen[loser.pk] for loser in losers],
        by=author(request),
        reason=reason,
        stands=_stands(request),
        kind=Way.ADMIN,
    )
    names = ", ".join(f"“{loser}”" for loser in losers)
    model_admin.log_change(request, kept, f"Merged with {names}.")
    messages.success(request, _done(names, kept, losers[0]))


def _done(names: str, kept: Record, loser: Record) -> SafeString:
    """What was done, and the way to undo it."""
    row = type(loser).history.filter(id=loser.pk).latest("history_date", "history_id")
    address = reverse("admin:issues_changeset_undo", args=[row.change_set_id])
    return format_html('{} merged into “{}”. <a href="{}">Undo this…</a>', names, kept, address)


def _stands(request: HttpRequest) -> dict[str, int]:
    """What the person chose to stand, by clash."""
    return {
        name.removeprefix("stands-"): int(request.POST[name])
        for name in request.POST
        if name.startswith("stands-") and is_key(request.POST[name])
    }


def _described(plan: Plan, request: HttpRequest) -> dict[str, Any]:
    """A plan in words."""
    leaving, stands = plan.leaving({}), _stands(request)
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
    names = RecordNames(None, [plan.keeper, after, *(row for clash in clashes for row in clash.rows)])
    return {
        "moving": [_moving(item) for item in moving],
        "clashes": [_clash(names, clash, plan, stands) for clash in clashes],
        "doubles": [words_for(row) for row in leaving],
        "bars": plan.bars,
        "taken": names.changes(plan.keeper, after),
        "may_confirm": not plan.bars and all(clash.may_choose for clash in clashes),
        "total": len({(type(row), row.pk) for item in moving for row in item.rows}),
    }


def _moving(moving: Moving) -> dict[str, Any]:
    options = moving.relation.model._meta
    field: Any = options.get_field(moving.relation.name)
    return {
        "what": str(options.verbose_name_plural).capitalize(),
        "role": str(field.verbose_name),
        "count": len(moving.rows),
        "names": [words_for(row) for row in moving.rows[:MOST_NAMES]],
    }


def _clash(names: RecordNames, clash: Clash, plan: Plan, stands: dict[str, int]) -> dict[str, Any]:
    standing = clash.standing(stands)
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
        f"{field.verbose_name}: {names.said(field, row)}"
        for field in recorded_fields(type(row))
        if field.related_model is not merged and len({getattr(other, field.attname) for other in rows}) > 1
    ]
