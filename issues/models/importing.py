"""Files that were brought in, or are about to be: each with how it is read, and what came of it."""

from django.conf import settings
from django.db import models

from issues.history import ChangeSet
from issues.models.process import Process


class Import(models.Model):
    """A file that somebody wants to bring into a process, and what it changed.

    ``content`` is the file until it was brought in; then its ``digest`` (SHA-256) tells which file it was.
    ``second`` is a file that was joined to it, kept and told likewise.
    ``rows`` are the numbers of its rows by the key of the position that they were stored as.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imports",
        help_text="Empty for a command that ran without a person.",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(blank=True)
    second_name = models.CharField(max_length=255, blank=True)
    second_digest = models.CharField(max_length=64, blank=True)
    second = models.BinaryField(blank=True)
    mapping = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    change_set = models.OneToOneField(
        ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="imported"
    )

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_done(self) -> bool:
        """Whether it was brought in."""
        return self.change_set_id is not None
