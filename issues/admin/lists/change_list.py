"""Lists whose cost follows the page that is shown, not all that is stored."""

from copy import copy
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from issues.models import Summit

NEWEST_SUMMIT_FIRST = ("-process_id", "-starts_on", "-sequence")


class RecordChangeList(ChangeList):
    """A list of records, whose columns are filled for its page alone."""

    def get_results(self, request: HttpRequest) -> None:
        """The records of this page, with what their columns say."""
        super().get_results(request)
        fill = getattr(self.model_admin, "fill", None)
        if fill is not None:
            fill(self.result_list)

    @property
    def days(self) -> "RecordChangeList":
        """The list as its date hierarchy reads it: one record for each day, or for each summit that has one.

        Django cuts the date of every record to its year, in SQLite with a function of Python's.
        """
        by = str(self.date_hierarchy).split("__")[0]
        one_each = self.queryset.order_by().values(by).annotate(first=Min("pk")).values("first")
        narrowed = copy(self)
        narrowed.queryset = self.model._default_manager.filter(pk__in=one_each)
        return narrowed


class BySummit(Paginator):
    """Pages of records in the order of their summits, the newest first.

    It counts the records of each summit in an index, and then reads those of the summits that lie on the
    page. To sort all records and throw away what is not shown costs more with each that is stored.
    """

    object_list: QuerySet[Any]

    @cached_property
    def sizes(self) -> list[tuple[int, int]]:
        """The summits that have records, in order, and how many."""
        rows = self.object_list.order_by().values("summit").annotate(n=Count("pk"))
        counted = dict(rows.values_list("summit", "n"))
        ordered = Summit.objects.order_by(*NEWEST_SUMMIT_FIRST).values_list("pk", flat=True)
        return [(summit, counted[summit]) for summit in ordered if summit in counted]

    @cached_property
    def count(self) -> int:
        """How many records there are."""
        return sum(size for _, size in self.sizes)

    def page(self, number: int | str) -> Page:
        """The records of a page. Raises InvalidPage."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = first + self.per_page
        on_page, before, seen = [], 0, 0
        for summit, size in self.sizes:
            if seen + size <= first:
                before += size
            elif seen < last:
                on_page.append(summit)
            seen += size
        rows = self.object_list.filter(summit__in=on_page)[first - before : last - before]
        return Page(rows, number, self)
