"""Scenario sets with their scenarios, what the scenarios bundle, judgements; and assessments, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from issues.actions.scenarios.build import add_other
from issues.admin.base.inline import inline
from issues.admin.base.record import RecordAdmin
from issues.admin.base.tool import ReadOnlyAdmin
from issues.admin.lists.filters import RelatedFilter
from issues.models import Assessment, Citation, Judgement, Scenario, ScenarioOutcome, ScenarioSet, Signpost
from issues.queries.scenarios.rounds import hidden_from


@admin.register(ScenarioSet)
class ScenarioSetAdmin(RecordAdmin):
    """Questions about how the negotiation ends."""

    list_display = ("question", "process", "closes_on", "exclusive", "slug")
    list_filter = (("process", RelatedFilter), "exclusive")
    list_select_related = ("process",)
    search_fields = ("question", "slug")
    date_hierarchy = "closes_on"
    prepopulated_fields = {"slug": ("question",)}
    inlines = (inline(Scenario, "set", "name", "slug", "order", "resolved", "resolved_on", most_rows=40),)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the set; an exclusive one has a scenario “other” from the beginning."""
        super().save_model(request, obj, form, change)
        if obj.exclusive and not obj.scenarios.filter(is_other=True).exists():
            add_other(obj)


@admin.register(Scenario)
class ScenarioAdmin(RecordAdmin):
    """Endings: where they settle issues, the words by which they were expected, and what to watch for."""

    list_display = ("name", "set", "resolved", "resolved_on", "order", "is_other")
    list_filter = (("set__process", RelatedFilter), "resolved")
    list_select_related = ("set__process",)
    search_fields = ("name", "slug", "narrative", "set__question")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (
        inline(
            *(ScenarioOutcome, "scenario", "issue", "option", "value", "note"),
            list_select_related=("scenario__set", "issue", "option"),
        ),
        inline(Citation, "scenario", "statement", list_select_related=("scenario", "statement__source")),
        inline(
            *(Signpost, "scenario", "text", "direction", "observed_on", "statement"),
            list_select_related=("scenario", "statement__source"),
        ),
    )


@admin.register(Judgement)
class JudgementAdmin(RecordAdmin):
    """How options bear on options of other issues."""

    list_display = ("from_option", "on_option", "impact", "author", "reason")
    list_filter = (("from_option__issue__process", RelatedFilter), "impact")
    list_select_related = ("from_option__issue", "on_option__issue", "author")
    search_fields = ("from_option__label", "on_option__label", "reason")
    readonly_fields = ("author",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; a new judgement is whose it is that fills it in, a stored one stays its author's."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            return form

        class Own(form):
            def __init__(self, *args: Any, **given: Any) -> None:
                super().__init__(*args, **given)
                self.instance.author = request.user

        return Own


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """What people gave: on the page of the set, never edited, and not seen before one has given one's own."""

    list_display = ("scenario", "probability", "assessor", "after", "made_at")
    list_filter = (("scenario__set__process", RelatedFilter),)
    list_select_related = ("scenario", "assessor", "after")
    search_fields = ("scenario__name", "assessor__username", "rationale")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The assessments that this person may see."""
        return super().get_queryset(request).exclude(hidden_from(request.user))


admin.site.register(
    ScenarioOutcome,
    RecordAdmin,
    list_display=("scenario", "issue", "option", "value"),
    list_filter=(("issue__process", RelatedFilter),),
    list_select_related=("scenario__set", "issue", "option"),
    search_fields=("scenario__name", "issue__name", "issue__aliases", "note"),
)
admin.site.register(
    Citation,
    RecordAdmin,
    list_display=("scenario", "statement"),
    list_filter=(("scenario__set__process", RelatedFilter),),
    list_select_related=("scenario", "statement__source"),
    search_fields=("scenario__name", "statement__ref", "statement__quote", "statement__source__title"),
)
admin.site.register(
    Signpost,
    RecordAdmin,
    list_display=("text", "scenario", "direction", "observed_on"),
    list_filter=(("scenario__set__process", RelatedFilter), "direction"),
    list_select_related=("scenario", "statement__source"),
    search_fields=("text", "scenario__name"),
)
