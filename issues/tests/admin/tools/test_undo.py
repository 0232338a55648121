"""Undoing a change set from its page: a preview, a reason, the right to it, and what stands in the way."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.actions.upkeep.merge import merge
from issues.history import ChangeSet, Way, recording
from issues.models import Cell, Evidence, Position
from issues.tests.actions.upkeep.merging import everything
from issues.tests.acts import add, correct, remove
from issues.tests.admin.conftest import ROLES, address, client_of, someone
from issues.tests.factories import make_actor, make_participation, make_user
from issues.user import User


def undo_page(change_set: ChangeSet) -> str:
    return reverse("admin:issues_changeset_undo", args=[change_set.pk])


def newest() -> ChangeSet:
    return ChangeSet.objects.order_by("pk").last()


@pytest.fixture
def correction(world: SimpleNamespace) -> ChangeSet:
    """A correction of the position, by someone called omar, with a second piece of evidence."""
    omar = make_user(username="omar")
    with recording(by=omar, reason="Reread.", kind=Way.ADMIN):
        correct(world.position, {"summary": "Less."}, by=omar, reason="x")
        add(Evidence(position=world.position, statement=world.another), by=omar, reason="x")
    return newest()


def test_the_page_of_a_change_set_leads_there(editor: Client, correction: ChangeSet) -> None:
    assert undo_page(correction) in editor.get(address(correction)).content.decode()


def test_the_preview_says_what_goes_and_what_is_as_before(
    editor: Client, world: SimpleNamespace, correction: ChangeSet
) -> None:
    before = everything()
    page = editor.get(undo_page(correction)).content.decode()
    for words in ("This is removed", f"evidence: “{world.another.quote}”", "This is as it was before"):
        assert words in page
    assert re.search(r"<del\s*><bdi\s*>Less\.</bdi></del>", page)
    assert re.search(r"<ins\s*><bdi\s*>Half of it\.</bdi></ins>", page)
    assert everything() == before


def test_it_is_undone_with_a_reason_as_a_change_set_of_its_own(
    editor: Client, world: SimpleNamespace, correction: ChangeSet
) -> None:
    refused = editor.post(undo_page(correction), {"change_reason": " "})
    assert refused.context["reason_form"].errors
    assert "Error:" in refused.content.decode()
    assert Position.objects.get().summary == "Less."
    answer = editor.post(undo_page(correction), {"change_reason": "It was right."})
    assert answer["Location"] == address(correction)
    assert Position.objects.get().summary == "Half of it."
    assert Evidence.objects.count() == 1
    made = newest()
    assert (made.reason, made.kind, made.user.username) == ("It was right.", Way.ADMIN, "editor")
    correction.refresh_from_db()
    assert correction.undone_by == made
    page = editor.get(address(correction)).content.decode()
    assert undo_page(correction) not in page
    assert "was undone already" in editor.get(undo_page(correction)).content.decode()


def test_what_was_deleted_is_put_back(editor: Client, world: SimpleNamespace) -> None:
    before, name = everything(), str(world.position)
    remove(world.position, by=make_user(), reason="x")
    page = editor.get(undo_page(newest())).content.decode()
    assert "This is put back" in page
    assert f"position: {name}" in page
    editor.post(undo_page(newest()), {"change_reason": "Back."})
    assert everything() == before


def test_a_merge_is_undone(editor: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        twin = make_actor(name="Ruritanian Republic")
        make_participation(process=world.process, actor=twin, role="party")
    before = everything()
    merge(world.actor, [twin], by=make_user(), reason="The same.")
    merged = newest()
    assert "actor: Ruritanian Republic" in editor.get(undo_page(merged)).content.decode()
    assert editor.post(undo_page(merged), {"change_reason": "They are two."}).status_code == 302
    assert everything() == before


def test_later_changes_are_named_and_nothing_is_undone(
    editor: Client, world: SimpleNamespace, correction: ChangeSet
) -> None:
    position = Position.objects.get()
    correct(position, {"summary": "Even less."}, by=make_user(username="ana"), reason="Third reading.")
    page = editor.get(undo_page(correction)).content.decode()
    assert "Later changes stand in the way" in page
    assert "by ana: Third reading." in page
    assert 'name="change_reason"' not in page
    answer = editor.post(undo_page(correction), {"change_reason": "Mine."})
    assert answer.status_code == 200
    assert Position.objects.get().summary == "Even less."


def test_a_broken_rule_is_said(editor: Client, world: SimpleNamespace, correction: ChangeSet) -> None:
    omar = User.objects.get(username="omar")
    remove(world.evidence, by=omar, reason="Wrong page.")
    first = ChangeSet.objects.get(pk=correction.pk)
    answer = editor.post(undo_page(first), {"change_reason": "x"})
    assert "needs evidence" in answer.content.decode()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
@pytest.mark.parametrize("own", [True, False])
def test_researchers_undo_their_own_and_editors_anyones(
    world: SimpleNamespace, correction: ChangeSet, role: str, own: bool
) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    if own and role != "anonymous":
        ChangeSet.objects.filter(pk=correction.pk).update(user=User.objects.get(username=role))
    may = role == "editor" or (role == "researcher" and own)
    page = client.get(address(correction))
    if page.status_code == 200:
        assert (undo_page(correction) in page.content.decode()) is may
    assert (client.get(undo_page(correction)).status_code == 200) is may
    client.post(undo_page(correction), {"change_reason": "Mine."})
    assert (Position.objects.get().summary == "Half of it.") is may


def test_a_coders_own_sheet_is_undone_by_that_coder_alone(editor: Client, world: SimpleNamespace) -> None:
    coder = someone("researcher")
    sheet = open_sheet(summit=world.second, by=coder, private=True)
    save_cell(sheet=sheet, actor=world.actor, issue=world.issue, typed="a", version=0, by=coder)
    typed = newest()
    page = editor.get(undo_page(typed)).content.decode()
    assert "own sheet" in page
    assert "Ruritania" not in page
    editor.post(undo_page(typed), {"change_reason": "Mine."})
    assert Cell.objects.count() == 1
    own = client_of(coder)
    assert "cell: Ruritania on Borders" in own.get(undo_page(typed)).content.decode()
    own.post(undo_page(typed), {"change_reason": "A slip."})
    assert not Cell.objects.exists()


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "0"])
def test_unknown_keys_find_nothing(editor: Client, world: SimpleNamespace, key: str) -> None:
    url = f"{address(ChangeSet, 'changelist')}{key}/undo/"
    assert editor.get(url).status_code == 404
    assert editor.post(url, {"change_reason": "x"}).status_code == 404


def test_the_preview_costs_the_same_for_few_and_many_records(
    editor: Client, world: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    by = make_user()
    with recording(by=by, reason="Many.", kind=Way.ADMIN):
        for number in range(12):
            add(make_unsaved_summit(world, number), by=by, reason="x")
        position = Position.objects.get()
        correct(position, {"summary": "Less."}, by=by, reason="x")
    with django_assert_max_num_queries(70):
        editor.get(undo_page(newest()))


def make_unsaved_summit(world: SimpleNamespace, number: int) -> Any:
    return type(world.first)(
        process=world.process, name=f"S{number}", slug=f"s-{number}", starts_on=f"2040-01-{number + 1:02}"
    )
