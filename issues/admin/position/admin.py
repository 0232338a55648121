"""Positions with the evidence for them, the issues they are tied to, and outcomes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest

from issues.admin.base.forms import RecordForm, is_key
from issues.admin.base.inline import inline
from issues.admin.base.lookups import source_carried_over
from issues.admin.base.record import RecordAdmin
from issues.admin.base.short_ids import OutcomeForm
from issues.admin.lists.change_list import BySummit, Capped
from issues.admin.lists.filters import RelatedFilter
from issues.admin.position import list as columns
from issues.admin.position.carry_over import CarriesOver
from issues.admin.position.preview import preview
from issues.admin.records.evidence import NAMED_BY, PositionEvidenceInline, evidence_inline
from issues.admin.tools.bulk import mark_selected_reviewed, set_selected_confidence
from issues.models import Issue, Outcome, Position, PositionLink

# The name of the button that shows what a form would change.
PREVIEW = "_preview"
ACCORDING_TO = ("according_to_actor", "according_to_person")
CORRECTS = (
    "This corrects the record; it never counts as a move of the actor. "
    "If the actor moved, record a position at the later summit instead."
)


class PositionForm(RecordForm):
    """A position; changing a recorded one is a correction and says so."""

    # Whether it was sent to be shown again with what it would change, not to be saved.
    is_preview = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.get("change_reason")
        if reason is not None and not self.instance._state.adding:
            reason.label, reason.help_text = "Reason of the correction", CORRECTS
        if reason is not None and self.is_preview:
            reason.required = False

    def is_valid(self) -> bool:
        """Whether it can be saved: never a preview, though nothing be wrong with it."""
        return super().is_valid() and not self.is_preview


@admin.register(Position)
class PositionAdmin(CarriesOver, RecordAdmin):
    """Who holds what, where and since when."""

    form = PositionForm
    list_display = (
        *("actor", "issue", "summit", columns.placed, columns.changed, columns.limits, "basis"),
        *("confidence", columns.evidence_count, columns.is_disputed, columns.edited),
    )
    list_filter = columns.FILTERS
    fill = staticmethod(columns.fill_positions)
    date_hierarchy = "summit__starts_on"
    ordering = columns.ORDERING
    list_select_related = ("actor", "issue", "summit", "option", "reviewed_by")
    search_fields = (
        *("actor__name", "actor__short_name", "actor__aliases"),
        *("issue__name", "issue__aliases", "summit__name", "summary"),
    )
    actions = ("delete_selected", mark_selected_reviewed, set_selected_confidence)
    readonly_fields = ("reviewed_by", "reviewed_at")
    inlines = (
        PositionEvidenceInline,
        inline(PositionLink, "position", "issue", list_select_related=("issue", *NAMED_BY)),
    )
    fieldsets = (
        (None, {"fields": ("summit", "actor", "issue", "state")}),
        ("Placement", {"fields": ("option", "value", "summary", "salience")}),
        ("Red line", {"fields": ("red_line", ("accepts_from", "accepts_to"))}),
        ("Coding", {"fields": ("condition", "basis", "confidence", "disputed", "note")}),
        ("Review", {"fields": (("reviewed_by", "reviewed_at"),)}),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list with the counts of evidence and the last edit."""
        return columns.PositionChangeList

    def get_paginator(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Paginator:
        """Pages by summit, unless the list is sorted by a column."""
        pages = Capped(queryset, *args, **kwargs)
        is_sorted = request.GET.get(ORDER_VAR) and not pages.is_capped
        return pages if is_sorted else BySummit(queryset, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The option is chosen among those of the issue, once the issue is known."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if PREVIEW in request.POST:
            form.is_preview = True
        field = form.base_fields.get("option")
        issue = _issue_of(request, obj)
        if issue is not None and field is not None:
            field.queryset = issue.options.order_by("value")
            field.widget = forms.Select(choices=field.choices)
        return form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The form, with what it would change."""
        formsets = [item.formset for item in context["inline_admin_formsets"]]
        context["source"] = source_carried_over(request)
        context["preview"] = preview(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)


def _issue_of(request: HttpRequest, obj: Any) -> Issue | None:
    """The issue that is chosen in the form, or that the position has."""
    posted = request.POST.get("issue") or request.GET.get("issue")
    if posted is not None and is_key(posted):
        return Issue.objects.filter(pk=posted).first()
    return obj.issue if obj is not None else None


@admin.register(Outcome)
class OutcomeAdmin(RecordAdmin):
    """What summits produced."""

    form = OutcomeForm

    list_display = ("summit", "ref", "issue", "status", "placement", *ACCORDING_TO)
    list_filter = (("summit__process", RelatedFilter), "status")
    list_select_related = ("summit", "issue", *ACCORDING_TO)
    search_fields = ("ref", "text", "summit__name", "issue__name", "issue__aliases")
    date_hierarchy = "summit__starts_on"
    inlines = (evidence_inline("outcome", "outcome__summit"),)


admin.site.register(
    PositionLink,
    RecordAdmin,
    list_display=("position", "issue"),
    list_filter=(("issue__process", RelatedFilter),),
    list_select_related=("issue", *NAMED_BY),
    search_fields=(
        *("issue__name", "issue__aliases"),
        *("position__actor__name", "position__actor__aliases", "position__issue__name"),
    ),
)
