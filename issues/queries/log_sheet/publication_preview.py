"""What publishing a sheet would record: each cell as the change that it makes, or as what it corrects."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from issues.domain.change import ChangeKind, kind_of
from issues.domain.position import Entry, RedLineMention, State
from issues.domain.redline import RedLineChange, compare
from issues.models import Cell, Evidence, Source, Statement
from issues.models.sheet import CellRedLine, KindOfCell
from issues.queries.log_sheet.draft import claim_of, corrections, fields_of, lead_of, needs_source, source_of
from issues.queries.log_sheet.grid import Grid, GridLine, Square
from issues.queries.log_sheet.published_state import PublishedState, WordsKey, words_key

# A longer move is shown to the publisher in bold: it is right or a slip of the hand.
LONG_MOVE = 25.0

STATES = {KindOfCell.WITHDRAWN: State.WITHDRAWN, KindOfCell.SILENT: State.SILENT}
QUIET = (RedLineChange.NOT_ADDRESSED, RedLineChange.UNCHANGED)
PLACED_BY = ("option", "value")


@dataclass
class Item:
    """A cell and what it does: ``delta`` for a move, ``red_line`` against the standing one.

    ``fields`` are those of its position, all of them or, of one that is recorded, those that it corrects.
    ``words`` names its statement, None where it needs none; ``statement`` is the one that is on record
    already, ``superseded`` the evidence of a recorded position that it takes the place of.
    """

    square: Square
    cell: Cell
    source: Source | None
    lead: int
    kind: ChangeKind
    delta: float | None
    red_line: RedLineChange
    placement: float | None
    fields: dict[str, Any]
    words: WordsKey | None
    statement: Statement | None
    superseded: list[Evidence]
    is_supported: bool

    @property
    def is_correction(self) -> bool:
        return self.square.position is not None

    @property
    def changes_evidence(self) -> bool:
        """Whether it gives its position another statement or takes one away."""
        return bool(self.superseded) or not self.is_supported

    @property
    def is_idle(self) -> bool:
        """Whether the record says all of it already."""
        return self.is_correction and not self.fields and not self.changes_evidence

    @property
    def corrected(self) -> list[str]:
        """What it corrects beside the placement, in words."""
        names = [name.replace("_", " ") for name in self.fields if name not in PLACED_BY]
        return names + (["evidence"] if self.changes_evidence else [])

    @property
    def replaces_placement(self) -> bool:
        return any(name in self.fields for name in PLACED_BY)

    @property
    def is_long(self) -> bool:
        """Whether it moves further than a slip of the hand should go unseen."""
        return not self.is_correction and self.delta is not None and abs(self.delta) > LONG_MOVE

    @property
    def lacks_locator(self) -> bool:
        """Whether it reaffirms without saying where."""
        return self.kind == ChangeKind.REAFFIRMED and not self.cell.locator

    @property
    def lacks_source(self) -> bool:
        """Whether it cannot be published: a statement without a source, and not inferred."""
        return needs_source(self.cell) and self.source is None

    @property
    def lacks_ground(self) -> bool:
        """Whether it cannot be published: it reaffirms what stands no more."""
        return self.cell.kind == KindOfCell.REAFFIRMED and self.square.before.is_empty


@dataclass
class PublicationPreview:
    """Everything that the person who publishes must see.

    ``removed`` were emptied on a reopened sheet that had recorded them, and go; ``left`` were emptied, but
    others had recorded them, and stay.
    """

    items: list[Item]
    unlogged: list[tuple[GridLine, list[Square]]] = field(default_factory=list)
    removed: list[Square] = field(default_factory=list)
    left: list[Square] = field(default_factory=list)

    def of(self, *kinds: ChangeKind) -> list[Item]:
        """The new items of these kinds; corrections stand apart."""
        return [item for item in self.items if item.kind in kinds and not item.is_correction]

    @property
    def groups(self) -> list[tuple[str, list[Item]]]:
        """The items under their headings, those without any left out."""
        groups = [
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
        return [(title, items) for title, items in groups if items]

    @property
    def seen(self) -> str:
        """A sign of what is listed here, at which version; another one as soon as any of it changes."""
        listed = [
            (item.cell.pk, item.cell.version, item.source.pk if item.source else 0, *_version(item.square))
            for item in self.items
        ]
        listed += [(0, 0, 0, *_version(square)) for square in self.removed]
        return blake2b(repr(listed).encode(), digest_size=8).hexdigest()

    @property
    def without_source(self) -> list[Item]:
        """What stands in the way of publishing: statements without a source."""
        return [item for item in self.items if item.lacks_source]

    @property
    def without_ground(self) -> list[Item]:
        """What stands in the way of publishing: reaffirmations of what stands no more."""
        return [item for item in self.items if item.lacks_ground]


def _version(square: Square) -> tuple[int, int]:
    """The key and version of a recorded position, zeros where there is none."""
    return (square.position.pk, square.position.version) if square.position else (0, 0)


def publication_preview(grid: Grid, record: PublishedState) -> PublicationPreview:
    """A sheet as its publisher must see it. No query beside the grid and the record."""
    rows = {line.actor.pk: line.row for line in grid.lines if line.row is not None}
    squares = [square for line in grid.lines for square in line.squares]
    joint = {(row.actor_id, row.source_id) for row in rows.values()}
    joint |= {(square.actor.pk, square.cell.source_id) for square in squares if square.cell}
    cells = {(square.actor.pk, square.issue.pk): square.cell for square in squares if square.cell}
    preview = PublicationPreview([], unlogged(grid))
    for square in squares:
        row = rows.get(square.actor.pk)
        if not record.is_changed(square.actor.pk, square.issue.pk, row.joins_id if row else None):
            continue
        if square.cell is not None:
            source, lead = source_of(square.cell, rows), lead_of(square.cell, rows, joint)
            words = None
            if source is not None and square.cell.kind != KindOfCell.SILENT:
                words = words_key(
                    source, lead, claim_of(square.cell, cells.get((lead, square.issue.pk))), square.cell
                )
            item = _item(square, square.cell, source, lead, words, record)
            preview.items += [] if item.is_idle else [item]
        elif square.position is not None and (square.actor.pk, square.issue.pk) in (record.typed or ()):
            (preview.removed if square.position.pk in record.made else preview.left).append(square)
    return preview


def unlogged(grid: Grid) -> list[tuple[GridLine, list[Square]]]:
    """The squares of those who are watched in which nothing is typed or recorded, by row."""
    return [
        (line, missing)
        for line in grid.lines
        if line.participation.watched
        and (missing := [square for square in line.squares if not square.is_logged])
    ]


def _item(
    square: Square,
    cell: Cell,
    source: Source | None,
    lead: int,
    words: WordsKey | None,
    record: PublishedState,
) -> Item:
    before, known = square.before, square.position
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
    delta = None
    if kind == ChangeKind.MOVED and placement is not None and square.placement is not None:
        delta = placement - square.placement
    fields = fields_of(cell, square.issue, before)
    statement = record.statements.get(words) if words else None
    evidence = record.evidence.get(known.pk, []) if known else []
    return Item(
        square=square,
        cell=cell,
        source=source,
        lead=lead,
        kind=kind,
        delta=delta,
        red_line=compare(before.line, entry),
        placement=placement,
        fields=corrections(fields, known) if known else fields,
        words=words,
        statement=statement,
        superseded=[item for item in evidence if item.pk in record.given and item.statement != statement],
        is_supported=words is None or any(item.statement == statement for item in evidence),
    )
