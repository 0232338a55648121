"""Roles in a process: given and ended by owners, with a reason, and never past the last owner."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from issues.actions.access import end, give, show_to
from issues.actions.record.correct import correct
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import Issue, Process, ProcessMember
from issues.models.process_member import in_force
from issues.tests.factories import make_issue, make_participation, make_process, make_user
from issues.user import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_user(username="owner")


@pytest.fixture
def process(owner: User) -> Process:
    with recording(by=owner, reason="A new one."):
        process = Process(name="Talks", slug="talks")
        process.save()
    return process


def roles(process: Process) -> dict[str, str]:
    return dict(in_force().filter(process=process).values_list("user__username", "role"))


def test_who_begins_a_process_owns_it(process: Process) -> None:
    assert roles(process) == {"owner": "owner"}


def test_a_command_begins_one_that_nobody_owns() -> None:
    with recording(by=None, reason="By a command.", kind="command"):
        process = Process(name="Talks", slug="talks")
        process.save()
    assert roles(process) == {}


def test_another_role_takes_the_place_of_the_first_and_both_are_told(process: Process, owner: User) -> None:
    mara = make_user(username="mara")
    give(process=process, user=mara, role="reader", by=owner, reason="To look.")
    give(process=process, user=mara, role="editor", by=owner, reason="To help.")

    assert roles(process) == {"owner": "owner", "mara": "editor"}
    first = ProcessMember.objects.get(user=mara, role="reader")
    assert (first.given_by, first.reason, first.ended_by, first.end_reason) == (
        owner,
        "To look.",
        owner,
        "To help.",
    )
    assert first.until is not None


def test_a_role_that_one_has_and_one_that_there_is_not_are_refused(process: Process, owner: User) -> None:
    for role, says in (("owner", "has this role already"), ("king", "is not a valid choice")):
        with pytest.raises(ValidationError, match=says):
            give(process=process, user=owner, role=role, by=owner, reason="x")
    assert roles(process) == {"owner": "owner"}


def test_a_closed_account_is_given_none(process: Process, owner: User) -> None:
    gone = make_user(username="gone", is_active=False)
    with pytest.raises(ValidationError, match="closed"):
        give(process=process, user=gone, role="reader", by=owner, reason="x")


def test_the_last_owner_stays(process: Process, owner: User) -> None:
    with pytest.raises(ValidationError, match="keep an owner"):
        end(process=process, user=owner, by=owner, reason="I leave.")
    with pytest.raises(ValidationError, match="keep an owner"):
        give(process=process, user=owner, role="reader", by=owner, reason="Less.")
    second = make_user(username="second")
    give(process=process, user=second, role="owner", by=owner, reason="Both of us.")
    end(process=process, user=owner, by=owner, reason="I leave.")

    assert roles(process) == {"second": "owner"}


def test_ending_a_role_of_nobody_changes_nothing(process: Process, owner: User) -> None:
    end(process=process, user=make_user(), by=owner, reason="x")
    assert roles(process) == {"owner": "owner"}


def test_the_database_keeps_one_role_a_person(process: Process, owner: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessMember.objects.create(process=process, user=owner, role="reader")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessMember.objects.create(process=process, user=make_user(), role="king")


def test_an_owner_shows_it_to_others_and_its_history_says_why(process: Process, owner: User) -> None:
    show_to(process=process, visibility="private", by=owner, reason="Not yet.")

    process.refresh_from_db()
    assert process.is_private
    assert ChangeSet.objects.latest("pk").reason == "Not yet."


def test_it_is_private_only_with_an_owner(process: Process, owner: User) -> None:
    ProcessMember.objects.all().delete()
    with pytest.raises(ValidationError, match="owner"):
        show_to(process=process, visibility="private", by=owner, reason="x")


@pytest.mark.parametrize(("role", "may"), [("reader", False), ("researcher", True), ("", False)])
def test_nobody_writes_in_a_private_process_beyond_their_role_whatever_the_installation_lets(
    process: Process, owner: User, role: str, may: bool
) -> None:
    show_to(process=process, visibility="private", by=owner, reason="Hidden.")
    user = make_user(username="someone")
    user.groups.add(Group.objects.get(name="Editors"))
    if role:
        give(process=process, user=user, role=role, by=owner, reason="One of us.")
    for _ in range(2):  # what is refused leaves nothing behind
        refused = nullcontext() if may else pytest.raises(ValidationError)
        with refused, recording(by=user, reason="A new one."):
            make_issue(process=process)
    assert Issue.objects.filter(process=process).count() == (2 if may else 0)


def test_a_researcher_of_a_private_process_deletes_nothing_there(process: Process, owner: User) -> None:
    with recording(by=owner, reason="A new one."):
        issue = make_issue(process=process)
    show_to(process=process, visibility="private", by=owner, reason="Hidden.")
    user = make_user(username="someone")
    give(process=process, user=user, role="researcher", by=owner, reason="To record.")
    with pytest.raises(ValidationError), recording(by=user, reason="Away."):
        issue.delete()
    assert Issue.objects.filter(process=process).exists()


def test_what_is_shared_is_edited_by_who_may_in_another_process(process: Process, owner: User) -> None:
    with recording(by=owner, reason="New."):
        actor = make_participation(process=process).actor
        make_participation(process=make_process(), actor=actor)
    show_to(process=process, visibility="private", by=owner, reason="Hidden.")
    user = make_user(username="someone")
    user.groups.add(Group.objects.get(name="Editors"))
    with recording(by=user, reason="Spelt anew."):
        correct(actor, {"short_name": "New"})
    actor.refresh_from_db()
    assert actor.short_name == "New"


def hand_over(process: Process, by: User) -> None:
    with recording(by=by, reason="Shown."):
        process.refresh_from_db()
        correct(process, {"visibility": "public"})


def as_saved(process: Process, by: User) -> None:
    with recording(by=by, reason="Shown."):
        process.refresh_from_db()
        process.visibility = "public"
        process.save()


def by_undoing(process: Process, by: User) -> None:
    undo(ChangeSet.objects.get(reason="Hidden."), by=by, reason="Shown.")


@pytest.mark.parametrize("way", [hand_over, as_saved, by_undoing])
def test_nobody_else_shows_it_by_whichever_way(process: Process, owner: User, way: Any) -> None:
    show_to(process=process, visibility="private", by=owner, reason="Hidden.")
    editor = make_user(username="editor")
    give(process=process, user=editor, role="editor", by=owner, reason="To help.")
    with pytest.raises(ValidationError, match="Only its owners"):
        way(process, editor)
    process.refresh_from_db()
    assert process.is_private

    way(process, owner)
    process.refresh_from_db()
    assert not process.is_private
