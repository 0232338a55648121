"""Filters, shared by pages, exports and the API. A bad value shows nothing, and says so."""

from issues.filters.changes import ChangeFilter
from issues.filters.record import RecordFilter
from issues.filters.sources import SourceFilter

__all__ = ["ChangeFilter", "RecordFilter", "SourceFilter"]
