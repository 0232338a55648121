"""Which passwords open an account of this installation."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from issues.actions.demo.accounts import PASSWORD

logger = logging.getLogger(__name__)


class OwnPasswords(ModelBackend):
    """Signs in by password, but not by that of the demo where its accounts are not meant to be."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """The account, or None."""
        found = super().authenticate(request, username, password, **kwargs)
        if found is not None and password == PASSWORD and not settings.DEMO_ACCOUNTS:
            logger.error("The account %s has the password of the demo and was not let in.", found.pk)
            return None
        return found


class NotOfTheDemo:
    """Refuses the password of the demo for any account."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for that password."""
        if password == PASSWORD:
            raise ValidationError("This is the password of the demo, which everyone can read.", code="demo")

    def get_help_text(self) -> str:
        """What stands beside the field."""
        return "Your password cannot be that of the demo."
