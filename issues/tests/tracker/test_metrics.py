"""``/metrics``: off until a token is set, for who has it, and without a word of the record."""

from typing import Any

import pytest
from django.test import Client

from issues.tests.universe import Universe

TOKEN = "t0ken-" * 5


@pytest.fixture
def token(settings: Any) -> dict[str, str]:
    """A token that is set, as it is sent."""
    settings.METRICS_TOKEN = TOKEN
    return {"authorization": f"Bearer {TOKEN}"}


@pytest.mark.django_db
def test_without_a_token_set_there_is_nothing() -> None:
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}", "Bearer ü"])
def test_who_has_not_the_token_is_refused(token: dict[str, str], shown: str) -> None:
    answer = Client().get("/metrics", headers={"authorization": shown})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert b"redlines_" not in answer.content


def test_requests_are_counted_by_route(universe: Universe, settings: Any, token: dict[str, str]) -> None:
    settings.PUBLIC_READ = True
    Client().get("/lenna/summits/weir/")
    Client().get("/lenna/summits/Zwartbruch/")
    Client().generic("ZWARTBRUCH", "/Zwartbruch/Zwartbruch")

    answer = Client().get("/metrics", headers=token)
    told = answer.content.decode()

    assert answer["Content-Type"].startswith("text/plain")
    assert 'redlines_requests_total{method="GET",route="summit",status="404"}' in told
    assert 'redlines_requests_total{method="OTHER",route="none",status="404"}' in told
    assert 'redlines_queries_total{route="summit"}' in told
    assert 'redlines_request_seconds_bucket{le="0.5",route="summit"}' in told
    assert 'redlines_jobs{stage="waiting"} 0.0' in told
    assert "zwartbruch" not in told.lower()
    assert "weir" not in told


@pytest.mark.django_db
def test_it_is_only_asked(token: dict[str, str]) -> None:
    assert Client().post("/metrics", headers=token).status_code == 405
