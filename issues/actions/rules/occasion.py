"""The rules of occasions: their order, their track, their parallels and their day."""

from collections.abc import Iterator
from datetime import date

from issues.clock import latest_day, today
from issues.domain.span import span
from issues.models import Summit
from issues.models.summit import SummitStatus

Breach = tuple[str, str]  # (field, message)

HELD_TO_COME = "This day is still to come, so the occasion is planned; say that it was held when it was."


def is_to_come(day: date, precision: str) -> bool:
    """Whether a day, as exactly as it is known, lies wholly after today, for whoever asks."""
    return span(day, precision).first > today()


def held_to_come(summit: Summit) -> Iterator[Breach]:
    """An occasion that was held does not lie in the future; asked on the day on which it is recorded.

    It may have been held where it is today already: whoever enters it there is not refused.
    """
    if summit.status == SummitStatus.HELD and summit.span.first > latest_day():
        yield "status", HELD_TO_COME


def occasion(summit: Summit) -> Iterator[Breach]:
    """An occasion lies in one process with its track, its parallels and its issues."""
    if summit.track and summit.track.process_id != summit.process_id:
        yield "track", "This track belongs to another process."
    if summit.parallel_to:
        yield from _parallel(summit, summit.parallel_to)
    # A form asks before it has refused a day that is missing.
    if summit.starts_on:
        yield from _day(summit)


def _day(summit: Summit) -> Iterator[Breach]:
    if summit.order_on and not summit.span.first <= summit.order_on <= summit.span.last:
        yield "order_on", f"Choose a day within the {summit.starts_on_precision} that is known."
    if not summit._state.adding:
        closed = summit.positions.filter(issue__closed_on__lt=summit.starts_on).select_related("issue")
        for position in closed[:1]:
            yield "starts_on", f"“{position.issue}”, on which a position was stated here, had closed by then."


def _parallel(summit: Summit, meeting: Summit) -> Iterator[Breach]:
    if meeting.process_id != summit.process_id:
        yield "parallel_to", "This summit belongs to another process."
    if meeting.parallel_to_id is not None:
        yield "parallel_to", "Choose the meeting itself, not another occasion parallel to it."
    if not summit._state.adding and summit.parallels.exists():
        yield "parallel_to", "Other occasions are parallel to this one."
