"""Where something breaks, it is said what happened to one's work, and what was typed is kept."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.page import page_of

READS = "issues.views.access.readable"
AWAY = [
    OperationalError("server closed the connection"),
    InterfaceError("gone"),
    OperationalError("disk is full"),
]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_a_page_says_that_the_database_is_away(
    universe: Universe, settings: Any, client: Client, error: Exception
) -> None:
    settings.PUBLIC_READ = True
    with patch(READS, side_effect=error):
        answer = client.get("/lenna/?summit=weir")
    page = page_of(answer)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "private, no-store"
    assert page.one("h1").text == "Our database does not answer"
    assert page.one("main").all("a")[0].attrs["href"] == "/lenna/?summit=weir"
    assert str(error) not in answer.content.decode()


def test_what_was_typed_is_kept_and_no_database_is_asked_for_it(client: Client) -> None:
    with (
        patch("issues.views.home.read_now", side_effect=AWAY[0]),
        patch("issues.views.home.settings") as said,
    ):
        said.PUBLIC_READ = True
        answer = client.post("/", {"name": "Lake <talks>"})
    form = page_of(answer).one("main").one("form")

    assert answer.status_code == 503
    assert form.attrs["action"] == "/"
    assert form.one("input", name="name").attrs["value"] == "Lake <talks>"
    assert form.one("input", name="csrfmiddlewaretoken").attrs["value"]
    assert client.cookies["csrftoken"].value


def test_a_form_that_cannot_be_read_leaves_the_way_back(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    with patch("issues.views.home.refuse", side_effect=AWAY[0]):
        answer = client.post("/?from=here", {"name": "Lakes", "more": "1"})
    main = page_of(answer).one("main")

    assert answer.status_code == 503
    assert not main.all("form")
    assert main.all("a")[0].attrs["href"] == "/?from=here"


@pytest.mark.parametrize(("error", "status"), [(AWAY[0], 503), (ZeroDivisionError("by zero"), 500)])
def test_the_api_is_told_in_its_own_form(
    universe: Universe, settings: Any, client: Client, error: Exception, status: int
) -> None:
    settings.PUBLIC_READ = True
    with patch("issues.api.view.readable", side_effect=error):
        answer = client.get("/api/v1/processes/lenna/positions/")

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "by zero" not in answer.content.decode()


def test_another_mistake_is_no_outage(universe: Universe, settings: Any, client: Client) -> None:
    settings.PUBLIC_READ = True
    with patch(READS, side_effect=ZeroDivisionError("by zero")):
        answer = client.get("/lenna/")

    assert answer.status_code == 500
    assert page_of(answer).one("h1").text == "Something broke on our side"
    assert "Retry-After" not in answer
