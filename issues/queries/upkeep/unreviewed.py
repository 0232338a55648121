"""Positions that no second pair of eyes has seen since they were last edited."""

from issues.models import Position
from issues.queries.reading.as_recorded import positions_as_recorded
from issues.queries.reading.process import Reading


def unreviewed(reading: Reading) -> frozenset[int]:
    """The keys of the positions of a process without a review, as the reading knows them. One query."""
    if reading.known is not None:
        rows = positions_as_recorded(reading.issues, reading.known)
        return frozenset(pk for pk, row in rows.items() if row.reviewed_by_id is None)
    waiting = Position.objects.filter(issue__process=reading.process, reviewed_by__isnull=True).order_by()
    return frozenset(waiting.values_list("pk", flat=True))
