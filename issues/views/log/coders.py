"""Independent coding: finish one's own sheet, compare the finished ones, adjudicate into the shared one."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.log_sheet.cell import DETAILS, CellConflict, save_cell
from issues.actions.log_sheet.row import RowConflict, join_alone
from issues.actions.log_sheet.sheet import finish, open_sheet
from issues.forms.sheet import version_in
from issues.history import StaleVersion
from issues.models import Sheet, SheetRow, Summit
from issues.queries.log_sheet.coder_comparison import Comparison, compare, finished_sheets
from issues.queries.log_sheet.grid import find_sheet
from issues.views.access import signed_in
from issues.views.log.access import summit_to_log
from issues.views.log.sheet import sheet_address
from issues.views.pages import render_page


@require_POST
@summit_to_log
def finish_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Say that one's own sheet is done."""
    sheet = find_sheet(summit, signed_in(request))
    if not sheet.is_blank:
        try:
            finish(sheet=sheet, by=signed_in(request))
        except StaleVersion:
            return redirect(sheet_address(sheet))
    return redirect("log-compare", summit.process.slug, summit.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def compare_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Where two coders agree, and what the shared sheet takes where they do not."""
    sheets = finished_sheets(summit)
    if not sheets:
        return render_page(request, "log_compare", summit.process, "summits", summit=summit)
    shared = find_sheet(summit, None)
    comparison = compare(*_chosen(request, sheets), shared)
    errors: list[str] = []
    if request.method == "POST":
        shared = open_sheet(summit=summit, by=signed_in(request))
        errors = _adjudicate(request, comparison, shared)
        if not errors:
            return redirect("log", summit.process.slug, summit.slug)
        comparison = compare(*comparison.sheets, shared)
    return render_page(
        request,
        "log_compare",
        summit.process,
        "summits",
        status=422 if errors else 200,
        summit=summit,
        comparison=comparison,
        sheets=sheets,
        errors=errors,
    )


def _chosen(request: HttpRequest, sheets: list[Sheet]) -> tuple[Sheet, Sheet]:
    """The two sheets that the address names by their coders, else the first two."""
    named = {sheet.coder.get_username(): sheet for sheet in sheets if sheet.coder}
    first = named.get(request.GET.get("first", ""), sheets[0])
    others = [sheet for sheet in sheets if sheet != first]
    second = named.get(request.GET.get("second", ""), others[0])
    return first, second if second != first else others[0]


def _adjudicate(request: HttpRequest, comparison: Comparison, shared: Sheet) -> list[str]:
    """Write the chosen codings into the shared sheet. What both agree on is taken where nothing stands."""
    errors = []
    found = SheetRow.objects.filter(sheet__in=comparison.sheets).select_related("source", "joins")
    rows = {(row.sheet_id, row.actor_id): row for row in found}
    for pair in comparison.pairs:
        key = f"{pair.actor.pk}-{pair.issue.pk}"
        choice = request.POST.get(f"choice-{key}", "")
        if pair.agree and pair.shared is None:
            choice = "first"
        cell = {"first": pair.first, "second": pair.second}.get(choice)
        if cell is None:
            continue
        row = rows.get((cell.sheet_id, cell.actor_id))
        details = {name: getattr(cell, name) for name in DETAILS}
        details["source"] = cell.source or (row.source if row else None)
        try:
            save_cell(
                sheet=shared,
                actor=pair.actor,
                issue=pair.issue,
                typed=cell.code,
                version=version_in(request.POST.get(f"version-{key}", "0")) or 0,
                by=signed_in(request),
                details=details,
            )
            if row is not None and row.joins is not None:
                join_alone(sheet=shared, actor=pair.actor, lead=row.joins, by=signed_in(request))
        except CellConflict:
            errors.append(f"{pair.actor} on {pair.issue} was changed on the shared sheet meanwhile.")
        except (ValidationError, RowConflict) as error:
            if isinstance(error, RowConflict):
                error = ValidationError(str(error))
            errors.append(f"{pair.actor} on {pair.issue}: {' '.join(error.messages)}")
    return errors
