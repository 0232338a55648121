"""What allauth asks an installation: how mails are sent, who a provider lets in, which factor may go."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from issues.actions.accounts.provided import person_of
from issues.clock import zone_of
from issues.queries.second_factor import FACTORS, needs_factor
from tracker.accounts.sealed import seal, unsealed
from tracker.throttling import address_of

logger = logging.getLogger(__name__)
MISMATCH = "The name or address and the password do not go together."
TOO_MANY = "Too many wrong codes. Try again in five minutes."


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by password, passwords, and mails about them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your password.",
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited, come by single sign-on, or are made in the admin."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting of wrong passwords to django-axes, which counts them for all processes."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which somebody is known everywhere here."""
        return address_of(request) or "0.0.0.0"  # noqa: S104 -- no address, as in a test: nothing is bound

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it. Where that fails the log says so, and the answer is the same as ever."""
        try:
            super().send_mail(template_prefix, email, {"site": settings.SITE_TITLE, **context})
        except OSError as error:
            # Not its words: a mail server names the address in them.
            logger.error("A mail could not be sent: %s, %s.", template_prefix, type(error).__name__)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Tell somebody what was done to their account, with times in their zone, whoever did it."""
        with timezone.override(zone_of(user.time_zone)):
            super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """One's own page."""
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether somebody is to show once more that it is them: not who did within the last minutes.

        Signing in counts, by whatever way, so that who was just led to set up a factor is not asked again.
        """
        shown = get_authentication_records(self.request, self.request.user)
        last = shown[-1]["at"] if shown else 0
        return bool(time.time() - last >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By password or factor; whoever has neither signs in by the provider once more."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not methods and user.is_authenticated and settings.OIDC_SERVER_URL:
            url = reverse("openid_connect_login", args=["sso"])
            methods.append({"id": "sso", "description": settings.OIDC_NAME, "url": url})
        return methods


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or not any more.",
        "cannot_delete_authenticator": "Your account has to have a second factor: set up another first.",
    }

    def encrypt(self, text: str) -> str:
        """What is stored of a secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return unsealed(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an app of codes calls us."""
        return str(settings.SITE_TITLE)

    def _get_site_name(self) -> str:
        return str(settings.SITE_TITLE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last factor of somebody who has to have one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return not needs_factor(authenticator.user) or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until somebody says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: whom the provider lets in is somebody here, was invited, or is refused."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account. Raises ImmediateHttpResponse, which tells the same in all cases."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refused(request))
        if sociallogin.is_existing:
            return
        claims = sociallogin.provider.extract_common_fields(sociallogin.account.extra_data)
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        found = person_of(
            verified[0] if verified else "",
            name=claims.get("name") or "",
            called=claims.get("username") or "",
            role=settings.OIDC_ROLE,
        )
        if found is None:
            raise ImmediateHttpResponse(refused(request))
        # From now on somebody is known by what the provider calls them, and not by their address.
        sociallogin.connect(request, found)


def refused(request: HttpRequest) -> HttpResponse:
    """The answer to somebody whom the provider let in and we do not."""
    return render(request, "account/not_invited.html", {"provider": settings.OIDC_NAME}, status=403)
