"""The matrix: every actor's standing on every issue as of a summit, and what changed there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from issues.domain.change import Change, ChangeKind, Standing, weightiest
from issues.domain.difference import Difference, difference
from issues.domain.fold import Folded
from issues.domain.order import ActorIssue
from issues.domain.position import State
from issues.domain.redline import RedLine, RedLineChange
from issues.models import Actor, Issue, Participation, Position, Summit
from issues.models.actor import ParticipationRole
from issues.queries.reading.process import Reading
from issues.queries.reading.words import with_words

# As many actors as a page shows, wherever actors are shown with what they say.
ACTORS_A_PAGE = 30
# Red-line changes that a reader must see; the rest leave the line as it was.
LINE_CHANGES = (
    RedLineChange.DRAWN,
    RedLineChange.TIGHTENED,
    RedLineChange.LOOSENED,
    RedLineChange.REDRAWN,
    RedLineChange.DROPPED,
)
MOVES = (ChangeKind.NEW, ChangeKind.MOVED, ChangeKind.PLACED, ChangeKind.WITHDRAWN)


@dataclass
class MatrixCell:
    """One actor on one issue as of the summit.

    ``changes`` are those at the summit and its parallels; ``change`` is the one that names them. ``was``
    is the placement before them (or, in a comparison, as of the other summit). ``positions`` are the
    records behind what stands, with their words, newest first.
    """

    actor: Actor
    issue: Issue
    standing: Standing
    changes: Sequence[Change]
    summits: Mapping[int, Summit]
    actors: Mapping[int, Actor]
    compared: Difference | None = None
    is_compared: bool = False
    is_dimmed: bool = False
    positions: list[Position] = field(default_factory=list)
    history: Sequence[Change] = ()

    @property
    def change(self) -> Change | None:
        """The change that names what happened here, or None."""
        return weightiest(self.changes) if self.changes else None

    @property
    def told(self) -> list[Change]:
        """The changes to be told: each that moved, came or went; else the one that names them.

        A step and a step back at one table are two: their sum would tell of none.
        """
        return [change for change in self.changes if change.kind in MOVES] or (
            [weightiest(self.changes)] if self.changes else []
        )

    @property
    def red_line_change(self) -> Change | None:
        """The last change here that touched the red line, or None."""
        touching = [change for change in self.changes if change.red_line in LINE_CHANGES]
        return touching[-1] if touching else None

    @property
    def has_changed(self) -> bool:
        """Whether something other than the words changed."""
        if self.is_compared:
            return self.compared is not None and not self.compared.restated_only
        return bool(self.red_line_change) or any(change.kind in MOVES for change in self.changes)

    @property
    def is_uncertain(self) -> bool:
        """Whether it is not known which of the things told here came first."""
        if self.is_compared:
            return self.compared is not None and not self.compared.order_known
        return not all(change.order_known for change in self.changes)

    @property
    def now(self) -> float | None:
        return self.standing.value

    @property
    def was(self) -> float | None:
        """The placement before, where it differs from the standing one, and is known to have come before."""
        if self.is_uncertain:
            return None
        before = self._before.placement if self._before else None
        return before.value if before and before.value != self.now else None

    @property
    def delta(self) -> float | None:
        """The standing placement − the one before, over all the changes here."""
        return self.now - self.was if self.now is not None and self.was is not None else None

    @property
    def is_corrected(self) -> bool:
        """Whether the record of the standing placement was edited after it was made."""
        part = self.standing.placement
        record = self._record(part.position) if part else None
        return record is not None and bool(record.corrections)

    @property
    def red_line(self) -> RedLine | None:
        return self.standing.line

    @property
    def text(self) -> Position | None:
        """The last stated position, with its words."""
        part = self.standing.text
        return self._record(part.value) if part else None

    @property
    def since(self) -> Summit | None:
        """The summit from which the words are carried, or None if they were said at this one."""
        part = self.standing.text
        said_here = any(change.entry.state == State.STATED for change in self.changes)
        return self.summits[part.occasion] if part and not said_here else None

    @property
    def placed_since(self) -> Summit | None:
        """The summit that the placement comes from, where the words are newer."""
        placement, text = self.standing.placement, self.standing.text
        if placement is None or text is None or placement.occasion == text.occasion:
            return None
        return self.summits[placement.occasion]

    @property
    def red_line_since(self) -> Summit | None:
        """The summit at which the standing red line was last addressed."""
        return self.summits[self.standing.red_line.occasion] if self.standing.red_line else None

    @property
    def _before(self) -> Standing | None:
        if self.is_compared:
            return self.compared.before if self.compared else None
        return self.changes[0].before if self.changes else None

    @property
    def state(self) -> str:
        """What stands, in a word: absence is none of the others, and silence at this occasion is none."""
        if self.standing.withdrawn:
            return "withdrawn"
        if self.standing.is_empty:
            return "silent" if self.changes else "nothing on record"
        return "in words" if self.now is None else "placed"

    def ids(self) -> Iterator[int]:
        """The positions behind what is shown, the newest words first, each once."""
        here = reversed([change.entry.id for change in self.changes])
        parts = (self.standing.text, self.standing.placement, self.standing.red_line)
        kept = [self._kept] if self._kept is not None else []
        seen = dict.fromkeys([*here, *(part.position for part in parts if part), *kept])
        yield from seen

    @property
    def kept(self) -> Position | None:
        """The last position that says something in a sentence, where the newest only repeats its place."""
        pk = self._kept
        return self._record(pk) if pk is not None else None

    @property
    def _kept(self) -> int | None:
        standing = takewhile(lambda change: change.kind != ChangeKind.WITHDRAWN, reversed(self.history))
        said = (change.entry for change in standing if change.entry.state == State.STATED)
        newest = next(said, None)
        if newest is None or newest.has_sentence:
            return None
        return next((entry.id for entry in said if entry.has_sentence), None)

    def _record(self, pk: int) -> Position | None:
        return next((position for position in self.positions if position.pk == pk), None)


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
