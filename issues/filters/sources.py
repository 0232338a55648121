"""Sources, narrowed by words and kind."""

import django_filters
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet

from issues.filters.fields import contains
from issues.models import Source
from issues.models.source import SourceKind
from issues.queries.search.rows import NAMES_OF_SOURCE


class SourceFilter(django_filters.FilterSet):
    """Sources by words in title, publisher, author or address, and by kind."""

    q = django_filters.CharFilter(
        label="Words", method="with_words", max_length=200, validators=[ProhibitNullCharactersValidator()]
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=SourceKind.choices, empty_label="Any kind")

    class Meta:
        model = Source
        fields = ("q", "kind")

    @property
    def qs(self) -> QuerySet[Source]:
        """The matching sources; none while the form has errors."""
        if self.is_bound and not self.form.is_valid():
            return Source.objects.none()
        narrowed: QuerySet[Source] = super().qs
        return narrowed

    def with_words(self, queryset: QuerySet[Source], name: str, value: str) -> QuerySet[Source]:
        """Every word of the query, somewhere in what names the source."""
        for word in value.split():
            queryset = queryset.filter(contains(word, *NAMES_OF_SOURCE))
        return queryset
