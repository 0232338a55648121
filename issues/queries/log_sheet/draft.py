"""What a cell says as a position, and what that would change on the record."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from issues.domain.change import Standing
from issues.models import Cell, Issue, Option, Position, SheetRow, Source
from issues.models.position import Basis, Confidence, PositionRedLine, PositionState
from issues.models.sheet import KindOfCell
from issues.queries.log_sheet.published_state import WordsKey, words_key

# The source of a cell, the actor whose statement it is in there, and the words; None without a source.
Ground = tuple[Source | None, int, WordsKey | None]

STATES = {KindOfCell.WITHDRAWN: PositionState.WITHDRAWN, KindOfCell.SILENT: PositionState.SILENT}
KEPT = ("summary", "note", "salience")
LINE = ("red_line", "accepts_from", "accepts_to")


def fields_of(cell: Cell, issue: Issue, before: Standing) -> dict[str, Any]:
    """A cell as the fields of a position on an issue; what is seen again is placed as it stood ``before``."""
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
    """What the speaker or reporter calls the words of a cell; the code that was typed claims nothing.

    ``lead`` is the cell of the actor whose statement it joins: the same words are one statement, so that
    what is claimed of them is said once, by the first to sign.
    """
    if lead is not None and all(getattr(cell, name) == getattr(lead, name) for name in WORDS):
        cell = lead
    return cell.claimed_as


def needs_source(cell: Cell) -> bool:
    """Whether a cell must rest on a source: a statement that the coder did not infer."""
    return cell.kind not in STATES and cell.basis != Basis.INFERRED


def grounds(cells: Mapping[tuple[int, int], Cell], rows: Mapping[int, SheetRow]) -> dict[Any, Ground]:
    """What each of the cells rests on, by actor and issue."""
    joint = {(row.actor_id, row.source_id) for row in rows.values()}
    joint |= {(cell.actor_id, cell.source_id) for cell in cells.values()}
    found: dict[tuple[int, int], Ground] = {}
    sharing: dict[WordsKey | None, set[int]] = defaultdict(set)
    for (actor, issue), cell in cells.items():
        source, lead = _source_of(cell, rows), _lead_of(cell, rows, joint)
        words = None
        if source is not None and cell.kind != KindOfCell.SILENT:
            words = words_key(source, lead, claim_of(cell, cells.get((lead, issue))), cell)
        sharing[words].add(actor)
        found[actor, issue] = source, lead, words
    for (actor, issue), (source, _, words) in found.items():
        cell = cells[actor, issue]
        # Words that it shares with nobody are its own, not those of the statement that its row joins.
        if source and words and sharing[words] == {actor} and cell.basis != Basis.REPORTED:
            found[actor, issue] = source, actor, words_key(source, actor, cell.claimed_as, cell)
    return found


def _source_of(cell: Cell, rows: Mapping[int, SheetRow]) -> Source | None:
    """The source that a cell rests on: its own, else its row's."""
    row = rows.get(cell.actor_id)
    return cell.source or (row.source if row else None)


def _lead_of(cell: Cell, rows: Mapping[int, SheetRow], joint: set[tuple[int, int | None]]) -> int:
    """The actor whose statement a cell rests on: its own, or the one that its row joins in a source.

    ``joint`` are the sources of every row and its cells, as actor and source.
    """
    row = rows.get(cell.actor_id)
    if row is None or row.joins_id is None:
        return cell.actor_id
    source = _source_of(cell, rows)
    return row.joins_id if source and (row.joins_id, source.pk) in joint else cell.actor_id


def _restated(issue: Issue, before: Standing) -> tuple[Option | None, float | None]:
    """The option or value that is seen again; neither where only words stood."""
    if before.placement is None:
        return None, None
    value = before.placement.value
    option = next((option for option in issue.options.all() if option.value == value), None)
    return option, None if option else value
