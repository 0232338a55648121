"""What the throttling of sign-ins remembers of an attempt, and when it is too many."""

from collections.abc import Mapping
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest

LONGEST = 255
OF_A_SUBSCRIBER = 64  # bits


def typed_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The name as typed, without regard to case, as it is looked up.

    No longer than the log of attempts can hold: PostgreSQL raises on more.
    """
    name = (credentials or request.POST).get("username")
    return name.lower()[:LONGEST] if name else name


def address_of(request: HttpRequest) -> str | None:
    """The address of whoever signs in: that of the connection, or what the outermost of our proxies saw.

    Each proxy adds at the end of the header the address that asked it; what stands before those of ours may
    be anything. A reader who is not asked through all of them, or no address there, counts by the connection.
    Of an IPv6 address the network counts, in which a subscriber has as many as they like.
    """
    connection: str | None = request.META.get("REMOTE_ADDR")
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if not 0 < settings.PROXIES <= len(seen):
        return _counted(connection)
    return _counted(seen[-settings.PROXIES]) or _counted(connection)


def _counted(address: str | None) -> str | None:
    """An address as it is counted; None for what is none."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, OF_A_SUBSCRIBER), strict=False).network_address)


class AttemptsHandler(AxesDatabaseHandler):
    """Counts the failures of a name from an address, and those of an address for all names together.

    Many may share an address and sign in each morning: only failures count, and who signs in at last has
    theirs forgotten.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> int:
        """The failures of this name; as many as lock it where its address has failed too often."""
        of_name: int = super().get_failures(request, credentials)
        address = getattr(request, "axes_ip_address", None)
        if not address:
            return of_name
        since = get_cool_off_threshold(request)
        of_address = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since).aggregate(
            failures=Sum("failures_since_start", default=0)
        )["failures"]
        is_too_many = of_address >= settings.FAILURES_OF_AN_ADDRESS
        return max(of_name, settings.AXES_FAILURE_LIMIT) if is_too_many else of_name

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Forget the failures of who signed in, by whichever of their names they were."""
        super().user_logged_in(sender, request, user, **kwargs)
        if user.email:
            AccessAttempt.objects.filter(username=user.email.lower(), ip_address=address_of(request)).delete()
