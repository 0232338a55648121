"""An actor: what it wants on each issue, what it will not accept, when it last moved."""

from dataclasses import dataclass

from django.db.models import F

from issues.domain.change import Change, ChangeKind
from issues.models import Actor, Issue, Office, Participation, Summit
from issues.queries.pages.matrix import MatrixCell, add_words, rows_of
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


@dataclass
class Profile:
    """Everything that the actor page tells."""

    participation: Participation
    actor: Actor
    stands: list[Stand]
    offices: list[Office]
    organs: list[Actor]
    coalitions: list[Actor]

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
        offices=list(
            Office.objects.filter(actor__in=[actor.pk, *actor.organs.values_list("pk", flat=True)])
            .select_related("person", "actor")
            .order_by("person__name", F("since").asc(nulls_first=True), "title")
        ),
        organs=list(actor.organs.order_by("name")),
        coalitions=[item.coalition for item in actor.coalitions.select_related("coalition")],
    )
