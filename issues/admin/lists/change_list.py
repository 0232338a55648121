"""Lists whose cost follows the page that is shown, not all that is stored."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from issues.models import Summit

# So many records are listed; of more one looks for fewer. So many summits are counted at once.
MOST_LISTED = 10_000
AT_ONCE = 200
NOT_SORTED = f"More than {MOST_LISTED:,} are not sorted by a column. Look for fewer first."
NEWEST_SUMMIT_FIRST = ("-process_id", "-starts_on", "-sequence")


class CappedChangeList(ChangeList):
    """A list by :class:`Capped`: of more records than are listed no number is told as that of all.

    Nor are they sorted by a column: that reads all of them, to show fifty.
    """

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        """The records that are asked for, in the order that is, where they are not too many."""
        found: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        if ORDER_VAR not in self.params or exclude_parameters or not Capped(found, 1).is_capped:
            return found
        if request.method == "GET":
            messages.info(request, NOT_SORTED)
        usual: Sequence[Any] = self.model_admin.get_ordering(request) or self.lookup_opts.ordering or ()
        return found.order_by(*usual, "-pk")

    def get_results(self, request: HttpRequest) -> None:
        """The records of this page."""
        super().get_results(request)
        if self.paginator.is_capped:
            self.full_result_count = self.result_count  # the search would tell it as what it found


class RecordChangeList(CappedChangeList):
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


class Capped(Paginator):
    """Pages of the first ten thousand records: nobody leafs further, and counting on costs with each."""

    object_list: QuerySet[Any]

    @cached_property
    def found(self) -> int:
        """How many records there are; of more than are listed, one more."""
        return self.object_list.order_by()[: MOST_LISTED + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are listed."""
        return self.found > MOST_LISTED

    @cached_property
    def count(self) -> int:
        """How many records are listed."""
        return min(self.found, MOST_LISTED)


class BySummit(Capped):
    """Pages of records in the order of their summits, the newest first.

    It counts the records of each summit in an index, and then reads those of the summits that lie on the
    page. To sort all records and throw away what is not shown costs more with each that is stored.
    """

    @cached_property
    def sizes(self) -> list[tuple[int, int]]:
        """The summits that have records, in order, and how many; no more than are listed."""
        ordered = Summit.objects.order_by(*NEWEST_SUMMIT_FIRST).values_list("pk", flat=True)
        if not self.is_capped:
            return self._sizes_of(ordered)
        found, start = list[tuple[int, int]](), 0
        while sum(size for _, size in found) < MOST_LISTED and (some := ordered[start : start + AT_ONCE]):
            found += self._sizes_of(some)
            start += AT_ONCE
        return found

    def _sizes_of(self, ordered: QuerySet[Any]) -> list[tuple[int, int]]:
        some = list(ordered)
        rows = self.object_list.order_by().values("summit").annotate(n=Count("pk"))
        rows = rows.filter(summit__in=some) if self.is_capped else rows
        counted = dict(rows.values_list("summit", "n"))
        return [(summit, counted[summit]) for summit in some if summit in counted]

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
