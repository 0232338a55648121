"""Middleware of the installation: what no view should have to think of."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

Respond = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: Respond) -> Respond:
    """Answer 400 to a NUL character in the path or the query: PostgreSQL raises on one anywhere."""

    def respond(request: HttpRequest) -> HttpResponse:
        query = unquote(request.META.get("QUERY_STRING", ""), errors="replace")
        if "\x00" in request.path or "\x00" in query:
            return HttpResponseBadRequest(
                "This address contains a NUL character, which no page of ours has.",
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return respond
