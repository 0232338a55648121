"""What is new: the positions that moved, as a page, as a table and as a feed; and the edits of our record."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from issues.domain.change import Change
from issues.exports.changes_feed import ChangesFeed, Watched
from issues.exports.files import csv_lines
from issues.exports.tables import TABLES, Asked
from issues.filters import ChangeFilter, RecordFilter
from issues.filters.changes import KINDS
from issues.forms.parameters import read_parameters
from issues.history import ChangeSet
from issues.models import Process
from issues.queries.history.change_set_records import edits
from issues.queries.history.change_sets import page_of, summaries
from issues.queries.history.scope import touching
from issues.queries.pages.change_feed import (
    CHANGES_A_PAGE,
    begun_at,
    last_recorded,
    matching,
    recorded_at,
    speakers,
    tracks,
)
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.named_changes import named_changes
from issues.queries.reading.people import people_of
from issues.queries.reading.process import Reading, read
from issues.views.access import process_file, process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_now, read_only

TABS = [("moves", "Positions moved"), ("record", "Record edited")]


class TabForm(forms.Form):
    """Which of the two clocks a page of changes goes by."""

    tab = forms.ChoiceField(required=False, choices=TABS, label="Tab")


@process_page
def changes_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What moved, by summit; or what was edited in our record, by change set."""
    tab = read_parameters(TabForm(request.GET), process)["tab"]
    return _record(request, process) if tab == "record" else _moves(request, process)


def _moves(request: HttpRequest, process: Process) -> HttpResponse:
    read_only(request, process, CITE, "tab", ChangeFilter)
    reading, chosen = _filter(request, process)
    changes = _changes(reading, chosen)
    page = Paginator(changes, CHANGES_A_PAGE).get_page(chosen.form.cleaned_data.get("page") or 1)
    return render_page(
        request,
        "changes",
        process,
        "changes",
        status=200 if chosen.form.is_valid() else 400,
        shows=f"changes{_told(chosen)}",
        tab="moves",
        reading=reading,
        filter=chosen,
        page=page,
        kinds=_counted(changes),
        changes=named_changes(reading, list(page.object_list)),
        query=_without_place(request, ChangeFilter),
        endnotes=Endnotes(),
    )


def _record(request: HttpRequest, process: Process) -> HttpResponse:
    read_now(request, process, "tab", RecordFilter)
    people = people_of(request.user, process)
    chosen = RecordFilter(request.GET, touching(process), people)
    context: dict[str, Any] = {"tab": "record", "filter": chosen}
    if not chosen.form.is_valid():
        return render_page(request, "changes", process, "changes", status=400, **context)
    wanted = chosen.form.cleaned_data
    if wanted["change_set"]:
        return _change_set(request, process, wanted["change_set"], wanted["page"] or 1)
    before = _touching_one(process, wanted["before"]) if wanted["before"] else None
    shown, has_more = page_of(chosen.qs, before)
    context |= {"summaries": summaries(read(process), shown, people), "has_more": has_more, "before": before}
    context["query"] = _without_place(request, RecordFilter)
    return render_page(request, "changes", process, "changes", **context)


def _change_set(request: HttpRequest, process: Process, pk: int, page: int) -> HttpResponse:
    """One change set, record by record."""
    people = people_of(request.user, process)
    (summary,) = summaries(read(process), [_touching_one(process, pk)], people)
    shown, has_more = edits(process, summary, page, people)
    next_page = page + 1 if has_more else None
    return render_page(
        request,
        "change_set",
        process,
        "changes",
        summary=summary,
        edits=shown,
        page_number=page,
        next_page=next_page,
    )


def _touching_one(process: Process, pk: int) -> ChangeSet:
    """A change set of the process. Raises Http404 where it has none with this key."""
    change_set = touching(process).filter(pk=pk).select_related("undoes", "undone_by").first()
    if change_set is None:
        raise Http404(f"No change set {pk} touches {process}.")
    return change_set


@process_file
def changes_csv(request: HttpRequest, process: Process) -> HttpResponseBase:
    """Exactly what the filter shows, on all its pages, as one table."""
    read_only(request, process, ChangeFilter)
    reading, chosen = _filter(request, process)
    read_parameters(chosen.form, process)
    asked = Asked(process, reading, changes=_changes(reading, chosen))
    lines = csv_lines(TABLES["changes"], asked, bom=True)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{process.slug}-changes.csv") or ""
    return response


@process_file
def changes_feed(request: HttpRequest, process: Process, form: str) -> HttpResponse:
    """The changes of the filter that were recorded last, to subscribe to as Atom or JSON Feed."""
    read_only(request, process, ChangeFilter)
    reading, chosen = _filter(request, process)
    read_parameters(chosen.form, process)
    latest = last_recorded(_changes(reading, chosen))[:CHANGES_A_PAGE]
    watched = Watched(
        process=process,
        host=request.get_host(),
        subject=_subject(chosen, reading),
        active=chosen.active,
        query=_without_place(request, ChangeFilter),
        changes=named_changes(reading, latest),
        times=recorded_at((change.entry.id for change in latest), reading.known),
        begins=None if latest else begun_at(process),
    )
    response: HttpResponse = ChangesFeed(watched, form)(request)
    return response


def _told(chosen: ChangeFilter) -> str:
    """The filter in words, in brackets; nothing where there is none."""
    asked = "; ".join(f"{label}: {', '.join(values)}" for label, values in chosen.active)
    return f" ({asked})" if asked else ""


def _subject(chosen: ChangeFilter, reading: Reading) -> str:
    """What a feed is about: its filter, and the time of the record where it is none of now."""
    known = urlencode({"known": reading.known.isoformat()}) if reading.known else ""
    return "&".join(part for part in (chosen.subject, known) if part)


def _filter(request: HttpRequest, process: Process) -> tuple[Reading, ChangeFilter]:
    reading = read_known(request, process)
    return reading, ChangeFilter(request.GET, reading, tracks(process), speakers(reading))


def _changes(reading: Reading, chosen: ChangeFilter) -> list[Change]:
    return matching(reading, chosen.wants(), chosen.stored) if chosen.form.is_valid() else []


def _counted(changes: list[Change]) -> list[tuple[str, int]]:
    """How many there are of each kind, in the order of the kinds."""
    counts = Counter(change.listed_as for change in changes)
    return [(name, counts[kind]) for kind, name in KINDS if counts[kind]]


def _without_place(request: HttpRequest, chosen: type[ChangeFilter | RecordFilter]) -> str:
    """The query of the filter alone: neither tab nor page, nor what is empty."""
    query = request.GET.copy()
    for name in list(query):
        values = [value for value in query.getlist(name) if value]
        query.setlist(name, values if name in chosen.base_filters or name == "known" else [])
    return f"?{query.urlencode()}" if query.urlencode() else ""
