"""A worker that is killed in the middle of storing: nothing of it is stored, and the work says so."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django_tasks_db.models import DBTaskResult

from issues.actions.importing.draft import add_draft
from issues.actions.importing.look import as_stored, look
from issues.actions.jobs.work import ask
from issues.history import ChangeSet, Way, recording
from issues.importing.mapping import Mapping
from issues.importing.stored import stored
from issues.management.bench.server import _environment
from issues.models import Job, Position
from issues.tests.factories import make_issue, make_party, make_process, make_summit, make_user

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORK = ("manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload")
# The positions and their words are stored by then, and not what the change set files of them.
KILLED = """
import os, signal
from unittest.mock import patch
import django
django.setup()
from django.core.management import call_command
from issues.actions.importing.carry_out import _Deed
patch.object(_Deed, "_correct", lambda *args: os.kill(os.getpid(), signal.SIGKILL)).start()
call_command("db_worker", batch=True, startup_delay=False, reload=False)
"""


@pytest.fixture
def job(transactional_db: None) -> Job:
    """A file of one position that waits for a worker."""
    with recording(by=None, reason="Set up.", kind=Way.COMMAND):
        process = make_process()
        actor = make_party(process)
        issue = make_issue(process=process)
        summit = make_summit(process=process)
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="add_position"))
    rows = f"issue,actor,summit,value\n{issue.slug},{actor.slug},{summit.slug},40\n".encode()
    mapping = Mapping(
        columns={name: name for name in ("issue", "actor", "summit", "value")}, inferred="Read off a chart."
    )
    draft = add_draft(process=process, name="chart.csv", content=rows, mapping=as_stored(mapping), by=user)
    plan = look(draft, stored(process))[1]
    assert plan is not None
    assert plan.counts["new"] == 1, plan.problems
    return ask(Job(imported=draft, by=user, reason="Charts.", size=1, seen=plan.seen))


def worker(*command: str) -> subprocess.CompletedProcess[Any]:
    """A worker of its own on the database of this test, until it is done."""
    environment = {**os.environ, **_environment(), "DEBUG": "true"}
    return subprocess.run([sys.executable, *command], cwd=settings.BASE_DIR, env=environment, timeout=120)


def test_a_killed_worker_leaves_nothing_and_the_work_is_done_when_it_is_started_again(job: Job) -> None:
    before = ChangeSet.objects.count()

    assert worker("-c", KILLED).returncode < 0

    job = Job.objects.get()
    assert (job.stage, job.is_interrupted, job.is_stored) == ("storing", True, False)
    assert (Position.objects.count(), Position.history.count()) == (0, 0)
    assert ChangeSet.objects.count() == before

    again = ask(Job(**{name: getattr(job, name) for name in ("imported", "by", "reason", "size", "seen")}))
    assert worker(*WORK).returncode == 0

    again.refresh_from_db()
    assert (again.stage, again.failure, again.is_stored) == ("done", "", True)
    assert (Position.objects.count(), Position.history.count()) == (1, 1)


def test_two_workers_do_not_take_the_same_work(job: Job) -> None:
    environment = {**os.environ, **_environment(), "DEBUG": "true"}
    both = [
        subprocess.Popen([sys.executable, *WORK], cwd=settings.BASE_DIR, env=environment) for _ in range(2)
    ]

    assert [one.wait(120) for one in both] == [0, 0]

    assert (Position.objects.count(), Position.history.count()) == (1, 1)
    (taken,) = DBTaskResult.objects.all()
    assert len(taken.worker_ids) == 1
    assert taken.status == "SUCCESSFUL"
    assert Job.objects.get().stage == "done"
