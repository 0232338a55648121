"""The time zone of whoever reads: every time of a page is told in it, and what is typed is read in it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from issues.clock import installation_zone, zone_of
from issues.domain.time_zone import NamedZone, zones
from issues.forms.typed_times import MOMENTS, at_the_moment

TYPED_IN = "time_zone"
FOR_PROGRAMS = ("/api/", "/healthz", "/metrics")

Respond = Callable[[HttpRequest], HttpResponse]


class ZoneOfReader:
    """Shows times in the zone of whoever is signed in, else in the installation's; nothing is left of it.

    Where no session is sent, and by what is the same for everyone, nobody is asked for.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the zone of the installation, until it is known which page is asked for."""
        with timezone.override(installation_zone()):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Take the zone of the reader, whom the page asks for anyway."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or _is_for_everyone(request):
            return
        if request.user.is_authenticated:
            timezone.activate(zone_of(request.user.time_zone))


def typed_times(get_response: Respond) -> Respond:
    """Lead from what a form sent, a day or a time as read in a zone, to an address that says it for everyone.

    A form beside which another zone than UTC stands sends that zone along. An address keeps none: a time
    in it has its offset, and one without is UTC.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        zone = request.GET.get(TYPED_IN, "")
        asked = [name for name in MOMENTS if name in request.GET]
        if request.method not in ("GET", "HEAD") or not asked or zone not in zones():
            return get_response(request)
        query = request.GET.copy()
        del query[TYPED_IN]
        for name in asked:
            values = query.getlist(name)
            query.setlist(name, [at_the_moment(name, typed, NamedZone(zone)) for typed in values])
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")

    return respond


def _is_for_everyone(request: HttpRequest) -> bool:
    name = request.resolver_match.url_name if request.resolver_match else ""
    return request.path.startswith(FOR_PROGRAMS) or (name or "").startswith("embed-")
