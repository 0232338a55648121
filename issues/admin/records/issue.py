"""Issues with the options on their scales."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from issues.actions.rules.check import option_count
from issues.admin.base.forms import RecordForm, RecordFormSet
from issues.admin.base.inline import RecordInline
from issues.admin.base.record import RecordAdmin
from issues.admin.lists.columns import fill_issues, on_the_table, options, reference
from issues.admin.lists.filters import OpenFilter, OptionsFilter, ReferenceFilter, RelatedFilter
from issues.admin.tools.option_values import ask_if_positions_move
from issues.models import Issue, Option

MOST = 32_767  # what the field can hold
IS_REFERENCE = "The reference point is one of the options to be removed; choose another first."


class OptionFormSet(RecordFormSet):
    """The options of an issue, as many as its kind allows."""

    def clean(self) -> None:
        """Say that an option is the reference point before Django says only that it is protected."""
        rows: list[Any] = self.initial_forms
        removed = {row.instance.pk for row in rows if row.is_removal}
        if self.instance.reference_point_id in removed:
            raise ValidationError(IS_REFERENCE)
        super().clean()

    def together(self) -> list[str]:
        """How many there are."""
        return [message for _, message in option_count(self.instance, len(self.surviving))]


class OptionInline(RecordInline):
    """Options by value; the letter follows from the order."""

    model = Option
    fk_name = "issue"
    formset = OptionFormSet
    fields = ("value", "label")
    ordering = ("value",)
    list_select_related = ("issue",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new issue begins with both ends of its scale and a middle."""
        return 0 if obj else 3


class IssueForm(RecordForm):
    """An issue; a new one comes after those that are there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and "order" in self.fields:
            self.initial["order"] = None
            self.fields["order"].required = False
            self.fields["order"].help_text = "Left empty, it comes last."

    def clean(self) -> dict[str, Any] | None:
        """Put a new issue at the end, unless its place was typed."""
        cleaned = super().clean()
        if cleaned is not None and cleaned.get("order") is None and cleaned.get("process"):
            last = Issue.objects.filter(process=cleaned["process"]).aggregate(last=Max("order"))["last"]
            cleaned["order"] = min((last or 0) + 1, MOST)
        return cleaned


@admin.register(Issue)
class IssueAdmin(RecordAdmin):
    """Controversial points."""

    form = IssueForm

    list_display = ("name", "process", options, reference, on_the_table, "question", "kind", "order")
    fill = staticmethod(fill_issues)
    list_filter = (("process", RelatedFilter), "kind", OpenFilter, ReferenceFilter, OptionsFilter)
    list_select_related = ("process", "parent", "reference_point")
    search_fields = ("name", "slug", "question", "aliases")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OptionInline,)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new issue has no options yet that could be its reference point."""
        return () if obj else ("reference_point",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The reference point is chosen among the issue's own options."""
        form = super().get_form(request, obj, change=change, **kwargs)
        field = form.base_fields.get("reference_point")
        if obj is not None and field is not None:
            field.queryset = obj.options.order_by("value")
            field.widget = forms.Select(choices=field.choices)
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store the options, once the positions that move with them were looked at."""
        rows = [row for formset in formsets if isinstance(formset, OptionFormSet) for row in formset.forms]
        ask_if_positions_move(request, rows)
        super().save_related(request, form, formsets, change)


@admin.register(Option)
class OptionAdmin(RecordAdmin):
    """Named alternatives."""

    list_display = ("label", "value", "issue", "process")
    list_filter = (("issue__process", RelatedFilter), "issue__kind")
    list_select_related = ("issue__process",)
    search_fields = ("label", "issue__name", "issue__aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What the words find, and the options of a value that is typed."""
        with suppress(ValueError):
            at_value = queryset.filter(value=float(search_term))
            if at_value.exists():
                return at_value, False
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the option, once the positions that move with it were looked at."""
        ask_if_positions_move(request, [form])
        super().save_model(request, obj, form, change)

    @admin.display(description="process", ordering="issue__process")
    def process(self, option: Option) -> str:
        """The process of its issue."""
        return str(option.issue.process)
