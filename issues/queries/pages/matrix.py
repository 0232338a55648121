"""The matrix: every actor's standing on every issue as of a summit, and what changed there."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from issues.domain.change import Change
from issues.domain.difference import difference
from issues.domain.fold import Folded
from issues.domain.order import ActorIssue
from issues.models import Issue, Participation, Summit
from issues.models.actor import ParticipationRole
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.reading.process import Reading
from issues.queries.reading.words import with_words

# As many actors as a page shows, wherever actors are shown with what they say.
ACTORS_A_PAGE = 30


@dataclass
class MatrixRow:
    """An actor and its cells, one an issue."""

    participation: Participation
    cells: list[MatrixCell]

    @property
    def has_changed(self) -> bool:
        return any(cell.has_changed for cell in self.cells)

    @property
    def is_party(self) -> bool:
        return self.participation.role == ParticipationRole.PARTY


@dataclass
class Matrix:
    """The rows that are shown, and what happened at the summit over all of them."""

    reading: Reading
    summit: Summit
    folded: Folded
    issues: list[Issue]
    rows: list[MatrixRow]
    against: Summit | None = None

    @property
    def differing(self) -> list[MatrixCell]:
        """In a comparison, the cells where something other than the words differs, the longest move first.

        Without those of which the order is not known.
        """
        compared = (cell for row in self.rows for cell in row.cells if cell.is_compared)
        cells = [cell for cell in compared if cell.has_changed and not cell.is_uncertain]
        return sorted(cells, key=lambda cell: -abs(cell.delta or 0))

    @property
    def uncertain(self) -> int:
        """In a comparison, how many cells differ of which it is not known what came first."""
        return sum(cell.has_changed and cell.is_uncertain for row in self.rows for cell in row.cells)

    @property
    def moved(self) -> list[MatrixCell]:
        """In a comparison, the cells that are placed on both sides and elsewhere."""
        return [cell for cell in self.differing if cell.delta is not None]

    @property
    def changes(self) -> list[Change]:
        """Every change at the summit and its parallels."""
        return self.folded.changes_at(self.summit.pk)


def matrix(
    reading: Reading,
    summit: Summit,
    *,
    against: Summit | None = None,
    changed_only: bool = False,
    only: Set[int] | None = None,
) -> Matrix:
    """The matrix as of a summit, compared with another if given; :func:`add_words` to what is shown.

    With ``changed_only``, or with ``only`` some positions, the rows without such a cell are left out and
    the other cells dimmed.
    """
    folded = reading.as_of(summit)
    compared = {item.cell: item for item in difference(reading.as_of(against), folded)} if against else {}
    rows = rows_of(reading, summit, reading.participations)
    for cell in (cell for row in rows for cell in row.cells):
        cell.is_compared = against is not None
        cell.compared = compared.get((cell.actor.pk, cell.issue.pk))
        is_asked = only is None or not only.isdisjoint(cell.ids())
        cell.is_dimmed = not is_asked or (changed_only and not cell.has_changed)
    is_narrowed = changed_only or only is not None
    shown = [row for row in rows if not is_narrowed or not all(cell.is_dimmed for cell in row.cells)]
    return Matrix(reading, summit, folded, list(reading.issues.values()), shown, against)


def rows_of(reading: Reading, summit: Summit, participations: Iterable[Participation]) -> list[MatrixRow]:
    """A row for each of these actors as of a summit, without its words. No query."""
    folded = reading.as_of(summit)
    at_summit: dict[ActorIssue, list[Change]] = {}
    for change in folded.changes_at(summit.pk):
        at_summit.setdefault((change.entry.actor, change.entry.issue), []).append(change)
    return [
        MatrixRow(
            item,
            [
                MatrixCell(
                    item.actor,
                    issue,
                    folded.of(item.actor_id, issue.pk),
                    at_summit.get((item.actor_id, issue.pk), ()),
                    reading.summits,
                    reading.actors,
                    history=folded.history(item.actor_id, issue.pk),
                )
                for issue in reading.issues.values()
            ],
        )
        for item in participations
    ]


def grouped(rows: Iterable[MatrixRow]) -> list[tuple[str, list[MatrixRow]]]:
    """The rows under their headings, the parties first; a heading without rows is left out."""
    listed = list(rows)
    groups = [
        ("Parties", [row for row in listed if row.is_party]),
        ("Mediators and others", [row for row in listed if not row.is_party]),
    ]
    return [(name, group) for name, group in groups if group]


def add_words(rows: Iterable[MatrixRow], known: datetime | None = None) -> None:
    """Fetch the words and evidence of the cells that are shown. Five queries, whatever is stored."""
    cells = [cell for row in rows for cell in row.cells]
    words = with_words((pk for cell in cells for pk in cell.ids()), known)
    for cell in cells:
        cell.positions = [words[pk] for pk in cell.ids() if pk in words]
