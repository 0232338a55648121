"""Deleting in the admin: why it cannot be, or a reason for it, in one change set."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as confirm_and_delete
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from issues.actions.record.correct import remove
from issues.actions.rules.check import removal
from issues.admin.base.forms import ReasonForm
from issues.admin.base.tool import author
from issues.forms.refusals import REFUSALS, in_words
from issues.history import Record, Way, recording


class RemovalPages(admin.ModelAdmin):
    """The confirmation pages ask for a reason and say what stands in the way."""

    actions: Sequence[Any] = ("delete_selected",)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with these records, and what forbids it: their dependants, or a rule."""
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        records: list[Record] = list(objs)
        along = [record.pk for record in records]
        breached = [message for record in records for _, message in removal(record, along=along)]
        return to_delete, model_count, perms_needed, [*protected, *dict.fromkeys(breached)]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What would go, and a reason for it; once that is given, it goes."""
        form = ReasonForm(request.POST if request.method == "POST" else None)
        context = {**(extra_context or {}), "reason_form": form}
        if form.is_valid():
            request.saves = True  # type: ignore[attr-defined]
            try:
                with _recording(request, form):
                    return super().delete_view(request, object_id, context)
            except REFUSALS as error:
                messages.error(request, " ".join(in_words(error)))
        return super().delete_view(_unconfirmed(request), object_id, context)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete one record, as every other way does."""
        remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several records one by one, so that each leaves its history."""
        for record in list(queryset):
            self.delete_model(request, record)

    @admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Ask for a reason, then delete the chosen records in one change set."""
        is_confirmed = bool(request.POST.get("post"))
        form = ReasonForm(request.POST if is_confirmed else None)
        if is_confirmed and form.is_valid():
            try:
                with _recording(request, form):
                    return confirm_and_delete(self, request, queryset)
            except REFUSALS as error:
                return messages.error(request, " ".join(in_words(error)))
        answer: Any = confirm_and_delete(self, _unconfirmed(request), queryset)
        answer.context_data["reason_form"] = form
        return answer


def _recording(request: HttpRequest, form: ReasonForm) -> Any:
    return recording(by=author(request), reason=form.cleaned_data["change_reason"], kind=Way.ADMIN)


def _unconfirmed(request: HttpRequest) -> HttpRequest:
    """The same request, without the confirmation: it is shown the page that asks."""
    asking = copy(request)
    kept = QueryDict(mutable=True)
    kept.update(request.GET)
    for name in (IS_POPUP_VAR, TO_FIELD_VAR):
        if name in request.POST:
            kept[name] = request.POST[name]
    asking.GET = kept  # type: ignore[assignment]
    asking.POST = QueryDict()
    return asking
