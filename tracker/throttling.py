"""What the throttling of logins remembers of an attempt."""

from collections.abc import Mapping

from django.http import HttpRequest

LONGEST = 255


def typed_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The user name as typed, no longer than the log of attempts can hold: PostgreSQL raises on more."""
    name = (credentials or request.POST).get("username")
    return name[:LONGEST] if name else name
