"""The addresses of accounts by visitor; and that nothing of allauth is reached that is not wanted."""

from typing import Any

import pytest
from allauth.urls import urlpatterns as of_allauth
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from issues.tests.views.addresses import (
    ACCOUNT_OF_ANYONE,
    ACCOUNT_OF_ONESELF,
    ACCOUNT_OF_WHO_INVITES,
    ACCOUNTS,
)
from issues.tests.views.visitors import VISITORS, outcome, visit_as
from issues.views.accounts.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def visitors() -> dict[str, Client]:
    return {visitor: visit_as(visitor) for visitor in VISITORS}


def seen(visitors: dict[str, Client], name: str, asked: tuple[str, list[Any]]) -> dict[str, str]:
    method, args = asked
    return {
        visitor: outcome(getattr(client, method)(reverse(name, args=args)))
        for visitor, client in visitors.items()
    }


def test_every_address_is_in_a_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == ACCOUNTS


@pytest.mark.parametrize("name", ACCOUNT_OF_ANYONE)
def test_everyone_has_what_leads_to_an_account(visitors: dict[str, Client], name: str) -> None:
    answers = seen(visitors, name, ACCOUNT_OF_ANYONE[name])

    # Who did not come from the provider is answered as to a sign-in that failed.
    wanted = {"sign in"} if name == "socialaccount_login_error" else {"let in"}
    assert set(answers.values()) == wanted


@pytest.mark.parametrize("name", ACCOUNT_OF_ONESELF)
def test_what_is_ones_own_is_for_who_is_signed_in(visitors: dict[str, Client], name: str) -> None:
    answers = seen(visitors, name, ACCOUNT_OF_ONESELF[name])

    assert answers.pop("stranger") == "sign in"
    # Who signed in by no way that can be shown once more is refused.
    assert set(answers.values()) <= {"let in", "refused"}


@pytest.mark.parametrize("name", ACCOUNT_OF_WHO_INVITES)
def test_only_who_may_add_people_invites(visitors: dict[str, Client], name: str) -> None:
    answers = seen(visitors, name, ACCOUNT_OF_WHO_INVITES[name])

    assert answers.pop("stranger") == "sign in"
    assert answers.pop("superuser") == "let in"
    assert set(answers.values()) == {"refused"}


def names(patterns: list[Any]) -> set[str]:
    """The names of addresses, those of included lists too."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(pattern.name)
    return found


def test_nothing_else_of_allauth_has_an_address() -> None:
    left_out = names(of_allauth) - ACCOUNTS

    assert left_out >= {
        "account_signup",
        "account_email",
        "socialaccount_signup",
        "socialaccount_connections",
    }
    for name in left_out:
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize("address", ["signup/", "email/", "login/", "3rdparty/", "2fa/", "social/signup/"])
def test_no_address_of_allauths_own_is_there(address: str) -> None:
    assert visit_as("superuser").get(f"/account/{address}").status_code == 404


@pytest.mark.parametrize("name", [*ACCOUNT_OF_ANYONE, *ACCOUNT_OF_ONESELF, "invitations"])
def test_no_page_of_accounts_is_kept_by_a_browser(visitors: dict[str, Client], name: str) -> None:
    tables = ACCOUNT_OF_ANYONE | ACCOUNT_OF_ONESELF | ACCOUNT_OF_WHO_INVITES
    method, args = tables[name]

    answer = getattr(visitors["superuser"], method)(reverse(name, args=args))

    if answer.status_code == 200:
        assert "no-store" in answer["Cache-Control"]


def test_the_admin_sends_strangers_to_the_sign_in_and_turns_others_away() -> None:
    answer = Client().get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/sign-in/?next=/admin/"
    assert visit_as("viewer").get("/admin/", follow=True).status_code == 403
