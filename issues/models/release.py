"""Releases: the record of a process as it was given out, numbered and frozen."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from issues.history import touch
from issues.models.fields import filled
from issues.models.process import Process

# Where the files are kept: outside of the tables, by the name of a storage in the settings.
STORAGE = "releases"
# What may still be said of a release after it was made; everything else is frozen.
SAID_LATER = frozenset({"doi", "concept_doi", "withdrawn_at", "withdrawn_reason"})
DOI = RegexValidator(r"^10\.\d{4,9}/\S+\Z", "Write the DOI like 10.5281/zenodo.1234567.")


class Frozen(TypeError):
    """A release was about to change or to go; it is withdrawn instead, with the reason."""


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, which are made and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a release is frozen."""
        raise Frozen("A release is frozen; make a new one.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a release is frozen."""
        raise Frozen("A release is frozen; make a new one.")

    def delete(self) -> NoReturn:
        """Refuse: a release stays."""
        raise Frozen("A release is never removed; withdraw it, with the reason.")

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise Frozen("A release is never removed; withdraw it, with the reason.")


class Release(models.Model):
    """The record of a process as it was given out: a file, its digest, and what is said of it."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="releases")
    number = models.CharField(
        max_length=20,
        validators=[RegexValidator(r"^\d+(\.\d+){0,2}\Z", "Write the number like 1.0.")],
        help_text="Like 1.0; a number is given once.",
    )
    title = models.CharField(max_length=200)
    notes = models.TextField(blank=True, help_text="What is in it, and what changed since the last.")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="releases"
    )
    known_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: the record as it was when the release was made."
    )
    file_name = models.CharField(max_length=200, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[DOI])
    concept_doi = models.CharField(
        "concept DOI",
        max_length=200,
        blank=True,
        validators=[DOI],
        help_text="That of all releases together.",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=("process", "number"),
                name="release_number_once",
                violation_error_message="There is a release with this number already.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="release_withdrawn_with_reason",
                violation_error_message="Say why it is withdrawn.",
            ),
            filled("number", "release_has_number"),
            filled("title", "release_has_title"),
            filled("sha256", "release_has_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.process}, release {self.number}"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Store a new release, or what is said of a stored one later. Raises Frozen for anything else."""
        if not self._state.adding and (update_fields is None or not set(update_fields) <= SAID_LATER):
            raise Frozen("A release is frozen; make a new one.")
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            touch(self.process_id)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("release", args=[self.process.slug, self.number])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a release stays."""
        raise Frozen("A release is never removed; withdraw it, with the reason.")

    @property
    def is_withdrawn(self) -> bool:
        """Whether it should no longer be used."""
        return self.withdrawn_at is not None


def kept() -> Storage:
    """Where the files of releases are kept."""
    return storages[STORAGE]
