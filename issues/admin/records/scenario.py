"""Scenario sets with their scenarios, what the scenarios bundle, judgements; and assessments, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from issues.actions.scenarios.build import add_other
from issues.admin.base.record import RecordAdmin, RecordInline
from issues.admin.lists.filters import RelatedFilter
from issues.models import Assessment, Citation, Judgement, Scenario, ScenarioOutcome, ScenarioSet, Signpost
from issues.queries.scenarios.rounds import hidden_from


class ScenarioInline(RecordInline):
    """The endings of a set; “other” is made with it."""

    model = Scenario
    fk_name = "set"
    fields = ("name", "slug", "order", "resolved", "resolved_on")
    list_select_related = ("set",)
    most_rows = 40


@admin.register(ScenarioSet)
class ScenarioSetAdmin(RecordAdmin):
    """Questions about how the negotiation ends."""

    list_display = ("question", "process", "closes_on", "exclusive", "slug")
    list_filter = (("process", RelatedFilter), "exclusive")
    list_select_related = ("process",)
    search_fields = ("question", "slug")
    date_hierarchy = "closes_on"
    prepopulated_fields = {"slug": ("question",)}
    inlines = (ScenarioInline,)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the set; an exclusive one has a scenario “other” from the beginning."""
        super().save_model(request, obj, form, change)
        if obj.exclusive and not obj.scenarios.filter(is_other=True).exists():
            add_other(obj)


class OutcomeInline(RecordInline):
    """Where the scenario settles issues."""

    model = ScenarioOutcome
    fk_name = "scenario"
    fields = ("issue", "option", "value", "note")
    list_select_related = ("scenario__set", "issue", "option")


class CitationInline(RecordInline):
    """The words by which it was expected."""

    model = Citation
    fk_name = "scenario"
    fields = ("statement",)
    list_select_related = ("scenario", "statement__source")


class SignpostInline(RecordInline):
    """What would make it more likely, or less."""

    model = Signpost
    fk_name = "scenario"
    fields = ("text", "direction", "observed_on", "statement")
    list_select_related = ("scenario", "statement__source")


@admin.register(Scenario)
class ScenarioAdmin(RecordAdmin):
    """Endings."""

    list_display = ("name", "set", "resolved", "resolved_on", "order", "is_other")
    list_filter = (("set__process", RelatedFilter), "resolved")
    list_select_related = ("set__process",)
    search_fields = ("name", "slug", "narrative", "set__question")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OutcomeInline, CitationInline, SignpostInline)


@admin.register(ScenarioOutcome)
class ScenarioOutcomeAdmin(RecordAdmin):
    """Where scenarios settle issues."""

    list_display = ("scenario", "issue", "option", "value")
    list_filter = (("issue__process", RelatedFilter),)
    list_select_related = ("scenario__set", "issue", "option")
    search_fields = ("scenario__name", "issue__name", "issue__aliases", "note")


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    """Which words expected which ending."""

    list_display = ("scenario", "statement")
    list_filter = (("scenario__set__process", RelatedFilter),)
    list_select_related = ("scenario", "statement__source")
    search_fields = ("scenario__name", "statement__ref", "statement__quote", "statement__source__title")


@admin.register(Signpost)
class SignpostAdmin(RecordAdmin):
    """What to watch for."""

    list_display = ("text", "scenario", "direction", "observed_on")
    list_filter = (("scenario__set__process", RelatedFilter), "direction")
    list_select_related = ("scenario", "statement__source")
    search_fields = ("text", "scenario__name")


@admin.register(Judgement)
class JudgementAdmin(RecordAdmin):
    """How options bear on options of other issues."""

    list_display = ("from_option", "on_option", "impact", "author", "reason")
    list_filter = (("from_option__issue__process", RelatedFilter), "impact")
    list_select_related = ("from_option__issue", "on_option__issue", "author")
    search_fields = ("from_option__label", "on_option__label", "reason")
    readonly_fields = ("author",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the judgement in the name of whoever judged last."""
        if form.changed_data or not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin):
    """What people gave, to read: never edited, and not before one has given one's own."""

    list_display = ("scenario", "probability", "assessor", "after", "made_at")
    list_filter = (("scenario__set__process", RelatedFilter),)
    list_select_related = ("scenario", "assessor", "after")
    search_fields = ("scenario__name", "assessor__username", "rationale")
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The assessments that this person may see."""
        return super().get_queryset(request).exclude(hidden_from(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Given on the page of the set alone, where an exclusive one is assessed as a whole."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never taken back."""
        return False
