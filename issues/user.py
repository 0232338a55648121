"""Who signs in. Below everything else, because the audit history names people."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models

from issues.domain.time_zone import zones

FORMER = "a former member"


class Accounts(UserManager["User"]):
    """Keeps addresses of mail in small letters, as they are looked up when somebody signs in by one."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The address as it is stored."""
        return super().normalize_email(email).lower()


def validate_zone(name: str) -> None:
    """Refuse what is the name of no time zone. Raises ValidationError."""
    if name not in zones():
        raise ValidationError(f"“{name}” is no time zone. Write it like Europe/Paris.", code="zone")


class User(AbstractUser):
    """A person with an account, under one name: the name that the history keeps of what they do."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(
        max_length=150,
        blank=True,
        help_text="As the history tells it, in any script. Empty: the user name.",
    )
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        validators=[validate_zone],
        help_text="In which times are shown and typed. Empty: that of the installation.",
    )
    erased_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When everything personal was taken out of it."
    )

    objects: ClassVar[Accounts] = Accounts()

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        # People sign in by it, and are known by it to single sign-on.
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~models.Q(email=""),
                name="user_address_once",
                violation_error_message="Another account has this address.",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The name by which others know this person."""
        if self.erased_at:
            return FORMER
        return self.name or self.username

    def get_short_name(self) -> str:
        """The same: how names divide differs between languages."""
        return self.get_full_name()

    def clean(self) -> None:
        """Take away space around the name."""
        super().clean()
        self.name = self.name.strip()


def name_of(user: Any) -> str:
    """What the history calls an author: their name as it is now, nothing for a command without a person."""
    return user.get_full_name() if user is not None else ""
