"""Which passwords open an account of this installation."""

import logging
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from issues.actions.demo.accounts import PASSWORD

logger = logging.getLogger(__name__)


class OwnPasswords(AuthenticationBackend):
    """Signs in by password, but not by that of the demo where its accounts are not meant to be."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Look a name up once: what is typed stands for a name and an address alike.

        Allauth looks an address up twice, and would tell by its time that it has an account.
        """
        if "username" in credentials:
            credentials.pop("email", None)
        found: AbstractBaseUser | None = super()._authenticate(request, **credentials)
        return found

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        found: AbstractBaseUser | None = super()._check_password(user, password)
        if found is not None and password == PASSWORD and not settings.DEMO_ACCOUNTS:
            logger.error("The account %s has the password of the demo and was not let in.", found.pk)
            return None
        return found

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        """Keep nobody whose account is closed: a sign-in to it is answered as to none."""
        return None


class NotOfTheDemo:
    """Refuses the password of the demo for any account."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for that password."""
        if password == PASSWORD:
            raise ValidationError("This is the password of the demo, which everyone can read.", code="demo")

    def get_help_text(self) -> str:
        """What stands beside the field."""
        return "Your password cannot be that of the demo."
