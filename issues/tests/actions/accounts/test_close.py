"""An account is closed or erased; what its owner did stays, and stays attributed."""

from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from issues.actions.accounts.close import close_account, erase_account
from issues.history import ChangeSet, recording
from issues.models import Place
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

    erase_account(anahit)

    anahit.refresh_from_db()
    assert (anahit.username, anahit.name, anahit.email) == (f"former-member-{anahit.pk}", "", "")
    assert (anahit.is_active, anahit.is_staff, str(anahit)) == (False, False, FORMER)
    assert not AccessAttempt.objects.exists()
    change_set = ChangeSet.objects.get()
    assert (change_set.user, change_set.author, change_set.reason) == (anahit, FORMER, "On the map.")
    assert Place.history.get().change_set == change_set


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
