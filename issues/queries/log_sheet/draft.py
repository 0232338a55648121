"""What a cell says as a position, and what that would change on the record."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from issues.domain.change import Standing
from issues.models import Cell, Issue, Option, Position, SheetRow, Source, Statement
from issues.models.position import Basis, Confidence, PositionRedLine, PositionState
from issues.models.sheet import KindOfCell
from issues.queries.log_sheet.published_state import PublishedState, WordsKey, words_key
from issues.queries.log_sheet.quotations import Named, Quotation, quotations_of

# The source of a cell, the actor whose statement it is in there, and the words; None without a source.
Ground = tuple[Source | None, int, WordsKey | None]


@dataclass(frozen=True)
class Further:
    """A further quotation of a cell: its statement where it is on record, and whether that supports it."""

    quotation: Quotation
    source: Source
    lead: int
    words: WordsKey
    statement: Statement | None
    is_supported: bool


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


def grounds(
    cells: Mapping[tuple[int, int], Cell], rows: Mapping[int, SheetRow], named: Named
) -> dict[tuple[int, int], list[Ground]]:
    """What each cell rests on, by actor and issue: first its own words, then its further quotations."""
    joint = {(row.actor_id, row.source_id) for row in rows.values()}
    joint |= {(cell.actor_id, cell.source_id) for cell in cells.values()}
    said = {key: _said(cell, named) for key, cell in cells.items()}
    found: dict[tuple[int, int], list[Ground]] = defaultdict(list)
    sharing: dict[WordsKey | None, set[int]] = defaultdict(set)
    for (actor, issue), parts in said.items():
        cell = cells[actor, issue]
        for part in parts:
            source = _source_of(cell, part, rows, named)
            lead = _lead_of(cell, source, rows, joint)
            claim = claim_of(cell, cells.get((lead, issue))) if part is cell else ""
            words = None
            if source is not None and cell.kind != KindOfCell.SILENT:
                words = words_key(source, lead, claim, part)
            sharing[words].add(actor)
            found[actor, issue].append((source, lead, words))
    for (actor, issue), resting in found.items():
        cell = cells[actor, issue]
        for place, (source, _, words) in enumerate(resting):
            # Words that it shares with nobody are its own, not those of the statement that its row joins.
            if source and words and sharing[words] == {actor} and cell.basis != Basis.REPORTED:
                part = said[actor, issue][place]
                claim = cell.claimed_as if part is cell else ""
                resting[place] = source, actor, words_key(source, actor, claim, part)
    return found


def further_of(cell: Cell, resting: list[Ground], has: set[int], record: PublishedState) -> list[Further]:
    """The further quotations of a cell, by what each rests on.

    ``has`` are the keys of the statements that its position rests on already. One without a source is left
    out.
    """
    found = []
    for stored, (source, lead, words) in zip(quotations_of(cell), resting[1:], strict=True):
        if source is not None and words is not None:
            known = record.statements.get(words)
            quotation = replace(stored, speaker_id=words[5])  # the keeper, where it was merged since
            found.append(Further(quotation, source, lead, words, known, bool(known and known.pk in has)))
    return found


def _said(cell: Cell, named: Named) -> list[Cell | Quotation]:
    """The words of a cell, and its further quotations with the speakers of now."""
    further = [
        replace(one, speaker_id=named.people[one.speaker_id].pk if one.speaker_id in named.people else None)
        for one in quotations_of(cell)
    ]
    return [cell, *further]


def _source_of(
    cell: Cell, part: Cell | Quotation, rows: Mapping[int, SheetRow], named: Named
) -> Source | None:
    """The source that words rest on: their own, else their cell's, else its row's."""
    if part is not cell and part.source_id is not None:
        return named.sources.get(part.source_id)
    row = rows.get(cell.actor_id)
    return cell.source or (row.source if row else None)


def _lead_of(
    cell: Cell, source: Source | None, rows: Mapping[int, SheetRow], joint: set[tuple[int, int | None]]
) -> int:
    """The actor whose statement words rest on: its own, or the one that its row joins in their source.

    ``joint`` are the sources of every row and its cells, as actor and source.
    """
    row = rows.get(cell.actor_id)
    if row is None or row.joins_id is None:
        return cell.actor_id
    return row.joins_id if source and (row.joins_id, source.pk) in joint else cell.actor_id


def _restated(issue: Issue, before: Standing) -> tuple[Option | None, float | None]:
    """The option or value that is seen again; neither where only words stood."""
    if before.placement is None:
        return None, None
    value = before.placement.value
    option = next((option for option in issue.options.all() if option.value == value), None)
    return option, None if option else value
