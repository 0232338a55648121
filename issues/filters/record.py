"""The audit history, narrowed by who, when, how and why."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet

from issues.filters.fields import Moment, Several, Words, contains
from issues.filters.shared import LARGEST_KEY, FeedFilter, PageForm
from issues.history import ChangeSet, Way
from issues.queries.reading.people import People


class RecordForm(PageForm):
    """Which change set is opened, or before which the list goes on."""

    change_set = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, label="Change set")
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, label="Older than")

    def clean(self) -> dict[str, Any]:
        """Refuse to look for a person where people are not named, whoever is asked for."""
        if self.data.get("person") and "person" not in self.fields:
            self.add_error(None, "Person: names are not public here, so edits are not found by them.")
        return super().clean()


class RecordFilter(FeedFilter):
    """Change sets by person, time, way and reason."""

    first: ClassVar[tuple[str, ...]] = ("way", "person", "since", "until", "q")

    way = Several(field_name="kind", label="Way", choices=Way.choices)
    person = django_filters.CharFilter(
        field_name="user__username", lookup_expr="iexact", label="Person", max_length=150
    )
    since = Moment(field_name="time", lookup_expr="gte", label="From")
    until = Moment(field_name="time", lookup_expr="lte", label="To", ends=True)
    q = Words(label="Reason", method="with_words")

    class Meta:
        model = ChangeSet
        fields: ClassVar[tuple[str, ...]] = ()
        form = RecordForm

    def __init__(self, data: Any, queryset: QuerySet[ChangeSet], people: People) -> None:
        super().__init__(data, queryset=queryset)
        self.people = people
        if not people.named:
            del self.filters["person"]

    def with_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word, in the reason that this reader is told."""
        queryset = queryset.exclude(pk__in=self.people.beyond)
        for word in value.split():
            queryset = queryset.filter(contains(word, "reason"))
        return queryset
