"""Filters for what the desk points at: the list shows what was counted."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from issues.admin.lists.filters import ChoiceFilter, Choices, ProcessFilter
from issues.queries.upkeep.attention import MOST, too_few_options, used_in, without_reference
from issues.queries.upkeep.duplicates import likely_duplicates


class UsedInFilter(ProcessFilter):
    """Sources by the process that rests on them."""

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The sources that this process uses."""
        return queryset.filter(used_in(int(value)))


class DuplicatesFilter(ChoiceFilter):
    """What shares a name or an address with another."""

    title = "duplicates"
    parameter_name = "duplicates"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The one question."""
        return [("likely", "likely duplicates")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The first likely duplicates."""
        return queryset.filter(pk__in=likely_duplicates(queryset.model)[:MOST])


class ReferenceFilter(ChoiceFilter):
    """Issues with a scale by whether they have a reference point."""

    title = "reference point"
    parameter_name = "reference"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("none", "missing"), ("some", "chosen")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The issues that lack one, or have one."""
        return (
            queryset.filter(without_reference())
            if value == "none"
            else queryset.exclude(reference_point=None)
        )


class OptionsFilter(ChoiceFilter):
    """Issues whose scale is not finished."""

    title = "options"
    parameter_name = "options"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The one question."""
        return [("few", "less than two")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The issues with a scale of less than two options."""
        return queryset.filter(too_few_options())
