"""A view that writes one row for a signed-in person: what any form that saves must do at the least."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from issues.models import Place

PLAIN = "/bench/plain/"


@require_POST
def plain_write(request: HttpRequest) -> HttpResponse:
    """Write one row and answer."""
    if not request.user.has_perm("issues.add_position"):
        return HttpResponse(status=403)
    QuerySet(Place).filter(pk=int(request.POST["pk"])).update(aliases=request.POST["code"])
    return HttpResponse("ok")


urlpatterns = [path(PLAIN[1:], plain_write), path("", include("tracker.urls"))]
