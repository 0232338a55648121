"""The details of a cell; a joint statement logged for others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.log_sheet.cell import CellConflict, save_cell
from issues.actions.log_sheet.row import RowConflict, join, leave
from issues.forms.refusals import errors_on
from issues.forms.sheet import key_in, version_in
from issues.forms.sheet_details import MOST_QUOTATIONS, DetailsForm, QuotationForms, initial_quotations
from issues.models import Actor, Cell, Sheet, SheetRow, Summit
from issues.queries.log_sheet.grid import in_force
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, issue_of, participant, summit_to_log
from issues.views.log.sheet import sheet_address
from issues.views.pages import render_form, render_page

WRONG_QUOTATION = "Something is wrong with a further quotation; nothing is saved yet."


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def details_page(request: HttpRequest, summit: Summit, actor: int, issue: int) -> HttpResponse:
    """What a cell says beside its code. Needs a code first, because details belong to something said."""
    sheet = get_sheet(request, summit)
    who, what = participant(summit, actor), issue_of(summit, issue)
    cell = Cell.objects.filter(sheet=sheet.pk, actor=who, issue=what).first()
    if cell is None:
        raise Http404("Type a code into this cell first; the details belong to it.")
    form, quotations = _forms(request, cell)
    conflict, seen = None, version_in(request.POST.get("version", str(cell.version)))
    is_valid = form.is_bound and form.is_valid()
    if quotations.is_bound and not quotations.is_valid():
        form.add_error(None, WRONG_QUOTATION)
        is_valid = False
    if is_valid:
        try:
            with errors_on(form):
                save_cell(
                    sheet=sheet,
                    actor=who,
                    issue=what,
                    typed=cell.code,
                    version=-1 if seen is None else seen,
                    by=signed_in(request),
                    details=form.details() | _quoted(quotations),
                )
                return redirect(f"{sheet_address(sheet)}#cell-{who.pk}-{what.pk}")
        except CellConflict as error:
            conflict = error.current or Cell(code="nothing, it was emptied")
            seen = error.current.version if error.current else 0
    return render_form(
        request,
        "log_details",
        summit.process,
        "summits",
        form,
        conflict=conflict,
        quotations=quotations,
        summit=summit,
        sheet=sheet,
        cell=cell,
        actor=who,
        issue=what,
        version=seen or 0,
        back=sheet_address(sheet),
        new_source=sheet_address(sheet, "log-new-source", who.pk, of="cell"),
    )


def _forms(request: HttpRequest, cell: Cell) -> tuple[DetailsForm, Any]:
    """The details of a cell as they are stored, as they are posted, or with room for one more quotation."""
    row = SheetRow.objects.filter(sheet=cell.sheet, actor=cell.actor).select_related("source").first()
    source = cell.source or (row.source if row else None)
    language = source.language if source else ""
    named: dict[str, Any] = {"prefix": "also", "form_kwargs": {"sheet": cell.sheet, "actor": cell.actor}}
    if request.method != "POST":
        form = DetailsForm(instance=cell, language=language)
        return form, QuotationForms(initial=initial_quotations(cell), **named)
    has_quotations = "also-TOTAL_FORMS" in request.POST
    if "more" not in request.POST:
        posted = request.POST if has_quotations else None
        return DetailsForm(request.POST, instance=cell), QuotationForms(posted, **named)
    typed = QuotationForms(request.POST, **named).forms if has_quotations else []
    rows = [{name: form[name].value() for name in form.fields} for form in typed]
    rows = [*rows, {"language": language or "en"}][:MOST_QUOTATIONS]
    form = DetailsForm(instance=cell, initial=request.POST.dict())
    return form, QuotationForms(initial=rows, **named)


def _quoted(quotations: Any) -> dict[str, Any]:
    """The further quotations as they are posted; nothing where the page did not ask for them."""
    if not quotations.is_bound:
        return {}
    return {"quotations": [said for form in quotations for said in [form.quotation()] if said]}


@require_POST
@summit_to_log
def join_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Log a row's statement for those who join it: ticked actors, and the members of its coalitions."""
    sheet, lead = get_sheet(request, summit), participant(summit, key_in(request.POST.get("lead", "")))
    picked = [key_in(pk) for pk in request.POST.getlist("with")]
    joining = Q(pk__in=picked)
    for coalition in (lead, *Actor.objects.filter(pk__in=picked)):
        joining |= Q(coalitions__in=in_force(coalition, summit))
    others = Actor.objects.filter(joining, participations__process=summit.process).exclude(pk=lead.pk)
    try:
        join(sheet=sheet, lead=lead, others=list(others.distinct()), by=signed_in(request))
    except (ValidationError, CellConflict, RowConflict) as error:
        return _refused(request, sheet, f"The statement of {lead} could not be logged for all", error)
    return redirect(f"{sheet_address(sheet)}#row-{lead.pk}")


@require_POST
@summit_to_log
def leave_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Take a row out of the statement that it joined."""
    sheet, actor = get_sheet(request, summit), participant(summit, key_in(request.POST.get("actor", "")))
    try:
        leave(sheet=sheet, actor=actor, by=signed_in(request))
    except (ValidationError, RowConflict) as error:
        return _refused(request, sheet, f"{actor} could not be taken out of the joint statement", error)
    return redirect(f"{sheet_address(sheet)}#row-{actor.pk}")


def _refused(request: HttpRequest, sheet: Sheet, title: str, error: Exception) -> HttpResponse:
    """What stands against logging or leaving a joint statement, with the way back to the sheet."""
    return render_page(
        request,
        "log_form",
        sheet.summit.process,
        "summits",
        status=422,
        title=title,
        errors=error.messages if isinstance(error, ValidationError) else [error],
        back=sheet_address(sheet),
    )
