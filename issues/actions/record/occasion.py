"""An occasion as it is asked for: what its day says of it, whether it is on record, who sat there."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.actions.record.new import add_person, add_summit, next_sequence, store_around
from issues.actions.rules.check import Breach, raise_breaches
from issues.actions.rules.occasion import held_to_come, is_to_come
from issues.history import StaleVersion, locked, state_of
from issues.models import Actor, Attendance, Office, Person, Summit
from issues.models.summit import SummitStatus


@dataclass(frozen=True)
class NewPerson:
    """Someone who is not on record yet."""

    name: str


@dataclass(frozen=True)
class Seat:
    """Who sat at a table for whom; the office is one of theirs, added where it is not on record."""

    actor: Actor
    person: Person | NewPerson | None = None
    office: str = ""


# What makes an occasion another than it was, so that it is asked about again.
TOLD_APART_BY = {"starts_on", "starts_on_precision", "place", "kind", "status"}
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
    _seat(stored, seats, {})
    return stored


def correct_occasion(
    summit: Summit,
    changes: Mapping[str, Any],
    seats: Iterable[Seat] | None,
    *,
    seen: str,
    confirmed: bool = False,
) -> Summit:
    """Correct an occasion and who sat at its table, inside an open recording; None leaves the table as it is.

    ``seen`` is the ``state_of`` its attendance that the person saw. On another day it comes after what is
    there. Raises StaleVersion when someone changed one of them since, ValidationError as ``new_occasion``.
    """
    current = locked(Summit, summit.pk, summit.version)
    there = {(item.actor_id, item.person_id): item for item in current.attendance.select_related("summit")}
    if state_of(there.values()) != seen:
        raise StaleVersion(current)
    wanted = copy(current)
    for name, value in changes.items():
        setattr(wanted, name, value)
    if any(getattr(wanted, name) != getattr(current, name) for name in TOLD_APART_BY):
        raise_breaches(occasion_breaches(wanted, confirmed=confirmed))
    store_around(wanted)
    given = {name: getattr(wanted, name) for name in changes}
    on_its_day = Summit.objects.filter(
        process=current.process_id, starts_on=wanted.starts_on, sequence=current.sequence
    )
    if on_its_day.exclude(pk=current.pk).exists():
        given["sequence"] = next_sequence(wanted)
    current = correct(current, given)
    if seats is not None:
        _seat(current, seats, there)
    return current


def _seat(summit: Summit, seats: Iterable[Seat], there: Mapping[tuple[int, int | None], Attendance]) -> None:
    """Have these seats taken and no others. Raises ValidationError where one is taken twice."""
    taken, made = set[tuple[int, int | None]](), dict[str, Person]()
    for seat in seats:
        person = _stored(seat.person, made)
        key = (seat.actor.pk, person.pk if person else None)
        if key in taken:
            raise ValidationError({"attendance": SEVERAL.format(person or seat.actor)})
        taken.add(key)
        if seat.office and person is not None:
            _serve(person, seat.actor, seat.office)
        if key not in there:
            add(Attendance(summit=summit, actor=seat.actor, person=person))
    for key, item in there.items():
        if key not in taken:
            remove(item)


def _stored(person: Person | NewPerson | None, made: dict[str, Person]) -> Person | None:
    """The person, stored now if they are new; ``made`` are those of the seats before."""
    if not isinstance(person, NewPerson):
        return person
    known = made.get(person.name.casefold()) or add_person(Person(name=person.name))
    made[person.name.casefold()] = known
    return known


def _serve(person: Person, actor: Actor, title: str) -> None:
    """Have an office on record; since when it is held is not known."""
    held = person.offices.filter(actor=actor).values_list("title", flat=True)
    if title.casefold() not in (one.casefold() for one in held):
        add(Office(person=person, actor=actor, title=title))
