"""An account is closed or erased; what its owner did stays, and stays attributed."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from issues.actions.accounts.close import close_account, erase_account
from issues.actions.accounts.invite import NotGood, accept, invite
from issues.history import ChangeSet, recording
from issues.models import Invitation, Place
from issues.tests.factories import make_user
from issues.user import FORMER, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def anahit() -> User:
    """Somebody who recorded something, and is signed in."""
    user = make_user(username="anahit", name="Anahit Բ.", email="anahit@example.org", is_staff=True)
    with recording(by=user, reason="On the map."):
        Place(name="Ijevan").save()
    return user


def test_a_change_set_keeps_the_name_of_its_author_as_it_was(anahit: User) -> None:
    anahit.name = "Somebody else"
    anahit.save()

    assert ChangeSet.objects.get().author == "Anahit Բ."


def test_without_a_name_the_history_keeps_the_user_name() -> None:
    with recording(by=make_user(username="omar"), reason="On the map."):
        Place(name="Ijevan").save()

    assert ChangeSet.objects.get().author == "omar"


def test_whoever_closed_an_account_is_signed_out_and_stays_out(anahit: User) -> None:
    browser = Client()
    browser.force_login(anahit)

    close_account(anahit)

    assert not Session.objects.exists()
    assert browser.get("/admin/").status_code == 302
    anahit.refresh_from_db()
    assert (anahit.is_active, anahit.has_usable_password(), anahit.name) == (False, False, "Anahit Բ.")
    assert ChangeSet.objects.get().author == "Anahit Բ."


def test_of_an_erased_person_nothing_is_left_but_what_they_did(anahit: User) -> None:
    AccessAttempt.objects.create(username="anahit", ip_address="127.0.0.1", failures_since_start=1)
    anahit.time_zone = "Asia/Yerevan"
    anahit.save()

    erase_account(anahit)

    anahit.refresh_from_db()
    assert (anahit.username, anahit.name, anahit.email) == (f"former-member-{anahit.pk}", "", "")
    assert anahit.time_zone == ""
    assert (anahit.is_active, anahit.is_staff, str(anahit)) == (False, False, FORMER)
    assert not AccessAttempt.objects.exists()
    change_set = ChangeSet.objects.get()
    assert (change_set.user, change_set.author, change_set.reason) == (anahit, FORMER, "On the map.")
    assert Place.history.get().change_set == change_set


def test_what_an_erased_person_signed_in_by_goes_and_what_they_were_sent(anahit: User) -> None:
    browser = Client()
    anahit.set_password("nine-herons-wading")
    anahit.save()
    browser.post("/sign-in/", {"username": "anahit", "password": "nine-herons-wading"})
    Authenticator.objects.create(user=anahit, type="totp", data={"secret": "s"})
    SocialAccount.objects.create(user=anahit, provider="sso", uid="a-1", extra_data={"name": "Anahit"})
    desk = make_user(is_superuser=True)
    taken_up = invite(by=desk, email="elsewhere@example.org")
    accept(taken_up, anahit)
    invite(by=desk, email="Anahit@example.org")
    kept = invite(by=anahit, email="omar@example.org")
    assert UserSession.objects.filter(user=anahit).exists()

    erase_account(anahit)

    for kind in (Authenticator, SocialAccount, UserSession):
        assert not kind.objects.filter(user=anahit).exists(), kind
    assert list(Invitation.objects.all()) == [kept]
    assert str(kept.by) == FORMER
    assert not kept.by.is_active
    with pytest.raises(NotGood):
        accept(kept, make_user())


def test_whoever_lost_their_factors_sets_up_others(anahit: User, admin_client: Client) -> None:
    Authenticator.objects.create(user=anahit, type="totp", data={"secret": "s"})

    admin_client.post(
        "/admin/issues/user/", {"action": "take_second_factors", "_selected_action": [str(anahit.pk)]}
    )

    assert not Authenticator.objects.exists()
    assert LogEntry.objects.get().change_message == "Took the second factors."


def test_two_erased_people_remain_two() -> None:
    first, second = (erase_account(make_user(username=name)) for name in ("one", "two"))

    assert first.username != second.username


def test_the_command_erases_only_what_is_meant(anahit: User) -> None:
    with pytest.raises(CommandError, match="No account is called “nobody”"):
        call_command("erase_account", "nobody", "--yes")
    with pytest.raises(CommandError, match="--yes"):
        call_command("erase_account", "anahit")
    assert User.objects.filter(username="anahit").exists()

    call_command("erase_account", "anahit", "--yes", stdout=StringIO())

    assert not User.objects.filter(username="anahit").exists()
