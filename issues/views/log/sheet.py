"""The sheet as a page, and the whole of it saved by one button where no script runs."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from issues.actions.log_sheet.cell import CellConflict, save_cell
from issues.actions.log_sheet.row import RowConflict, set_source
from issues.forms.sheet import cell_name, source_named, typed_cells, version_in
from issues.models import Cell, Sheet, Summit
from issues.queries.log_sheet.aside import aside
from issues.queries.log_sheet.grid import Grid, GridLine, coalitions, squares
from issues.queries.log_sheet.sheet_state import cells_typed
from issues.queries.log_sheet.source_lookup import code_at, source_at
from issues.queries.reading.process import read
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, summit_to_log
from issues.views.pages import render_page

NO_VERSION = "the page does not say which version it shows; reload it."


@dataclass
class Posted:
    """What one Save brought: the errors and conflicts by field, and what was typed there."""

    errors: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, Cell | None] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    saved: int = 0


def sheet_address(sheet: Sheet, page: str = "log", *args: object, **asked: str) -> str:
    """The address of a page of this sheet, with what is asked of it."""
    address = reverse(page, args=[sheet.summit.process.slug, sheet.summit.slug, *args])
    query = ({"sheet": "own"} if sheet.is_private else {}) | asked
    return f"{address}?{urlencode(query)}" if query else address


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def sheet_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """What is left to log, and is it saved."""
    sheet = get_sheet(request, summit)
    reading = read(summit.process)
    posted = Posted()
    if request.method == "POST":
        posted = _save(request, sheet, squares(reading, sheet))
        if not posted.errors and not posted.conflicts:
            return redirect(sheet_address(sheet, "log-preview" if "preview" in request.POST else "log"))
    grid = squares(reading, sheet)
    put_aside = aside(grid)
    actor = next((line for line in grid.lines if line.actor.slug == request.GET.get("actor")), None)
    return render_page(
        request,
        "log",
        summit.process,
        "summits",
        status=409 if posted.conflicts else 422 if posted.errors else 200,
        summit=summit,
        sheet=sheet,
        grid=grid,
        posted=posted,
        one=actor,
        everyone=reading.participations,
        coalitions=coalitions(grid),
        states={cell_name(*key): typed for key, typed in cells_typed(sheet).items()},
        aside=put_aside,
        shown_actors={line.actor.pk for line in grid.lines} - put_aside.actors,
        shows_all="all" in request.GET,
        query="?sheet=own" if sheet.is_private else "",
        is_closed=sheet.finished or sheet.published_id is not None,
    )


def _save(request: HttpRequest, sheet: Sheet, grid: Grid) -> Posted:
    """Save every field that was typed over since its page was made; the others do not wait for a bad one.

    A field that still says what its page said is nobody's wish, whatever others have typed there since.
    """
    posted = Posted()
    by = signed_in(request)
    known = {(square.actor.pk, square.issue.pk): square for line in grid.lines for square in line.squares}
    for line in grid.lines:
        _save_source(request, sheet, line, posted)
    for actor, issue, typed, version in typed_cells(request.POST):
        square = known.get((actor, issue))
        name = f"code-{actor}-{issue}"
        if square is None:
            posted.errors[name] = "This cell is not on the sheet; reload it."
            continue
        if version is None:
            posted.errors[name] = f"{square.actor} on {square.issue}: {NO_VERSION}"
            posted.typed[name] = typed
            continue
        stored = square.cell.code if square.cell else ""
        if typed.strip() == (stored if version == square.version else code_at(sheet, actor, issue, version)):
            continue
        try:
            save_cell(
                sheet=sheet, actor=square.actor, issue=square.issue, typed=typed, version=version, by=by
            )
            posted.saved += 1
        except CellConflict as conflict:
            posted.conflicts[name], posted.typed[name] = conflict.current, typed
        except ValidationError as error:
            posted.errors[name] = f"{square.actor} on {square.issue}: {' '.join(error.messages)}"
            posted.typed[name] = typed
    return posted


def _save_source(request: HttpRequest, sheet: Sheet, line: GridLine, posted: Posted) -> None:
    name = f"source-{line.actor.pk}"
    if name not in request.POST:
        return
    typed = request.POST[name].strip()
    version = version_in(request.POST.get(f"version-{name}", "0"))
    if version is None:
        posted.typed[name], posted.errors[name] = typed, f"{line.actor}: {NO_VERSION}"
        return
    stored = line.row.source.key if line.row and line.row.source else ""
    if typed == (
        stored
        if version == (line.row.version if line.row else 0)
        else source_at(sheet, line.actor.pk, version)
    ):
        return
    try:
        source = source_named(typed, sheet) if typed else None
        set_source(sheet=sheet, actor=line.actor, source=source, by=signed_in(request), version=version)
    except RowConflict as conflict:
        other = conflict.current.source if conflict.current else None
        posted.typed[name] = typed
        posted.errors[name] = (
            f"{line.actor}: someone changed this source to “{other.key if other else 'none'}” meanwhile; "
            "save again to use yours."
        )
    except ValidationError as error:
        posted.typed[name], posted.errors[name] = typed, f"{line.actor}: {' '.join(error.messages)}"
