"""Merging duplicates from their list: which one is kept, what moves, what differs, what clashes, and why.

Whoever may not delete proposes it: the same page, and an editor answers.
"""

from collections.abc import Callable
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
from issues.actions.upkeep.merge_proposals import propose_merge
from issues.admin.base.forms import ReasonForm
from issues.admin.base.tool import author, seen_version, tool_page
from issues.admin.tools.merge_preview import Chosen, chosen_in, keeper_asked, preview
from issues.forms.refusals import add_stale, errors_on
from issues.history import Record, Way
from issues.queries.access.shared import is_shared_with_hidden
from issues.queries.upkeep.references import reference_counts

STALE = "Someone changed one of them while you had this page open. Look at the preview again."
ELSEWHERE = "One of them is used where you may not read as well: ask an administrator to merge them."
HOW_MANY = f"Choose 2 to {MOST} to merge into one."
# What is done with the others and what is asked of all, once their preview is confirmed with a reason.
Doing = Callable[[Any, HttpRequest, list[Any], dict[str, Any]], None]


def may_propose(user: Any, model: type[Record]) -> bool:
    """Whether a person may say that records of a kind are one: who may change them."""
    return bool(user.has_perm(f"issues.change_{model._meta.model_name}"))


def may_merge(user: Any, model: type[Record]) -> bool:
    """Whether a person may merge records of a kind: who may change and delete them."""
    return may_propose(user, model) and bool(user.has_perm(f"issues.delete_{model._meta.model_name}"))


@admin.action(permissions=["delete"], description="Merge into one…")
def merge_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Show what merging would do, then do it once that very preview is confirmed with a reason."""
    if not may_merge(request.user, model_admin.model):
        raise PermissionDenied
    return _asked(model_admin, request, queryset, _merge, "merge_selected")


@admin.action(permissions=["propose"], description="Propose a merge…")
def propose_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Show what merging would do, and store that it is proposed once the preview is confirmed."""
    return _asked(model_admin, request, queryset, _propose, "propose_selected")


MERGING = (merge_selected, propose_selected)


class Mergeable:
    """Records that are merged by those who may delete them, and proposed to be by those who may not."""

    def has_propose_permission(self, request: HttpRequest) -> bool:
        """Who may merge has no need to propose it."""
        model = self.model  # type: ignore[attr-defined]
        return may_propose(request.user, model) and not may_merge(request.user, model)


def _asked(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any], do: Doing, action: str
) -> HttpResponse | None:
    records = list(queryset.order_by("pk")[: MOST + 1])
    if not 2 <= len(records) <= MOST:
        messages.error(request, HOW_MANY)
        return None
    if is_shared_with_hidden(request.user, records):
        messages.error(request, ELSEWHERE)
        return None
    counts = reference_counts(records)
    keeper = keeper_asked(request, records) or max(records, key=lambda record: counts[record.pk])
    chosen = chosen_in(request.POST, keeper)
    is_confirmed = request.POST.get("previewed") == str(keeper.pk) and "confirm" in request.POST
    form = ReasonForm(request.POST if is_confirmed else None)
    if form.is_valid():
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            others = [record for record in records if record != keeper]
            reason = form.cleaned_data["change_reason"]
            do(model_admin, request, others, as_asked(request, keeper, others, chosen, reason))
            return None
    proposing = action == "propose_selected"
    words = "Propose to merge" if proposing else "Merge"
    title = f"{words} {model_admin.opts.verbose_name_plural} into one"
    shown = preview(records, keeper, chosen, counts)
    more = {"action": action, "proposing": proposing, "merging": form}
    return tool_page(request, "merge", title, model_admin.model, form, **shown, **more)


def as_asked(
    request: HttpRequest, keeper: Any, others: list[Any], chosen: Chosen, reason: str
) -> dict[str, Any]:
    """What a merge or the proposal of one is given: the records at the versions that the person saw."""
    seen = {record.pk: copy(record) for record in (keeper, *others)}
    for record in seen.values():
        record.version = seen_version(request, record)
    return {
        "keeper": seen.pop(keeper.pk),
        "losers": list(seen.values()),
        "by": author(request),
        "reason": reason,
        "stands": chosen.stands,
        "fields": chosen.fields,
    }


def _merge(model_admin: Any, request: HttpRequest, others: list[Any], asked: dict[str, Any]) -> None:
    """Merge the others into the keeper and say so."""
    kept = merge(**asked, kind=Way.ADMIN)
    model_admin.log_change(request, kept, f"Merged with {_names(others)}.")
    messages.success(request, done(kept, others))


def _propose(model_admin: Any, request: HttpRequest, others: list[Any], asked: dict[str, Any]) -> None:
    """Store the proposal and say who answers it."""
    proposal = propose_merge(**asked)
    told = '{} is proposed to be merged into “{}”: an editor answers. <a href="{}">The proposal</a>'
    address = reverse("admin:issues_mergeproposal_change", args=[proposal.pk])
    messages.success(request, format_html(told, _names(others), asked["keeper"], address))


def done(kept: Record, others: list[Any]) -> SafeString:
    """What was done, and the way to undo it."""
    row = type(kept).history.filter(id=others[0].pk).latest("history_date", "history_id")
    address = reverse("admin:issues_changeset_undo", args=[row.change_set_id])
    told = '{} merged into “{}”. <a href="{}">Undo this…</a>'
    return format_html(told, _names(others), kept, address)


def _names(records: list[Any]) -> str:
    return ", ".join(f"“{record}”" for record in records)
