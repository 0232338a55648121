"""What is answered where something broke that no view foresaw."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from issues.api.problems import problem
from issues.views.send_again import sent

AWAY = "The database does not answer. Try again in a moment."
BROKEN = "Something broke on our side."
# After how many seconds it is worth while to ask again.
LATER = "5"


def broken(request: HttpRequest) -> HttpResponse:
    """503 with what was typed where the database is away, busy or full, else 500. Asks no database."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_away else 500
    answer: HttpResponse
    if request.path.startswith("/api/"):
        told = problem(status, AWAY if is_away else BROKEN)
        answer = JsonResponse(told, status=status, content_type="application/problem+json")
    else:
        # Without the request, so that nothing asks who is signed in.
        context = {**sent(request), "csrf_token": get_token(request)} if is_away else {}
        answer = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    if is_away:
        answer["Retry-After"] = LATER
        answer["Cache-Control"] = "private, no-store"
    return answer
