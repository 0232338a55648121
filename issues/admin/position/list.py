"""The list of positions: where each lies, what it changed, what it rests on, who edited it last."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from issues.admin.lists import filters
from issues.admin.lists.change_list import NEWEST_SUMMIT_FIRST, BySummit, RecordChangeList
from issues.admin.position.movement import changes_of, in_words
from issues.models import Evidence, Position
from issues.models.position import PositionRedLine, Stance

SLOTS = 11
LONGEST = 48


class PositionChangeList(RecordChangeList):
    """The list with what its columns need beside the records themselves."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """The filtered positions, with counts and the last edit."""
        self.root_queryset = listed(self.root_queryset)
        return super().get_queryset(request, *args, **kwargs)

    def get_results(self, request: HttpRequest) -> None:
        """The positions of this page, each with what it changed."""
        super().get_results(request)
        changes = changes_of(self.result_list)
        for position in self.result_list:
            position.change = changes.get(position.pk)


class PositionList(admin.ModelAdmin):
    """Columns and filters of the list of positions."""

    list_display = (
        "actor",
        "issue",
        "summit",
        "placed",
        "changed",
        "limits",
        "basis",
        "confidence",
        "evidence_count",
        "is_disputed",
        "edited",
    )
    list_filter = (
        filters.ProcessFilter,
        filters.IssueFilter,
        filters.ActorFilter,
        filters.SummitFilter,
        filters.TrackFilter,
        filters.RoleFilter,
        "state",
        filters.PlacementFilter,
        "red_line",
        filters.EvidenceFilter,
        "disputed",
        filters.ReviewFilter,
        "basis",
        "confidence",
    )
    date_hierarchy = "summit__starts_on"
    ordering = (
        *(name.replace("-", "-summit__") for name in NEWEST_SUMMIT_FIRST),
        "issue__order",
        "issue__name",
        "actor__name",
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list with its own columns."""
        return PositionChangeList

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Paginator:
        """Pages by summit, unless the list is sorted by a column."""
        return (Paginator if request.GET.get(ORDER_VAR) else BySummit)(*args, **kwargs)

    @admin.display(description="placement", ordering=Coalesce("value", "option__value"))
    def placed(self, position: Position) -> SafeString | str:
        """The place on the scale, drawn, and in words."""
        return drawn(position)

    @admin.display(description="change")
    def changed(self, position: Any) -> str:
        """What it did to what stood before; no direction, which the pages of the site give."""
        return in_words(position.change, with_direction=False) if position.change else ""

    @admin.display(description="red line", ordering="red_line")
    def limits(self, position: Position) -> str:
        """What it says of a red line, and the limits."""
        if position.red_line == PositionRedLine.NOT_ADDRESSED:
            return ""
        if position.accepts_from is None and position.accepts_to is None:
            return position.get_red_line_display()
        low = "…" if position.accepts_from is None else f"{position.accepts_from:g}"
        high = "…" if position.accepts_to is None else f"{position.accepts_to:g}"
        return f"{position.get_red_line_display()}: accepts {low} to {high}"

    @admin.display(description="evidence", ordering="supporting")
    def evidence_count(self, position: Any) -> str:
        """How many statements support it, and how many dispute it."""
        return (
            f"{position.supporting}, {position.disputing} against"
            if position.disputing
            else position.supporting
        )

    @admin.display(description="disputed", ordering="disputed")
    def is_disputed(self, position: Position) -> str:
        """The word, where it is."""
        return "disputed" if position.disputed else ""

    @admin.display(description="last edit", ordering="edited_at")
    def edited(self, position: Any) -> str:
        """By whom and when."""
        if position.edited_at is None:
            return ""
        return f"{position.edited_by or 'a command'}, {position.edited_at:%-d %b %Y, %H:%M}"


def listed(positions: QuerySet[Any]) -> QuerySet[Any]:
    """Positions with the number of statements for and against them, and their last edit."""
    rows = Position.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    found: QuerySet[Any] = positions.annotate(
        supporting=_count(Stance.SUPPORTS),
        disputing=_count(Stance.DISPUTES),
        edited_by=Subquery(rows.values("change_set__author")[:1]),
        edited_at=Subquery(rows.values("history_date")[:1]),
    )
    return found


def drawn(position: Position) -> SafeString | str:
    """A placement as a mark on a line from one end of the scale to the other, with its number and option."""
    placement = position.placement
    if placement is None:
        return "text only" if position.state == Position.State.STATED else position.get_state_display()
    at = round(placement / 100 * (SLOTS - 1))
    line = "─" * at + "●" + "─" * (SLOTS - 1 - at)
    words = f"{placement:g}"
    if position.option:
        option = Truncator(str(position.option)).chars(LONGEST)
        words = option if position.value is None else f"{words}, near {option}"
    return format_html(
        '<span class="drawn-scale" aria-hidden="true">{}</span> <span class="drawn-words">{}</span>',
        line,
        words,
    )


def _count(stance: Stance) -> Coalesce:
    rows = Evidence.objects.filter(position=OuterRef("pk"), stance=stance).order_by().values("position")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
