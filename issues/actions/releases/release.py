"""Making a release of a file, withdrawing it, and saying by which DOI it is known."""

from datetime import datetime
from hashlib import sha256
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from issues.models import Process
from issues.models.release import Release, kept
from issues.user import User
from issues.writers import turn

PORTION = 2**20


def make_release(
    process: Process,
    content: IO[bytes],
    *,
    number: str,
    title: str,
    notes: str,
    known_at: datetime | None,
    by: User | None,
) -> Release:
    """Keep a file as a release of a process. Raises ValidationError, by field; then no file is kept."""
    digest, size = sha256(), 0
    content.seek(0)
    while some := content.read(PORTION):
        digest.update(some)
        size += len(some)
    content.seek(0)
    said = {"number": number, "title": title, "notes": notes, "known_at": known_at}
    made = Release(process=process, by=by, size=size, sha256=digest.hexdigest(), file_name="-", **said)
    made.full_clean()
    made.file_name = kept().save(f"{process.uuid}/{number}.zip", File(content))
    try:
        with transaction.atomic():
            made.save()
    except BaseException:
        kept().delete(made.file_name)
        raise
    return made


def withdraw(release: Release, *, reason: str) -> None:
    """Say that a release should no longer be used, and why; it stays. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is withdrawn."})
    with turn(), transaction.atomic():
        now = Release.objects.select_for_update().get(pk=release.pk)  # of two at once one gives the reason
        if now.is_withdrawn:
            raise ValidationError({"reason": "This release is withdrawn already."})
        release.withdrawn_at, release.withdrawn_reason = timezone.now(), reason.strip()
        release.save(update_fields=["withdrawn_at", "withdrawn_reason"])


def name_by_doi(release: Release, *, doi: str, concept_doi: str) -> None:
    """Say under which DOI a release, and all of a process together, can be found. Raises ValidationError."""
    release.doi, release.concept_doi = doi.strip(), concept_doi.strip()
    release.full_clean()
    release.save(update_fields=["doi", "concept_doi"])
