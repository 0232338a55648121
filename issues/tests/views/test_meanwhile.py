"""A record that changes or goes between the checks of a page and its storing: told, and nothing is lost."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from issues.actions.record.review import mark_reviewed
from issues.history import StaleVersion
from issues.models import Position
from issues.tests.acts import correct, remove
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as


def changed(position: Position, by: Any) -> None:
    correct(Position.objects.get(pk=position.pk), {"summary": "Other."}, by=by, reason="Meanwhile.")


def removed(position: Position, by: Any) -> None:
    remove(Position.objects.get(pk=position.pk), by=by, reason="Meanwhile.")


def reviewed(position: Position, by: Any) -> None:
    mark_reviewed([Position.objects.get(pk=position.pk)], by=by)


@pytest.mark.parametrize("act", [changed, removed, reviewed])
def test_a_review_beside_another_act_is_told(
    universe: Universe, act: Callable[[Position, Any], None]
) -> None:
    position: Any = universe.at("cadria", "flow", "ford")
    client, another = visit_as("researcher"), make_user()

    def beside(positions: Any, **how: Any) -> Any:
        act(position, another)
        return mark_reviewed(positions, **how)

    address = f"/lenna/positions/{position.pk}/review/"
    with patch("issues.views.review.mark_reviewed", beside):
        answer = client.post(address, {"version": position.version})
    page = page_of(answer)

    assert answer.status_code == 409
    assert page.one("h1").text == "Someone else was faster"
    assert not page.one("main").all("form")
    assert client.get(address).status_code == (404 if act is removed else 200)


@pytest.mark.parametrize("error", [StaleVersion, Position.DoesNotExist])
def test_what_was_typed_stands_on_the_page(universe: Universe, error: Any) -> None:
    with patch("issues.views.home.add_process", side_effect=error(universe.process)):
        answer = visit_as("superuser").post("/", {"name": "Lake <talks>"})

    assert answer.status_code == 409
    assert page_of(answer).one("main").one("dd").text == "Lake <talks>"


def test_what_the_database_refused_is_logged(universe: Universe, caplog: pytest.LogCaptureFixture) -> None:
    position: Any = universe.at("cadria", "flow", "ford")
    with patch("issues.views.review.mark_reviewed", side_effect=IntegrityError("twice")):
        answer = visit_as("researcher").post(
            f"/lenna/positions/{position.pk}/review/", {"version": position.version}
        )

    assert answer.status_code == 409
    assert "The database refused what was posted." in caplog.text
    assert "twice" in caplog.text


def test_the_script_of_the_sheet_tries_again(universe: Universe) -> None:
    position: Any = universe.at("cadria", "flow", "ford")
    with patch("issues.views.review.mark_reviewed", side_effect=Position.DoesNotExist):
        answer = visit_as("researcher").post(
            f"/lenna/positions/{position.pk}/review/",
            {"version": position.version},
            headers={"accept": "application/json"},
        )

    assert (answer.status_code, answer.json()) == (
        503,
        {"error": "Someone changed or removed it meanwhile. Try again."},
    )
