"""The sheet asks the same number of questions however long the process has been going on."""

from typing import Any

import pytest

from issues.models import Actor, Issue, Option, Process, Summit
from issues.tests.crowd import make_crowd
from issues.tests.views.log.desk import Desk, desk_of, someone

SIZES = [(3, 5), (30, 5), (3, 40)]

# Two of each are the session and its user; one opens the transaction of a write, one closes it.
# One asks for the processes to switch to; of a sheet two ask what is put aside, one who sat at the table and
# one who typed what; of a preview one asks who signed what was said there.
SHEET = 22
PREVIEW = 22
NEW_CELL = 15
CELL_AGAIN = 14


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]} summits, {size[1]} actors")
def process(request: pytest.FixtureRequest, db: None) -> Process:
    summits, actors = request.param
    return make_crowd(summits=summits, actors=actors)


@pytest.fixture
def desk(process: Process) -> Desk:
    """A sheet with a cell and a source, and a browser that has been there before."""
    counted = desk_of(someone("mara"), Summit.objects.filter(process=process).latest("starts_on"))
    actor = Actor.objects.filter(participations__process=process).earliest("pk")
    counted.typed(actor, issue_of(process), "b")
    assert counted.get().status_code == 200
    return counted


def issue_of(process: Process) -> Issue:
    return Issue.objects.filter(process=process, kind="preference").earliest("pk")


def test_opening_the_sheet(process: Process, desk: Desk, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(SHEET):
        assert desk.get().status_code == 200


def test_previewing_the_publication(process: Process, desk: Desk, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(PREVIEW):
        assert desk.get("log-preview").status_code == 200


def test_committing_a_new_cell(process: Process, desk: Desk, django_assert_num_queries: Any) -> None:
    actor = Actor.objects.filter(participations__process=process).latest("pk")
    assert Option.objects.filter(issue=issue_of(process)).count() == 5
    with django_assert_num_queries(NEW_CELL):
        assert desk.send(actor, issue_of(process), "r").status_code == 200


def test_committing_a_cell_again(process: Process, desk: Desk, django_assert_num_queries: Any) -> None:
    actor = Actor.objects.filter(participations__process=process).earliest("pk")
    with django_assert_num_queries(CELL_AGAIN):
        assert desk.send(actor, issue_of(process), "c", 1).status_code == 200
