"""``/healthz``: whether the database answers."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client

ASKED = "issues.views.health.revision"


@pytest.mark.django_db
def test_it_is_well_while_the_database_answers() -> None:
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_it_is_unavailable_when_the_database_does_not_answer(error: type[Exception]) -> None:
    with patch(ASKED, side_effect=error("gone")):
        response = Client().get("/healthz")

    assert response.status_code == 503
    assert response.content == b"The database does not answer, or is not migrated."


def test_another_mistake_is_not_taken_for_an_outage() -> None:
    with patch(ASKED, side_effect=ZeroDivisionError), pytest.raises(ZeroDivisionError):
        Client().get("/healthz")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_asked(method: str) -> None:
    assert getattr(Client(), method)("/healthz").status_code == 405
