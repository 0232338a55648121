"""Whether the installation can answer at all."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from issues.history import revision

AWAY = "The database does not answer, or is not migrated."


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers what every page asks first, 503 when it does not. One query."""
    try:
        revision()
    except Error:
        return HttpResponse(AWAY, status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
