"""The details of a cell; a joint statement logged for others; a new source, a new summit."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.log_sheet.cell import CellConflict, save_cell
from issues.actions.log_sheet.row import RowConflict, join, set_source
from issues.actions.record.new import add_source, add_summit
from issues.forms.refusals import errors_on
from issues.forms.sheet import DetailsForm, SourceForm, SummitForm, version_in
from issues.history import recording
from issues.models import Actor, Cell, Process, SheetRow, Summit
from issues.queries.log_sheet.grid import in_force
from issues.views.log.access import (
    asked_sheet,
    issue_of,
    participant,
    process_to_log,
    researcher,
    summit_to_log,
)
from issues.views.log.sheet import sheet_address


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def details_page(request: HttpRequest, summit: Summit, actor: int, issue: int) -> HttpResponse:
    """What a cell says beside its code. Needs a code first, because details belong to something said."""
    sheet = asked_sheet(request, summit)
    who, what = participant(summit, actor), issue_of(summit, issue)
    cell = Cell.objects.filter(sheet=sheet.pk, actor=who, issue=what).first()
    if cell is None:
        raise Http404("Type a code into this cell first; the details belong to it.")
    row = SheetRow.objects.filter(sheet=sheet, actor=who).select_related("source").first()
    source = cell.source or (row.source if row else None)
    form = DetailsForm(
        request.POST or None,
        instance=cell,
        initial={"version": cell.version},
        language=source.language if source else "",
    )
    conflict, seen = None, version_in(request.POST.get("version", str(cell.version)))
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                save_cell(
                    sheet=sheet,
                    actor=who,
                    issue=what,
                    typed=cell.code,
                    version=-1 if seen is None else seen,
                    by=researcher(request),
                    details=form.details(),
                )
                return redirect(f"{sheet_address(sheet)}#cell-{who.pk}-{what.pk}")
        except CellConflict as error:
            conflict = error.current or Cell(code="nothing, it was emptied")
            seen = error.current.version if error.current else 0
    context = {
        "process": summit.process,
        "section": "summits",
        "summit": summit,
        "sheet": sheet,
        "cell": cell,
        "actor": who,
        "issue": what,
        "form": form,
        "conflict": conflict,
        "version": seen or 0,
        "back": sheet_address(sheet),
        "query": "?sheet=own" if sheet.is_private else "",
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "issues/log_details.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def source_form_page(request: HttpRequest, summit: Summit, actor: int) -> HttpResponse:
    """A new source, completed in place. It serves the actor's row at once, or, with ``?of=cell``, no row."""
    sheet, who = asked_sheet(request, summit), participant(summit, actor)
    reason = f"Source for {summit}."
    form = SourceForm(request.POST or None, initial={"url": request.GET.get("url", ""), "kind": "news"})
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            with recording(by=researcher(request), reason=reason):
                source = add_source(form.save(commit=False), by=researcher(request), reason=reason)
                if request.GET.get("of") != "cell":
                    set_source(sheet=sheet, actor=who, source=source, by=researcher(request))
            return redirect(f"{sheet_address(sheet)}#row-{who.pk}")
    context = {
        "process": summit.process,
        "section": "summits",
        "summit": summit,
        "actor": who,
        "form": form,
        "title": "New source" if request.GET.get("of") == "cell" else f"New source for {who}",
        "back": sheet_address(sheet),
    }
    return render(request, "issues/log_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@process_to_log
def new_summit_page(request: HttpRequest, process: Process) -> HttpResponse:
    """A new summit, and on to its sheet."""
    form = SummitForm(request.POST or None, process=process)
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            summit = add_summit(form.save(commit=False), by=researcher(request), reason="New summit to log.")
            return redirect("log", process.slug, summit.slug)
    context = {
        "process": process,
        "section": "summits",
        "form": form,
        "title": "New summit",
        "back": f"/{process.slug}/summits/",
    }
    return render(request, "issues/log_form.html", context, status=422 if form.errors else 200)


@require_POST
@summit_to_log
def join_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Log a row's statement for those who join it: ticked actors, and the members of a coalition."""
    sheet, lead = asked_sheet(request, summit), participant(summit, _key(request.POST.get("lead", "")))
    picked = [_key(pk) for pk in request.POST.getlist("with")]
    joining = Q(pk__in=picked) | Q(coalitions__in=in_force(lead, summit))
    others = Actor.objects.filter(joining, participations__process=summit.process).exclude(pk=lead.pk)
    try:
        join(sheet=sheet, lead=lead, others=list(others.distinct()), by=researcher(request))
    except (ValidationError, CellConflict, RowConflict) as error:
        context = {
            "process": summit.process,
            "section": "summits",
            "title": f"The statement of {lead} could not be logged for all",
            "errors": error.messages if isinstance(error, ValidationError) else [error],
            "back": sheet_address(sheet),
        }
        return render(request, "issues/log_form.html", context, status=422)
    return redirect(f"{sheet_address(sheet)}#row-{lead.pk}")


def _key(typed: str) -> int:
    """A primary key from a form; 0, which no record has, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0
