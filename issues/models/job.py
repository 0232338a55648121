"""Long work that outlives the request in which it was asked for."""

import os
import socket
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from issues.history import ChangeSet
from issues.models.fields import one_of
from issues.models.importing import Import

# A worker on another machine is believed to be gone when nothing was heard of it for so long.
SILENT_FOR = timedelta(minutes=15)
# Whoever has a worker running waits for seconds.
UNCLAIMED_FOR = timedelta(seconds=10)


class Stage(models.TextChoices):
    """How far it came."""

    WAITING = "waiting", "waiting"
    READING = "reading", "reading"
    CHECKING = "checking", "checking"
    STORING = "storing", "storing"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


RUNNING = (Stage.READING, Stage.CHECKING, Stage.STORING)
# Before its transaction begins it can be cancelled, and nothing of it was stored.
MAY_CANCEL = (Stage.WAITING, Stage.READING, Stage.CHECKING)


class Job(models.Model):
    """A file to be brought in or a change set to be undone, by a worker, in the name of who asked for it.

    ``size`` is how many positions or records it is about, ``seen`` the sign of the plan that was confirmed,
    ``worker`` the machine and the process that run it, ``failure`` in words why nothing was stored.
    """

    Stage = Stage

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    reason = models.TextField()
    imported = models.ForeignKey(Import, null=True, blank=True, on_delete=models.CASCADE, related_name="jobs")
    undoing = models.ForeignKey(
        ChangeSet, null=True, blank=True, on_delete=models.CASCADE, related_name="jobs"
    )
    size = models.PositiveIntegerField(default=0)
    seen = models.CharField(max_length=64, blank=True)
    without_refused = models.BooleanField(default=False)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    reached_at = models.DateTimeField(default=timezone.now)
    worker = models.CharField(max_length=300, blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            one_of("stage", Stage, "job_stage_known"),
            models.CheckConstraint(
                condition=Q(imported__isnull=False, undoing__isnull=True)
                | Q(imported__isnull=True, undoing__isnull=False),
                name="job_one_task",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.imported or self.undoing}, {self.get_stage_display()}"

    @property
    def is_stored(self) -> bool:
        """Whether what was asked for is in the record, whatever became of the worker: the record says it."""
        if self.imported is not None:
            return self.imported.change_set_id is not None
        return self.undoing is not None and self.undoing.undone_by_id is not None

    @property
    def is_interrupted(self) -> bool:
        """Whether its worker went away in the middle: then nothing was stored, or it is done."""
        if self.stage not in RUNNING or self.is_stored:
            return False
        machine, _, process = self.worker.rpartition(" ")
        if machine != socket.gethostname():
            return timezone.now() - self.reached_at > SILENT_FOR
        return not _is_alive(int(process))

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self.stage in (Stage.WAITING, *RUNNING) and not self.is_stored and not self.is_interrupted

    @property
    def may_cancel(self) -> bool:
        """Whether it has not begun to store."""
        return self.is_open and self.stage in MAY_CANCEL

    @property
    def is_unclaimed(self) -> bool:
        """Whether it has waited for longer than a worker that runs would let it."""
        return self.stage == Stage.WAITING and timezone.now() - self.asked_at > UNCLAIMED_FOR


def this_worker() -> str:
    """The machine and the process that run this."""
    return f"{socket.gethostname()} {os.getpid()}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another account's
        return True
    return True
