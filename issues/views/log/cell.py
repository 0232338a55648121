"""One cell, one source: what the sheet's script sends as soon as a field is committed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from issues.actions.sheet import CellConflict, save_cell, set_source
from issues.models import Cell, Summit
from issues.queries.look_up import find_source, looks_like_address
from issues.views.log.access import asked_sheet, issue_of, participant, researcher, summit_to_log


@require_POST
@summit_to_log
def save_cell_page(request: HttpRequest, summit: Summit, actor: int, issue: int) -> HttpResponse:
    """Store a cell. 200 with its version, 409 with what stands there, 422 with what is wrong."""
    sheet = asked_sheet(request, summit)
    version = request.POST.get("version", "0")
    if not version.isdecimal() or len(version) > 9:
        return JsonResponse({"error": "The version is no number."}, status=422)
    details: dict[str, Any] = {"disputed": True} if request.POST.get("disputed") else {}
    if details and request.POST.get("note"):
        details["note"] = request.POST["note"][:500]
    try:
        cell = save_cell(
            sheet=sheet,
            actor=participant(summit, actor),
            issue=issue_of(summit, issue),
            typed=request.POST.get("code", ""),
            version=int(version),
            by=researcher(request),
            details=details,
        )
    except CellConflict as conflict:
        return JsonResponse({"conflict": told(conflict.current)}, status=409)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    except PermissionDenied:
        return JsonResponse({"error": "This sheet is another coder's."}, status=403)
    return JsonResponse(
        {
            "version": cell.version if cell else 0,
            "code": cell.code if cell else "",
            "time": f"{timezone.now():%H:%M}",
        }
    )


@require_POST
@summit_to_log
def save_source_page(request: HttpRequest, summit: Summit, actor: int) -> HttpResponse:
    """Let a source serve a row. 200 with its name, 422 if none is meant, saying whether to make a new one."""
    sheet = asked_sheet(request, summit)
    typed = request.POST.get("source", "").strip()
    source = find_source(typed, sheet) if typed else None
    if typed and source is None:
        is_new = looks_like_address(typed)
        message = "Not on record yet." if is_new else f"No source is called “{typed[:80]}”."
        return JsonResponse({"error": message, "is_new": is_new}, status=422)
    try:
        set_source(sheet=sheet, actor=participant(summit, actor), source=source, by=researcher(request))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return JsonResponse(
        {
            "source": source.key if source else "",
            "name": str(source) if source else "",
            "time": f"{timezone.now():%H:%M}",
        }
    )


def told(cell: Cell | None) -> dict[str, Any]:
    """What stands in a cell, with who typed it and when."""
    if cell is None:
        return {"code": "", "version": 0, "who": "", "time": "", "source": ""}
    last = cell.history.select_related("history_user").first()
    return {
        "code": cell.code,
        "version": cell.version,
        "who": last.history_user.get_username() if last and last.history_user else "",
        "time": f"{last.history_date:%H:%M}" if last else "",
        "source": cell.source.key if cell.source else "",
    }
