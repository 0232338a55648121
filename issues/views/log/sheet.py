"""The sheet as a page, and the whole of it saved by one button where no script runs."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from issues.actions.sheet import CellConflict, save_cell, set_source
from issues.forms.sheet import typed_cells
from issues.models import Cell, Sheet, Summit
from issues.queries.look_up import find_source, looks_like_address
from issues.queries.reading import read
from issues.queries.sheet import Grid, Line, coalitions, squares
from issues.views.log.access import asked_sheet, researcher, summit_to_log


@dataclass
class Posted:
    """What one Save brought: the errors and conflicts by field, and what was typed there."""

    errors: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, Cell | None] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    saved: int = 0


def sheet_address(sheet: Sheet, page: str = "log", *args: object) -> str:
    """The address of a page of this sheet."""
    address = reverse(page, args=[sheet.summit.process.slug, sheet.summit.slug, *args])
    return address + ("?sheet=own" if sheet.is_private else "")


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def sheet_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """What is left to log, and is it saved."""
    sheet = asked_sheet(request, summit)
    reading = read(summit.process)
    posted = Posted()
    if request.method == "POST":
        posted = _save(request, sheet, squares(reading, sheet))
        if not posted.errors and not posted.conflicts:
            return redirect(sheet_address(sheet, "log-review" if "review" in request.POST else "log"))
    grid = squares(reading, sheet)
    actor = next((line for line in grid.lines if line.actor.slug == request.GET.get("actor")), None)
    return render(
        request,
        "issues/log.html",
        {
            "process": summit.process,
            "section": "summits",
            "summit": summit,
            "sheet": sheet,
            "grid": grid,
            "posted": posted,
            "one": actor,
            "everyone": reading.participations,
            "coalitions": coalitions(grid),
            "query": "?sheet=own" if sheet.is_private else "",
            "is_closed": sheet.finished or sheet.published_id is not None,
        },
        status=409 if posted.conflicts else 422 if posted.errors else 200,
    )


def _save(request: HttpRequest, sheet: Sheet, grid: Grid) -> Posted:
    """Save every field that differs from what is stored; the others do not wait for a bad one."""
    posted = Posted()
    by = researcher(request)
    known = {(square.actor.pk, square.issue.pk): square for line in grid.lines for square in line.squares}
    try:
        cells = typed_cells(request.POST)
    except ValidationError as error:
        posted.errors = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        return posted
    for line in grid.lines:
        _save_source(request, sheet, line, posted)
    for actor, issue, typed, version in cells:
        square = known.get((actor, issue))
        name = f"code-{actor}-{issue}"
        if square is None:
            posted.errors[name] = "This cell is not on the sheet; reload it."
            continue
        if typed.strip() == (square.cell.code if square.cell else "") and version == square.version:
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


def _save_source(request: HttpRequest, sheet: Sheet, line: Line, posted: Posted) -> None:
    name = f"source-{line.actor.pk}"
    if name not in request.POST:
        return
    typed = request.POST[name].strip()
    if typed == (line.row.source.key if line.row and line.row.source else ""):
        return
    source = find_source(typed, sheet) if typed else None
    if typed and source is None:
        posted.typed[name] = typed
        posted.errors[name] = f"{line.actor}: " + (
            "no source with this address is on record; make it below."
            if looks_like_address(typed)
            else f"no source is called “{typed[:80]}”."
        )
        return
    set_source(sheet=sheet, actor=line.actor, source=source, by=researcher(request))
