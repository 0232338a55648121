"""The words behind what is shown: positions by id, with their evidence."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from issues.models import Evidence, Position
from issues.queries.reading.as_recorded import words_as_recorded
from issues.queries.reading.corrections import corrections
from issues.queries.reading.signatories import signatories

STATEMENT = (
    "statement__source__cited_via",
    "statement__snapshot",
    "statement__speaker",
    "statement__organ",
    "statement__reported_by_actor",
    "statement__reported_by_person",
)
SIGNED = signatories("statement__signatories")


def evidence() -> QuerySet[Evidence]:
    """Evidence with everything that a citation prints: what supports first, then what disputes."""
    cited = Evidence.objects.select_related(*STATEMENT).prefetch_related(SIGNED)
    return cited.order_by("-stance", "pk")


def with_words(ids: Iterable[int], known: datetime | None = None) -> dict[int, Position]:
    """The positions with these ids, each with option, linked issues, evidence and corrections.

    ``known`` is the time at which the record is asked about; None is now. Five queries, and two more
    where a placement was corrected.
    """
    found = words_as_recorded(set(ids), known) if known is not None else _words(set(ids))
    corrected = corrections(found.values(), known)
    for pk, position in found.items():
        position.corrections = corrected.get(pk, [])
    return found


def _words(ids: set[int]) -> dict[int, Position]:
    positions = (
        Position.objects.filter(pk__in=ids)
        .select_related("option")
        .prefetch_related(
            Prefetch("evidence", queryset=evidence()),
            "links__issue",
        )
    )
    return {position.pk: position for position in positions}


def evidence_of(position: Position) -> list[Evidence]:
    """The evidence of a position, as it was read: its manager makes a query set each time it is asked."""
    read: list[Evidence] | None = position.__dict__.get("rests_on")
    if read is None:
        read = position.__dict__["rests_on"] = list(position.evidence.all())
    return read
