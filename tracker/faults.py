"""What is answered where something broke that no view foresaw."""

import errno
import sys
from enum import Enum
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from issues.api.problems import problem
from issues.views.log.access import wants_json
from issues.views.send_again import sent
from tracker.logs import causes

# After how many seconds it is worth while to ask again.
LATER = "5"


class Fault(Enum):
    """What is the matter: what is said of it, and what became of what was sent."""

    AWAY = (
        "Our database does not answer",
        "What was stored before is not lost. It mostly answers again in a moment.",
    )
    FULL = (
        "Our disk is full",
        "What was stored before is not lost and can be read. Nothing can be stored until there is room "
        "again; tell whoever runs this installation.",
    )
    READ_ONLY = (
        "Nothing can be stored at present",
        "Our database can be read and not written. What was stored before is not lost. If nobody told you of "
        "it, tell whoever runs this installation.",
    )
    BROKEN = ("Something broke on our side", "")


FULL_DISKS = {errno.ENOSPC, errno.EDQUOT}
READ_ONLY_DISKS = {errno.EROFS, errno.EACCES, errno.EPERM}
# As PostgreSQL calls them: https://www.postgresql.org/docs/current/errcodes-appendix.html
STATES = {"53100": Fault.FULL, "25006": Fault.READ_ONLY}
# As SQLite does, by the first part of its names: https://www.sqlite.org/rescode.html
NAMES = {
    "SQLITE_FULL": Fault.FULL,
    "SQLITE_IOERR": Fault.FULL,
    "SQLITE_READONLY": Fault.READ_ONLY,
}


def fault_of(error: BaseException | None) -> Fault:
    """What an exception tells of the disk and the database."""
    if isinstance(error, OSError) and error.errno in FULL_DISKS:
        return Fault.FULL
    if isinstance(error, OSError) and (error.errno in READ_ONLY_DISKS or isinstance(error, PermissionError)):
        return Fault.READ_ONLY
    if not isinstance(error, DatabaseError | InterfaceError):
        return Fault.BROKEN
    for cause in causes(error):
        called = str(getattr(cause, "sqlite_errorname", ""))
        by_name = [fault for name, fault in NAMES.items() if called.startswith(name)]
        told = STATES.get(str(getattr(cause, "sqlstate", "")), *by_name[:1])
        if told is not None:
            return told
    return Fault.AWAY if isinstance(error, OperationalError | InterfaceError) else Fault.BROKEN


def broken(request: HttpRequest) -> HttpResponse:
    """503 with what was typed where the database is away or cannot store, else 500. Asks no database."""
    fault = fault_of(sys.exc_info()[1])
    is_passing = fault is not Fault.BROKEN
    status = 503 if is_passing else 500
    heading, advice = fault.value
    answer: HttpResponse
    if request.path.startswith("/api/"):
        told = problem(status, f"{heading}. {advice}".strip())
        answer = JsonResponse(told, status=status, content_type="application/problem+json")
    elif wants_json(request):
        answer = JsonResponse({"error": f"{heading}."}, status=status)
    else:
        # Without the request, so that nothing asks who is signed in.
        context: dict[str, Any] = {"heading": heading, "advice": advice, "address": request.get_full_path()}
        # What another site sent may be somebody else's wish: it is not offered with a secret of ours.
        if is_passing and getattr(request, "csrf_processing_done", False):
            context |= {**sent(request), "csrf_token": get_token(request)}
        answer = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    if is_passing:
        answer["Retry-After"] = LATER
        answer["Cache-Control"] = "private, no-store"
    return answer
