"""A log sheet of the universe under short names, for tests of typing, publishing and undoing.

Before the spring meeting Arden stands at 50 on the flow, Cadria at 25 and Belmar nowhere, since it withdrew;
on the data Arden stands at 25 behind a red line, Belmar at 50 and Cadria at 90 behind a derived one.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.publish import publish, reopen
from issues.actions.log_sheet.row import join, set_source
from issues.actions.log_sheet.sheet import open_sheet
from issues.history import ChangeSet
from issues.models import Cell, Position, Sheet, SheetRow, Statement
from issues.queries.reading.process import read
from issues.tests.acts import add
from issues.tests.universe import Universe
from issues.user import User


@dataclass
class Desk:
    """A sheet of a summit of the universe, and the person who sits at it."""

    universe: Universe
    by: User
    summit: str = "spring"
    private: bool = False

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is stored now."""
        return open_sheet(summit=getattr(self.universe, self.summit), by=self.by, private=self.private)

    def cell(self, actor: str, issue: str) -> Cell | None:
        """The cell as it is stored now."""
        of = getattr(self.universe, actor), getattr(self.universe, issue)
        return Cell.objects.filter(sheet=self.sheet, actor=of[0], issue=of[1]).first()

    def write(
        self, actor: str, issue: str, typed: str, *, version: int | None = None, **details: Any
    ) -> Cell | None:
        """Type into a cell; at its stored version, unless another was seen."""
        if version is None:
            stored = self.cell(actor, issue)
            version = stored.version if stored else 0
        return save_cell(
            sheet=self.sheet,
            actor=getattr(self.universe, actor),
            issue=getattr(self.universe, issue),
            typed=typed,
            version=version,
            by=self.by,
            details=details,
        )

    def serve(self, actor: str, source: str | None) -> SheetRow:
        """Let a source of the universe serve a row."""
        found = self.universe.sources[source] if source else None
        return set_source(sheet=self.sheet, actor=getattr(self.universe, actor), source=found, by=self.by)

    def row(self, actor: str, source: str, **codes: str) -> None:
        """A row's source and its codes by issue."""
        self.serve(actor, source)
        for issue, typed in codes.items():
            self.write(actor, issue, typed)

    def join(self, lead: str, *others: str) -> list[Cell]:
        """Log the row of one for others too."""
        world = self.universe
        joining = [getattr(world, name) for name in others]
        return join(sheet=self.sheet, lead=getattr(world, lead), others=joining, by=self.by)

    def publish(self, note: str = "From the press releases of the evening.") -> ChangeSet:
        """Publish what is on the sheet."""
        return publish(sheet=self.sheet, note=note, by=self.by)

    def reopen(self, reason: str = "A slip of the hand.") -> Sheet:
        """Open the published sheet again."""
        return reopen(sheet=self.sheet, reason=reason, by=self.by)

    def position(self, actor: str, issue: str) -> Position:
        """The position recorded at this summit, as it is stored now."""
        world = self.universe
        return Position.objects.get(
            actor=getattr(world, actor), issue=getattr(world, issue), summit=getattr(world, self.summit)
        )


def at_desk(universe: Universe, summit: str = "spring", *, private: bool = False) -> Desk:
    """The coder of the universe at a sheet."""
    return Desk(universe, universe.coder, summit, private)


def another(desk: Desk, name: str = "omar", *, private: bool | None = None) -> Desk:
    """Another person at a sheet of the same summit, the same one unless said otherwise."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    return Desk(desk.universe, user, desk.summit, desk.private if private is None else private)


def words_of(position: Position) -> list[Statement]:
    """The statements that a position rests on."""
    return [item.statement for item in position.evidence.select_related("statement").order_by("pk")]


def published_and_reopened(universe: Universe) -> Desk:
    """The coder at the sheet of the spring meeting, published and open again."""
    desk = at_desk(universe)
    desk.serve("arden", "record")
    desk.write("arden", "flow", "b", summary="A quarter may stay.", salience=60.0, note="Clear words.")
    desk.write("arden", "data", "r", quote="As before.")
    desk.row("cadria", "cadria-press", flow="n", preamble="t")
    desk.publish()
    desk.reopen()
    return desk


def says(cell: Cell | None) -> tuple[Any, ...]:
    """The code of a cell and what it meant."""
    assert cell is not None
    cell.refresh_from_db()
    option = cell.option.label if cell.option else None
    return cell.code, cell.kind, option, cell.value


def refused_cell(desk: Desk, actor: str, issue: str, typed: str, **details: Any) -> dict[str, list[str]]:
    """The errors by field of what cannot be stored, once it is seen that nothing was."""
    before = Cell.objects.count(), Cell.history.count(), ChangeSet.objects.count()
    with pytest.raises(ValidationError) as refusal:
        desk.write(actor, issue, typed, **details)
    assert (Cell.objects.count(), Cell.history.count(), ChangeSet.objects.count()) == before
    return refusal.value.message_dict


def kinds(universe: Universe) -> list[tuple[int, int, str]]:
    """Every change of the process: actor, issue and kind."""
    return [
        (change.entry.actor, change.entry.issue, change.kind)
        for change in read(universe.process).whole.changes
    ]


def row_of(desk: Desk, actor: str) -> SheetRow:
    """An actor's row as it is stored."""
    return SheetRow.objects.get(sheet=desk.sheet, actor=getattr(desk.universe, actor))


def by_hand(desk: Desk, **fields: Any) -> Statement:
    """A statement of Arden's at the spring meeting that was recorded without the sheet."""
    world = desk.universe
    where = {"source": world.sources["record"], "organ": world.arden, "occasion": world.spring}
    return add(Statement(**where, **fields), by=desk.by, reason="Logged by hand.")
