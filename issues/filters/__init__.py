"""Filters, shared by pages, exports and the API. A bad value shows nothing, and says so."""

from django_filters import FilterSet

from issues.filters.changes import ChangeFilter
from issues.filters.fields import Several
from issues.filters.record import RecordFilter
from issues.filters.sources import SourceFilter

__all__ = ["ChangeFilter", "RecordFilter", "SourceFilter", "asks_for_several"]


def asks_for_several(chosen: type[FilterSet]) -> set[str]:
    """The parameters of a filter that may be given more than once."""
    return {name for name, item in chosen.base_filters.items() if isinstance(item, Several)}
