"""Releases: what was given out, frozen and numbered; what changed since; and making and withdrawing one."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from issues.actions.releases.release import make_release, name_by_doi, withdraw
from issues.clock import utc_day
from issues.domain.formula import as_written
from issues.exports.releases.changes import changes_lines, changes_since, summary
from issues.exports.releases.content import Draft, drafted, written
from issues.exports.releases.datacite import as_json, as_xml, metadata, missing
from issues.exports.releases.rows import Lost, opened_file, rows_of_release
from issues.forms.refusals import errors_on
from issues.forms.releases import DoiForm, ReleaseForm, WithdrawForm
from issues.history import revision
from issues.models import Process
from issues.models.release import Release
from issues.queries.access.may import may_in
from issues.queries.package.columns import CONTRIBUTORS
from issues.queries.package.layout import path_of
from issues.queries.package.whole import NotThen
from issues.queries.reading.people import UNNAMED
from issues.views.access import process_file, process_for, process_page, signed_in
from issues.views.citing import citable_release
from issues.views.kept import is_stranger, told_anew
from issues.views.pages import render_form, render_page
from issues.views.parameters import CITE, read_now

MAY_MAKE, MAY_SAY = "issues.add_release", "issues.change_release"
CHANGES_SHOWN = 500
FOR_EVER = "public, max-age=31536000, immutable"  # a release is never another file
REMEMBERED_FOR = 24 * 3600  # seconds
P = ParamSpec("P")
METADATA = {"json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8"}


def says_what_is_lost(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Answers 503 in words where the file of a release is missing here."""

    @wraps(view)
    def told(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except Lost as error:
            return HttpResponse(f"{error}\n", status=503, content_type="text/plain; charset=utf-8")

    return told


@process_page
def releases_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every release of a process, the newest first."""
    read_now(request, process)
    releases = Release.objects.filter(process=process)
    return render_page(
        request,
        "releases",
        process,
        "data",
        releases=releases,
        may_make=may_in(request.user, MAY_MAKE, process),
    )


@process_page
@told_anew
def release_page(request: HttpRequest, process: Process, number: str) -> HttpResponse:
    """One release: its notes, its checksum, its file, and how it is cited."""
    read_now(request, process, CITE)
    release, lost = _release(process, number), ""
    try:
        names = _names(release)
    except Lost as error:
        names, lost = [], str(error)
    found = metadata(release, names)
    return render_page(
        request,
        "release",
        process,
        "data",
        cite=citable_release(request, release, [one["name"] for one in found["creators"]]),
        release=release,
        lost=lost,
        lacking=missing(found),
        licence=settings.DATA_LICENCE,
        may_say=may_in(request.user, MAY_SAY, process),
    )


@process_file
@says_what_is_lost
def release_file(request: HttpRequest, process: Process, number: str) -> HttpResponseBase:
    """The file of a release, as it was made; that of a withdrawn one says so in its head."""
    read_now(request, process)
    release = _release(process, number)
    name = f"{process.slug}-{release.number}.zip"
    answer = FileResponse(
        opened_file(release), as_attachment=True, filename=name, content_type="application/zip"
    )
    if process.is_public and is_stranger(request):
        answer["Cache-Control"] = FOR_EVER
    answer["Repr-Digest"] = f"sha-256=:{_base64(release.sha256)}:"
    if release.is_withdrawn:
        answer["Warning"] = '299 - "This release is withdrawn; see its page"'
    return answer


@process_file
@says_what_is_lost
def release_metadata(request: HttpRequest, process: Process, number: str, form: str) -> HttpResponse:
    """What a repository asks of a release, as DataCite's JSON or XML."""
    read_now(request, process)
    if form not in METADATA:
        raise Http404(f"There is no metadata as {form}; there are {', '.join(METADATA)}.")
    release = _release(process, number)
    found = metadata(release, _names(release))
    return HttpResponse(as_json(found) if form == "json" else as_xml(found), content_type=METADATA[form])


@process_page
@says_what_is_lost
def release_changes_page(request: HttpRequest, process: Process, number: str) -> HttpResponse:
    """What changed since a release: which rows are new, changed and gone."""
    read_now(request, process)
    release = _release(process, number)
    found: Any = cache.get_or_set(
        f"release-changes:{release.sha256}:{process.pk}:{revision(process.pk)}",
        lambda: summary(changes_since(release, process), CHANGES_SHOWN),
        REMEMBERED_FOR,
    )
    return render_page(
        request,
        "release_changes",
        process,
        "data",
        release=release,
        tables=found.tables,
        changes=found.first,
        more=found.more,
    )


@process_file
@says_what_is_lost
def release_changes_file(request: HttpRequest, process: Process, number: str) -> HttpResponseBase:
    """The same as a CSV file."""
    read_now(request, process)
    release = _release(process, number)
    opened_file(release).close()  # what is lost is told before the answer begins
    lines = changes_lines(release, process)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{process.slug}-since-{release.number}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


@process_for(MAY_MAKE)
def new_release_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What a release would hold, shown before it is made; then making it."""
    taken = Release.objects.filter(process=process).values_list("number", flat=True)
    form = ReleaseForm(request.POST if request.method == "POST" else None, taken=frozenset(taken))
    draft = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        draft = _draft(process, form, utc_day())
        if draft is not None and "make" in request.POST:
            with errors_on(form, {"known_at": "known"}), written(draft) as content:
                release = make_release(
                    process,
                    content,
                    number=said["number"],
                    title=said["title"],
                    notes=said["notes"],
                    known_at=said["known"],
                    by=signed_in(request),
                )
                return redirect(release.get_absolute_url())
    context: dict[str, Any] = {"draft": draft, "tables": _rows(draft) if draft else []}
    return render_form(request, "release_form", process, "data", form, **context)


@process_for(MAY_SAY)
def edit_release_page(request: HttpRequest, process: Process, number: str) -> HttpResponse:
    """Say by which DOI a release is found, or withdraw it with the reason."""
    release = _release(process, number)
    doi = DoiForm(initial={"doi": release.doi, "concept_doi": release.concept_doi})
    reason = WithdrawForm()
    if request.method == "POST" and "withdraw" in request.POST:
        reason = WithdrawForm(request.POST)
        if reason.is_valid():
            with errors_on(reason):
                withdraw(release, reason=reason.cleaned_data["reason"])
                return redirect(release.get_absolute_url())
    elif request.method == "POST":
        doi = DoiForm(request.POST)
        if doi.is_valid():
            with errors_on(doi):
                name_by_doi(release, **doi.cleaned_data)
                return redirect(release.get_absolute_url())
    form = reason if reason.is_bound else doi
    return render_form(
        request, "release_edit", process, "data", form, release=release, doi_form=doi, reason_form=reason
    )


def _draft(process: Process, form: ReleaseForm, day: date) -> Draft | None:
    try:
        return drafted(process, form.cleaned_data["number"], form.cleaned_data["known"], day)
    except NotThen as error:
        form.add_error("known", str(error))
    except Lost as error:
        form.add_error(None, f"{error} What changed since cannot be told without it: put it back first.")
    return None


def _rows(draft: Draft) -> list[tuple[Any, int | None]]:
    return [(table, draft.contents.rows(table)) for table in draft.contents.tables]


def _release(process: Process, number: str) -> Release:
    release = Release.objects.filter(process=process, number=number).select_related("process", "by").first()
    if release is None:
        raise Http404(f"There is no release “{number}” of {process}.")
    return release


def _names(release: Release) -> list[str]:
    """Who worked on it, as its own file says; nobody where names are not public, or were not. Raises Lost."""
    if not release.process.names_public:
        return []
    rows = rows_of_release(release, path_of(CONTRIBUTORS)).values()
    return [as_written(row["name"]) for row in rows if row["name"] != UNNAMED]


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
