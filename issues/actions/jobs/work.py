"""What a worker does: brings a file in or undoes a change set, as the person who asked for it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks import task

from issues.actions.importing.carry_out import ChangedMeanwhile, carry_out
from issues.actions.importing.look import CHANGED, file_of, look
from issues.actions.jobs.steps import Cancelled, fail, finish, reach
from issues.actions.take_back.undo_change_set import LaterChange, undo
from issues.actions.take_back.undo_edit import may_undo
from issues.history import StaleVersion, Way
from issues.importing.reading import ReadError
from issues.importing.stored import stored
from issues.models.job import Job, Stage
from issues.queries.access.may import may_in
from issues.queries.access.shared import asked_by
from issues.writers import turn

# How many positions or records a page writes itself; a worker brings in what is more.
MOST_ON_A_PAGE = 500
NOT_ALLOWED = "The account that asked for it may no longer do so."
OUR_FAULT = "It stopped by an error of ours, which stands in the log of the worker. Nothing was stored."
REFUSALS = (ValidationError, ChangedMeanwhile, LaterChange, StaleVersion, ReadError)


def ask(job: Job) -> Job:
    """Have it done by a worker: the work and its place in the queue are stored as one."""
    with turn(), transaction.atomic():
        job.save()
        run.enqueue(job.pk)
    return job


@task
def run(pk: int) -> None:
    """Do it, unless it was cancelled or forgotten; what stands against it is kept with it in words."""
    job = Job.objects.select_related("by", "imported__process", "undoing").filter(pk=pk).first()
    if job is None or job.stage != Stage.WAITING:
        return
    try:
        with asked_by(job.by):
            (_bring_in if job.imported else _take_back)(job)
    except Cancelled:
        return
    except REFUSALS as error:
        fail(job, " ".join(error.messages if isinstance(error, ValidationError) else [str(error)]))
    except Exception:
        fail(job, OUR_FAULT)
        raise
    else:
        finish(job)


def _bring_in(job: Job) -> None:
    draft = job.imported
    assert draft is not None  # noqa: S101 -- that is what it is about
    if not (job.by.is_active and may_in(job.by, "issues.add_position", draft.process)):
        raise ValidationError(NOT_ALLOWED)
    reach(job, Stage.READING)
    now = stored(draft.process)
    reach(job, Stage.CHECKING)
    file, plan, missing = look(draft, now)
    if plan is None or plan.seen != job.seen:
        raise ValidationError([CHANGED, *missing])
    of = file_of(draft, file)
    del now, file  # the record and the rows that were read, which may be large and are asked no more
    reach(job, Stage.STORING)
    carry_out(
        plan,
        process=draft.process,
        file=of,
        by=job.by,
        reason=job.reason,
        without_refused=job.without_refused,
        draft=draft,
    )


def _take_back(job: Job) -> None:
    change_set = job.undoing
    assert change_set is not None  # noqa: S101 -- that is what it is about
    if not (job.by.is_active and may_undo(job.by, change_set)):
        raise ValidationError(NOT_ALLOWED)
    reach(job, Stage.STORING)
    undo(change_set, by=job.by, reason=job.reason, kind=Way.PAGE)
