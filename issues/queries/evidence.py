"""The words behind what is shown: positions by id, with their evidence."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from issues.models import Evidence, Position

STATEMENT = (
    "statement__source__cited_via",
    "statement__speaker",
    "statement__organ",
    "statement__reported_by_actor",
    "statement__reported_by_person",
)


def evidence() -> QuerySet[Evidence]:
    """Evidence with everything that a citation prints: what supports first, then what disputes."""
    return Evidence.objects.select_related(*STATEMENT).order_by("-stance", "pk")


def with_words(ids: Iterable[int]) -> dict[int, Position]:
    """The positions with these ids, each with option, linked issues and evidence. Three queries."""
    positions = (
        Position.objects.filter(pk__in=set(ids))
        .select_related("option")
        .prefetch_related(
            Prefetch("evidence", queryset=evidence()),
            "links__issue",
        )
    )
    return {position.pk: position for position in positions}
