"""Who asks, known to whatever is looked up while a page is made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from issues.queries.access.shared import asked_by


def asking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Offer nobody, in a look-up, what belongs to processes that are hidden from them."""

    def respond(request: HttpRequest) -> HttpResponse:
        with asked_by(request.user):
            return get_response(request)

    return respond
