"""Single sign-on with a real provider of OpenID Connect on this machine: the whole way there and back."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from issues.actions.accounts.close import close_account
from issues.actions.accounts.invite import invite
from issues.models import Invitation
from issues.tests.factories import make_user
from issues.tests.views.accounts.test_second_factor import set_up
from issues.tests.views.page import page_of
from issues.user import User
from tracker.accounts.settings import oidc_apps

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

BEGIN = "/account/single-sign-on/sso/"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The provider, in a process of its own, where it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"}) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(200):
                time.sleep(0.1)
                with socket.socket() as asked:
                    if asked.connect_ex(("127.0.0.1", port)) == 0:
                        break
            yield address
        finally:
            process.terminate()


@pytest.fixture
def provider(server: str, settings: Any) -> str:
    settings.OIDC_NAME, settings.OIDC_SERVER_URL = "the Ministry", server
    settings.SOCIALACCOUNT_PROVIDERS = oidc_apps("the Ministry", server, "redlines", "s3cret")
    return server


def go(provider: str, sub: str, client: Client | None = None, begin: str = BEGIN, **claims: Any) -> Any:
    """What we answer to somebody who comes back from the provider, who says this of them."""
    client = client or Client()
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
    there = client.get(begin)
    assert there["Location"].startswith(f"{provider}/oauth2/authorize?"), there.content
    assert "code_challenge=" in there["Location"]
    back = requests.post(there["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def verified(email: str, **claims: Any) -> dict[str, Any]:
    return {"email": email, "email_verified": True, **claims}


def test_an_account_is_known_by_a_verified_address_and_then_by_the_providers_word(provider: str) -> None:
    mara = make_user(username="mara", email="mara@example.org", password="kept")
    first = Client()
    answer = go(provider, "m-1", first, f"{BEGIN}?next=/account/tokens/", **verified("Mara@Example.org"))

    assert (answer.status_code, answer["Location"]) == (302, "/account/tokens/")
    assert first.session["_auth_user_id"] == str(mara.pk)
    assert mail.outbox[0].subject == "Redlines: single sign-on"
    mara.refresh_from_db()
    assert mara.check_password("kept")

    again = Client()
    go(provider, "m-1", again, **verified("mara.vale@example.org"))
    assert again.session["_auth_user_id"] == str(mara.pk)


def refused(answer: Any) -> str:
    assert answer.status_code == 403
    assert page_of(answer).one("h1").text == "You have no account here"
    return page_of(answer).one("main").text


def test_nobody_is_known_by_an_address_that_is_not_verified(provider: str) -> None:
    make_user(username="mara", email="mara@example.org")

    told = {
        refused(go(provider, "x-1", email="mara@example.org", email_verified=False)),
        refused(go(provider, "x-2", email="mara@example.org")),
        refused(go(provider, "x-3", **verified("nobody@example.org"))),
        refused(go(provider, "x-4")),
    }

    assert len(told) == 1
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_who_was_invited_gets_an_account_as_what_they_were_invited(provider: str) -> None:
    invitation = invite(by=make_user(is_superuser=True), email="nia@example.org", group="Researchers")

    answer = go(provider, "n-1", **verified("nia@example.org", name="Nia Բ.", preferred_username="nia.b"))

    assert answer["Location"] == "/"
    nia = User.objects.get(email="nia@example.org")
    assert (nia.username, nia.name, nia.has_usable_password()) == ("nia.b", "Nia Բ.", False)
    assert [group.name for group in nia.groups.all()] == ["Researchers"]
    invitation.refresh_from_db()
    assert invitation.accepted_by == nia


def test_strangers_get_a_role_only_where_the_installation_says_so(provider: str, settings: Any) -> None:
    settings.OIDC_ROLE = "Viewers"

    refused(go(provider, "s-1", email="sam@example.org", email_verified=False))
    go(provider, "s-2", **verified("sam@example.org"))

    assert [group.name for group in User.objects.get(email="sam@example.org").groups.all()] == ["Viewers"]


def test_a_closed_account_stays_closed(provider: str) -> None:
    mara = make_user(username="mara", email="mara@example.org")
    go(provider, "c-1", **verified("mara@example.org"))
    close_account(mara)

    known = go(provider, "c-1", **verified("mara@example.org"))
    refused(go(provider, "c-2", **verified("mara@example.org")))

    assert known["Location"] == "/account/closed/"


def test_another_site_begins_no_sign_in(provider: str) -> None:
    led = Client().get(BEGIN, headers={"Sec-Fetch-Site": "cross-site"})
    by_our_link = Client().get(BEGIN, headers={"Sec-Fetch-Site": "same-origin"})

    assert led["Location"] == "/sign-in/"
    assert by_our_link["Location"].startswith(provider)


def test_nobody_ties_another_identity_to_their_account(provider: str) -> None:
    client = Client()
    client.force_login(make_user())

    refused(go(provider, "t-1", client, f"{BEGIN}?process=connect", **verified("thief@example.org")))

    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_for_here_too(provider: str) -> None:
    make_user(username="mara", email="mara@example.org", is_superuser=True)
    client = Client()
    go(provider, "f-1", client, **verified("mara@example.org"))
    set_up(client)

    assert (
        go(provider, "f-1", **verified("mara@example.org"))["Location"] == "/account/second-factor/sign-in/"
    )


def test_who_has_no_password_shows_by_the_provider_that_it_is_them(provider: str) -> None:
    make_user(username="mara", email="mara@example.org")
    client = Client()
    go(provider, "r-1", client, **verified("mara@example.org"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": time.time() - 400}]
    session.save()

    led = client.get("/account/second-factor/app/")["Location"]
    assert led == f"{BEGIN}?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
    back = go(provider, "r-1", client, led, **verified("mara@example.org"))
    assert back["Location"] == "/account/second-factor/app/"
    assert client.get(back["Location"]).status_code == 200


def test_who_turns_back_or_comes_with_anothers_state_is_told(provider: str) -> None:
    client = Client()
    client.get(BEGIN)
    state = next(iter(client.session["socialaccount_states"]))

    turned = client.get(f"{BEGIN}answer/?error=access_denied&state={state}", follow=True)
    forged = Client().get(f"{BEGIN}answer/?code=x&state={state}")

    assert page_of(turned).one("h1").text == "You did not sign in"
    assert page_of(forged).one("h1").text == "You could not be signed in"


def test_a_provider_that_is_away_breaks_no_page(settings: Any) -> None:
    settings.OIDC_NAME = "the Ministry"
    settings.SOCIALACCOUNT_PROVIDERS = oidc_apps("the Ministry", "http://127.0.0.1:9", "redlines", "s3cret")

    answer = Client().get(BEGIN)

    assert page_of(answer).one("h1").text == "You could not be signed in"
    assert "Sign in with the Ministry" in page_of(Client().get("/sign-in/")).one("main").text


def test_without_a_provider_there_is_nothing_to_follow() -> None:
    assert Client().get(BEGIN).status_code == 404
    assert "single-sign-on" not in Client().get("/sign-in/").content.decode()
    assert Group.objects.filter(name="Viewers").exists()
    assert not Invitation.objects.exists()
