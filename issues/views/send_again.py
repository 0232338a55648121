"""What was typed and could not be stored is shown and can be sent again: nobody types it twice."""

import logging
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

logger = logging.getLogger(__name__)

# What is never shown, nor kept in a page.
SECRET = "password"  # noqa: S105 -- what the name of such a field contains
SECRETS = {"code", "credential"}  # fields of a second factor
OF_THE_FORM = "csrfmiddlewaretoken"
# What a form sends that nobody typed ends so: how many rows it has, where it leads back.
UNTYPED = ("_FORMS", "next")


def signed_out(request: HttpRequest) -> HttpResponse:
    """The answer to a form that came from someone who is not signed in any more."""
    return _again(request, "You are signed out", 401)


@sensitive_post_parameters()
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose secret is not that of this browser: often one signed in anew elsewhere.

    What came from another site is not offered to be sent: it may be somebody else's wish.
    """
    is_ours = _is_from_here(request)
    logger.warning("A form was refused: it has no secret of this browser.")
    return _again(request, "This form was opened before you signed in", 403, is_ours=is_ours)


def overtaken(request: HttpRequest) -> HttpResponse:
    """The answer to a form whose record someone else changed or removed at the same moment."""
    return _again(request, "Someone else was faster", 409, is_overtaken=True)


def factor_first(request: HttpRequest) -> HttpResponse:
    """The answer to a form of someone who has to set up a second factor before anything else."""
    return _again(request, "Set up a second factor first", 403, lacks_factor=True)


def sent(request: HttpRequest) -> dict[str, Any]:
    """What was sent with a request, for the page that offers to send it again: no secrets, files by name."""
    address = request.get_full_path()
    try:
        fields, files = request.POST, request.FILES
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return {"address": address, "typed": [], "files": []}
    is_secret = any(SECRET in name or name in SECRETS for name in fields)
    typed = [] if is_secret else list(fields.lists())
    kept = [(name, value) for name, values in typed for value in values if name != OF_THE_FORM]
    return {
        "address": address,
        "typed": kept,
        "told": [(name, value) for name, value in kept if value and not name.endswith(UNTYPED)],
        "files": [file.name for _, several in files.lists() for file in several],
    }


def _again(
    request: HttpRequest, heading: str, status: int, *, is_ours: bool = True, **why: bool
) -> HttpResponse:
    beside = sent(request) if is_ours else {"address": request.get_full_path()}
    context = {"heading": heading, "is_ours": is_ours, **why, **beside}
    answer = render(request, "issues/send_again.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this installation sent the form; a browser says which, in one of two headers."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
