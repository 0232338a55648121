"""The steps of long work: asked for, reached, cancelled, failed; each is stored apart from what it writes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from issues.models.job import MAY_CANCEL, Job, Stage, this_worker
from issues.writers import turn


class Cancelled(Exception):
    """Somebody took the work back before it began to store."""


def reach(job: Job, stage: Stage) -> None:
    """Note how far it came. Raises Cancelled where it was taken back meanwhile."""
    if not _note(job, (*MAY_CANCEL, Stage.STORING), stage=stage, worker=this_worker()):
        raise Cancelled


def finish(job: Job) -> None:
    """Note that it is done."""
    _note(job, (Stage.STORING,), stage=Stage.DONE)


def fail(job: Job, why: str) -> None:
    """Note why nothing was stored."""
    _note(job, (*MAY_CANCEL, Stage.STORING), stage=Stage.FAILED, failure=why)


def cancel(job: Job) -> bool:
    """Take it back. Returns whether it had not begun to store."""
    return _note(job, MAY_CANCEL, stage=Stage.CANCELLED)


def forget_job(job: Job) -> None:
    """Remove what is over or was interrupted, so that its file can be looked at again."""
    with turn(), transaction.atomic():
        job.delete()


def _note(job: Job, before: tuple[Stage, ...], **values: Any) -> bool:
    """Change it where it is at one of these stages; returns whether it was."""
    with turn(), transaction.atomic():
        found = Job.objects.filter(pk=job.pk, stage__in=before)
        return found.update(reached_at=timezone.now(), **values) == 1
