"""The tables of what stands as of a summit: a row a cell, and the matrix as a grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from issues.domain.change import Part, Standing
from issues.exports.tables.column import Asked, Column, Kind, Narrowed, Table, known_day
from issues.models import Actor, Issue, Participation, Summit
from issues.queries.pages.matrix import rows_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an actor stands on an issue, and the positions behind it as the matrix shows them."""

    participation: Participation
    issue: Issue
    stands: Standing
    state: str
    positions: tuple[int, ...]
    asked: Asked

    def at(self, part: Part[Any] | None) -> Summit | None:
        """The occasion from which a part of the standing comes."""
        return self.asked.reading.summits.get(part.occasion) if part else None


def _cells(asked: Asked) -> Iterator[Cell]:
    if asked.summit is None:
        return
    for row in rows_of(asked.reading, asked.summit, asked.reading.participations):
        for cell in row.cells:
            yield Cell(row.participation, cell.issue, cell.standing, cell.state, tuple(cell.ids()), asked)


def _since(cell: Cell) -> str | None:
    summit = cell.at(cell.stands.placement)
    return known_day(summit.starts_on, summit.starts_on_precision) if summit else None


N = Kind.NUMBER
STANDING = Table(
    "standing",
    "where every actor stands on every issue as of a summit, a row a cell; what is not on record is told",
    lambda asked: (
        Column(
            "as_of", "the summit as of which it is read", lambda c: c.asked.summit and c.asked.summit.slug
        ),
        Column("actor_slug", "the actor in addresses", lambda c: c.participation.actor.slug),
        Column("actor", "who stands there", lambda c: str(c.participation.actor)),
        Column("role", "its role in the process", lambda c: c.participation.role),
        Column("issue_slug", "the issue in addresses", lambda c: c.issue.slug),
        Column("issue", "on what", lambda c: c.issue.name),
        Column("state", "placed, in words, silent there, withdrawn or nothing on record", lambda c: c.state),
        Column("placement", "where it stands, 0 to 100", lambda c: c.stands.value, N),
        Column(
            "placed_at",
            "the occasion on which it placed itself",
            lambda c: (s := c.at(c.stands.placement)) and s.slug,
        ),
        Column("placed_on", "the day of it, as exactly as it is known", _since, Kind.KNOWN_DAY),
        Column(
            "red_line",
            "whether a red line stands, and whose it is",
            lambda c: c.stands.line and ("declared" if c.stands.line.declared else "derived"),
        ),
        Column(
            "accepts_from",
            "the lowest placement that it accepts",
            lambda c: c.stands.line and c.stands.line.accepts_from,
            N,
        ),
        Column(
            "accepts_to",
            "the highest placement that it accepts",
            lambda c: c.stands.line and c.stands.line.accepts_to,
            N,
        ),
        Column(
            "salience",
            "how much the issue matters to it, 0 to 100",
            lambda c: c.stands.salience.value if c.stands.salience else None,
            N,
        ),
        Column(
            "positions",
            "the numbers of the positions that it rests on, as the page shows them: the newest words first",
            lambda c: "; ".join(map(str, c.positions)),
        ),
    ),
    _cells,
    Narrowed.AS_OF,
    lambda c: (c.participation.actor_id, c.issue.pk),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An actor's row of the matrix: what stands, by issue."""

    actor: Actor
    stands: dict[int, Standing]


def _lines(asked: Asked) -> Iterator[Line]:
    if asked.summit is None:
        return
    folded = asked.reading.as_of(asked.summit)
    for pk, actor in asked.reading.actors.items():
        yield Line(actor, {issue: folded.of(pk, issue) for issue in asked.reading.issues})


ACTOR = (
    Column("actor_slug", "the actor in addresses", lambda line: line.actor.slug),
    Column("actor", "who stands there", lambda line: str(line.actor)),
)


def _by_issue(issue: Issue) -> str:
    """The name of the column of an issue: its slug, in words of its own where that is a column’s already."""
    return f"issue:{issue.slug}" if issue.slug in {column.name for column in ACTOR} else issue.slug


def _placement(issue: int) -> Any:
    return lambda line: line.stands[issue].value


MATRIX = Table(
    "matrix",
    "the placements of the matrix as a grid: a row an actor, a column an issue; empty where nobody is placed",
    lambda asked: (
        *ACTOR,
        *(
            Column(_by_issue(issue), f"where it stands on {issue.name}, 0 to 100", _placement(pk), N)
            for pk, issue in asked.reading.issues.items()
        ),
    ),
    _lines,
    Narrowed.AS_OF,
    lambda line: (line.actor.pk,),
)
