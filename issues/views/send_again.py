"""What was typed and sent without a valid sign-in is shown and can be sent again: nobody types it twice."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

# What is never shown, nor kept in a page.
SECRET = "password"  # noqa: S105 -- what the name of such a field contains
OF_THE_FORM = "csrfmiddlewaretoken"


def signed_out(request: HttpRequest) -> HttpResponse:
    """The answer to a form that came from someone who is not signed in any more."""
    return _kept(request, "You are signed out", 401)


@sensitive_post_parameters()
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose secret is not that of this browser: often one signed in anew elsewhere.

    What came from another site is not offered to be sent: it may be somebody else's wish.
    """
    return _kept(request, "This form was opened before you signed in", 403, is_ours=_is_from_here(request))


def _kept(request: HttpRequest, heading: str, status: int, *, is_ours: bool = True) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != OF_THE_FORM and SECRET not in name
    ]
    has_secret = any(SECRET in name for name in request.POST)
    context = {
        "heading": heading,
        "is_ours": is_ours,
        "typed": typed if is_ours and not has_secret else [],
        "address": request.get_full_path(),
        "files": [file.name for _, files in request.FILES.lists() for file in files],
    }
    answer = render(request, "issues/send_again.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this installation sent the form; a browser says which, in one of two headers."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
