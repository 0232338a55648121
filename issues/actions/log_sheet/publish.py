"""Publishing a sheet: its cells become positions with their statements, all or none, as one change set."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from issues.actions.record.correct import correct, remove
from issues.actions.rules.check import NO_EVIDENCE, breaches, raise_breaches
from issues.history import ChangeSet, Record, Way, locked, recording
from issues.models import Cell, Evidence, Position, Sheet, Signatory, Source, Statement
from issues.queries.log_sheet.draft import Further
from issues.queries.log_sheet.grid import squares
from issues.queries.log_sheet.publication_preview import Item, PublicationPreview, publication_preview
from issues.queries.log_sheet.published_state import WITHOUT_WORDS, PublishedState, published_state
from issues.queries.log_sheet.quotations import Quotation
from issues.queries.log_sheet.signing import SaidKey, Signing
from issues.queries.reading.process import read
from issues.user import User

NO_NOTE = "Say in a note what was logged, and from what."
NO_REASON = "Give the reason of opening it again."
GROUNDLESS = "Nothing stands any more that could be seen again."
CHANGED = "The sheet, or what it corrects, was changed since you looked; this is the preview of now."
NOTHING = "Nothing on this sheet differs from what is recorded."


def publish(*, sheet: Sheet, note: str, by: User, seen: str = "") -> ChangeSet:
    """Turn the cells of the shared sheet into positions, with ``note`` as the reason.

    ``seen`` is the sign of the preview that the person saw (``PublicationPreview.seen``), if one was.

    A cell whose position is recorded already corrects it, which is never a move; a cell that says what it
    said when the sheet was last published does nothing, so that a correction made elsewhere stays; a cell
    that was emptied since takes the position back that the sheet had made of it. Raises ValidationError by
    ``note`` when it is empty or nothing would change, by ``cells`` when some cannot be published, or were
    changed, on the sheet or on record, since the preview was seen;
    StaleVersion when the sheet was published or reopened meanwhile; PermissionDenied for a private sheet.
    """
    if sheet.is_private:
        raise PermissionDenied
    if not note.strip():
        raise ValidationError({"note": NO_NOTE})
    with recording(by=by, reason=note, kind=Way.PAGE) as opened:
        current = locked(Sheet, sheet.pk, sheet.version)
        if current.published_id is not None:
            raise ValidationError({"note": "This sheet is published already."})
        grid = squares(read(current.summit.process), current)
        record = published_state(current)
        preview = publication_preview(grid, record)
        if seen and seen != preview.seen:
            raise ValidationError({"cells": CHANGED})
        troubles = [
            *(f"{item.cell}: {NO_EVIDENCE}" for item in preview.without_source),
            *(f"{item.cell}: {GROUNDLESS}" for item in preview.without_ground),
            *(f"{cell}: {words}" for cell in grid.strays for words in _refusals(cell, current)),
        ]
        if troubles:
            raise ValidationError({"cells": troubles})
        _Publication(current, record).run(preview)
        if opened.is_empty:
            raise ValidationError({"note": NOTHING})
        current.published = opened.change_set
        current.save()
    return opened.change_set


def reopen(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """Open a published sheet again; publishing it anew makes corrections."""
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    with recording(by=by, reason=reason, kind=Way.PAGE):
        current = locked(Sheet, sheet.pk, sheet.version)
        if current.published_id is not None:
            current.published = None
            current.save()
    return current


class _Publication:
    """One run over a sheet; statements that several cells share are made once.

    What a cell refers to has just been read, and the database holds what it can say of a record, so that
    only the rest is asked about each: one query a new position, not one a constraint.
    """

    def __init__(self, sheet: Sheet, record: PublishedState) -> None:
        self.summit = sheet.summit
        self.record = record
        self.made: dict[SaidKey, Statement] = {}
        self.left: dict[int, Statement] = {}
        self.evidence: list[Evidence] = []  # of new positions, stored at once
        self.start = f"s{self.summit.pk}-"
        taken = Statement.objects.filter(ref__startswith=self.start)
        self.taken = set(taken.values_list("source_id", "ref"))

    def run(self, preview: PublicationPreview) -> None:
        # Those who join a statement come after the one whose statement it is.
        for item in sorted(preview.items, key=lambda item: item.lead != item.cell.actor_id):
            try:
                self._publish(item)
            except ValidationError as error:
                messages = [f"{item.cell}: {words}" for words in error.messages]
                raise ValidationError({"cells": messages}) from error
        Evidence.objects.bulk_create(self.evidence)
        for square in preview.removed:
            if square.position is not None:
                self._leave(self.record.evidence.get(square.position.pk, []))
                remove(square.position)
        self._sign(preview.signings)
        self._clear()

    def _publish(self, item: Item) -> None:
        known, statement = item.square.position, self._statement(item)
        if known is None:
            position = Position(
                issue=item.square.issue, actor=item.square.actor, summit=self.summit, **item.fields
            )
            _store(position)
            said = [statement] if statement else []
            said += [self._further(one) for one in item.further]
            self.evidence += [Evidence(statement=one, position=position) for one in dict.fromkeys(said)]
            return
        if statement and not item.is_supported:
            _store(Evidence(statement=statement, position=known))
        for one in item.further:
            if not one.is_supported:
                _store(Evidence(statement=self._further(one), position=known))
        correct(known, item.fields)
        self._leave(item.superseded)
        for evidence in item.superseded:
            remove(evidence)

    def _statement(self, item: Item) -> Statement | None:
        if item.words is None or item.source is None:
            return None
        if item.statement is not None:
            return item.statement
        key = item.words, item.cell.language
        if key not in self.made:
            self.made[key] = self._make(item.source, item.cell, item.lead, claim=item.words[2])
        return self.made[key]

    def _further(self, said: Further) -> Statement:
        """The statement of a further quotation."""
        if said.statement is not None:
            return said.statement
        key = said.words, said.quotation.language
        if key not in self.made:
            self.made[key] = self._make(said.source, said.quotation, said.lead, claim="")
        return self.made[key]

    def _make(self, source: Source, said: Cell | Quotation, lead: int, claim: str) -> Statement:
        statement = Statement(
            source=source,
            ref=self._ref(source),
            quote=said.quote,
            language=said.language,
            translation=said.translation,
            speaker_id=said.speaker_id,
            organ_id=lead,
            locator=said.locator,
            said_on=self.summit.starts_on,
            said_on_precision=self.summit.starts_on_precision,
            occasion=self.summit,
            claimed_as=claim,
            note="" if said.quote else WITHOUT_WORDS,
        )
        _store(statement)
        return statement

    def _ref(self, source: Source) -> str:
        """The next free short id of this summit in a source."""
        number = 1
        while (source.pk, f"{self.start}{number}") in self.taken:
            number += 1
        self.taken.add((source.pk, f"{self.start}{number}"))
        return f"{self.start}{number}"

    def _sign(self, signings: list[Signing]) -> None:
        """Take away who no longer signs a statement, and add who signs it now: two or more, or nobody."""
        for signing in signings:
            for signatory in signing.removed:
                signatory.delete()
        Signatory.objects.bulk_create(
            [
                Signatory(statement=signing.statement or self.made[signing.key], actor=actor)
                for signing in signings
                for actor in signing.added
            ]
        )

    def _leave(self, evidence: list[Evidence]) -> None:
        """Remember the statements of evidence that goes: they may be left without any."""
        self.left |= {item.statement_id: item.statement for item in evidence if item.pk in self.record.given}

    def _clear(self) -> None:
        """Remove the statements that this sheet made and that support nothing any more."""
        for statement in self.left.values():
            own = statement.history.filter(change_set__in=self.record.publications, history_type="+")
            if own.exists() and not statement.evidence.exists() and not statement.replies.exists():
                remove(statement)


def _store(record: Record) -> None:
    """Store a new record whose relations are known to be there. Raises ValidationError."""
    relations = {field.name for field in record._meta.concrete_fields if field.is_relation}
    record.clean_fields(exclude=relations)
    raise_breaches(breaches(record))
    try:
        record.save()
    except IntegrityError as error:
        raise ValidationError(_broken(record, error)) from error


def _broken(record: Record, error: IntegrityError) -> str:
    """The words of the constraint that the database names."""
    for rule in record._meta.constraints:
        if rule.name in str(error):
            return str(rule.violation_error_message)
    return f"The database refused it: {error}"


def _refusals(stray: Cell, sheet: Sheet) -> list[str]:
    """Why a cell that has no place on the sheet any more cannot become a position."""
    found = breaches(Position(issue=stray.issue, actor=stray.actor, summit=sheet.summit))
    return [message for _, message in found] or ["It has no place on this sheet any more."]
