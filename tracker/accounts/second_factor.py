"""Whoever has to have a second factor and has none sets one up before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from issues.api.problems import problem
from issues.queries.second_factor import lacks_factor
from issues.views.send_again import factor_first

# What is open before: to set one up, for which one may have to sign in once more, and to sign out.
OPEN = {
    *("sign-in", "account_login", "sign-out", "account_logout", "account_reauthenticate", "healthz"),
    *("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
    *("openid_connect_login", "openid_connect_callback"),
}
FIRST = "Your account has to have a second factor first: set it up in a browser."


class SecondFactorMiddleware:
    """Leads to the page of second factors; what was typed meanwhile is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of whatever comes after."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of the view, or leave it to the view."""
        found = request.resolver_match
        if found is None or found.url_name in OPEN or not lacks_factor(request.user):
            return None
        if request.path.startswith("/api/"):
            answer = problem(403, FIRST)
            return JsonResponse(answer, status=403, content_type="application/problem+json")
        if request.method == "POST":
            return factor_first(request)
        return HttpResponseRedirect(reverse("mfa_index"))
