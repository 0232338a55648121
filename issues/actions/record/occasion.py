"""A new occasion as it is asked for: what its day says of it, whether it is on record, who sat there."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from issues.actions.record.log import add
from issues.actions.record.new import add_summit
from issues.actions.rules.check import Breach, raise_breaches
from issues.actions.rules.occasion import held_to_come, is_to_come
from issues.models import Actor, Attendance, Person, Summit
from issues.models.summit import SummitStatus

Seat = tuple[Actor, Person | None]
SAME = "An occasion of this day, place and kind is on record. Confirm that this is another one."
SEVERAL = "{} sits at the table twice."


def status_by_day(day: date, precision: str) -> SummitStatus:
    """What an occasion is of which nothing else is said: planned while its day is to come, else held."""
    return SummitStatus.PLANNED if is_to_come(day, precision) else SummitStatus.HELD


def same_occasions(summit: Summit) -> list[Summit]:
    """The other occasions on record of the same day, place and kind, in their order."""
    found = Summit.objects.filter(
        process=summit.process_id, starts_on=summit.starts_on, kind=summit.kind, place=summit.place_id
    )
    is_new_place = summit.place is not None and summit.place._state.adding
    return [] if is_new_place else list(found.exclude(pk=summit.pk).select_related("process"))


def occasion_breaches(summit: Summit, *, confirmed: bool) -> list[Breach]:
    """What is wrong with an occasion on the day on which it is recorded, by field.

    A second one of the same day, place and kind is asked about, at ``confirmed``, and not refused.
    """
    found = list(held_to_come(summit))
    if not confirmed and same_occasions(summit):
        found.append(("confirmed", SAME))
    return found


def new_occasion(summit: Summit, seats: Iterable[Seat] = (), *, confirmed: bool = False) -> Summit:
    """Store a new occasion and who sat at its table, inside an open recording.

    Raises ValidationError, by field: for a rule that is broken, and where the same occasion may be on record
    and it is not ``confirmed`` that this is another.
    """
    raise_breaches(occasion_breaches(summit, confirmed=confirmed))
    stored = add_summit(summit)
    taken = set[tuple[int, int | None]]()
    for actor, person in seats:
        seat = (actor.pk, person.pk if person else None)
        if seat in taken:
            raise ValidationError({"attendance": SEVERAL.format(person or actor)})
        taken.add(seat)
        add(Attendance(summit=stored, actor=actor, person=person))
    return stored
