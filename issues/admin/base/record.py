"""The admin of a record: every save is a change set, every look-up bounded, bad input never our error."""

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.actions.rules.check import check_finished
from issues.admin.base.forms import ADDED, RecordForm, is_key
from issues.admin.base.inline import LooksUpRecords, without_own
from issues.admin.base.removal import RemovalPages
from issues.admin.base.search import matching
from issues.admin.base.tool import Question, author, tool_page
from issues.admin.lists.change_list import MOST_LISTED, Capped, RecordChangeList
from issues.admin.tools.deleted import deleted_meanwhile
from issues.forms.refusals import REFUSALS
from issues.forms.way_back import NEXT, way_back
from issues.history import Record, Way, recording
from issues.queries.access.may import may
from issues.queries.history.names import recorded_fields

REASON = (None, {"fields": ("opened_version", "change_reason"), "classes": ("reason",)})
TOO_MANY = f"Nothing was done: these are more than {MOST_LISTED:,}. Look for fewer first."
UNREADABLE = "This filter could not be read, so nothing is shown. Choose again from the filters."


class RecordAdmin(RemovalPages, LooksUpRecords, admin.ModelAdmin):
    """The admin of one kind of record."""

    form = RecordForm
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    paginator = Capped

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of the record, then the reason, where this person may save."""
        given = super().get_fieldsets(request, obj)
        own = [(name, {**options, "fields": without_own(options["fields"])}) for name, options in given]
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*own, REASON] if may else own

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; after a refusal it says why."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # Django makes a form anew for each request.
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record; locked while it is saved, so that the version compared is the version overwritten."""
        if from_field is None and not is_key(object_id):
            return None
        return super().get_object(request, object_id, from_field)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The records, locked where one of them is about to be saved."""
        queryset = super().get_queryset(request)
        if ERROR_FLAG in request.GET and is_list(request):
            return queryset.none()
        if getattr(request, "saves", False) and connection.in_atomic_block:
            return queryset.select_for_update(of=("self",))
        return queryset

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address asks to fill in: no keys that can be none, no times, which take two fields."""
        initial, fields = super().get_changeform_initial_data(request), {f.name: f for f in self.opts.fields}
        return {
            name: value
            for name, value in initial.items()
            if name in fields
            and not isinstance(fields[name], models.DateTimeField)
            and (not isinstance(fields[name], models.ForeignKey) or is_key(value))
        }

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """The inlines; rows by the hundred are edited in their own list instead."""
        return [inline for inline in self.inlines if obj is None or self._fits(request, obj, inline)]

    def _fits(self, request: HttpRequest, obj: Any, inline: Any) -> bool:
        most = getattr(inline, "most_rows", None)
        if most is None or obj.pk is None:
            return True
        relation = inline.model._meta.get_field(inline.fk_name)
        if request.method == "POST":  # Saved as it was shown, whatever was added meanwhile.
            return f"{relation.remote_field.get_accessor_name()}-TOTAL_FORMS" in request.POST
        return not inline.model._default_manager.filter(**{relation.name: obj})[most : most + 1].exists()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The page of the record, where it has one."""
        if obj is None or obj.pk is None or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None

    # Who may: what the installation lets, and the process of the record

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the list may be seen, or this record."""
        return super().has_view_permission(request, obj) and self._may("view", request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether records may be corrected, or this one."""
        return super().has_change_permission(request, obj) and self._may("change", request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether records may be deleted, or this one."""
        return super().has_delete_permission(request, obj) and self._may("delete", request, obj)

    def _may(self, verb: str, request: HttpRequest, obj: Any) -> bool:
        if obj is None or obj.pk is None or not isinstance(obj, Record):
            return True
        return may(request.user, f"issues.{verb}_{self.opts.model_name}", obj)

    # Saving: one form is one change set

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; a save is recorded with its reason, and what refuses it is told on the form."""
        show = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return show()
        reason = request.POST.get("change_reason", "").strip() or ADDED
        request.saves = True  # type: ignore[attr-defined]
        try:
            with recording(by=author(request), reason=reason, kind=Way.ADMIN):
                return show()
        except Question as question:
            return tool_page(request, question.template, question.title, self.model, **question.context)
        except REFUSALS as error:
            request.refusal = error  # type: ignore[attr-defined]
        return show()

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> Any:
        """Back to the page of ours that one came from, else as the admin does."""
        return came_from(request, super().response_add(request, obj, *args))

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Back to the page of ours that one came from, else as the admin does."""
        return came_from(request, super().response_change(request, obj))

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """A form of a record that was deleted while it was open loses nothing of what was typed."""
        gone = deleted_meanwhile(request, self.model, object_id) if request.method == "POST" else None
        return gone or super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of a record is the site's own page."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not is_key(object_id):
            raise Http404
        return redirect("history", self.opts.model_name, int(object_id))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the record; what hangs on it comes after it, so its ground is checked at the end."""
        if not change:
            add(obj, alone=not self.inlines)
        elif form.changed_data:
            correct(obj, values(obj), alone=not self.inlines)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Store the rows that were removed, changed and added, in this order as Django does."""
        formset.save(commit=False)
        for row in formset.deleted_objects:
            remove(row, alone=False)
        for row, _ in formset.changed_objects:
            correct(row, values(row), alone=False)
        for row in formset.new_objects:
            add(row, alone=False)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store the rows that were changed, then see that nothing is left without its ground."""
        super().save_related(request, form, formsets, change)
        check_finished(form.instance)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Note the change in the admin's own log, if there was one."""
        return super().log_change(request, obj, message) if message else None

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that reads its days once each."""
        return RecordChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The records that any spelling finds."""
        return matching(queryset, self.get_search_fields(request), search_term), False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list; a filter that no database can answer is refused like any other bad filter."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list; after a filter that could not be read it is empty and says so."""
        if ERROR_FLAG in request.GET and request.method == "GET":
            messages.error(request, UNREADABLE)
        return super().changelist_view(request, extra_context)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> Any:
        """Run an action on keys that can be keys; on all that was found only where all of it is counted."""
        if request.POST.get("select_across", "0") != "0" and Capped(queryset, 1).is_capped:
            messages.error(request, TOO_MANY)
            return None
        posted = request.POST.copy()
        keys = [key for key in posted.getlist(helpers.ACTION_CHECKBOX_NAME) if is_key(key)]
        posted.setlist(helpers.ACTION_CHECKBOX_NAME, keys)
        request.POST = posted  # type: ignore[assignment]
        return super().response_action(request, queryset, *args)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The form, with links to the rows that are too many for it."""
        obj = kwargs.get("obj")
        shown = {type(formset.opts) for formset in context["inline_admin_formsets"]}
        context["long_lists"] = [
            (inline.model._meta, f"{inline.fk_name}__id__exact={obj.pk}")
            for inline in self.inlines
            if obj and getattr(inline, "most_rows", None) and inline not in shown
        ]
        return super().render_change_form(request, context, *args, **kwargs)


def came_from(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Where a saved form leads: to the page that its address names, which one who goes on editing keeps."""
    back = way_back(request, "")
    if not back or answer.status_code != HTTPStatus.FOUND:
        return answer
    if not {"_continue", "_addanother", "_popup"} & request.POST.keys():
        return redirect(back)
    place, _, query = answer["Location"].partition("?")
    return redirect(f"{place}?{query}{'&' if query else ''}{urlencode({NEXT: back})}")


def values(record: Record) -> dict[str, Any]:
    """All that a person gives of a record, by column: an action stores what of it differs."""
    return {field.attname: getattr(record, field.attname) for field in recorded_fields(type(record))}


def is_list(request: HttpRequest) -> bool:
    """Whether a list is asked for, as against a form or a look-up."""
    match = request.resolver_match
    return match is not None and str(match.url_name).endswith("_changelist")
