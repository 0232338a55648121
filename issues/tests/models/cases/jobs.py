"""Cases for the constraints of work that outlives a request."""

from typing import Any

from issues.models import Import
from issues.models.job import Job, Stage
from issues.tests.factories import make_process, make_user
from issues.tests.models.cases.case import Check, one_of
from issues.tests.models.cases.changes import make_change_set


def make_import() -> Import:
    """A file that waits."""
    return Import.objects.create(process=make_process(), by=make_user(), file_name="positions.csv")


def make_job(**fields: Any) -> Job:
    """Work on a change set to be undone, unless it is said to be on a file."""
    of = {} if "imported" in fields else {"undoing": make_change_set()}
    return Job.objects.create(by=make_user(), reason="x", **{**of, **fields})


CHECKS = {
    "job_stage_known": one_of(make_job, "stage", *Stage.values),
    "job_one_task": Check(
        make_job,
        holds=[{"undoing": make_change_set}, {"imported": make_import}],
        breaks=[{"imported": make_import}, {"undoing": None}],
    ),
}
