"""Signing in."""

from urllib.parse import urlsplit

from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """The sign-in page; who is signed in already goes on to the page that was asked for."""

    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:  # type: ignore[override]
        """The page that was asked for, unless it is this one, which would lead round in circles."""
        wanted: str = super().get_redirect_url()
        return "" if urlsplit(wanted).path == self.request.path else wanted
