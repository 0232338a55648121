"""Two coders' own sheets of one summit, side by side, once both are finished."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from issues.domain.change import Standing
from issues.domain.coder_agreement import Agreement, agreement
from issues.models import Actor, Cell, Issue, Sheet, Summit
from issues.models.sheet import KindOfCell
from issues.queries.log_sheet.grid import CELL_RELATIONS
from issues.queries.reading.process import read

FEWEST_SHEETS = 2


@dataclass
class Pair:
    """One cell as each coder has it, and as the shared sheet has it, beside what stood ``before``.

    Who types that it is the same, seen again, places it where it stood, as does who types the number.
    """

    actor: Actor
    issue: Issue
    first: Cell | None
    second: Cell | None
    shared: Cell | None
    before: Standing = field(default_factory=Standing)

    @property
    def agree(self) -> bool:
        """Whether both say the same of placement, kind and red line."""
        return self._said(self.first) == self._said(self.second)

    @property
    def placements(self) -> tuple[float | None, float | None]:
        """Where the first and the second put it."""
        return self._placement(self.first), self._placement(self.second)

    def _placement(self, cell: Cell | None) -> float | None:
        if cell is not None and cell.kind == KindOfCell.REAFFIRMED:
            return self.before.value
        return cell.placement if cell else None

    def _said(self, cell: Cell | None) -> tuple[object, ...] | None:
        if cell is None:
            return None
        kind, placement = cell.kind, self._placement(cell)
        if kind == KindOfCell.REAFFIRMED:
            kind = KindOfCell.TEXT if placement is None else KindOfCell.PLACED
        return kind, placement, cell.red_line


@dataclass
class Comparison:
    """Two finished sheets: the cells that either coder coded, and how far they agree."""

    sheets: tuple[Sheet, Sheet]
    pairs: list[Pair]
    ordinal: Agreement
    interval: Agreement

    @property
    def differing(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.agree]


def finished_sheets(summit: Summit) -> list[Sheet]:
    """The coders' own sheets of a summit that are finished, oldest first; none while fewer than two are.

    A sheet that was opened and left empty holds up nobody.
    """
    begun = Q(finished=True) | Exists(Cell.objects.filter(sheet=OuterRef("pk")))
    sheets = list(
        Sheet.objects.filter(begun, summit=summit, coder__isnull=False).select_related("coder").order_by("pk")
    )
    done = [sheet for sheet in sheets if sheet.finished]
    return done if len(done) >= FEWEST_SHEETS and len(done) == len(sheets) else []


def compare(first: Sheet, second: Sheet, shared: Sheet) -> Comparison:
    """Two sheets cell by cell, beside the shared one, which may be blank.

    One query, and those of a reading where one of them says that something stands as it stood.
    """
    cells: dict[int, dict[tuple[int, int], Cell]] = {}
    wanted = [sheet.pk for sheet in (first, second, shared) if not sheet.is_blank]
    rows = (
        Cell.objects.filter(sheet__in=wanted)
        .select_related("actor", "issue", *CELL_RELATIONS)
        .order_by("actor__name", "issue__order", "issue__name")
    )
    coded: dict[tuple[int, int], Cell] = {}
    for cell in rows:
        key = (cell.actor_id, cell.issue_id)
        cells.setdefault(cell.sheet_id, {})[key] = cell
        if cell.sheet_id != shared.pk:
            coded.setdefault(key, cell)
    mine, theirs = cells.get(first.pk, {}), cells.get(second.pk, {})
    both = cells.get(shared.pk, {})
    stood: Mapping[tuple[int, int], Standing] = {}
    if any(cell.kind == KindOfCell.REAFFIRMED for side in (mine, theirs) for cell in side.values()):
        stood = read(first.summit.process).before(first.summit).standing
    pairs = [
        Pair(
            cell.actor, cell.issue, mine.get(key), theirs.get(key), both.get(key), stood.get(key, Standing())
        )
        for key, cell in coded.items()
    ]
    placements = list(map(list, zip(*(pair.placements for pair in pairs), strict=True))) or [[], []]
    return Comparison(
        (first, second), pairs, agreement(placements, "ordinal"), agreement(placements, "interval")
    )
