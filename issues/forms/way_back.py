"""Where one came from, and goes back to when what one came for is done."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the address or the form names as where one was, else another."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else otherwise
