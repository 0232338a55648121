"""What a program reads with, in the name of an account."""

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from issues.clock import utc_day
from issues.models.fields import filled, one_of


class Scope(models.TextChoices):
    """What a token lets a program read, of what its account may."""

    PUBLISHED = "published", "read what is published"
    DRAFTS = "drafts", "read what is published, and drafts"


class Token(models.Model):
    """A key that an account gave to a program. Stored is its hash alone: it is shown once.

    ``hint`` is how it begins, to tell several apart; ``expires_on`` the last day on which it is taken, in
    UTC. An account that is closed takes its tokens along.
    """

    Scope = Scope

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, help_text="What it is for, to know it again.")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=12, editable=False)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.PUBLISHED)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(
        null=True, blank=True, help_text="The last day on which it is taken; empty for no end."
    )
    last_used_on = models.DateField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [filled("name", "token_has_name"), one_of("scope", Scope, "token_scope_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and self.expires_on < utc_day()

    @property
    def reads_drafts(self) -> bool:
        """Whether it was given for drafts too; whether its account may is asked each time."""
        return self.scope == Scope.DRAFTS


def in_force() -> QuerySet[Token]:
    """The tokens that are neither revoked nor expired, of accounts that are open."""
    today = utc_day()
    lasting = Q(expires_on=None) | Q(expires_on__gte=today)
    return Token.objects.filter(lasting, revoked_at=None, user__is_active=True)
