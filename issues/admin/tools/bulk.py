"""Correcting many positions at once from their list: marking them as reviewed, setting their confidence."""

from copy import copy
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from issues.actions.record.review import mark_reviewed, set_confidence
from issues.admin.base.forms import ReasonForm
from issues.admin.base.tool import author, seen_version, tool_page
from issues.forms.refusals import REFUSALS, add_stale, errors_on, in_words
from issues.history import StaleVersion, Way
from issues.models import Position
from issues.models.position import Confidence

MOST = 200
TOO_MANY = f"Choose at most {MOST} positions at once."
STALE = "Someone changed one of these positions while you had this page open. Look at them again."
CHOOSE = {"required": "choose one.", "invalid_choice": "choose one."}


class ConfidenceForm(ReasonForm):
    """Asks for the confidence and why."""

    confidence = forms.ChoiceField(choices=Confidence, widget=forms.RadioSelect, error_messages=CHOOSE)
    field_order = ("confidence", "change_reason")


@admin.action(permissions=["change"], description="Mark as reviewed")
def mark_selected_reviewed(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    """Mark the chosen positions, unless this person edited one of them last."""
    positions = _chosen(request, queryset)
    try:
        if positions:
            _say(request, mark_reviewed(positions, by=author(request), kind=Way.ADMIN), "marked as reviewed")
    except StaleVersion:
        messages.error(request, STALE)
    except REFUSALS as error:
        messages.error(request, " ".join(in_words(error)))


@admin.action(permissions=["change"], description="Set confidence…")
def set_selected_confidence(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """Ask for the confidence and the reason, then correct the chosen positions in one change set."""
    positions = _chosen(request, queryset)
    if not positions:
        return None
    form = ConfidenceForm(request.POST if "confirm" in request.POST else None)
    if form.is_valid():
        seen = [copy(position) for position in positions]
        for position in seen:
            position.version = seen_version(request, position)
        confidence, reason = Confidence(form.cleaned_data["confidence"]), form.cleaned_data["change_reason"]
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            changed = set_confidence(seen, confidence, by=author(request), reason=reason, kind=Way.ADMIN)
            _say(request, changed, "given another confidence")
            return None
    return tool_page(request, "confirm_confidence", "Set confidence", Position, form, positions=positions)


def _chosen(request: HttpRequest, queryset: QuerySet[Any]) -> list[Position]:
    """The chosen positions; none, which is told, where they are too many."""
    positions = list(queryset[: MOST + 1])
    if len(positions) > MOST:
        messages.error(request, TOO_MANY)
        return []
    return positions


def _say(request: HttpRequest, changed: list[Position], what: str) -> None:
    said = f"{len(changed)} position{'' if len(changed) == 1 else 's'} {what}."
    messages.add_message(request, messages.SUCCESS if changed else messages.INFO, said)
