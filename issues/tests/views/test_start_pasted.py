"""A process that is begun from blocks of a spreadsheet."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from issues.models import Import, Issue, Position, Process, Summit
from issues.tests.views.page import page_of
from issues.tests.views.starting import FLOW, PARTY, told, typed, value_of
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return visit_as("researcher")


def pasted(client: Client, address: str = "/new/", **blocks: str) -> Any:
    return client.post(
        address, typed(name="Lakes") | {f"{name}-pasted": text for name, text in blocks.items()}
    )


@pytest.mark.parametrize(
    "block",
    [
        "Arden\tparty\tstate\nLenna Commission\tmediator\tinternational organisation",
        "Arden,state,party\r\nLenna Commission,International,Mediators\r\n",
        "Kind;Actor;Role\nstate;Arden;party\ninternational;Lenna Commission;mediator",
    ],
)
def test_actors_come_from_a_block_with_or_without_heads(client: Client, block: str) -> None:
    assert pasted(client, actors=block).status_code == 302

    found = [(str(one), one.actor.kind) for one in Process.objects.get().participations.all()]
    assert found == [("Arden, party", "state"), ("Lenna Commission, mediator", "international")]


@pytest.mark.parametrize(
    "block",
    [
        "Flow\tHow much?\tnone\tall\thalf",
        "Issue,Question,Low,High,Options\nFlow,How much?,none,all,50 half",
        "issue,question,option,value\nFlow,How much?,none,0\nFlow,,half,50\n,,all,100",
        "Issue;Question;Option 0;Option 50;Option 100\nFlow;How much?;none;half;all",
    ],
)
def test_issues_come_from_a_block_with_or_without_heads(client: Client, block: str) -> None:
    assert pasted(client, issues=block).status_code == 302

    flow = Issue.objects.get()
    assert (flow.question, flow.low_label, flow.high_label) == ("How much?", "none", "all")
    assert [str(option) for option in flow.options.all()] == ["0 none", "50 half", "100 all"]


def test_meetings_come_from_a_block(client: Client) -> None:
    assert pasted(client, meetings="Summit\tDate\tPlace\nFord\t10 March 2030\tFordham").status_code == 302

    assert Summit.objects.get().starts_on == date(2030, 3, 10)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("Actor\tRole\tMood\nArden\tparty\tgood", "Who takes part, pasted: There is no column “Mood” here"),
        ("Actor\tName\nArden\tArden", "Two columns say the name"),
        ("Actor\n" + "\n".join(f"Actor {number}" for number in range(81)), "At most 80 rows fit here"),
    ],
)
def test_a_block_that_cannot_be_read_stays_where_it_is(client: Client, block: str, message: str) -> None:
    answer = pasted(client, actors=block)

    assert any(message in problem for problem in told(answer))
    assert value_of(page_of(answer), "actors-pasted") == block


def test_a_wrong_cell_of_a_block_is_told_in_the_row_that_it_fills(client: Client) -> None:
    answer = pasted(client, actors="Arden\tparty\tstate\nBelmar\tparty\tkingdom")

    (problem,) = told(answer)
    assert problem.startswith("Who takes part, actor 2, Kind, if it is not on record:")
    assert "kingdom" in problem
    page = page_of(answer)
    assert (value_of(page, "actors-1-name"), value_of(page, "actors-pasted")) == ("Belmar", "")


def test_a_block_is_put_behind_what_was_typed_and_may_be_looked_at_first(client: Client) -> None:
    data = typed(actors=[{"name": "Arden", **PARTY}]) | {
        "actors-pasted": "Belmar\tparty\tstate",
        "more": "actors",
    }

    page = page_of(client.post("/new/", data))

    assert [value_of(page, f"actors-{place}-name") for place in (0, 1)] == ["Arden", "Belmar"]
    assert value_of(page, "actors-pasted") == ""


def test_positions_that_are_pasted_wait_for_what_is_still_asked_of_them(client: Client) -> None:
    data = typed(
        name="Lakes",
        actors=[{"name": "Arden", **PARTY}],
        issues=[FLOW],
        meetings=[{"name": "Ford", "day": "2026-03-10"}],
    )
    cells = (
        "issue\tactor\tsummit\tvalue\tsource_url\tsource_title\n"
        "Flow\tArden\tFord\t50\thttps://a.example/1\tA report"
    )

    answer = client.post("/new/", data | {"positions": cells})

    draft = Import.objects.get()
    # The source is not on record yet: whether it is to be made is asked before there is a plan.
    assert answer["Location"] == f"/lakes/import/{draft.pk}/"
    assert not Position.objects.exists()
