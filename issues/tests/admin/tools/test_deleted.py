"""Deleted records: listed with who, when, why and their words, and restored by those who may."""

from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.history import ChangeSet, Record, Way, recording
from issues.models import RECORDS, Evidence, Position, Source, Statement
from issues.tests.acts import remove
from issues.tests.admin.conftest import ROLES, address, client_of, someone
from issues.tests.factories import make_position, make_source, make_statement
from issues.user import User


def page_of(model: Any) -> str:
    return reverse("admin:deleted", args=[model._meta.model_name])


def restoring(row: Any) -> str:
    """The site’s page that restores what this row tells of: the admin leads there."""
    return reverse("history-restore", args=[row.instance_type._meta.model_name, row.id, row.history_id])


def back(reason: str) -> dict[str, Any]:
    """What that page posts of a record that is gone."""
    return {"reason": reason, "opened_version": 0}


@pytest.fixture
def row(world: SimpleNamespace) -> Any:
    """How the position of the world was deleted."""
    with recording(by=None, reason="By mistake.", kind=Way.COMMAND):
        remove(Position.objects.get(pk=world.position.pk), by=None, reason="x")
    return Position.history.filter(id=world.position.pk).latest("history_id")


@pytest.mark.parametrize("model", RECORDS)
def test_each_list_leads_to_what_was_deleted(editor: Client, model: type[Record]) -> None:
    page = editor.get(address(model, "changelist"))
    assert f'href="{page_of(model)}"' in page.content.decode()
    assert editor.get(page_of(model)).status_code == 200


def test_a_look_up_in_a_small_window_has_no_way_out_of_it(editor: Client, world: SimpleNamespace) -> None:
    assert page_of(Source) not in editor.get(f"{address(Source, 'changelist')}?_popup=1").content.decode()


def test_it_says_who_when_why_and_its_words(editor: Client, world: SimpleNamespace, row: Any) -> None:
    page = editor.get(page_of(Position)).content.decode()
    for words in (str(world.position), "a command", "By mistake.", "Half of it.", "Restore…"):
        assert words in page


def test_what_was_restored_is_listed_no_more(editor: Client, world: SimpleNamespace, row: Any) -> None:
    url = restoring(row)
    assert editor.post(url, back("Back.")).status_code == 302
    assert "Nothing of this kind was deleted" in editor.get(page_of(Position)).content.decode()
    assert "There is nothing to restore." in editor.get(url).content.decode()
    assert "restored already" in editor.post(url, back("Again.")).content.decode()
    assert Position.objects.count() == 1


def test_the_preview_shows_all_that_comes_back(editor: Client, world: SimpleNamespace, row: Any) -> None:
    page = editor.get(restoring(row)).content.decode()
    for words in ("Half of it.", "50 half", f"“{world.statement.quote}”", str(world.position)):
        assert words in page
    assert not Position.objects.exists()


def test_it_is_restored_with_a_reason_in_one_change_set(
    editor: Client, world: SimpleNamespace, row: Any
) -> None:
    url, before = restoring(row), ChangeSet.objects.count()
    refused = editor.post(url, back(" "))
    assert refused.context["form"].errors
    assert "Error:" in refused.content.decode()
    assert not Position.objects.exists()
    answer = editor.post(url, back("Back again."))
    assert answer["Location"] == reverse("history", args=["position", world.position.pk])
    restored = Position.objects.get(pk=world.position.pk)
    assert restored.evidence.get().pk == world.evidence.pk
    made = ChangeSet.objects.first()
    assert (ChangeSet.objects.count(), made.reason, made.kind) == (before + 1, "Back again.", Way.PAGE)
    assert made.user == User.objects.get(username="editor")


def test_what_stands_in_the_way_is_said(editor: Client, world: SimpleNamespace, row: Any) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_position(issue=world.issue, actor=world.actor, summit=world.first, state="silent")
    answer = editor.post(restoring(row), back("Back."))
    assert "is already recorded" in answer.content.decode()
    assert Position.objects.count() == 1


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_each_role_does_what_it_may(world: SimpleNamespace, row: Any, role: str) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    url = restoring(row)
    listed = client.get(page_of(Position))
    may_see, may_restore = role in ROLES, role in {"researcher", "editor"}
    assert (listed.status_code == 200) is may_see
    assert (b"Restore" in listed.content) is may_restore
    assert (client.get(url).status_code == 200) is may_restore
    client.post(url, back("Mine."))
    assert Position.objects.exists() is may_restore


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "0", "1 OR 1=1"])
def test_unknown_keys_find_nothing(editor: Client, world: SimpleNamespace, key: str) -> None:
    assert editor.get(f"{address(Position, 'changelist')}deleted/?p={key}").status_code == 200
    assert editor.get(f"/admin/issues/{key}/deleted/").status_code == 404


def test_a_row_that_tells_of_no_deletion_restores_nothing(editor: Client, world: SimpleNamespace) -> None:
    first = Position.history.get(id=world.position.pk)
    assert "There is nothing to restore." in editor.get(restoring(first)).content.decode()


def test_the_list_is_paged_and_costs_the_same_for_few_and_many(
    editor: Client, world: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        source = make_source()
        for _ in range(60):
            make_statement(source=source, occasion=world.first).delete()
    with django_assert_max_num_queries(14):
        page = editor.get(page_of(Statement))
    assert len(page.context["deleted"]) == 50
    assert len(editor.get(f"{page_of(Statement)}?p=2").context["deleted"]) == 10


def test_what_it_was_named_after_may_be_gone_too(editor: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        statement = make_statement(source=make_source(key="lost"), ref="here")
        source = statement.source
        statement.delete()
        source.delete()
        world.evidence.delete()
    named = f"“{statement.quote}” ({source.publisher})"
    assert named in unescape(editor.get(page_of(Statement)).content.decode())
    assert editor.get(page_of(Evidence)).status_code == 200
    row = Statement.history.filter(history_type="-").latest("history_id")
    answer = editor.post(restoring(row), back("Back."))
    assert "The source of the statement is gone; restore that first." in answer.content.decode()
