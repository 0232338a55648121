"""A position is reviewed by someone else than its last editor; the matrix shows what waits for it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.actions.record.review import mark_reviewed
from issues.models import Position
from issues.tests.acts import correct
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.user import User


@pytest.fixture
def rosa(universe: Universe) -> User:
    user = make_user(username="rosa")
    user.groups.add(Group.objects.get(name="Researchers"))
    return user


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def address(position: Position) -> str:
    return f"/lenna/positions/{position.pk}/review/"


def test_it_is_marked_in_two_clicks_from_the_position(client: Client, universe: Universe, rosa: User) -> None:
    position = universe.at("cadria", "flow", "ford")
    issue = page_of(client.get("/lenna/issues/flow/"))
    assert address(position) in issue.links

    page = page_of(client.get(address(position)))
    assert "No drop may stay" in page.text
    version = page.one("input", name="version").attrs["value"]
    answer = client.post(address(position), {"version": version})

    assert answer["Location"] == f"/lenna/issues/flow/#position-{position.pk}"
    position.refresh_from_db()
    assert position.reviewed_by == rosa
    assert address(position) not in page_of(client.get("/lenna/issues/flow/")).links
    assert "reviewed on" in page_of(client.get(answer["Location"])).text
    again = page_of(client.get(address(position)))
    assert "Reviewed by rosa on" in again.text
    assert not again.all("input", name="version")


def test_the_last_editor_is_told_why_not(client: Client, universe: Universe, rosa: User) -> None:
    position = correct(universe.at("cadria", "flow", "ford"), {"note": "Mine."}, by=rosa, reason="Reread.")
    assert "someone else must review it" in page_of(client.get(address(position))).text
    answer = client.post(address(position), {"version": position.version})
    assert answer.status_code == 400
    assert "Someone else than the last editor must review" in page_of(answer).one("div", css="errors").text
    position.refresh_from_db()
    assert position.reviewed_by is None


@pytest.mark.parametrize("version", ["", "0", "x", "99", "1' OR 1"])
def test_what_was_changed_meanwhile_is_not_reviewed_unseen(
    client: Client, universe: Universe, version: str
) -> None:
    position = universe.at("cadria", "flow", "ford")
    answer = client.post(address(position), {"version": version})
    assert answer.status_code == 400
    assert "Someone changed it" in page_of(answer).text
    position.refresh_from_db()
    assert position.reviewed_by is None


def test_a_position_of_another_process_or_none_is_not_found(client: Client, universe: Universe) -> None:
    assert client.get("/lenna/positions/999999/review/").status_code == 404
    assert client.post("/lenna/positions/999999/review/").status_code == 404
    assert (
        client.get(f"/other/positions/{universe.at('cadria', 'flow', 'ford').pk}/review/").status_code == 404
    )


def names(page: Node) -> list[str]:
    rows = [row for row in page.all("tr") if row.all("th", scope="row")]
    return [row.one("th", scope="row").one("bdi").text for row in rows]


def test_the_matrix_shows_who_waits_for_a_review(client: Client, universe: Universe) -> None:
    everyone = names(page_of(client.get("/lenna/?summit=ford")))
    arden = list(Position.objects.filter(actor=universe.arden))
    mark_reviewed(arden, by=make_user(username="second"))
    assert names(page_of(client.get("/lenna/?summit=ford&unreviewed=1"))) == [
        name for name in everyone if name not in ("Arden", "Delta Fishers")
    ]
    mark_reviewed(list(Position.objects.all()), by=make_user(username="third"))
    page = page_of(client.get("/lenna/?summit=ford&unreviewed=1"))
    assert "Everything that stands here has been reviewed." in page.text
    assert client.get("/lenna/?unreviewed=2").status_code == 400


def test_as_known_before_a_review_it_waits(client: Client, universe: Universe) -> None:
    before = timezone.now()
    mark_reviewed(list(Position.objects.all()), by=make_user(username="second"))
    query: dict[str, Any] = {"summit": "ford", "unreviewed": "1"}
    assert not names(page_of(client.get("/lenna/", query)))
    assert "Arden" in names(page_of(client.get("/lenna/", {**query, "known": before.isoformat()})))


def test_asking_for_it_costs_one_query(client: Client, universe: Universe) -> None:
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    cost("/lenna/?summit=ford")
    assert cost("/lenna/?summit=ford&unreviewed=1") == cost("/lenna/?summit=ford") + 1
