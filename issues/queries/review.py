"""What publishing a sheet would record: each cell as the change that it makes."""

from dataclasses import dataclass, field

from issues.domain.change import ChangeKind, kind_of
from issues.domain.position import Entry, RedLineMention, State
from issues.domain.redline import RedLineChange, compare
from issues.models import Source
from issues.models.sheet import CellRedLine, KindOfCell
from issues.queries.sheet import Grid, Line, Square

# A longer move is shown to the publisher in bold: it is right or a slip of the hand.
LONG_MOVE = 25.0

STATES = {KindOfCell.WITHDRAWN: State.WITHDRAWN, KindOfCell.SILENT: State.SILENT}


@dataclass
class Item:
    """A cell and what it does: ``delta`` for a move, ``red_line`` against the standing one."""

    square: Square
    source: Source | None
    kind: ChangeKind
    delta: float | None
    red_line: RedLineChange
    placement: float | None
    is_correction: bool

    @property
    def is_long(self) -> bool:
        """Whether it moves further than a slip of the hand should go unseen."""
        return self.delta is not None and abs(self.delta) > LONG_MOVE

    @property
    def lacks_locator(self) -> bool:
        """Whether it reaffirms without saying where."""
        return self.kind == ChangeKind.REAFFIRMED and not (self.square.cell and self.square.cell.locator)

    @property
    def lacks_source(self) -> bool:
        """Whether it cannot be published: a statement without a source, and not inferred."""
        cell = self.square.cell
        needs = cell is not None and cell.kind not in STATES and cell.basis != "inferred"
        return needs and self.source is None


@dataclass
class Review:
    """Everything that the person who publishes must see."""

    items: list[Item]
    unlogged: list[tuple[Line, list[Square]]] = field(default_factory=list)

    def of(self, *kinds: ChangeKind) -> list[Item]:
        """The new items of these kinds; corrections stand apart."""
        return [item for item in self.items if item.kind in kinds and not item.is_correction]

    @property
    def groups(self) -> list[tuple[str, list[Item]]]:
        """The items under their headings, those without any left out."""
        found = [
            ("Red lines", [i for i in self.items if i.red_line not in QUIET and not i.is_correction]),
            ("Moved", self.of(ChangeKind.MOVED)),
            ("New", self.of(ChangeKind.NEW)),
            ("Placed for the first time", self.of(ChangeKind.PLACED)),
            ("Withdrawn", self.of(ChangeKind.WITHDRAWN)),
            ("Reaffirmed", self.of(ChangeKind.REAFFIRMED)),
            ("Restated without a placement", self.of(ChangeKind.RESTATED)),
            ("Silent", self.of(ChangeKind.SILENT)),
            ("Corrections of what is recorded", [item for item in self.items if item.is_correction]),
        ]
        return [(title, items) for title, items in found if items]

    @property
    def without_source(self) -> list[Item]:
        """What stands in the way of publishing."""
        return [item for item in self.items if item.lacks_source]


QUIET = (RedLineChange.NOT_ADDRESSED, RedLineChange.UNCHANGED)


def review(grid: Grid) -> Review:
    """A sheet as its publisher must see it. No query beside the grid."""
    items = [_item(line, square) for line in grid.lines for square in line.squares if square.cell is not None]
    unlogged = [
        (line, missing)
        for line in grid.lines
        if line.participation.watched
        and (missing := [square for square in line.squares if not square.is_logged])
    ]
    return Review(items, unlogged)


def _item(line: Line, square: Square) -> Item:
    cell, before = square.cell, square.before
    assert cell is not None  # noqa: S101 -- the caller leaves empty squares out
    placement = square.placement if cell.kind == KindOfCell.REAFFIRMED else cell.placement
    entry = Entry(
        id=0,
        issue=square.issue.pk,
        actor=square.actor.pk,
        occasion=0,
        state=STATES.get(KindOfCell(cell.kind), State.STATED),
        placement=placement,
        red_line=RedLineMention(CellRedLine(cell.red_line).value),
        accepts_from=cell.accepts_from,
        accepts_to=cell.accepts_to,
        claimed_reaffirmed=cell.kind == KindOfCell.REAFFIRMED,
    )
    kind = kind_of(before, entry)
    stood = before.red_line.value if before.red_line else None
    source = cell.source or (line.row.source if line.row else None)
    delta = None
    if kind == ChangeKind.MOVED and placement is not None and square.placement is not None:
        delta = placement - square.placement
    return Item(square, source, kind, delta, compare(stood, entry), placement, square.position is not None)
