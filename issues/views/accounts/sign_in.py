"""Signing in."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from requests import RequestException

logger = logging.getLogger(__name__)


def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider; where it is away, say so.

    Who is led here by another site has not said that they want in: they see the sign-in page, with its link.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return HttpResponseRedirect(reverse("sign-in"))
    try:
        answer: HttpResponse = login(request, provider_id)
    except RequestException as error:
        logger.error("The provider of single sign-on does not answer: %s.", type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)
    return answer


class SignIn(LoginView):
    """The sign-in page; who is signed in already goes on to the page that was asked for."""

    template_name = "account/sign_in.html"

    def get_next_url(self) -> str | None:
        """The page that was asked for, unless it is this one, which would lead round in circles."""
        wanted: str | None = super().get_next_url()
        return None if wanted and urlsplit(wanted).path == self.request.path else wanted

    def get_success_url(self) -> str:
        """That page, or the start."""
        return self.get_next_url() or resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the provider of single sign-on, where there is one."""
        return {**super().get_context_data(**kwargs), "provider": settings.OIDC_NAME}
