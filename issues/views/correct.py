"""Correcting a record where it is read: its fields, the reason, and the way back."""

from dataclasses import dataclass
from typing import Any

from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from issues.actions.record.support import Resting, correct_record, record_target
from issues.forms.correct import (
    CorrectionForm,
    EventForm,
    OutcomeForm,
    PositionCorrection,
    SourceCorrection,
    StatementCorrection,
)
from issues.forms.evidence import KeptEvidence, evidence_rows
from issues.forms.refusals import errors_on, is_stale, problems, unjudged
from issues.forms.rows import MORE
from issues.forms.way_back import NEXT, way_back
from issues.history import Record
from issues.models import Event, Outcome, Position, Process, Statement, Summit
from issues.queries.pages.around import around
from issues.queries.pages.sources import bearing_on, of_process
from issues.queries.reading.words import evidence
from issues.views.access import process_for, signed_in
from issues.views.pages import render_page
from issues.views.parameters import posted, read_only


@dataclass(frozen=True)
class Asked:
    """A page that corrects a record, or adds one: of which process, by which form, and what it says."""

    request: HttpRequest
    process: Process
    section: str
    title: str
    form: type[CorrectionForm]
    back: str
    rests: bool = False
    reason: str = ""
    moved: Summit | None = None


@process_for("issues.change_position")
def correct_position_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What is coded of a position, and what it rests on."""
    related = Position.objects.select_related("issue__process", "actor", "summit__process", "option")
    position = _found(related.filter(issue__process=process), pk, "position", process)
    back = reverse("position", args=[process.slug, pk])
    title = f"Correct: {position}"
    asked = Asked(
        request, process, "issues", title, PositionCorrection, back, rests=True, moved=position.summit
    )
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
    source = _found(of_process(process), pk, "source", process)
    back = reverse("source", args=[process.slug, pk])
    return _answer(Asked(request, process, "sources", f"Correct: {source}", SourceCorrection, back), source)


@process_for("issues.change_outcome")
def correct_outcome_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What came of a summit by one account, and what that rests on."""
    related = Outcome.objects.filter(summit__process=process).select_related("summit__process", "issue")
    outcome = _found(related, pk, "outcome", process)
    back, title = outcome.summit.get_absolute_url(), f"Correct: an outcome of {outcome.summit}"
    asked = Asked(request, process, "summits", title, OutcomeForm, back, rests=True, moved=outcome.summit)
    return _answer(asked, outcome)


@process_for("issues.change_event")
def correct_event_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What happened between summits, and what tells of it."""
    event = _found(Event.objects.filter(process=process), pk, "event", process)
    back, title = reverse("summits", args=[process.slug]), f"Correct: {event}"
    return _answer(Asked(request, process, "summits", title, EventForm, back, rests=True), event)


@process_for("issues.add_outcome")
def new_outcome_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What a summit produced, by one account, with what it rests on."""
    summit = Summit.objects.filter(process=process, slug=slug).select_related("process").first()
    if summit is None:
        raise Http404(f"There is no summit “{slug}” in {process}.")
    back, title = summit.get_absolute_url(), f"New outcome of {summit}"
    asked = Asked(request, process, "summits", title, OutcomeForm, back, rests=True, reason=f"{title}.")
    return _answer(asked, Outcome(summit=summit))


@process_for("issues.add_event")
def new_event_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What happened between summits, with what tells of it."""
    back = reverse("summits", args=[process.slug])
    asked = Asked(
        request, process, "summits", "New event", EventForm, back, rests=True, reason="A new event."
    )
    return _answer(asked, Event(process=process))


def _answer(asked: Asked, record: Any) -> HttpResponse:
    """The page; or back to where one was, once the record is stored."""
    request, process = asked.request, asked.process
    read_only(request, process, NEXT)
    back = way_back(request, asked.back)
    form, kept, rows = _forms(asked, record)
    is_checked = MORE not in request.POST
    if not is_checked:
        unjudged(form, kept)
    elif request.method == "POST" and all_valid(_parts(form, kept, rows)):
        late: list[bool] = []
        with errors_on(form, on_stale=lambda: late.append(True)):
            _store(asked, record, form, kept, rows)
        if late:  # after it was read: told as what was stored before that is
            form, kept, rows = _forms(asked, record)
        elif not form.errors:
            return HttpResponseRedirect(back)
    is_late = any(is_stale(part) for part in _parts(form, kept))
    wrong = problems(form, kept, rows) if form.is_bound and is_checked else []
    return render_page(
        request,
        "correct",
        process,
        asked.section,
        status=409 if is_late else 422 if wrong else 200,
        title=asked.title,
        problems=wrong,
        form=form,
        kept=kept,
        rows=rows,
        record=record,
        is_new=record._state.adding,
        admin=""
        if record._state.adding
        else reverse(f"admin:issues_{_name(record)}_change", args=[record.pk]),
        moved=asked.moved,
        back=back,
        around=around(process) if rows is not None else None,
    )


def _forms(asked: Asked, record: Any) -> tuple[CorrectionForm, KeptEvidence | None, Any]:
    """The form of a record as it is stored now, and of what it rests on."""
    request = asked.request
    data = posted(request)
    if not record._state.adding:
        record = type(record)._default_manager.get(pk=record.pk)
    form = asked.form(data, instance=record, process=asked.process)
    if not asked.rests:
        return form, None, None
    stored = [] if record._state.adding else list(evidence().filter(**{_name(record): record}))
    kept, rows = (
        KeptEvidence(data, stored=stored, prefix="kept"),
        evidence_rows(data, is_checked=MORE not in request.POST),
    )
    form.beside = bool(data) and (kept.has_changed() or rows.has_changed())
    return form, kept, rows


def _store(asked: Asked, record: Any, form: Any, kept: KeptEvidence | None, rows: Any) -> None:
    """Carry out what the forms say."""
    by, issues = signed_in(asked.request), form.cleaned_data.get("issues")
    resting = Resting(kept.kept(), rows.supports()) if kept is not None else None
    if record._state.adding:
        target = form.save(commit=False)
        record_target(target, resting or Resting(), issues=issues or (), by=by, reason=asked.reason)
        return
    seen = type(record)(pk=record.pk, version=form.opened)
    reason = form.cleaned_data["reason"]
    correct_record(seen, form.changes(), resting, issues=issues, by=by, reason=reason)


def _parts(*forms: Any) -> list[Any]:
    return [part for part in forms if part is not None]


def _found(records: Any, pk: int, noun: str, process: Process) -> Any:
    record = records.filter(pk=pk).first()
    if record is None:
        raise Http404(f"There is no {noun} {pk} in {process}.")
    return record


def _name(record: Record) -> str:
    return str(record._meta.model_name)
