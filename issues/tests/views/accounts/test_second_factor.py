"""A second factor: set up, asked for, required where the installation says so."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import Group
from django.test import Client

from issues.actions.accounts.tokens import make_token
from issues.models.token import Scope
from issues.tests.factories import make_user
from issues.tests.views.page import page_of
from issues.user import User
from tracker.accounts.sealed import unsealed

pytestmark = pytest.mark.django_db

PASSWORD = "a-heron-in-the-reeds"
FACTORS = "/account/second-factor/"
CREDENTIALS = {"username": "mara", "password": PASSWORD}


@pytest.fixture
def mara() -> User:
    user = make_user(username="mara", email="mara@example.org", password=PASSWORD)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def signed_in() -> Client:
    client = Client()
    client.post("/sign-in/", CREDENTIALS)
    return client


def code(secret: str, later: int = 0) -> str:
    """What an app of codes shows, some steps of thirty seconds later."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter + later)))


def set_up(client: Client) -> tuple[str, Any]:
    """The key of the app, and the page of recovery codes."""
    secret = client.get(f"{FACTORS}app/").context["form"].secret
    return secret, client.post(f"{FACTORS}app/", {"code": code(secret)}, follow=True)


def test_who_has_an_app_of_codes_is_asked_for_one(mara: User) -> None:
    _, page = set_up(signed_in())
    recovery = [one.text for one in page_of(page).all("code")]
    assert len(recovery) == 10
    client = Client()

    led = client.post("/sign-in/?next=/account/tokens/", CREDENTIALS)

    assert led["Location"] == f"{FACTORS}sign-in/"
    assert client.get("/account/").status_code == 302, "not in yet"
    wrong = client.post(f"{FACTORS}sign-in/", {"code": "000000"})
    assert "Code: This code is not right" in page_of(wrong).one("div", role="alert").text
    right = client.post(f"{FACTORS}sign-in/", {"code": recovery[0]})
    assert right["Location"] == "/account/tokens/"
    again = Client()
    again.post("/sign-in/", CREDENTIALS)
    assert again.post(f"{FACTORS}sign-in/", {"code": recovery[0]}).status_code == 200, "each opens once"


def test_codes_are_not_guessed(mara: User) -> None:
    set_up(signed_in())
    client = Client()
    client.post("/sign-in/", CREDENTIALS)
    answers = [client.post(f"{FACTORS}sign-in/", {"code": "000000"}) for _ in range(6)]

    assert "Too many wrong codes" in page_of(answers[-1]).one("div", role="alert").text


def test_recovery_codes_are_shown_once(mara: User) -> None:
    client = signed_in()
    set_up(client)

    assert not page_of(client.get(f"{FACTORS}recovery-codes/")).all("code")
    assert client.get(f"{FACTORS}recovery-codes/download/").status_code == 404


def test_after_a_while_one_shows_once_more_that_it_is_oneself(mara: User) -> None:
    client = signed_in()
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 400}]
    session.save()

    led = client.get(f"{FACTORS}app/")
    assert led["Location"] == "/account/confirm/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
    assert client.post(led["Location"], {"password": "wrong"}).status_code == 200
    assert client.post(led["Location"], {"password": PASSWORD})["Location"] == f"{FACTORS}app/"
    assert client.get(f"{FACTORS}app/").status_code == 200


@pytest.mark.parametrize("required", ["editors", "all"])
def test_who_has_to_have_one_sets_it_up_before_anything_else(
    mara: User, settings: Any, required: str
) -> None:
    settings.REQUIRE_SECOND_FACTOR = required
    client = signed_in()

    for address in ("/", "/lenna/", "/account/", "/admin/", "/account/tokens/", "/account/invitations/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, FACTORS), address
    assert client.get("/api/v1/processes.json").status_code == 403
    kept = client.post("/", {"name": "Lake talks"})
    assert kept.status_code == 403
    assert page_of(kept).one("h1").text == "Set up a second factor first"
    assert page_of(kept).one("main").one("input", name="name").attrs["value"] == "Lake talks"

    assert client.get(FACTORS).status_code == 200
    set_up(client)
    assert client.get("/account/").status_code == 200


def test_only_editors_have_to_where_it_says_so(mara: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "editors"
    mara.groups.set([Group.objects.get(name="Researchers")])

    assert signed_in().get("/account/").status_code == 200


def test_who_has_to_have_one_may_sign_out_without(mara: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "all"
    client = signed_in()

    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_last_factor_stays_with_who_has_to_have_one(mara: User, settings: Any) -> None:
    client = signed_in()
    set_up(client)
    settings.REQUIRE_SECOND_FACTOR = "editors"

    refused = client.post(f"{FACTORS}app/remove/")

    assert "set up another first" in page_of(refused).one("div", role="alert").text
    assert Authenticator.objects.filter(user=mara, type="totp").exists()
    settings.REQUIRE_SECOND_FACTOR = "off"
    assert client.post(f"{FACTORS}app/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=mara).exists()


def test_a_token_of_who_lacks_one_is_not_taken(mara: User, settings: Any) -> None:
    _, shown = make_token(mara, "Notebook", Scope.PUBLISHED)
    program = Client(headers={"authorization": f"Bearer {shown}"})
    assert program.get("/api/v1/processes.json").status_code == 200
    settings.REQUIRE_SECOND_FACTOR = "editors"

    refused = program.get("/api/v1/processes.json")

    assert refused.status_code == 401
    assert "second factor" in refused.json()["detail"]
    set_up(signed_in())
    assert program.get("/api/v1/processes.json").status_code == 200


def test_no_secret_of_a_factor_lies_in_the_database(mara: User) -> None:
    secret, page = set_up(signed_in())
    recovery = [one.text for one in page_of(page).all("code")]

    stored = {one.type: one.data for one in Authenticator.objects.all()}
    assert len(recovery) == 10
    assert unsealed(stored["totp"]["secret"]) == secret
    for plain in (secret, unsealed(stored["recovery_codes"]["seed"]), *recovery):
        assert plain not in str(stored)


def test_a_factor_that_was_sealed_by_another_key_opens_nothing_and_breaks_nothing(
    mara: User, settings: Any
) -> None:
    secret, page = set_up(signed_in())
    recovery = [one.text for one in page_of(page).all("code")]
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another key, of as many letters as one has to have"
    client = Client()
    client.post("/sign-in/", CREDENTIALS)

    for tried in (code(secret, 1), code("", 1), recovery[0]):
        answer = client.post(f"{FACTORS}sign-in/", {"code": tried})
        assert "This code is not right" in page_of(answer).one("div", role="alert").text

    settings.SECRET_KEY_FALLBACKS = [before]
    assert client.post(f"{FACTORS}sign-in/", {"code": recovery[0]}).status_code == 302
