"""Middleware of the installation: what no view should have to think of."""

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

from issues.api.problems import problem

NUL = "This address or its cookie contains a NUL character, which nothing of ours has."
CHARSET = "What is sent to us is written in UTF-8, and this says that it is written otherwise."
Respond = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: Respond) -> Respond:
    """Answer 400 to a NUL character in path, query or cookies: PostgreSQL raises on one anywhere."""

    def respond(request: HttpRequest) -> HttpResponse:
        query = unquote(request.META.get("QUERY_STRING", ""), errors="replace")
        if any("\x00" in text for text in (request.path, query, *request.COOKIES.values())):
            return _refused(request, NUL)
        return get_response(request)

    return respond


def refuse_charset(get_response: Respond) -> Respond:
    """Answer 400 to what says that it is sent in another charset than UTF-8.

    No form of ours is sent so, and Django reads it anew in that charset, after which it cannot be read again.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        said = (request.content_params or {}).get("charset", "utf-8")
        if said.strip("\"'").lower() not in ("utf-8", "utf8"):
            return _refused(request, CHARSET)
        return get_response(request)

    return respond


def keep_private(get_response: Respond) -> Respond:
    """Let nothing that was made for somebody who may be signed in be kept, by a browser or on its way there.

    What is meant to be kept says so itself.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return respond


def same_for_everyone(get_response: Respond) -> Respond:
    """Let no answer that is the same for everyone vary by cookie, whatever looked into the session."""

    def respond(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if getattr(request, "is_for_everyone", False):
            request.session.accessed = False
        return answer

    return respond


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    """400 in words, as problem details where the API is asked."""
    if request.path.startswith("/api/"):
        return JsonResponse(problem(400, why), status=400, content_type="application/problem+json")
    return HttpResponseBadRequest(why, content_type="text/plain; charset=utf-8")
