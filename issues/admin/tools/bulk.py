"""Housekeeping of many positions at once: marking them as reviewed, setting their confidence."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from issues.actions.record.review import mark_reviewed, set_confidence
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.refusal import in_words, tell
from issues.history import StaleVersion, Way
from issues.models import Position
from issues.models.position import Confidence
from issues.user import User

MOST = 200
TOO_MANY = f"Choose at most {MOST} positions at once."
STALE = "Someone changed one of these positions while you had this page open. Look at them again."


class ConfidenceForm(ReasonForm):
    """Asks for the confidence and why."""

    confidence = forms.ChoiceField(
        choices=Confidence,
        widget=forms.RadioSelect,
        error_messages={"required": "Confidence: choose one.", "invalid_choice": "Confidence: choose one."},
    )
    field_order = ("confidence", "change_reason")


class PositionHousekeeping(admin.ModelAdmin):
    """Adds two actions to the list of positions, for those who may change them."""

    actions: Sequence[Any] = ("delete_selected", "mark_reviewed", "set_confidence")

    @admin.action(permissions=["change"], description="Mark as reviewed")
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Mark the chosen positions, unless this person edited one of them last."""
        positions = list(queryset[: MOST + 1])
        if len(positions) > MOST:
            messages.error(request, TOO_MANY)
            return
        try:
            marked = mark_reviewed(positions, by=cast(User, request.user), kind=Way.ADMIN)
        except StaleVersion:
            messages.error(request, STALE)
        except (IntegrityError, ValidationError) as error:
            tell(request, error)
        else:
            self.message_user(request, _counted(len(marked), "marked as reviewed"), _level(marked))

    @admin.action(permissions=["change"], description="Set confidence…")
    def set_confidence(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Ask for the confidence and the reason, then correct the chosen positions in one change set."""
        positions = list(queryset[: MOST + 1])
        if len(positions) > MOST:
            messages.error(request, TOO_MANY)
            return None
        form = ConfidenceForm(request.POST if "confirm" in request.POST else None)
        errors: list[str] = []
        if form.is_bound and form.is_valid():
            errors = self._set(request, form, positions)
            if not errors:
                return None
            positions = list(queryset)
        context = {
            **self.admin_site.each_context(request),
            "title": "Set confidence",
            "opts": self.opts,
            "positions": positions,
            "form": form,
            "reason_form": form,
            "errors": [*errors, *form.errors.get("confidence", [])],
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/confirm_confidence.html", context)

    def _set(self, request: HttpRequest, form: ConfidenceForm, positions: list[Position]) -> list[str]:
        """Set it; returns what stands against it."""
        for position in positions:
            seen = request.POST.get(f"seen-{position.pk}", "")
            position.version = int(seen) if is_key(seen) else 0
        try:
            changed = set_confidence(
                positions,
                Confidence(form.cleaned_data["confidence"]),
                by=cast(User, request.user),
                reason=form.cleaned_data["change_reason"],
                kind=Way.ADMIN,
            )
        except StaleVersion:
            return [STALE]
        except ValidationError as error:
            return list(error.messages)
        except IntegrityError as error:
            return [in_words(error)]
        self.message_user(request, _counted(len(changed), "given another confidence"), _level(changed))
        return []


def _counted(count: int, what: str) -> str:
    return f"{count} position{'' if count == 1 else 's'} {what}."


def _level(changed: list[Position]) -> int:
    return messages.SUCCESS if changed else messages.INFO
