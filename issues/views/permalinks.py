"""Addresses for ever: a position, a statement, and a cell of the matrix as of a summit."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from issues.forms.matrix import KnownForm
from issues.forms.parameters import read_parameters
from issues.history import Record
from issues.models import Actor, Issue, Position, Process, Source, Statement, Summit
from issues.queries.history.rows import newest
from issues.queries.old_addresses import called_then, keyed, was_there
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.gone import deletion
from issues.queries.pages.one_cell import one_cell, one_change
from issues.queries.pages.sources import bearing_on, statements_of
from issues.queries.pages.sources_as_recorded import statements_of_as_recorded
from issues.queries.reading.as_recorded import there
from issues.queries.reading.process import Reading, read
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only, told


@process_page
def position_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What an actor stated on an issue at a summit, with all that it rests on, and what came after it."""
    read_only(request, process, CITE)
    reading = read_known(request, process)
    found = one_change(reading, pk)
    if found is None:
        return _gone(request, Position, pk, reading, "position")
    item, later = found
    return render_page(
        request,
        "position",
        process,
        "issues",
        shows=f"position of {item.actor} on {item.issue.name} at {item.summit.name}",
        reading=reading,
        item=item,
        endnotes=Endnotes(),
        position=item.position,
        later=later,
        later_at=reading.summits[later.entry.occasion] if later else None,
    )


@process_page
def statement_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The words of a statement, where they are printed, and what rests on them."""
    read_only(request, process, CITE)
    known = read_parameters(KnownForm(request.GET), process)["known"]
    reading = read(process, known)
    statement = _statement(process, pk, reading)
    if statement is None:
        return _gone(request, Statement, pk, reading, "statement")
    shows = f"statement {statement.ref} in {statement.source}"
    return render_page(
        request, "statement", process, "sources", shows=shows, reading=reading, statement=statement
    )


@process_page
def cell_page(request: HttpRequest, process: Process, summit: str, actor: str, issue: str) -> HttpResponse:
    """Where an actor stood on an issue as of a summit, and everything that it had said on it by then."""
    read_only(request, process, CITE)
    reading = read_known(request, process)
    known = reading.known
    at = reading.summits.get(called_then(Summit, summit, reading.summits, known) or 0)
    on = reading.issues.get(called_then(Issue, issue, reading.issues, known) or 0)
    who = called_then(Actor, actor, reading.actors, known)
    participation = next((one for one in reading.participations if one.actor_id == who), None)
    if (
        at is None
        or participation is None
        or on is None
        or not was_there(Summit, at.pk, known)
        or not was_there(Issue, on.pk, known)
        or not was_there(Actor, participation.actor_id, known)
    ):
        raise Http404(f"There is no cell “{summit}/{actor}/{issue}” in {process}.")
    shown = one_cell(reading, at, participation, on)
    return render_page(
        request,
        "cell",
        process,
        "matrix",
        shows=f"{participation.actor} on {on.name} as of {at.name}",
        reading=reading,
        summit=at,
        participation=participation,
        issue=on,
        shown=shown,
        cell=shown.cell,
        endnotes=Endnotes(),
    )


def _statement(process: Process, pk: int, reading: Reading) -> Any | None:
    """A statement that bears on the process, with what rests on it; as it was known, where that is asked."""
    if reading.known is None:
        stored = Statement.objects.filter(bearing_on(process), pk=pk).select_related("source").first()
        return statements_of(stored.source, process).filter(pk=pk).first() if stored else None
    then = newest(Statement, reading.known, id=pk).first()
    if then is None:
        return None
    source = there(Source.objects.select_related("cited_via"), {then.source_id}).get(then.source_id)
    found = statements_of_as_recorded(source, process, reading.known) if source else []
    return next((one for one in found if one.pk == pk), None)


def _gone(request: HttpRequest, kind: type[Record], pk: int, reading: Reading, noun: str) -> HttpResponse:
    """410 with the reason where a record of this process was deleted; what took its place is led to.

    Raises Http404, from which an old address leads on.
    """
    process = reading.process
    row = deletion(kind, pk, process) if reading.known is None else None
    if row is None or keyed(kind, pk) is not None:
        raise Http404(f"There is no {noun} {pk} in {process}{told(reading.known)}.")
    model = kind._meta.model_name
    return render_page(
        request, "gone", process, "changes", status=410, row=row, noun=noun, model=model, pk=pk
    )
