"""All that a page of a correction asks: the fields of a record, and what hangs on it."""

from typing import Any

from django.forms import BaseForm, all_valid

from issues.actions.record.support import Beside, Resting
from issues.forms.copies import KeptCopies, copy_rows
from issues.forms.correction import CorrectionForm, May
from issues.forms.evidence import EvidenceRows, KeptEvidence, evidence_rows
from issues.forms.refusals import is_stale, problems, unjudged
from issues.forms.rows import MORE, RowsFormSet
from issues.history import Record
from issues.models import Event, Outcome, Position, Process, Source
from issues.queries.reading.words import evidence

RESTS: tuple[type[Record], ...] = (Event, Outcome, Position)


class Corrected:
    """The forms of a record as it is stored, blank, or as they were posted; each asks what ``may`` allows."""

    evidence: KeptEvidence | None = None
    copies: KeptCopies | None = None
    rows: RowsFormSet | None = None

    def __init__(
        self, data: Any, *, kind: type[CorrectionForm], record: Any, process: Process, may: May
    ) -> None:
        self.is_checked = data is not None and MORE not in data
        self.form = kind(data, instance=record, process=process, may=may)
        if isinstance(record, RESTS):
            name = {str(record._meta.model_name): record}
            stored = [] if record._state.adding else list(evidence().filter(**name))
            self.evidence = KeptEvidence(data, stored=stored, may=may, prefix="kept")
            if may("add_evidence"):
                self.rows = evidence_rows(data, may=may, is_checked=self.is_checked)
        if isinstance(record, Source):
            self.copies = KeptCopies(data, source=record, may=may)
            if may("add_snapshot"):
                self.rows = copy_rows(data, is_checked=self.is_checked)
        self.form.beside = data is not None and any(part.has_changed() for part in self.parts[1:])
        if data is not None and not self.is_checked:
            unjudged(*self.forms)

    @property
    def forms(self) -> list[BaseForm]:
        """What was posted of what is on record."""
        kept = [self.evidence] if self.evidence is not None else []
        return [self.form, *kept, *(self.copies.asked if self.copies is not None else [])]

    @property
    def parts(self) -> list[Any]:
        """The forms, and the rows that came to them."""
        return [*self.forms, *([self.rows] if self.rows is not None else [])]

    def is_valid(self) -> bool:
        """Whether all of it can be stored."""
        is_right = all_valid(self.parts)
        if self.copies is not None and is_right:
            self.copies.tell_gone(self.form)
            self.copies.tell_twice(self.rows)
            is_right = all_valid(self.parts)
        return is_right

    @property
    def is_late(self) -> bool:
        """Whether someone else was faster."""
        return any(is_stale(form) for form in self.forms)

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, by field; nothing while more rows are asked for."""
        return problems(*self.parts) if self.is_checked else []

    def beside(self) -> Beside:
        """What is corrected beside the fields of the record."""
        resting = copies = None
        if self.evidence is not None:
            supports = self.rows.supports() if isinstance(self.rows, EvidenceRows) else []
            resting = Resting(self.evidence.kept(), supports)
        if self.copies is not None:
            copies = self.copies.copies(self.rows)
        return Beside(resting, self.form.tied(), copies)
