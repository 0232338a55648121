"""Who signed in or could not, and whose rights changed: a line each, with no name, word or secret."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client, TestCase

from issues.actions.access import end, give
from issues.actions.accounts.close import close_account, take_factors
from issues.actions.accounts.invite import accept, invite, withdraw
from issues.actions.accounts.tokens import make_token, revoke_all
from issues.models.token import Scope
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.accounts.test_second_factor import CREDENTIALS, FACTORS, PASSWORD, set_up, signed_in
from issues.user import User

pytestmark = pytest.mark.django_db

Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def mara() -> User:
    user = make_user(username="mara", email="mara@example.org", password=PASSWORD)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told once it is stored is told at once: a test stores nothing for good."""
    monkeypatch.setattr("tracker.security_log.transaction.on_commit", lambda tell, **_: tell())


@pytest.fixture
def told(mara: User, at_once: None, lines: Told, caplog: pytest.LogCaptureFixture) -> Told:
    """What was told since it was last asked, without what every line has. No line names anybody."""
    caplog.clear()

    def since() -> list[dict[str, Any]]:
        whole = caplog.handler.stream.getvalue()
        for word in ("mara", "example.org", PASSWORD, "heron", "Ottla"):
            assert word not in whole
        found = [one for one in lines() if one["logger"] == "tracker.security_log"]
        caplog.clear()
        keys = {"time", "level", "logger", "message", "at", "request_id"}
        return [{name: value for name, value in one.items() if name not in keys} for one in found]

    return since


def events(lines: list[dict[str, Any]]) -> list[str]:
    return [line["event"] for line in lines]


def test_who_signs_in_and_out_is_told_with_where_from(mara: User, told: Told) -> None:
    client = Client(REMOTE_ADDR="203.0.113.7")

    client.post("/sign-in/", CREDENTIALS)

    assert told() == [
        {"event": "signed in", "account": mara.pk, "address": "203.0.113.7", "methods": ["password"]}
    ]
    client.post("/sign-out/")
    assert told() == [{"event": "signed out", "account": mara.pk}]


@pytest.mark.parametrize("typed", ["mara", "Mara", "mara@example.org"])
def test_a_wrong_password_is_told_with_the_account_that_was_meant(mara: User, told: Told, typed: str) -> None:
    Client(REMOTE_ADDR="203.0.113.7").post("/sign-in/", {"username": typed, "password": "heron"})

    assert told() == [{"event": "wrong password", "account": mara.pk, "address": "203.0.113.7"}]


def test_a_name_that_nobody_has_is_not_written_down(told: Told) -> None:
    """It may be a password that was typed in the wrong field."""
    Client(REMOTE_ADDR="203.0.113.7").post("/sign-in/", {"username": "Ottla", "password": "heron"})

    assert told() == [{"event": "wrong password", "address": "203.0.113.7"}]


def test_too_many_are_told(mara: User, told: Told, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    client = Client(REMOTE_ADDR="203.0.113.7")

    for _ in range(2):
        client.post("/sign-in/", {"username": "mara", "password": "heron"})

    assert sorted(events(told())) == ["too many wrong passwords", "wrong password", "wrong password"]


def test_factors_are_told_as_they_come_fail_and_go(mara: User, told: Told) -> None:
    client = signed_in()
    told()
    set_up(client)
    assert [(one["event"], one["kind"]) for one in told()] == [
        ("second factor added", "totp"),
        ("second factor added", "recovery_codes"),
    ]
    again = Client()
    again.post("/sign-in/", CREDENTIALS)
    assert told() == [], "not in yet"
    again.post(f"{FACTORS}sign-in/", {"code": "000000"})
    assert [(one["event"], one["account"]) for one in told()] == [("wrong second factor", mara.pk)]
    take_factors(mara)
    assert events(told()) == ["second factor removed"] * 2
    assert not Authenticator.objects.exists()


def test_what_opens_an_account_is_told_by_what_it_is(mara: User, told: Told) -> None:
    mara.set_password("another-heron")
    mara.email = "m@example.org"
    mara.save()
    assert told() == [{"event": "account changed", "account": mara.pk, "what": ["email", "password"]}]
    mara.name = "Ottla"
    mara.save()
    assert told() == [], "what others call somebody opens nothing"
    close_account(mara)
    assert told() == [{"event": "account changed", "account": mara.pk, "what": ["password", "is_active"]}]


def test_rights_are_told_from_either_side(mara: User, told: Told) -> None:
    viewers, right = Group.objects.get(name="Viewers"), Permission.objects.order_by("pk")[0]

    mara.groups.set([viewers])
    mara.user_permissions.add(right)
    viewers.user_set.remove(mara)
    mara.user_permissions.clear()

    editors = Group.objects.get(name="Editors").pk
    assert told() == [
        {"event": "groups taken", "account": mara.pk, "of": [editors]},
        {"event": "groups given", "account": mara.pk, "of": [viewers.pk]},
        {"event": "rights given", "account": mara.pk, "of": [right.pk]},
        {"event": "groups taken", "of": [viewers.pk], "accounts": [mara.pk]},
        {"event": "rights all taken", "account": mara.pk},
    ]


def test_roles_in_a_process_are_told(universe: Universe, mara: User, told: Told) -> None:
    process = universe.process
    told()
    give(process=process, user=mara, role="reader", by=None, reason="Ottla asked.")
    give(process=process, user=mara, role="editor", by=None, reason="Ottla asked.")
    end(process=process, user=mara, by=None, reason="Ottla asked.")

    assert [(one["event"], one["role"]) for one in told()] == [
        ("role in a process given", "reader"),
        ("role in a process ended", "reader"),
        ("role in a process given", "editor"),
        ("role in a process ended", "editor"),
    ]


def test_invitations_and_tokens_are_told(mara: User, told: Told) -> None:
    mara.is_superuser = True
    mara.save()
    told()
    invitation = invite(email="ottla@example.org", by=mara, group="Viewers")
    other = invite(email="other@example.org", by=mara, group="Viewers")
    withdraw(other)
    accept(invitation, make_user(username="o", email="ottla@example.org"))
    make_token(mara, "Ottla's script", Scope.PUBLISHED)
    revoke_all(mara)

    assert [one for one in events(told()) if "given" not in one] == [
        "invitation sent",
        "invitation sent",
        "invitation withdrawn",
        "account made",
        "invitation taken up",
        "token made",
        "token revoked",
    ]


def test_what_is_taken_back_is_not_told(caplog: pytest.LogCaptureFixture, db: None) -> None:
    caplog.set_level(logging.INFO, logger="tracker")

    def make(name: str, *, fails: bool) -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            make_user(username=name)
            _ = 1 // (not fails)

    with TestCase.captureOnCommitCallbacks(execute=True):
        make("mara", fails=True)
        make("igor", fails=False)

    told = [vars(line)["told"]["event"] for line in caplog.records if line.name == "tracker.security_log"]
    assert told == ["account made"]


def test_a_form_that_is_not_of_this_browser_is_told(caplog: pytest.LogCaptureFixture, db: None) -> None:
    Client(enforce_csrf_checks=True).post("/sign-in/", CREDENTIALS)

    assert "A form was refused: it has no secret of this browser." in caplog.messages
