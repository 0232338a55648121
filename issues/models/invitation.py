"""Who was asked in, by whom, as what, and what became of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from issues.models.fields import one_of
from issues.models.process import Process
from issues.models.process_member import Role


class InstallationRole(models.TextChoices):
    """The groups of an installation, by the names that the migrations gave them."""

    NONE = "", "none"
    VIEWERS = "Viewers", "Viewers: read"
    RESEARCHERS = "Researchers", "Researchers: record and correct as well"
    EDITORS = "Editors", "Editors: delete as well"


class Invitation(models.Model):
    """A letter to an address, with a link that lets its reader in, once and for some days.

    It is an act of administration and no record of the negotiation: who sent it and who took it up, and when,
    stands in it. The link is signed and names ``sent_at``, so that sending it again ends the one before.
    """

    InstallationRole = InstallationRole

    email = models.EmailField("address")
    group = models.CharField("role in the installation", max_length=11, blank=True, choices=InstallationRole)
    process = models.ForeignKey(
        Process, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField("role in the process", max_length=10, blank=True, choices=Role)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="invitations_accepted",
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            one_of("group", InstallationRole, "invitation_group_known"),
            models.CheckConstraint(
                condition=Q(process=None, role="") | Q(process__isnull=False, role__in=Role.values),
                name="invitation_role_in_process",
                violation_error_message="A process and the role in it are given together.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
                violation_error_message="Who took up an invitation is told with the time.",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def good_until(self) -> datetime:
        """When its link ends."""
        return self.sent_at + timedelta(days=settings.INVITATION_DAYS)

    @property
    def is_answered(self) -> bool:
        """Whether it was taken up or withdrawn."""
        return self.accepted_at is not None or self.withdrawn_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its link lets somebody in now."""
        return not self.is_answered and timezone.now() < self.good_until


def open_invitations() -> models.QuerySet[Invitation]:
    """Those whose links let somebody in now."""
    since = timezone.now() - timedelta(days=settings.INVITATION_DAYS)
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, sent_at__gt=since)
