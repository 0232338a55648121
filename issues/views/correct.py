"""Correcting a record where it is read: its fields, the reason, and the way back."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from issues.actions.record.support import correct_record, record_target
from issues.forms.correct import (
    EventForm,
    OutcomeForm,
    PositionCorrection,
    SourceCorrection,
    StatementCorrection,
)
from issues.forms.corrected import Corrected
from issues.forms.correction import CorrectionForm
from issues.forms.refusals import errors_on
from issues.forms.way_back import NEXT, way_back
from issues.history import Record
from issues.models import Event, Outcome, Position, Process, Source, Statement, Summit
from issues.queries.pages.around import around
from issues.queries.pages.sources import bearing_on, cites
from issues.views.access import may_of, process_for, signed_in
from issues.views.pages import render_page
from issues.views.parameters import posted, read_only

# A rule of one who signed is told at the boxes of all.
AT = {"statement": "signatories"}


@dataclass(frozen=True)
class Asked:
    """A page that corrects a record, or adds one: of which process, by which form, and what it says."""

    request: HttpRequest
    process: Process
    section: str
    title: str
    form: type[CorrectionForm]
    back: str
    reason: str = ""
    moved: Summit | None = None


@process_for("issues.change_position")
def correct_position_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What is coded of a position, and what it rests on."""
    related = Position.objects.select_related("issue__process", "actor", "summit__process", "option")
    position = _found(related.filter(issue__process=process), pk, "position", process)
    back = reverse("position", args=[process.slug, pk])
    title = f"Correct: {position}"
    asked = Asked(request, process, "issues", title, PositionCorrection, back, moved=position.summit)
    return _answer(asked, position)


@process_for("issues.change_statement")
def correct_statement_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The words of a statement, whose they are, and where they are printed."""
    related = Statement.objects.filter(bearing_on(process)).select_related("source", "occasion__process")
    statement = _found(related, pk, "statement", process)
    back = reverse("statement", args=[process.slug, pk])
    said_at = statement.occasion if statement.occasion and statement.occasion.process == process else None
    title = f"Correct: statement {statement.ref} in {statement.source}"
    return _answer(
        Asked(request, process, "sources", title, StatementCorrection, back, moved=said_at), statement
    )


@process_for("issues.change_source")
def correct_source_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What document a source is."""
    source = _found(Source.objects.filter(cites(process)), pk, "source", process)
    back = reverse("source", args=[process.slug, pk])
    return _answer(Asked(request, process, "sources", f"Correct: {source}", SourceCorrection, back), source)


@process_for("issues.change_outcome")
def correct_outcome_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What came of a summit by one account, and what that rests on."""
    related = Outcome.objects.filter(summit__process=process).select_related("summit__process", "issue")
    outcome = _found(related, pk, "outcome", process)
    back, title = outcome.summit.get_absolute_url(), f"Correct: an outcome of {outcome.summit}"
    asked = Asked(request, process, "summits", title, OutcomeForm, back, moved=outcome.summit)
    return _answer(asked, outcome)


@process_for("issues.change_event")
def correct_event_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What happened between summits, and what tells of it."""
    event = _found(Event.objects.filter(process=process), pk, "event", process)
    back, title = reverse("summits", args=[process.slug]), f"Correct: {event}"
    return _answer(Asked(request, process, "summits", title, EventForm, back), event)


@process_for("issues.add_outcome")
def new_outcome_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What a summit produced, by one account, with what it rests on."""
    summit = Summit.objects.filter(process=process, slug=slug).select_related("process").first()
    if summit is None:
        raise Http404(f"There is no summit “{slug}” in {process}.")
    back, title = summit.get_absolute_url(), f"New outcome of {summit}"
    asked = Asked(request, process, "summits", title, OutcomeForm, back, reason=f"{title}.")
    return _answer(asked, Outcome(summit=summit))


@process_for("issues.add_event")
def new_event_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What happened between summits, with what tells of it."""
    back = reverse("summits", args=[process.slug])
    asked = Asked(request, process, "summits", "New event", EventForm, back, reason="A new event.")
    return _answer(asked, Event(process=process))


def _answer(asked: Asked, record: Any) -> HttpResponse:
    """The page; or back to where one was, once the record is stored."""
    request, process = asked.request, asked.process
    read_only(request, process, NEXT)
    back, is_new = way_back(request, asked.back), record._state.adding
    whole = _whole(asked, record)
    if whole.is_checked and whole.is_valid():
        late: list[bool] = []
        with errors_on(whole.form, AT, on_stale=lambda: late.append(True)):
            _store(asked, record, whole)
        if late:  # after it was read: told as what was stored before that is
            whole = _whole(asked, record)
            whole.is_valid()
        elif not whole.form.errors:
            return HttpResponseRedirect(back)
    wrong = whole.problems()
    return render_page(
        request,
        "correct",
        process,
        asked.section,
        status=409 if whole.is_late else 422 if wrong else 200,
        title=asked.title,
        problems=wrong,
        form=whole.form,
        kept=whole.evidence,
        copies=whole.copies,
        rows=whole.rows,
        record=record,
        is_new=is_new,
        admin="" if is_new else reverse(f"admin:issues_{_name(record)}_change", args=[record.pk]),
        moved=asked.moved,
        back=back,
        around=around(process) if whole.evidence is not None else None,
    )


def _whole(asked: Asked, record: Any) -> Corrected:
    """The forms of a record as it is stored now, and of what hangs on it."""
    if not record._state.adding:
        record = type(record)._default_manager.get(pk=record.pk)
    return Corrected(
        posted(asked.request),
        kind=asked.form,
        record=record,
        process=asked.process,
        may=may_of(asked.request, asked.process),
    )


def _store(asked: Asked, record: Any, whole: Corrected) -> None:
    """Carry out what the forms say."""
    by, form = signed_in(asked.request), whole.form
    if record._state.adding:
        record_target(form.save(commit=False), whole.beside(), by=by, reason=asked.reason)
        return
    seen = type(record)(pk=record.pk, version=form.opened)
    correct_record(seen, form.changes(), whole.beside(), by=by, reason=form.cleaned_data["reason"])


def _found(records: Any, pk: int, noun: str, process: Process) -> Any:
    record = records.filter(pk=pk).first()
    if record is None:
        raise Http404(f"There is no {noun} {pk} in {process}.")
    return record


def _name(record: Record) -> str:
    return str(record._meta.model_name)
