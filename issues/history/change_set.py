"""Change sets: who changed what, when, why and by which way; and which processes it touched."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from issues.user import name_of

COMMAND = "A command"


class Way(models.TextChoices):
    """By which way a change came in."""

    PAGE = "page", "on a page"
    ADMIN = "admin", "in the admin"
    IMPORT = "import", "by an import"
    COMMAND = "command", "by a command"


class ChangeSet(models.Model):
    """One sitting: the changes that one person made at one time for one reason."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="change_sets",
        help_text="Empty for a command that ran without a person.",
    )
    author = models.CharField(
        max_length=150,
        blank=True,
        help_text="The name of the person at that time, kept though the account be closed.",
    )
    time = models.DateTimeField(auto_now_add=True, db_index=True)
    reason = models.TextField()
    kind = models.CharField(max_length=10, choices=Way)
    undone_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undoes"
    )

    class Meta:
        ordering = ("-time", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="change_set_has_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=["command", "import"]) | Q(user__isnull=False),
                name="change_set_has_author",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | ~Q(author=""), name="change_set_names_author"
            ),
            models.CheckConstraint(condition=Q(kind__in=Way.values), name="change_set_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} ({self.get_kind_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; a new one with the name of its author as it is now."""
        if self._state.adding:
            self.author = name_of(self.user)
        super().save(*args, **kwargs)

    @property
    def who(self) -> str:
        """The author, in words; a command may run without a person."""
        return self.author or COMMAND


class ProcessChange(models.Model):
    """What a change set did in one process, so that a feed of it need not look through every history.

    It stays when the process is deleted, like the history itself: hence no constraint in the database.
    """

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="process_changes")
    process = models.ForeignKey(
        "issues.Process", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    written = models.JSONField(
        default=dict, help_text="How many records it wrote, by kind of record and by “+”, “~” or “-”."
    )
    subject = models.CharField(
        max_length=300,
        blank=True,
        help_text="What it was about, by name as of then, where that was one record.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("process", "change_set"), name="process_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_set} in process {self.process_id}"
