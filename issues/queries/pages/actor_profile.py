"""An actor: what it wants on each issue, what it will not accept, when it last moved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db.models import F

from issues.domain.change import Change, ChangeKind
from issues.models import Actor, Issue, Membership, Office, Participation, Summit
from issues.queries.pages.matrix import add_words, rows_of
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.reading.process import Reading


@dataclass
class Stand:
    """An actor on one issue: its cell as of the summit, every change in order, and the last move."""

    cell: MatrixCell
    changes: list[Change]
    moved: tuple[Change, Summit] | None

    @property
    def issue(self) -> Issue:
        return self.cell.issue


D = TypeVar("D", Membership, Office)


@dataclass
class Terms(Generic[D]):
    """Memberships or offices as of a day: those that may be running, are surely over, have yet to begin."""

    running: list[D] = field(default_factory=list)
    over: list[D] = field(default_factory=list)
    to_come: list[D] = field(default_factory=list)


@dataclass
class Profile:
    """Everything that the actor page tells. Terms are those of the day of the summit."""

    participation: Participation
    actor: Actor
    stands: list[Stand]
    posts: Terms[Office]
    organs: list[Actor]
    memberships: Terms[Membership]

    @property
    def offices(self) -> list[Office]:
        """Who speaks for it as of the summit."""
        return self.posts.running

    @property
    def coalitions(self) -> list[Actor]:
        """The coalitions of which it is a member as of the summit."""
        return [item.coalition for item in self.memberships.running]

    @property
    def stated(self) -> int:
        return sum(not stand.cell.standing.is_empty for stand in self.stands)

    @property
    def red_lines(self) -> list[Stand]:
        return [stand for stand in self.stands if stand.cell.red_line]

    @property
    def last_moved(self) -> Stand | None:
        moved = [(stand.moved[1], stand) for stand in self.stands if stand.moved]
        return max(moved, key=lambda pair: (pair[0].starts_on, pair[0].sequence))[1] if moved else None

    @property
    def is_logged(self) -> bool:
        """Whether the actor has said anything yet."""
        return any(stand.changes for stand in self.stands)


def profile(reading: Reading, participation: Participation, summit: Summit) -> Profile:
    """An actor as of a summit. Seven queries beside the reading."""
    actor = participation.actor
    folded = reading.as_of(summit)
    (row,) = rows_of(reading, summit, [participation])
    stands = []
    for cell in row.cells:
        history = folded.history(actor.pk, cell.issue.pk)
        moves = [change for change in history if change.kind == ChangeKind.MOVED]
        moved = (moves[-1], reading.summits[moves[-1].entry.occasion]) if moves else None
        stands.append(Stand(cell, history, moved))
    add_words([row], reading.known)
    return Profile(
        participation=participation,
        actor=actor,
        stands=stands,
        posts=_as_of(
            summit.starts_on,
            Office.objects.filter(actor__in=[actor.pk, *actor.organs.values_list("pk", flat=True)])
            .select_related("person", "actor")
            .order_by("person__name", F("since").asc(nulls_first=True), "title"),
        ),
        organs=list(actor.organs.order_by("name")),
        memberships=_as_of(
            summit.starts_on,
            actor.coalitions.select_related("coalition").order_by(
                "coalition__name", F("since").asc(nulls_first=True)
            ),
        ),
    )


def _as_of(day: date, records: Iterable[D]) -> Terms[D]:
    terms: Terms[D] = Terms()
    for record in records:
        period = record.period
        if period.may_hold_on(day):
            terms.running.append(record)
        elif period.until is not None and period.until.last < day:
            terms.over.append(record)
        else:
            terms.to_come.append(record)
    return terms
