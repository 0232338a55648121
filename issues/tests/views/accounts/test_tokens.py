"""The page of one's own tokens: made, shown once, listed, revoked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.accounts.close import close_account, erase_account
from issues.actions.accounts.tokens import find_token, make_token
from issues.models import Token
from issues.models.token import Scope
from issues.tests.factories import make_user
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as
from issues.user import User

pytestmark = pytest.mark.django_db
ADDRESS = "/account/tokens/"


def make(client: Client, **typed: str) -> Any:
    """The answer to a form that is sent."""
    return client.post(ADDRESS, {"name": "My notebook", "scope": "published", "expires_on": "", **typed})


def shown_in(answer: Any) -> str:
    """The token that an answer shows."""
    (shown,) = re.findall(r"<code>(redlines_[\w-]+)</code>", answer.content.decode())
    return str(shown)


def test_a_token_is_shown_once_and_only_its_hash_is_stored() -> None:
    client = visit_as("viewer")

    made = make(client)
    shown, token = shown_in(made), Token.objects.get()

    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    assert shown not in str(vars(token))
    assert len(shown) > 40
    again = client.get(ADDRESS).content.decode()
    assert shown not in again
    assert f"{token.hint}…" in again
    assert find_token(shown) == token


def test_two_tokens_are_never_the_same() -> None:
    client = visit_as("viewer")

    assert shown_in(make(client)) != shown_in(make(client))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "x" * 81}, "at most 80"),
        ({"expires_on": "soon"}, "Enter a valid date"),
        ({"expires_on": "2020-01-01"}, "This day is over"),
        ({"scope": "everything"}, "Select a valid choice"),
        ({"scope": "drafts"}, "Select a valid choice"),
        ({"name": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_made_is_said_beside_its_field(typed: dict[str, str], why: str) -> None:
    answer = make(visit_as("viewer"), **typed)

    assert answer.status_code == 422
    assert why in page_of(answer).text
    assert not Token.objects.exists()


def test_drafts_are_offered_to_who_may_read_them() -> None:
    assert "and drafts" not in visit_as("viewer").get(ADDRESS).content.decode()

    client = visit_as("researcher")
    assert "and drafts" in client.get(ADDRESS).content.decode()
    make(client, scope="drafts")
    assert Token.objects.get().reads_drafts


def test_a_token_lasts_through_its_last_day() -> None:
    user, today = make_user(), timezone.now().date()
    _, shown = make_token(user, "test", Scope.PUBLISHED, today)
    assert find_token(shown) is not None

    Token.objects.update(expires_on=today - timedelta(days=1))

    assert find_token(shown) is None
    assert Token.objects.get().is_expired


def test_one_without_a_last_day_lasts() -> None:
    token, shown = make_token(make_user(), "test", Scope.PUBLISHED)

    assert (token.is_expired, find_token(shown)) == (False, token)


def test_ones_own_are_listed_and_revoked_and_nobody_elses() -> None:
    client, other = visit_as("viewer"), visit_as("researcher")
    token, shown = make_token(User.objects.get(username="viewer"), "Hers", Scope.PUBLISHED)

    assert "Hers" not in other.get(ADDRESS).content.decode()
    assert other.post(f"{ADDRESS}{token.pk}/revoke/").status_code == 404
    assert find_token(shown) is not None

    assert client.post(f"{ADDRESS}{token.pk}/revoke/").status_code == 302
    assert find_token(shown) is None
    assert "revoked on" in client.get(ADDRESS).content.decode()


def test_the_day_of_its_last_use_is_noted_once_a_day(django_assert_num_queries: Any) -> None:
    user = make_user()
    token, shown = make_token(user, "test", Scope.PUBLISHED)
    assert token.last_used_on is None
    for _ in range(2):
        Client().get("/api/v1/processes/", headers={"Authorization": f"Bearer {shown}"})

    token.refresh_from_db()
    assert token.last_used_on == timezone.now().date()


def test_a_closed_account_takes_its_tokens_along_for_good() -> None:
    user = make_user()
    _, shown = make_token(user, "test", Scope.PUBLISHED)

    close_account(user)
    assert find_token(shown) is None
    User.objects.update(is_active=True)
    assert find_token(shown) is None


def test_an_account_that_is_switched_off_reads_nothing_meanwhile() -> None:
    user = make_user()
    _, shown = make_token(user, "test", Scope.PUBLISHED)

    User.objects.filter(pk=user.pk).update(is_active=False)
    assert find_token(shown) is None


def test_nothing_is_left_of_the_tokens_of_an_erased_person() -> None:
    user = make_user()
    make_token(user, "For my own name", Scope.PUBLISHED)

    erase_account(user)

    assert not Token.objects.exists()


def test_strangers_are_asked_to_sign_in_and_everyone_else_has_a_page() -> None:
    token, _ = make_token(make_user(), "test", Scope.PUBLISHED)

    assert Client().get(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"
    assert Client().post(f"{ADDRESS}{token.pk}/revoke/").status_code == 401
    for visitor in ("account", "viewer", "researcher", "editor", "superuser"):
        client = visit_as(visitor)
        assert client.get(ADDRESS).status_code == 200
        assert client.get(f"{ADDRESS}{token.pk}/revoke/").status_code == 405
        assert client.put(ADDRESS).status_code == 405
