"""How often one may ask, and whose scripts may."""

from typing import Any

import pytest
from django.test import Client

from issues.actions.accounts.tokens import make_token
from issues.models.token import Scope
from issues.tests.api.reading import OF_LENNA
from issues.tests.universe import Universe
from issues.user import User

EVENTS = f"{OF_LENNA}events/"
PAGE = "https://example.org"


@pytest.fixture
def stranger(universe: Universe, settings: Any) -> Client:
    settings.PUBLIC_READ = True
    return Client()


def test_whoever_asks_too_often_is_told_when_again(stranger: Client, settings: Any) -> None:
    settings.API_RATE = "2/minute"
    answers = [stranger.get(EVENTS) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2]["Content-Type"] == "application/problem+json"


def test_each_token_each_account_and_each_address_is_counted_apart(
    universe: Universe, stranger: Client, settings: Any, reader: Client
) -> None:
    settings.API_RATE = "1/minute"
    user = User.objects.get(username="reader")
    programs = [
        Client(headers={"Authorization": f"Bearer {make_token(user, 'test', Scope.PUBLISHED)[1]}"})
        for _ in range(2)
    ]
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")

    for who in (stranger, elsewhere, reader, *programs):
        assert [who.get(EVENTS).status_code for _ in range(2)] == [200, 429]


def test_an_address_is_not_what_somebody_says_it_is(stranger: Client, settings: Any) -> None:
    settings.API_RATE = "1/minute"
    said = [stranger.get(EVENTS, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(2)]

    assert said == [200, 429]


def test_without_a_rate_nobody_is_counted(stranger: Client, settings: Any) -> None:
    settings.API_RATE = ""

    assert {stranger.get(EVENTS).status_code for _ in range(5)} == {200}


def test_scripts_of_other_sites_read_nothing_unless_the_installation_says_so(stranger: Client) -> None:
    assert "Access-Control-Allow-Origin" not in stranger.get(EVENTS, headers={"Origin": PAGE})


@pytest.mark.parametrize(
    ("origins", "told"), [(["*"], "*"), ([PAGE], PAGE), (["https://other.example"], None)]
)
def test_scripts_of_the_sites_that_are_listed_read_what_strangers_may(
    stranger: Client, settings: Any, reader: Client, origins: list[str], told: str | None
) -> None:
    settings.API_CORS_ORIGINS = origins
    for client, expected in ((stranger, told), (reader, None)):
        answer = client.get(EVENTS, headers={"Origin": PAGE})
        assert answer.headers.get("Access-Control-Allow-Origin") == expected
        assert "Origin" in answer["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer


def test_a_script_may_say_what_it_has_already(stranger: Client, settings: Any) -> None:
    settings.API_CORS_ORIGINS = [PAGE]
    asks = {"Origin": PAGE, "Access-Control-Request-Method": "GET"}
    answer = stranger.options(EVENTS, headers={**asks, "Access-Control-Request-Headers": "if-none-match"})

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == PAGE
    assert answer["Access-Control-Allow-Headers"] == "Accept, If-None-Match"
    assert "GET" in answer["Access-Control-Allow-Methods"]
