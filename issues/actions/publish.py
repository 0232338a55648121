"""Publishing a sheet: its cells become positions with their statements, all or none, as one change set."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from issues.actions.correct import correct, remove
from issues.actions.log import add, log_position
from issues.actions.rules import NO_EVIDENCE
from issues.history import ChangeSet, Way, locked, recording
from issues.models import Cell, Evidence, Issue, Position, Sheet, SheetRow, Source, Statement
from issues.models.position import Basis, Confidence, PositionRedLine, PositionState
from issues.models.sheet import KindOfCell
from issues.models.source import Claim
from issues.queries.sheet import standing_before

STATES = {KindOfCell.WITHDRAWN: PositionState.WITHDRAWN, KindOfCell.SILENT: PositionState.SILENT}
KEPT = ("summary", "note", "salience")
NOTHING_OF_IT = PositionRedLine.NOT_ADDRESSED
WITHOUT_WORDS = "Logged from this source without a quotation."


@dataclass
class Trouble:
    """Why a cell cannot be published."""

    cell: Cell
    message: str


def troubles(cells: Iterable[Cell], rows: dict[int, SheetRow]) -> list[Trouble]:
    """The cells that cannot be published as they are: a statement without a source."""
    return [
        Trouble(cell, NO_EVIDENCE) for cell in cells if _needs_source(cell) and source_of(cell, rows) is None
    ]


def publish(*, sheet: Sheet, note: str, by: User) -> ChangeSet:
    """Turn the cells of the shared sheet into positions, with ``note`` as the reason.

    A cell whose position is recorded already corrects it, which is never a move; a cell that says what it
    said when the sheet was last published does nothing, so that a correction made elsewhere stays. Raises
    ValidationError when a cell cannot be published, when nothing would change, or when the note is empty;
    StaleVersion when the sheet was published or reopened meanwhile; PermissionDenied for a private sheet.
    """
    if sheet.is_private:
        raise PermissionDenied
    with recording(by=by, reason=note, kind=Way.PAGE) as opened:
        current = locked(Sheet, sheet.pk, sheet.version)
        if current.published_id is not None:
            raise ValidationError({"note": "This sheet is published already."})
        cells = list(
            Cell.objects.filter(sheet=current)
            .select_related("actor", "issue__process", "option", "source", "speaker")
            .order_by("actor", "issue__order", "pk")
        )
        rows = {row.actor_id: row for row in SheetRow.objects.filter(sheet=current).select_related("source")}
        found = troubles(cells, rows)
        if found:
            raise ValidationError({"cells": [f"{item.cell}: {item.message}" for item in found]})
        _Publication(current, cells, rows, by, note).run(_changed(current, cells, rows))
        if opened.is_empty:
            raise ValidationError({"note": "Nothing on this sheet differs from what is recorded."})
        current.published = opened.change_set
        current.save()
    return opened.change_set


def reopen(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """Open a published sheet again; publishing it anew makes corrections."""
    with recording(by=by, reason=reason, kind=Way.PAGE):
        current = locked(Sheet, sheet.pk, sheet.version)
        if current.published_id is not None:
            current.published = None
            current.save()
    return current


def source_of(cell: Cell, rows: dict[int, SheetRow]) -> Source | None:
    """The source that a cell rests on: its own, else its row's."""
    row = rows.get(cell.actor_id)
    return cell.source or (row.source if row else None)


def _changed(sheet: Sheet, cells: list[Cell], rows: dict[int, SheetRow]) -> list[Cell]:
    """The cells that were changed, or their source was, since the last publication that is not undone."""
    published = Sheet.history.filter(id=sheet.pk, published__isnull=False, change_set__undone_by=None)
    last = published.order_by("history_id").last()
    if last is None:
        return cells
    since = last.published_id
    typed = set(Cell.history.filter(sheet=sheet, change_set__gt=since).values_list("actor_id", "issue_id"))
    served = set(
        SheetRow.history.filter(sheet=sheet, change_set__gt=since).values_list("actor_id", flat=True)
    )
    served |= {row.actor_id for row in rows.values() if row.joins_id in served}
    return [cell for cell in cells if (cell.actor_id, cell.issue_id) in typed or cell.actor_id in served]


def _needs_source(cell: Cell) -> bool:
    return cell.kind not in STATES and cell.basis != Basis.INFERRED


class _Publication:
    """One run over the cells of a sheet; statements that several cells share are made once."""

    def __init__(
        self, sheet: Sheet, cells: list[Cell], rows: dict[int, SheetRow], by: User, note: str
    ) -> None:
        self.summit, self.rows = sheet.summit, rows
        self.by, self.note = by, note
        # The sources of each row, which those who join it share.
        self.joint = {(row.actor_id, row.source_id) for row in rows.values()}
        self.joint |= {(cell.actor_id, cell.source_id) for cell in cells}
        self.positions = {
            (position.actor_id, position.issue_id): position
            for position in Position.objects.filter(summit=self.summit)
        }
        self.earlier = set(
            Sheet.history.filter(id=sheet.pk, published__isnull=False).values_list("published_id", flat=True)
        )
        self.statements: dict[tuple[Any, ...], Statement] = {}
        self.left: set[Statement] = set()

    def run(self, cells: list[Cell]) -> None:
        # Those who join a statement come after the one whose statement it is.
        for cell in sorted(cells, key=lambda cell: self._lead(cell) != cell.actor_id):
            try:
                self._publish(cell)
            except ValidationError as error:
                raise ValidationError({"cells": [f"{cell}: {words}" for words in error.messages]}) from error
        for statement in self.left:
            made = statement.history.filter(change_set__in=self.earlier, history_type="+").exists()
            if made and not statement.evidence.exists() and not statement.replies.exists():
                remove(statement, by=self.by, reason=self.note)

    def _publish(self, cell: Cell) -> None:
        fields = self._fields(cell)
        known = self.positions.get((cell.actor_id, cell.issue_id))
        statement = self._statement(cell)
        if known is None:
            log_position(
                issue=cell.issue,
                actor=cell.actor,
                summit=self.summit,
                statements=[statement] if statement else [],
                by=self.by,
                reason=self.note,
                **fields,
            )
            return
        if statement and not Evidence.objects.filter(position=known, statement=statement).exists():
            add(Evidence(position=known, statement=statement), by=self.by, reason=self.note)
        correct(known, _given(fields, known), by=self.by, reason=self.note)
        for evidence in self._superseded(known, statement):
            self.left.add(evidence.statement)
            remove(evidence, by=self.by, reason=self.note)

    def _superseded(self, known: Position, statement: Statement | None) -> Iterable[Evidence]:
        """The evidence that this sheet gave before and gives no more, unless someone has worked on it."""
        if not self.earlier:
            return []
        made = Evidence.history.filter(
            change_set__in=self.earlier, history_type="+", position=known.pk
        ).values("id")
        found = Evidence.objects.filter(pk__in=made, position=known, version=1, statement__version=1)
        return found.exclude(statement=statement).select_related("statement", "position")

    def _fields(self, cell: Cell) -> dict[str, Any]:
        option, value = cell.option, cell.value
        if cell.kind == KindOfCell.REAFFIRMED:
            option, value = self._standing(cell)
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

    def _standing(self, cell: Cell) -> tuple[Any, float | None]:
        """The option and value that a reaffirmation restates; both None where only words stood."""
        standing = standing_before(self.summit, cell.actor, cell.issue)
        if standing.is_empty:
            raise ValidationError("Nothing stands any more that it could reaffirm.")
        placement = standing.placement
        if placement is None:
            return None, None
        option = _option_at(cell.issue, placement.value)
        return option, None if option else placement.value

    def _statement(self, cell: Cell) -> Statement | None:
        source = source_of(cell, self.rows)
        if source is None or cell.kind == KindOfCell.SILENT:
            return None
        claim = Claim.REAFFIRMED if cell.kind == KindOfCell.REAFFIRMED else ""
        words = (cell.quote, cell.translation, cell.language, cell.speaker_id, cell.locator)
        key = (source.pk, self._lead(cell), claim, words)
        if key not in self.statements:
            self.statements[key] = self._find(source, cell, claim) or self._make(source, cell, claim)
        return self.statements[key]

    def _find(self, source: Source, cell: Cell, claim: str) -> Statement | None:
        """The statement with these words in this source that was logged at this summit before."""
        return Statement.objects.filter(
            source=source,
            occasion=self.summit,
            quote=cell.quote,
            translation=cell.translation,
            speaker=cell.speaker,
            locator=cell.locator,
            claimed_as=claim,
            organ=self._lead(cell),
            # Without words, only one that reports nothing else.
            **({} if cell.quote else {"note": WITHOUT_WORDS}),
        ).first()

    def _make(self, source: Source, cell: Cell, claim: str) -> Statement:
        statement: Statement = add(
            Statement(
                source=source,
                ref=self._ref(source),
                quote=cell.quote,
                language=cell.language,
                translation=cell.translation,
                speaker=cell.speaker,
                organ_id=self._lead(cell),
                locator=cell.locator,
                said_on=self.summit.starts_on,
                said_on_precision=self.summit.starts_on_precision,
                occasion=self.summit,
                claimed_as=claim,
                note="" if cell.quote else WITHOUT_WORDS,
            ),
            by=self.by,
            reason=self.note,
        )
        return statement

    def _ref(self, source: Source) -> str:
        """The next free short id of this summit in a source."""
        start = f"s{self.summit.pk}-"
        taken = set(
            Statement.objects.filter(source=source, ref__startswith=start).values_list("ref", flat=True)
        )
        return next(ref for number in range(1, len(taken) + 2) if (ref := f"{start}{number}") not in taken)

    def _lead(self, cell: Cell) -> int:
        """The actor whose statement a cell rests on: its own, or the one that its row joins in a source."""
        row = self.rows.get(cell.actor_id)
        if row is None or row.joins_id is None:
            return cell.actor_id
        source = source_of(cell, self.rows)
        return row.joins_id if source and (row.joins_id, source.pk) in self.joint else cell.actor_id


def _given(fields: dict[str, Any], known: Position) -> dict[str, Any]:
    """What a cell corrects: what it leaves blank, and what a sheet has no words for, the record keeps."""
    given = {name: value for name, value in fields.items() if name not in KEPT or value not in ("", None)}
    stated = fields["state"] == PositionState.STATED
    if stated and known.red_line == PositionRedLine.DERIVED and fields["red_line"] == NOTHING_OF_IT:
        for name in ("red_line", "accepts_from", "accepts_to"):
            del given[name]
    if known.confidence == Confidence.HIGH and fields["confidence"] == Confidence.MODERATE:
        del given["confidence"]
    return given


def _option_at(issue: Issue, value: float) -> Any:
    return next((option for option in issue.options.all() if option.value == value), None)
