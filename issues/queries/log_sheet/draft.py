"""What a cell says as a position, and what that would change on the record."""

from typing import Any

from issues.domain.change import Standing
from issues.models import Cell, Issue, Option, Position, SheetRow, Source
from issues.models.position import Basis, Confidence, PositionRedLine, PositionState
from issues.models.sheet import KindOfCell
from issues.models.source import Claim

STATES = {KindOfCell.WITHDRAWN: PositionState.WITHDRAWN, KindOfCell.SILENT: PositionState.SILENT}
KEPT = ("summary", "note", "salience")
LINE = ("red_line", "accepts_from", "accepts_to")


def fields_of(cell: Cell, issue: Issue, before: Standing) -> dict[str, Any]:
    """A cell as the fields of a position on an issue; a reaffirmation restates what stood ``before``."""
    option, value = cell.option, cell.value
    if cell.kind == KindOfCell.REAFFIRMED:
        option, value = _restated(issue, before)
    return {
        "state": STATES.get(KindOfCell(cell.kind), PositionState.STATED),
        "option": option,
        "value": value,
        "summary": cell.summary,
        "red_line": cell.red_line,
        "accepts_from": cell.accepts_from,
        "accepts_to": cell.accepts_to,
        "salience": cell.salience,
        "basis": cell.basis,
        "confidence": Confidence.LOW if cell.low_confidence else Confidence.MODERATE,
        "disputed": cell.disputed,
        "note": cell.note,
    }


def corrections(fields: dict[str, Any], known: Position) -> dict[str, Any]:
    """What a cell changes of its recorded position, by field.

    What the cell leaves blank, and what a sheet has no words for, the record keeps.
    """
    given = {name: value for name, value in fields.items() if name not in KEPT or value not in ("", None)}
    says_nothing = fields["red_line"] == PositionRedLine.NOT_ADDRESSED
    if fields["state"] == PositionState.STATED and known.red_line == PositionRedLine.DERIVED and says_nothing:
        given = {name: value for name, value in given.items() if name not in LINE}
    if known.confidence == Confidence.HIGH and fields["confidence"] == Confidence.MODERATE:
        del given["confidence"]
    return {name: value for name, value in given.items() if getattr(known, name) != value}


WORDS = ("quote", "translation", "speaker_id", "locator")


def claim_of(cell: Cell, lead: Cell | None) -> str:
    """What the words of a cell are said to be.

    ``lead`` is the cell of the actor whose statement it joins: the same words are one statement, so that
    what the first to sign reaffirms is one statement with what is new for another.
    """
    if lead is not None and all(getattr(cell, name) == getattr(lead, name) for name in WORDS):
        cell = lead
    return Claim.REAFFIRMED if cell.kind == KindOfCell.REAFFIRMED else ""


def needs_source(cell: Cell) -> bool:
    """Whether a cell must rest on a source: a statement that the coder did not infer."""
    return cell.kind not in STATES and cell.basis != Basis.INFERRED


def source_of(cell: Cell, rows: dict[int, SheetRow]) -> Source | None:
    """The source that a cell rests on: its own, else its row's."""
    row = rows.get(cell.actor_id)
    return cell.source or (row.source if row else None)


def lead_of(cell: Cell, rows: dict[int, SheetRow], joint: set[tuple[int, int | None]]) -> int:
    """The actor whose statement a cell rests on: its own, or the one that its row joins in a source.

    ``joint`` are the sources of every row and its cells, as actor and source.
    """
    row = rows.get(cell.actor_id)
    if row is None or row.joins_id is None:
        return cell.actor_id
    source = source_of(cell, rows)
    return row.joins_id if source and (row.joins_id, source.pk) in joint else cell.actor_id


def _restated(issue: Issue, before: Standing) -> tuple[Option | None, float | None]:
    """The option or value that a reaffirmation restates; neither where only words stood."""
    if before.placement is None:
        return None, None
    value = before.placement.value
    option = next((option for option in issue.options.all() if option.value == value), None)
    return option, None if option else value
