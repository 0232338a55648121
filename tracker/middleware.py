"""Middleware of the installation: what no view should have to think of."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

NUL = "This address or its cookie contains a NUL character, which nothing of ours has."
Respond = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: Respond) -> Respond:
    """Answer 400 to a NUL character in path, query or cookies: PostgreSQL raises on one anywhere."""

    def respond(request: HttpRequest) -> HttpResponse:
        query = unquote(request.META.get("QUERY_STRING", ""), errors="replace")
        if any("\x00" in text for text in (request.path, query, *request.COOKIES.values())):
            if request.path.startswith("/api/"):
                return JsonResponse(
                    {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": NUL},
                    status=400,
                    content_type="application/problem+json",
                )
            return HttpResponseBadRequest(NUL, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return respond
