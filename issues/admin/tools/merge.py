"""Merging duplicates from their list: which one is kept, what moves, what clashes, and why."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.actions.upkeep.merge import MOST, merge
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.refusal import in_words
from issues.admin.base.wording import Names
from issues.history import Record, StaleVersion, Way
from issues.queries.upkeep.merge_plan import Clash, Moving, Plan, plan_merge, reference_counts, words_for
from issues.user import User

AT_ONCE = 6
MOST_NAMES = 500
STALE = "Someone changed one of them while you had this page open. Look at the preview again."
HOW_MANY = f"Choose 2 to {MOST} to merge into one."


class MergePages(admin.ModelAdmin):
    """Adds “Merge into one…” to a list, for those who may change and delete what is in it."""

    actions: Sequence[Any] = ("delete_selected", "merge_selected")
    merge_template: ClassVar[str] = "admin/merge.html"

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Merging changes the keeper and deletes the others."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(permissions=["merge"], description="Merge into one…")
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Show what merging would do, then do it once that very preview is confirmed with a reason."""
        records = list(queryset.order_by("pk")[: MOST + 1])
        if not 2 <= len(records) <= MOST:
            messages.error(request, HOW_MANY)
            return None
        counts = reference_counts(records)
        keeper = _chosen(request, records) or max(records, key=lambda record: counts[record.pk])
        losers = [record for record in records if record is not keeper]
        is_confirmed = request.POST.get("previewed") == str(keeper.pk) and "confirm" in request.POST
        form = ReasonForm(request.POST if is_confirmed else None)
        errors: list[str] = []
        if is_confirmed and form.is_valid():
            errors = self._merge(request, keeper, losers, form.cleaned_data["change_reason"])
            if not errors:
                return None
            records = list(queryset.order_by("pk")[: MOST + 1])
            if len(records) < 2 or keeper not in records:
                messages.error(request, errors[0])
                return None
            keeper, losers = _parted(records, keeper)
        context = {
            **self.admin_site.each_context(request),
            **_shown(plan_merge(keeper, losers), _stands(request)),
            "title": f"Merge {self.opts.verbose_name_plural} into one",
            "opts": self.opts,
            "records": [{"record": record, "count": counts.get(record.pk, 0)} for record in records],
            "keeper": keeper,
            "errors": errors,
            "reason_form": form,
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.merge_template, context)

    def _merge(self, request: HttpRequest, keeper: Record, losers: list[Any], reason: str) -> list[str]:
        """Merge them; returns what stands against it."""
        for record in (keeper, *losers):
            record.version = _seen(request, record)
        try:
            kept = merge(
                keeper,
                losers,
                by=cast(User, request.user),
                reason=reason,
                stands=_stands(request),
                kind=Way.ADMIN,
            )
        except StaleVersion:
            return [STALE]
        except ValidationError as error:
            return list(error.messages)
        except (IntegrityError, ProtectedError) as error:
            return [in_words(error)]
        names = ", ".join(f"“{loser}”" for loser in losers)
        self.log_change(request, kept, f"Merged with {names}.")
        self.message_user(request, _done(names, kept, losers[0]), messages.SUCCESS)
        return []


def _done(names: str, kept: Record, loser: Record) -> SafeString:
    """What was done, and the way to undo it."""
    row = type(loser).history.filter(id=loser.pk).latest("history_date", "history_id")
    address = reverse("admin:issues_changeset_undo", args=[row.change_set_id])
    return format_html('{} merged into “{}”. <a href="{}">Undo this…</a>', names, kept, address)


def _chosen(request: HttpRequest, records: Sequence[Record]) -> Any:
    """The record that the person wants to keep, if one is chosen."""
    return next((record for record in records if str(record.pk) == request.POST.get("keeper")), None)


def _parted(records: list[Any], keeper: Record) -> tuple[Any, list[Any]]:
    """The keeper as it is stored now, and the others."""
    kept = next(record for record in records if record.pk == keeper.pk)
    return kept, [record for record in records if record is not kept]


def _seen(request: HttpRequest, record: Record) -> int:
    """The version of a record that the person saw; 0 where the form does not say."""
    value = request.POST.get(f"seen-{record.pk}", "")
    return int(value) if is_key(value) else 0


def _stands(request: HttpRequest) -> dict[str, int]:
    """What the person chose to stand, by clash."""
    return {
        name.removeprefix("stands-"): int(request.POST[name])
        for name in request.POST
        if name.startswith("stands-") and is_key(request.POST[name])
    }


def _shown(plan: Plan, stands: dict[str, int]) -> dict[str, Any]:
    """A plan in words."""
    doubles = {(type(row), row.pk) for row in plan.leaving({})}
    moving = [
        Moving(item.relation, rows)
        for item in plan.moving
        if (rows := [row for row in item.rows if (type(row), row.pk) not in doubles])
    ]
    names = Names()
    return {
        "moving": [_moving(item) for item in moving],
        "clashes": [_clash(clash, plan, stands) for clash in plan.clashes if not clash.is_harmless],
        "doubles": [words_for(row) for row in plan.leaving({})],
        "bars": plan.bars,
        "taken": [_taken(names, plan.keeper, name, value) for name, value in plan.joined.items()],
        "may_confirm": not plan.bars and all(clash.may_choose or clash.is_harmless for clash in plan.clashes),
        "total": len({(type(row), row.pk) for item in moving for row in item.rows}),
    }


def _moving(moving: Moving) -> dict[str, Any]:
    options = moving.relation.model._meta
    field: Any = options.get_field(moving.relation.name)
    words = [words_for(row) for row in moving.rows[:MOST_NAMES]]
    return {
        "what": str(options.verbose_name_plural).capitalize(),
        "role": str(field.verbose_name),
        "count": len(moving.rows),
        "first": words[:AT_ONCE],
        "rest": words[AT_ONCE:],
        "untold": len(moving.rows) - len(words),
    }


def _clash(clash: Clash, plan: Plan, stands: dict[str, int]) -> dict[str, Any]:
    standing = clash.standing(stands)
    return {
        "key": clash.key,
        "what": clash.rows[0]._meta.verbose_name,
        "may_choose": clash.may_choose,
        "rows": [
            {
                "pk": row.pk,
                "words": words_for(row),
                "said": _said(row, clash, plan),
                "stands": row is standing,
            }
            for row in clash.rows
        ],
    }


def _said(row: Any, clash: Clash, plan: Plan) -> list[str]:
    """In which fields a row differs from the others, except a coder's secret."""
    if getattr(getattr(row, "sheet", None), "coder_id", None) is not None:
        return []
    names, said = Names(), []
    for field in row._meta.concrete_fields:
        if not field.editable or field.primary_key or field.related_model is type(plan.keeper):
            continue
        if len({getattr(other, field.attname) for other in clash.rows}) > 1:
            value = names.words(field, getattr(row, field.attname))
            said.append(f"{field.verbose_name}: {value}")
    return said


def _taken(names: Names, keeper: Record, name: str, value: Any) -> dict[str, Any]:
    """A field of the keeper that changes, before and after, in words."""
    field: Any = keeper._meta.get_field(name)
    key = getattr(value, "pk", value)
    return {
        "field": str(field.verbose_name).capitalize(),
        "old": names.words(field, getattr(keeper, field.attname)),
        "new": names.words(field, key),
    }
