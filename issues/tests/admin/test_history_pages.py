"""History in the admin: who, when, why and what, and versions restored by those who may."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from issues.actions.correct import correct, remove
from issues.history import ChangeSet, Way, recording
from issues.models import Evidence, Participation, Position
from issues.tests.admin.conftest import address, open_and_save


def change(client: Client, world, **typed: object) -> None:
    assert open_and_save(client, address(world.position), **typed).status_code == 302


def version_address(record: Position, number: int) -> str:
    row = record.history.get(version=number, history_type__in="+~")
    return address(record, "simple_history", row.history_id)


def test_it_shows_who_when_why_and_what_in_words(editor: Client, world) -> None:
    most = world.issue.options.get(value=75)
    change(editor, world, option=most.pk, red_line="declared", change_reason="Reread the text.")
    page = editor.get(address(world.position, "history")).content.decode()
    for words in (
        "editor",
        "Reread the text.",
        "50 half",
        "75 most",
        "not addressed",
        "declared",
        "Recorded",
    ):
        assert words in page
    assert ">Version</th>" not in page


def test_it_costs_the_same_for_few_and_many_versions(
    editor: Client, world, django_assert_max_num_queries
) -> None:
    for number in range(12):
        option = world.issue.options.all()[number % 5]
        with recording(by=None, reason=f"{number}", kind=Way.COMMAND):
            correct(Position.objects.get(), {"option": option}, by=None, reason="x")
    with django_assert_max_num_queries(18):
        editor.get(address(world.position, "history"))


def test_a_version_is_restored_with_a_reason_in_one_change_set(editor: Client, world) -> None:
    change(editor, world, summary="Wrong.", change_reason="A mistake.")
    url = version_address(world.position, 1)
    page = editor.get(url)
    assert "Half of it." in page.content.decode()
    assert "Wrong." in page.content.decode()
    opened = {"opened_version": page.context["form"].initial["opened_version"]}
    assert editor.post(url, opened | {"change_reason": " "}).status_code == 200
    assert Position.objects.get().summary == "Wrong."
    assert editor.post(url, opened | {"change_reason": "Undo it."}).status_code == 302
    restored = Position.objects.get()
    assert (restored.summary, restored.version) == ("Half of it.", 3)
    row = restored.history.latest("history_id")
    assert (row.history_user.username, row.history_change_reason) == ("editor", "Undo it.")
    assert row.change_set.kind == Way.ADMIN


def test_restoring_over_a_newer_change_is_refused(editor: Client, world) -> None:
    change(editor, world, summary="Wrong.", change_reason="A mistake.")
    url = version_address(world.position, 1)
    typed = {"opened_version": 2, "change_reason": "Undo."}
    change(editor, world, summary="Right.", change_reason="Better.")
    page = editor.post(url, typed)
    assert "Someone changed it" in page.content.decode()
    assert Position.objects.get().summary == "Right."
    assert 'value="3"' in page.content.decode()


def test_restoring_obeys_the_rules(editor: Client, world) -> None:
    first = world.issue.options.get(value=100)
    change(editor, world, option=first.pk, change_reason="x")
    change(editor, world, option=world.half.pk, change_reason="x")
    with recording(by=None, reason="x", kind=Way.COMMAND):
        remove(first, by=None, reason="x")
    page = editor.post(version_address(world.position, 2), {"opened_version": 3, "change_reason": "Undo."})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert Position.objects.get().option == world.half


def test_restoring_takes_back_the_review(editor: Client, world) -> None:
    change(editor, world, summary="Wrong.", change_reason="x")
    Position.objects.update(reviewed_by=User.objects.get(username="editor"), reviewed_at=timezone.now())
    editor.post(version_address(world.position, 1), {"opened_version": 2, "change_reason": "Undo."})
    assert Position.objects.get().reviewed_by is None


def test_a_deleted_position_comes_back_with_its_evidence(editor: Client, world) -> None:
    pk, evidence = world.position.pk, world.evidence.pk
    editor.post(address(world.position, "delete"), {"post": "yes", "change_reason": "By mistake."})
    assert not Evidence.objects.exists()
    world.position.pk = pk
    page = editor.get(address(world.position, "history"))
    assert "was deleted" in page.content.decode()
    row = Position.history.filter(id=pk).latest("history_id")
    url = address(world.position, "simple_history", row.history_id)
    response = editor.post(url, {"opened_version": 0, "change_reason": "Back again."})
    assert response.status_code == 302
    restored = Position.objects.get(pk=pk)
    assert (restored.summary, restored.version) == ("Half of it.", 2)
    assert restored.evidence.get().pk == evidence
    made = ChangeSet.objects.order_by("pk").last()
    assert made.reason == "Back again."
    assert Position.history.filter(change_set=made).count() == 1


def test_a_deleted_position_whose_ground_is_gone_stays_deleted(editor: Client, world) -> None:
    pk = world.position.pk
    with recording(by=None, reason="x", kind=Way.COMMAND):
        remove(world.position, by=None, reason="x")
        remove(Participation.objects.get(actor=world.actor), by=None, reason="x")
    world.position.pk = pk
    row = Position.history.filter(id=pk).latest("history_id")
    url = address(world.position, "simple_history", row.history_id)
    response = editor.post(url, {"opened_version": 0, "change_reason": "Back again."})
    assert "does not take part" in str(response.context["form"].errors)
    assert not Position.objects.exists()
    assert editor.get(address(world.position, "history")).status_code == 200


def test_a_viewer_restores_nothing(viewer: Client, editor: Client, world) -> None:
    change(editor, world, summary="Right.", change_reason="x")
    url = version_address(world.position, 1)
    page = viewer.get(url)
    assert page.status_code == 200
    assert "Restore" not in page.content.decode()
    assert viewer.post(url, {"opened_version": 2, "change_reason": "Mine."}).status_code == 403
    assert Position.objects.get().summary == "Right."


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "1 OR 1=1", "0"])
def test_unknown_keys_find_nothing(editor: Client, world, key: str) -> None:
    base = address(Position, "changelist")
    assert editor.get(f"{base}{key}/history/").status_code == 404
    assert editor.get(f"{base}{key}/history/1/").status_code == 404
    assert editor.post(f"{base}{world.position.pk}/history/{key}/", {}).status_code == 404
