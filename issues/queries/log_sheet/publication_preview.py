"""What publishing a sheet would record: each cell as the change that it makes, or as what it corrects."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from issues.domain.change import ChangeKind, kind_of
from issues.domain.position import Entry, RedLineMention, State
from issues.domain.redline import RedLineChange, compare
from issues.models import Actor, Cell, Evidence, Source, Statement
from issues.models.position import Basis
from issues.models.sheet import CellRedLine, KindOfCell
from issues.models.source import Claim
from issues.queries.log_sheet.draft import (
    Further,
    Ground,
    corrections,
    fields_of,
    further_of,
    grounds,
    needs_source,
)
from issues.queries.log_sheet.grid import Grid, GridLine, Square
from issues.queries.log_sheet.published_state import PublishedState, WordsKey
from issues.queries.log_sheet.quotations import named_in, quotations_of
from issues.queries.log_sheet.signing import Said, SaidKey, Signing, signings

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
    already, ``superseded`` the evidence of a recorded position that it takes the place of. ``joint`` are
    those who sign it then, nobody where it is no joint statement.
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
    further: list[Further] = field(default_factory=list)
    joint: list[Actor] = field(default_factory=list)

    @property
    def said_key(self) -> SaidKey | None:
        """By what its statement is known among those of the sheet."""
        if self.statement is not None:
            return self.statement.pk
        return (self.words, self.cell.language) if self.words else None

    @property
    def claim(self) -> str:
        """What the speaker or reporter calls its words: new, reaffirmed or nothing."""
        return self.words[2] if self.words else ""

    @property
    def is_told_of(self) -> bool:
        """Whether it joins the words of another who reports it."""
        return self.lead != self.cell.actor_id and self.cell.basis == Basis.REPORTED

    @property
    def is_correction(self) -> bool:
        return self.square.position is not None

    @property
    def changes_evidence(self) -> bool:
        """Whether it gives its position another statement or takes one away."""
        has_all = self.is_supported and all(one.is_supported for one in self.further)
        return bool(self.superseded) or not has_all

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
        """Whether it says the same again without saying where."""
        is_seen_again = self.cell.kind == KindOfCell.REAFFIRMED or self.kind == ChangeKind.REAFFIRMED
        return is_seen_again and not self.cell.locator

    @property
    def lacks_source(self) -> bool:
        """Whether it cannot be published: a statement without a source, and not inferred."""
        is_silent = self.words is None and self.source is not None
        lost = not is_silent and len(self.further) < len(self.cell.quotations)
        return (needs_source(self.cell) and self.source is None) or lost

    @property
    def lacks_ground(self) -> bool:
        """Whether it cannot be published: it sees again what stands no more."""
        return self.cell.kind == KindOfCell.REAFFIRMED and self.square.before.is_empty


@dataclass
class PublicationPreview:
    """Everything that the person who publishes must see.

    ``removed`` were emptied on a reopened sheet that had recorded them, and go; ``left`` were emptied, but
    others had recorded them, and stay. ``signings`` are the statements whose signatories change.
    """

    items: list[Item]
    unlogged: list[tuple[GridLine, list[Square]]] = field(default_factory=list)
    removed: list[Square] = field(default_factory=list)
    left: list[Square] = field(default_factory=list)
    signings: list[Signing] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether publishing would change nothing on record."""
        return not (self.items or self.removed or self.signings)

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
            ("The same placement, seen again", self._seen_again(claimed=False)),
            ("Reaffirmed, as the speaker calls it", self._seen_again(claimed=True)),
            ("Restated without a placement", self.of(ChangeKind.RESTATED)),
            ("Silent", self.of(ChangeKind.SILENT)),
            ("Corrections of what is recorded", [item for item in self.items if item.is_correction]),
        ]
        return [(title, items) for title, items in groups if items]

    def _seen_again(self, *, claimed: bool) -> list[Item]:
        """What is placed as it stood; apart from it what the speaker or reporter calls reaffirmed."""
        return [
            item for item in self.of(ChangeKind.REAFFIRMED) if (item.claim == Claim.REAFFIRMED) == claimed
        ]

    @property
    def seen(self) -> str:
        """A sign of what is listed here, at which version; another one as soon as any of it changes."""
        listed = [
            (item.cell.pk, item.cell.version, item.source.pk if item.source else 0, *_version(item.square))
            for item in self.items
        ]
        listed += [(0, 0, 0, *_version(square)) for square in self.removed]
        signed = [
            ([actor.pk for actor in item.added], [(gone.pk, gone.version) for gone in item.removed])
            for item in self.signings
        ]
        return blake2b(repr((listed, signed)).encode(), digest_size=8).hexdigest()

    @property
    def without_source(self) -> list[Item]:
        """What stands in the way of publishing: statements without a source."""
        return [item for item in self.items if item.lacks_source]

    @property
    def without_ground(self) -> list[Item]:
        """What stands in the way of publishing: what is seen again and stands no more."""
        return [item for item in self.items if item.lacks_ground]


def _version(square: Square) -> tuple[int, int]:
    """The key and version of a recorded position, zeros where there is none."""
    return (square.position.pk, square.position.version) if square.position else (0, 0)


def publication_preview(grid: Grid, record: PublishedState) -> PublicationPreview:
    """A sheet as its publisher must see it. No query beside the grid and the record."""
    rows = {line.actor.pk: line.row for line in grid.lines if line.row is not None}
    squares = [square for line in grid.lines for square in line.squares]
    cells = {(square.actor.pk, square.issue.pk): square.cell for square in squares if square.cell}
    rests_on = grounds(cells, rows, named_in(cells.values()))
    preview, said = PublicationPreview([], unlogged(grid)), []
    for square in squares:
        row = rows.get(square.actor.pk)
        is_changed = record.is_changed(square.actor.pk, square.issue.pk, row.joins_id if row else None)
        if square.cell is not None:
            resting = rests_on[square.actor.pk, square.issue.pk]
            said += _said(square, square.cell, resting, is_changed, record)
            item = _item(square, square.cell, resting, record) if is_changed else None
            preview.items += [item] if item and not item.is_idle else []
        elif is_changed and square.position and (square.actor.pk, square.issue.pk) in (record.typed or ()):
            (preview.removed if square.position.pk in record.made else preview.left).append(square)
    actors = {line.actor.pk: line.actor for line in grid.lines}
    preview.signings, signed = signings(said, _left(preview, record), record, actors)
    for item in preview.items:
        item.joint = signed.get(item.said_key, []) if item.said_key else []
    return preview


def _left(preview: PublicationPreview, record: PublishedState) -> set[tuple[int, int]]:
    """The positions, each with a statement, that will not rest on it any more as their actor's own words."""
    left = set()
    for square in [*preview.removed, *(item.square for item in preview.items)]:
        known, cell = square.position, square.cell
        if known is not None and (cell is None or cell.basis == Basis.REPORTED):
            left |= {(known.pk, evidence.statement_id) for evidence in record.evidence.get(known.pk, [])}
    superseded = [evidence for item in preview.items for evidence in item.superseded]
    return left | {(evidence.position_id or 0, evidence.statement_id) for evidence in superseded}


def unlogged(grid: Grid) -> list[tuple[GridLine, list[Square]]]:
    """The squares of those who are watched in which nothing is typed or recorded, by row."""
    return [
        (line, missing)
        for line in grid.lines
        if line.participation.watched
        and (missing := [square for square in line.squares if not square.is_logged])
    ]


def _said(
    square: Square, cell: Cell, resting: list[Ground], is_changed: bool, record: PublishedState
) -> list[Said]:
    languages = [cell.language, *(one.language for one in quotations_of(cell))]
    return [
        Said(square, cell, words, language, record.statements.get(words), is_changed)
        for (_, _, words), language in zip(resting, languages, strict=True)
        if words is not None
    ]


def _item(square: Square, cell: Cell, resting: list[Ground], record: PublishedState) -> Item:
    source, lead, words = resting[0]
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
        claimed_reaffirmed=words is not None and words[2] == Claim.REAFFIRMED,
    )
    kind = kind_of(before, entry)
    delta = None
    if kind == ChangeKind.MOVED and placement is not None and square.placement is not None:
        delta = placement - square.placement
    fields = fields_of(cell, square.issue, before)
    statement = record.statements.get(words) if words else None
    evidence = record.evidence.get(known.pk, []) if known else []
    further = further_of(cell, resting, {item.statement_id for item in evidence}, record)
    cited = {statement.pk for statement in (statement, *(one.statement for one in further)) if statement}
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
        superseded=[item for item in evidence if item.pk in record.given and item.statement_id not in cited],
        is_supported=words is None or any(item.statement == statement for item in evidence),
        further=further,
    )
