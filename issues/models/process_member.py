"""Who takes part in the work on a process, and as what."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from issues.models.fields import one_of
from issues.models.process import Process


class Role(models.TextChoices):
    """What somebody may do in one process, each with all of the one before it."""

    READER = "reader", "reader: reads all of it"
    RESEARCHER = "researcher", "researcher: records and corrects as well"
    EDITOR = "editor", "editor: deletes and makes releases as well"
    OWNER = "owner", "owner: says who sees it as well"


class ProcessMember(models.Model):
    """A role that somebody has in a process, since when, by whom and why; and when and by whom it was ended.

    A row is never changed but to end it: another role is another row. So the table is its own history, which
    owners read; it is no part of the record that a process publishes.
    """

    Role = Role

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="process_roles")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateTimeField(default=timezone.now, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    reason = models.TextField(blank=True)
    until = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    end_reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("process", "-since", "-pk")
        verbose_name = "member of a process"
        verbose_name_plural = "members of processes"
        constraints = [
            one_of("role", Role, "process_member_role_known"),
            models.UniqueConstraint(
                fields=("process", "user"),
                condition=Q(until=None),
                name="process_member_one_role",
                violation_error_message="This person has a role in the process already.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="process_member_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=("user",), condition=Q(until=None), name="process_member_now")]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} of {self.process}"


def in_force() -> QuerySet[ProcessMember]:
    """The roles that people have now."""
    return ProcessMember.objects.filter(until=None)
