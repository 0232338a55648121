"""What the two filters of the change feed share: a form whose state is the address."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.constants import EMPTY_VALUES

MOST_PAGES = 100_000
LARGEST_KEY = 2**63 - 1


def lies_before(begins: forms.Field) -> ValidationError:
    """The refusal of an end that lies before the beginning."""
    return ValidationError(f"This lies before “{begins.label}”.", code="reversed")


class PageForm(forms.Form):
    """Which page of what is found."""

    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES, label="Page")

    def clean(self) -> dict[str, Any]:
        """Refuse days that end before they begin."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("since"), cleaned.get("until")
        if begins and ends and ends < begins:
            self.add_error("until", lies_before(self.fields["since"]))
        return cleaned


class FeedFilter(django_filters.FilterSet):
    """Shows nothing while its form has errors, and can say in words what it asks for."""

    # Fields that are shown at once; the others wait behind “More filters”.
    first: ClassVar[tuple[str, ...]] = ()

    @property
    def qs(self) -> QuerySet[Any]:
        """The matching records; none while the form has errors."""
        if not self.form.is_valid():
            return self.queryset.none()  # type: ignore[no-any-return]
        narrowed: QuerySet[Any] = super().qs
        return narrowed

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only the filters narrow; which page is asked for does not."""
        for name, item in self.filters.items():
            queryset = item.filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    @property
    def asked(self) -> dict[str, Any]:
        """What every filter that is set asks for."""
        values = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: values[name] for name in self.filters if values.get(name) not in EMPTY_VALUES}

    @property
    def active(self) -> list[tuple[str, list[str]]]:
        """The filters that are set: label and values, in words."""
        return [(str(self.form.fields[name].label), self._words(name)) for name in self.asked]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in self.first if name in self.filters]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields behind “More filters”; those of paging only where they are wrong."""
        return [
            field
            for field in self.form
            if field.name not in self.first and (field.name in self.filters or field.errors)
        ]

    @property
    def is_more_open(self) -> bool:
        """Whether a filter behind “More filters” is set or wrong."""
        return any(field.errors or field.name in self.asked for field in self.more_fields)

    def _words(self, name: str) -> list[str]:
        """The value of a filter, as a person would say it."""
        chosen = self.form[name].value()
        values = chosen if isinstance(chosen, list) else [chosen]
        labels = {str(key): str(label) for key, label in getattr(self.form.fields[name], "choices", ())}
        return [labels.get(value, value) for value in dict.fromkeys(values)]
