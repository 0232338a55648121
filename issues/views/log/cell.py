"""One cell, one source: what the sheet's script sends as soon as a field is committed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from issues.actions.log_sheet.cell import CellConflict, save_cell
from issues.actions.log_sheet.row import RowConflict, set_source
from issues.clock import clock_in_words
from issues.forms.sheet import source_named, version_in
from issues.forms.sheet_source import EntryForm, SourceForm, is_entry
from issues.models import Actor, Cell, Issue, Sheet, SheetRow, Source, Summit
from issues.queries.log_sheet.cell_target import cell_target
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, is_own, issue_of, may_log, participant, summit_to_log


@require_POST
def save_cell_page(request: HttpRequest, process: str, slug: str, actor: int, issue: int) -> HttpResponse:
    """Store a cell. 200 with its version, 409 with what stands there, 422 with what is wrong."""
    target = None
    if request.user.is_active:
        coder = signed_in(request) if is_own(request) else None
        target = cell_target(process, slug, coder, actor, issue)
    if target is None or not may_log(request.user, target[0].summit.process):
        return _first_cell(request, process, slug, actor, issue)
    return _saved(request, *target)


@summit_to_log
def _first_cell(request: HttpRequest, summit: Summit, actor: int, issue: int) -> HttpResponse:
    """Where nobody has typed yet, or the address or the login is wrong: one thing after the other."""
    who, what = participant(summit, actor), issue_of(summit, issue)
    return _saved(request, get_sheet(request, summit), who, what)


def _saved(request: HttpRequest, sheet: Sheet, who: Actor, what: Issue) -> HttpResponse:
    version = version_in(request.POST.get("version", "0"))
    if version is None:
        return JsonResponse({"error": "The version is no number."}, status=422)
    try:
        cell = save_cell(
            sheet=sheet,
            actor=who,
            issue=what,
            typed=request.POST.get("code", ""),
            version=version,
            by=signed_in(request),
            details=_dispute(request, sheet, who, what) if request.POST.get("disputed") else {},
        )
    except CellConflict as conflict:
        return JsonResponse({"conflict": _current(conflict.current)}, status=409)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages), "cell": f"{who} on {what}"}, status=422)
    except PermissionDenied:
        return JsonResponse({"error": "This sheet is another coder's."}, status=403)
    return JsonResponse(
        {
            "version": cell.version if cell else 0,
            "code": cell.code if cell else "",
            "time": clock_in_words(timezone.now()),
        }
    )


@require_POST
@summit_to_log
def save_source_page(request: HttpRequest, summit: Summit, actor: int) -> HttpResponse:
    """Let a source serve a row: one on record, or a new one that an entry of a reference manager says whole.

    200 with its name, 422 if none is meant or something is missing, saying whether to make a new one.
    """
    sheet = get_sheet(request, summit)
    typed = request.POST.get("source", "").strip()
    version = version_in(request.POST.get("version", "0"))
    if version is None:
        return JsonResponse({"error": "The version is no number."}, status=422)
    who, by = participant(summit, actor), signed_in(request)
    try:
        source = _meant(typed, sheet) if typed else None
        row = set_source(sheet=sheet, actor=who, source=source, by=by, version=version)
    except RowConflict as conflict:
        return JsonResponse({"conflict": _current(conflict.current)}, status=409)
    except ValidationError as error:
        is_new = getattr(error, "code", None) == "new"
        told = {"error": " ".join(error.messages), "is_new": is_new, "is_entry": is_entry(typed)}
        return JsonResponse(told, status=422)
    return JsonResponse(
        {
            "version": row.version,
            **_named(source),
            "time": clock_in_words(timezone.now()),
            "joined": {
                other.actor_id: {"version": other.version, **_named(other.source)}
                for other in SheetRow.objects.filter(sheet=sheet, joins=actor).select_related("source")
            },
        }
    )


def _meant(typed: str, sheet: Sheet) -> Source:
    return _of_entry(typed) if is_entry(typed) else source_named(typed, sheet)


def _of_entry(text: str) -> Source:
    """The source that an entry of a reference manager is, stored or not. Raises ValidationError by field."""
    entry = EntryForm({"entry": text})
    if not entry.is_valid():
        raise ValidationError(entry.errors["entry"].as_data())
    if entry.known is not None:
        return entry.known
    form = SourceForm({"language": "en", **entry.cleaned_data["entry"]})
    if not form.is_valid():
        told = [f"{form[name].label}: {words}" for name, errors in form.errors.items() for words in errors]
        raise ValidationError(told)
    source: Source = form.save(commit=False)
    return source


def _named(source: Source | None) -> dict[str, str]:
    """A source by the key that is typed for it, and in words."""
    return {"source": source.key if source else "", "name": str(source) if source else ""}


def _dispute(request: HttpRequest, sheet: Sheet, actor: Actor, issue: Issue) -> dict[str, Any]:
    """The details of a cell that two people fill differently: the other's code joins its note."""
    kept = Cell.objects.filter(sheet=sheet, actor=actor, issue=issue).values_list("note", flat=True).first()
    return {"disputed": True, "note": "\n".join(filter(None, [kept, request.POST.get("note", "")]))}


def _current(cell: Cell | SheetRow | None) -> dict[str, Any]:
    """What stands in a cell, or which source in a row, with who typed it and when."""
    if cell is None:
        return {"code": "", "version": 0, "who": "", "time": "", "source": ""}
    last = cell.history.select_related("change_set").first()
    key = cell.source.key if cell.source else ""
    return {
        "code": cell.code if isinstance(cell, Cell) else key,
        "version": cell.version,
        "who": last.change_set.author if last else "",
        "time": clock_in_words(last.history_date) if last else "",
        "source": key if isinstance(cell, Cell) else "",
    }
