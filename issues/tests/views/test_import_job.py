"""A large file is brought in by a worker: its page tells how far it is, and takes it back in time."""

import subprocess
import sys
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from issues.actions.jobs import work
from issues.actions.jobs.steps import Cancelled, cancel, reach
from issues.history import ChangeSet
from issues.models import Import, Job, Position
from issues.models.job import Stage
from issues.tests.acts import apart, correct
from issues.tests.universe import Universe
from issues.tests.views.importing import GOOD, confirmed, upload
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as
from issues.user import User


@pytest.fixture
def researcher(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("issues.views.importing.MOST_ON_A_PAGE", 1)
    return visit_as("researcher")


@pytest.fixture
def asked(researcher: Client) -> str:
    """The address of a file whose plan was confirmed and that waits for a worker."""
    address = upload(researcher, GOOD)["Location"]
    assert researcher.post(f"{address}plan/", confirmed(researcher, address))["Location"] == address
    return str(address)


def run_worker() -> None:
    """Have a worker do what waits."""
    how: dict[str, Any] = {"queue_names": ["default"], "interval": 0, "backend_name": "default"}
    how |= {"startup_delay": False, "max_tasks": None, "worker_id": "one", "excluded_queue_names": []}
    with apart(), patch(f"{Worker.__module__}.close_old_connections"):
        Worker(batch=True, **how).run()


def told(client: Client, address: str) -> str:
    return page_of(client.get(address)).one("main").text


def test_a_large_file_waits_for_a_worker_that_stores_what_was_confirmed(
    universe: Universe, researcher: Client, asked: str
) -> None:
    waiting = researcher.get(asked)
    assert "Waiting (now, since" in page_of(waiting).one("main").text
    assert waiting["Refresh"] == "2"
    assert not Position.objects.filter(summit=universe.spring).exists()

    run_worker()

    assert "Done: positions.csv" in told(researcher, asked)
    made = Import.objects.get().change_set
    assert (made.user, made.reason, made.kind) == (Job.objects.get().by, "Spring.", "import")
    assert Position.objects.filter(summit=universe.spring).count() == 2
    assert Job.objects.get().stage == Stage.DONE


def test_a_small_file_needs_no_worker(universe: Universe) -> None:
    researcher = visit_as("researcher")
    address = upload(researcher, GOOD)["Location"]

    researcher.post(f"{address}plan/", confirmed(researcher, address))

    assert Position.objects.filter(summit=universe.spring).count() == 2
    assert not Job.objects.exists()


def test_the_page_stands_still_where_that_is_asked_for(researcher: Client, asked: str) -> None:
    assert "Refresh" not in researcher.get(f"{asked}?still")


def test_work_that_no_worker_takes_says_how_one_is_started(researcher: Client, asked: str) -> None:
    assert "db_worker" not in told(researcher, asked)

    Job.objects.update(asked_at=timezone.now() - timedelta(seconds=11))

    assert "manage.py db_worker" in told(researcher, asked)


def test_what_is_cancelled_is_not_stored_and_the_file_is_there_again(
    universe: Universe, researcher: Client, asked: str
) -> None:
    researcher.post(asked, {"cancel": ""})
    run_worker()

    page = researcher.get(asked)
    assert "Cancelled. Nothing was stored." in page_of(page).one("main").text
    assert "Refresh" not in page
    assert not Position.objects.filter(summit=universe.spring).exists()
    assert researcher.post(asked, {"back": ""})["Location"] == asked
    assert researcher.get(f"{asked}plan/").status_code == 200


def test_cancelling_between_the_steps_stops_before_anything_is_stored(asked: str) -> None:
    job = Job.objects.get()
    reach(job, Stage.CHECKING)

    assert cancel(job)

    with pytest.raises(Cancelled):
        reach(job, Stage.STORING)


def test_what_is_being_stored_is_not_cancelled(researcher: Client, asked: str) -> None:
    reach(Job.objects.get(), Stage.STORING)

    answer = researcher.post(asked, {"cancel": ""})

    assert answer.status_code == 409
    assert "It is being stored already" in page_of(answer).one("div", role="alert").text
    assert Job.objects.get().stage == Stage.STORING


def test_a_record_that_changed_meanwhile_is_told_and_nothing_is_stored(
    universe: Universe, researcher: Client, asked: str
) -> None:
    place = universe.at("arden", "flow", "weir")
    correct(place, {"salience": 5.0}, by=universe.coder, reason="A second look")
    Job.objects.update(seen="another plan")

    run_worker()

    assert "The plan is another now" in told(researcher, asked)
    assert "Nothing was stored." in told(researcher, asked)
    assert not Position.objects.filter(summit=universe.spring).exists()


def test_who_may_no_longer_record_has_nothing_stored(
    universe: Universe, researcher: Client, asked: str
) -> None:
    Job.objects.get().by.groups.clear()

    run_worker()

    assert Job.objects.get().failure == work.NOT_ALLOWED
    assert not Position.objects.filter(summit=universe.spring).exists()


def test_an_error_of_ours_is_told_and_nothing_is_stored(
    universe: Universe, researcher: Client, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "carry_out", broken)

    run_worker()

    assert "an error of ours" in told(researcher, asked)
    monkeypatch.undo()
    monkeypatch.setattr("issues.views.importing.MOST_ON_A_PAGE", 1)
    researcher.post(asked, {"again": ""})
    run_worker()
    assert Position.objects.filter(summit=universe.spring).count() == 2


def test_a_worker_that_is_gone_is_told_as_interrupted_and_the_work_is_started_again(
    universe: Universe, researcher: Client, asked: str
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    reach(Job.objects.get(), Stage.CHECKING)
    machine = Job.objects.get().worker.rpartition(" ")[0]
    Job.objects.update(worker=f"{machine} {gone.pid}")

    assert "Interrupted while checking" in told(researcher, asked)
    assert "Nothing was stored" in told(researcher, asked)

    researcher.post(asked, {"again": ""})
    run_worker()
    assert Position.objects.filter(summit=universe.spring).count() == 2


def test_a_worker_elsewhere_is_believed_for_a_quarter_of_an_hour(asked: str) -> None:
    reach(Job.objects.get(), Stage.CHECKING)
    Job.objects.update(worker="elsewhere 1")
    assert not Job.objects.get().is_interrupted

    Job.objects.update(reached_at=timezone.now() - timedelta(minutes=16))

    assert Job.objects.get().is_interrupted


def test_another_person_neither_sees_nor_cancels_it(researcher: Client, asked: str) -> None:
    other = visit_as("editor")

    assert other.get(asked).status_code == 404
    assert other.post(asked, {"cancel": ""}).status_code == 404
    assert Job.objects.get().stage == Stage.WAITING


def test_a_large_change_set_is_undone_by_a_worker(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issues.admin.tools.undo.MOST_ON_A_PAGE", 1)
    editor = visit_as("editor")
    User.objects.filter(username="editor").update(is_staff=True)
    address = upload(editor, GOOD)["Location"]
    editor.post(f"{address}plan/", confirmed(editor, address))
    made = Import.objects.get().change_set

    answer = editor.post(f"/admin/issues/changeset/{made.pk}/undo/", {"change_reason": "Another was meant."})
    assert "Waiting (now, since" in told(editor, answer["Location"])
    run_worker()

    assert "Done: all of it was stored" in told(editor, answer["Location"])
    assert not Position.objects.filter(summit=universe.spring).exists()
    assert ChangeSet.objects.get(pk=made.pk).undone_by.reason == "Another was meant."
    assert visit_as("researcher").get(answer["Location"]).status_code == 404
    assert visit_as("viewer").get(answer["Location"]).status_code == 404
