"""What the throttling of logins remembers of an attempt."""

from collections.abc import Mapping
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

LONGEST = 255


def typed_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The user name as typed, no longer than the log of attempts can hold: PostgreSQL raises on more."""
    name = (credentials or request.POST).get("username")
    return name[:LONGEST] if name else name


def address_of(request: HttpRequest) -> str | None:
    """The address of whoever signs in: that of the connection, or what the outermost of our proxies saw.

    Each proxy adds at the end of the header the address that asked it; what stands before those of ours may
    be anything. A reader who is not asked through all of them, or no address there, counts by the connection.
    """
    connection: str | None = request.META.get("REMOTE_ADDR")
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if not 0 < settings.PROXIES <= len(seen):
        return connection
    try:
        return str(ip_address(seen[-settings.PROXIES]))
    except ValueError:
        return connection
