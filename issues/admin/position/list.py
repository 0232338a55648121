"""The list of positions: where each lies, what it changed, what it rests on, who edited it last."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from issues.admin.lists import filters
from issues.admin.lists.change_list import NEWEST_SUMMIT_FIRST, RecordChangeList
from issues.admin.position.movement import changes_of, in_words
from issues.clock import when_in_words
from issues.models import Evidence, Position
from issues.models.position import PositionRedLine, Stance

SLOTS = 11
LONGEST = 48
FILTERS = (
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
ORDERING = (
    *(name.replace("-", "-summit__") for name in NEWEST_SUMMIT_FIRST),
    *("issue__order", "issue__name", "actor__name"),
)


class PositionChangeList(RecordChangeList):
    """The list with what its columns need beside the records themselves."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """The filtered positions, with counts and the last edit."""
        rows = Position.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
        self.root_queryset = self.root_queryset.annotate(
            supporting=_count(Stance.SUPPORTS),
            disputing=_count(Stance.DISPUTES),
            edited_by=Subquery(rows.values("change_set__author")[:1]),
            edited_at=Subquery(rows.values("history_date")[:1]),
        )
        return super().get_queryset(request, *args, **kwargs)


def fill_positions(rows: Sequence[Any]) -> None:
    """What each position did to what stood before. Two queries."""
    changes = changes_of(rows)
    for position in rows:
        position.change = changes.get(position.pk)


@admin.display(description="placement", ordering=Coalesce("value", "option__value"))
def placed(position: Position) -> SafeString | str:
    """The place on a line from one end of the scale to the other, with its number and option."""
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


@admin.display(description="change")
def changed(position: Any) -> str:
    """What it did to what stood before; no direction, which the pages of the site give."""
    return in_words(position.change, with_direction=False) if position.change else ""


@admin.display(description="red line", ordering="red_line")
def limits(position: Position) -> str:
    """What it says of a red line, and the limits."""
    if position.red_line == PositionRedLine.NOT_ADDRESSED:
        return ""
    if position.accepts_from is None and position.accepts_to is None:
        return position.get_red_line_display()
    low = "…" if position.accepts_from is None else f"{position.accepts_from:g}"
    high = "…" if position.accepts_to is None else f"{position.accepts_to:g}"
    return f"{position.get_red_line_display()}: accepts {low} to {high}"


@admin.display(description="evidence", ordering="supporting")
def evidence_count(position: Any) -> str:
    """How many statements support it, and how many dispute it."""
    against = f", {position.disputing} against" if position.disputing else ""
    return f"{position.supporting}{against}"


@admin.display(description="disputed", ordering="disputed")
def is_disputed(position: Position) -> str:
    """“disputed”, else nothing, so that the column is read at a glance."""
    return "disputed" if position.disputed else ""


@admin.display(description="last edit", ordering="edited_at")
def edited(position: Any) -> str:
    """By whom and when."""
    if position.edited_at is None:
        return ""
    return f"{position.edited_by or 'a command'}, {when_in_words(position.edited_at)}"


def _count(stance: Stance) -> Coalesce:
    rows = Evidence.objects.filter(position=OuterRef("pk"), stance=stance).order_by().values("position")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
