"""Marking as reviewed and setting confidence in the list of positions, by those who may change them."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from issues.history import ChangeSet, Way, recording
from issues.models import Position
from issues.tests.acts import correct
from issues.tests.admin.conftest import ROLES, address, client_of, someone
from issues.tests.factories import make_evidence, make_position
from issues.user import User


@pytest.fixture
def second(world: SimpleNamespace) -> Position:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        position = make_position(issue=world.issue, actor=world.other, summit=world.first)
        make_evidence(position=position)
    return position


def act(client: Client, action: str, *positions: Position, **typed: Any) -> Any:
    chosen = {"action": action, "_selected_action": [position.pk for position in positions]}
    return client.post(address(Position, "changelist"), chosen | typed)


def seen(*positions: Position) -> dict[str, int]:
    return {f"seen-{position.pk}": position.version for position in positions}


def edited_by(name: str, position: Position) -> Position:
    user = User.objects.get(username=name)
    return correct(Position.objects.get(pk=position.pk), {"note": f"By {name}."}, by=user, reason="x")


@pytest.mark.parametrize("role", ["editor", "researcher"])
def test_they_are_marked_in_one_change_set(world: SimpleNamespace, second: Position, role: str) -> None:
    client, before = client_of(someone(role)), ChangeSet.objects.count()
    answer = act(client, "mark_selected_reviewed", world.position, second)
    assert "2 positions marked as reviewed." in client.get(answer["Location"]).content.decode()
    assert {position.reviewed_by.username for position in Position.objects.all()} == {role}
    assert ChangeSet.objects.count() == before + 1
    assert ChangeSet.objects.first().kind == Way.ADMIN


def test_nobody_reviews_their_own_edit(editor: Client, world: SimpleNamespace, second: Position) -> None:
    edited_by("editor", world.position)
    answer = act(editor, "mark_selected_reviewed", world.position, second)
    page = editor.get(answer["Location"]).content.decode()
    assert f"Someone else than the last editor must review: {world.position}" in page
    assert not Position.objects.exclude(reviewed_by=None).exists()


def test_confidence_asks_for_value_and_reason_first(
    editor: Client, world: SimpleNamespace, second: Position
) -> None:
    page = act(editor, "set_selected_confidence", world.position, second).content.decode()
    assert str(world.position) in page
    assert 'name="change_reason"' in page
    for typed in (
        {"confidence": "low"},
        {"change_reason": "x"},
        {"confidence": "sure", "change_reason": "x"},
    ):
        refused = act(editor, "set_selected_confidence", world.position, confirm="1", **typed)
        assert "There is a problem" in refused.content.decode()
        assert "Error:" in refused.content.decode()
    assert not Position.objects.exclude(confidence="moderate").exists()


@pytest.mark.parametrize("role", ["editor", "researcher"])
def test_confidence_is_set_in_one_change_set(world: SimpleNamespace, second: Position, role: str) -> None:
    client, before = client_of(someone(role)), ChangeSet.objects.count()
    typed = {"confidence": "low", "change_reason": "One weak source.", "confirm": "1"}
    answer = act(
        client, "set_selected_confidence", world.position, second, **typed, **seen(world.position, second)
    )
    assert answer.status_code == 302
    assert set(Position.objects.values_list("confidence", flat=True)) == {"low"}
    made = ChangeSet.objects.first()
    assert (ChangeSet.objects.count(), made.reason) == (before + 1, "One weak source.")


def test_a_change_in_the_meantime_is_refused(
    editor: Client, world: SimpleNamespace, second: Position
) -> None:
    old = seen(world.position, second)
    edited_by("editor", second)
    typed = {"confidence": "low", "change_reason": "x", "confirm": "1"}
    answer = act(editor, "set_selected_confidence", world.position, second, **typed, **old)
    assert "while you had this page open" in answer.content.decode()
    assert not Position.objects.exclude(confidence="moderate").exists()


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 30])
def test_odd_versions_break_nothing(editor: Client, world: SimpleNamespace, value: str) -> None:
    typed = {"confidence": "low", "change_reason": "x", "confirm": "1", f"seen-{world.position.pk}": value}
    assert act(editor, "set_selected_confidence", world.position, **typed).status_code == 200
    assert Position.objects.get(pk=world.position.pk).confidence == "moderate"


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_only_those_who_may_change_positions_do(world: SimpleNamespace, second: Position, role: str) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    may = role in {"researcher", "editor"}
    listed = client.get(address(Position, "changelist"))
    if listed.status_code == 200:
        for action in (b"mark_selected_reviewed", b"set_selected_confidence"):
            assert (action in listed.content) is may
    act(client, "mark_selected_reviewed", world.position)
    typed = {"confidence": "low", "change_reason": "x", "confirm": "1"}
    act(client, "set_selected_confidence", second, **typed, **seen(second))
    assert Position.objects.exclude(reviewed_by=None).exists() is may
    assert Position.objects.filter(confidence="low").exists() is may
