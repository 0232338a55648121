"""Deleting asks for a reason, says what stands in the way, and leaves the history."""

from typing import Any

import pytest
from django.test import Client

from issues.history import ChangeSet, Way, recording
from issues.models import Actor, Evidence, Option, Participation, Place, Position, Process
from issues.tests.admin.conftest import address
from issues.tests.factories import make_evidence, make_place


def delete_selected(client: Client, *records: Any, **typed: str) -> Any:
    chosen = {"action": "delete_selected", "_selected_action": [record.pk for record in records]}
    return client.post(address(records[0], "changelist"), chosen | typed)


@pytest.fixture
def places(db: None) -> list[Place]:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        return [make_place() for _ in range(3)]


def test_a_record_is_deleted_with_a_reason(editor: Client, world) -> None:
    pk, url = world.position.pk, address(world.position, "delete")
    assert 'name="change_reason"' in editor.get(url).content.decode()
    assert editor.post(url, {"post": "yes", "change_reason": "Logged twice."}).status_code == 302
    assert not Position.objects.exists()
    row = Position.history.filter(id=pk).latest("history_id")
    assert (row.history_type, row.history_change_reason, row.history_user.username) == (
        "-",
        "Logged twice.",
        "editor",
    )
    assert Evidence.history.filter(change_set=row.change_set, history_type="-").count() == 1


@pytest.mark.parametrize("reason", [None, "", "   ", "a\x00b", "x" * 2000])
def test_without_a_good_reason_nothing_is_deleted(editor: Client, world, reason: str | None) -> None:
    typed = {"post": "yes"} | ({} if reason is None else {"change_reason": reason})
    response = editor.post(address(world.position, "delete"), typed)
    assert response.status_code == 200
    assert response.context["reason_form"].errors
    assert Position.objects.exists()


def test_several_records_are_deleted_in_one_change_set(editor: Client, places: list[Place]) -> None:
    before = ChangeSet.objects.count()
    page = delete_selected(editor, *places[:2])
    assert 'name="change_reason"' in page.content.decode()
    assert Place.objects.count() == 3
    refused = delete_selected(editor, *places[:2], post="yes", change_reason="")
    assert refused.context["reason_form"].errors
    assert Place.objects.count() == 3
    done = delete_selected(editor, *places[:2], post="yes", change_reason="Never mentioned.")
    assert done.status_code == 302
    assert Place.objects.get() == places[2]
    assert ChangeSet.objects.count() == before + 1
    assert Place.history.filter(history_type="-").count() == 2


def test_the_page_says_why_something_must_stay(editor: Client, world) -> None:
    last = editor.get(address(world.evidence, "delete"))
    assert "last evidence" in last.content.decode()
    taking_part = Participation.objects.get(actor=world.actor)
    assert "has positions in this process" in editor.get(address(taking_part, "delete")).content.decode()
    for record in (world.evidence, taking_part):
        response = editor.post(address(record, "delete"), {"post": "yes", "change_reason": "Because."})
        assert response.status_code == 200
    assert Evidence.objects.count() == 1
    assert Participation.objects.count() == 2


def test_two_pieces_of_evidence_cannot_go_together(editor: Client, world) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        second = make_evidence(position=world.position, statement=world.another)
    assert "last evidence" not in editor.get(address(second, "delete")).content.decode()
    page = delete_selected(editor, world.evidence, second)
    assert "last evidence" in page.content.decode()
    delete_selected(editor, world.evidence, second, post="yes", change_reason="Both.")
    assert Evidence.objects.count() == 2


def test_what_others_refer_to_stays(editor: Client, world) -> None:
    for record in (world.actor, world.process, world.half):
        response = editor.post(address(record, "delete"), {"post": "yes", "change_reason": "Because."})
        assert "cannot be deleted" in response.content.decode()
    assert Actor.objects.count() == 2
    assert Process.objects.count() == 1


def test_the_reference_point_stays(editor: Client, world) -> None:
    end = world.issue.options.get(value=100)
    with recording(by=None, reason="x", kind=Way.COMMAND):
        world.issue.reference_point = end
        world.issue.save()
    response = editor.post(address(end, "delete"), {"post": "yes", "change_reason": "Because."})
    assert "reference point" in response.content.decode()
    assert Option.objects.filter(pk=end.pk).exists()


def test_researchers_delete_evidence_and_no_position(researcher: Client, world) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        second = make_evidence(position=world.position, statement=world.another)
    typed = {"post": "yes", "change_reason": "Wrong page."}
    assert researcher.post(address(second, "delete"), typed).status_code == 302
    assert Evidence.objects.count() == 1
    assert researcher.post(address(world.position, "delete"), typed).status_code == 403
    delete_selected(researcher, world.position, **typed)
    assert Position.objects.exists()
