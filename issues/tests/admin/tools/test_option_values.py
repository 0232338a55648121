"""Changing an option's value asks first, with every position that moves; it is a correction, not a move."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from issues.actions.take_back.undo_change_set import undo
from issues.admin.tools.option_values import NOT_SAVED
from issues.history import ChangeSet, Way, recording
from issues.models import Option, Position
from issues.queries.reading.process import read
from issues.tests.admin.conftest import ROLES, address, client_of, filled, open_and_save, someone
from issues.tests.factories import make_evidence, make_position, make_user


def hidden(page: Any) -> dict[str, Any]:
    """What a browser posts from the page that asks."""
    found: dict[str, Any] = {}
    pattern = r'<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"\s*>'
    for name, value in re.findall(pattern, page.content.decode()):
        if name != "csrfmiddlewaretoken":
            found.setdefault(unescape(name), []).append(unescape(value))
    return found


def words_of(page: Any) -> str:
    """The page on one line, however its template is broken into lines."""
    return " ".join(page.content.decode().split())


def asked(client: Client, world: SimpleNamespace, **typed: Any) -> Any:
    """Change the value of the option and save."""
    over = {"value": 60, "change_reason": "The codebook says 60."} | typed
    return open_and_save(client, address(world.half), **over)


def test_the_positions_that_move_are_shown_and_nothing_is_saved_yet(
    editor: Client, world: SimpleNamespace
) -> None:
    before = ChangeSet.objects.count()
    page = asked(editor, world)
    words = words_of(page)
    assert "1 position moves from 50 to 60 (a correction, not a move)" in words
    assert str(world.position) in words
    assert "Yes, correct them" in words
    assert Option.objects.get(pk=world.half.pk).value == 50
    assert ChangeSet.objects.count() == before


def test_saying_yes_corrects_them_in_one_change_set(editor: Client, world: SimpleNamespace) -> None:
    before = ChangeSet.objects.count()
    page = asked(editor, world, label="three fifths")
    answer = editor.post(address(world.half), hidden(page))
    assert answer.status_code == 302
    option = Option.objects.get(pk=world.half.pk)
    assert (option.value, option.label) == (60, "three fifths")
    assert Position.objects.get().placement == 60
    made = ChangeSet.objects.first()
    assert (ChangeSet.objects.count(), made.reason) == (before + 1, "The codebook says 60.")
    undo(made, by=make_user(), reason="No.")
    assert Position.objects.get().placement == 50


def test_no_actor_moves(editor: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        again = make_position(issue=world.issue, actor=world.actor, summit=world.second, option=world.half)
        make_evidence(position=again)
    before = [change.kind for change in read(world.process).whole.changes]
    editor.post(address(world.half), hidden(asked(editor, world)))
    assert [change.kind for change in read(world.process).whole.changes] == before


def test_the_button_that_was_pressed_is_remembered(editor: Client, world: SimpleNamespace) -> None:
    page = asked(editor, world, _continue="Save and continue editing")
    assert editor.post(address(world.half), hidden(page))["Location"] == address(world.half)


def test_positions_with_a_finer_value_stay_where_they_are(editor: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        world.position.value = 52
        world.position.save()
    assert asked(editor, world).status_code == 302
    assert Option.objects.get(pk=world.half.pk).value == 60
    assert Position.objects.get().placement == 52


def test_what_moves_nothing_is_not_asked_about(editor: Client, world: SimpleNamespace) -> None:
    assert open_and_save(editor, address(world.half), label="a half", change_reason="x").status_code == 302
    most = world.issue.options.get(value=75)
    assert open_and_save(editor, address(most), value=80, change_reason="x").status_code == 302


def test_a_position_that_came_meanwhile_is_shown_before_it_moves(
    editor: Client, world: SimpleNamespace
) -> None:
    page = asked(editor, world)
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_evidence(
            position=make_position(
                issue=world.issue, actor=world.other, summit=world.first, option=world.half
            )
        )
    again = editor.post(address(world.half), hidden(page))
    assert "2 positions move from 50 to 60" in words_of(again)
    assert Option.objects.get(pk=world.half.pk).value == 50
    assert editor.post(address(world.half), hidden(again)).status_code == 302


def test_an_invalid_form_is_not_asked_about(editor: Client, world: SimpleNamespace) -> None:
    for typed in ({"value": 75}, {"value": 101}, {"value": ""}, {"change_reason": ""}):
        page = asked(editor, world, **typed)
        assert "Yes, correct them" not in page.content.decode()
        assert page.context["adminform"].form.errors


def test_the_form_of_the_issue_asks_as_well(editor: Client, world: SimpleNamespace) -> None:
    url = address(world.issue)
    page = open_and_save(editor, url, **{"options-2-value": 55, "change_reason": "x", "name": "Frontiers"})
    assert "1 position moves from 50 to 55" in words_of(page)
    world.issue.refresh_from_db()
    assert world.issue.name == "Borders"
    assert editor.post(url, hidden(page)).status_code == 302
    assert Position.objects.get().placement == 55
    world.issue.refresh_from_db()
    assert world.issue.name == "Frontiers"


def test_what_was_typed_is_escaped(editor: Client, world: SimpleNamespace) -> None:
    page = asked(editor, world, label='"><script>alert(1)</script>')
    assert "<script>alert" not in page.content.decode()
    editor.post(address(world.half), hidden(page))
    assert Option.objects.get(pk=world.half.pk).label == '"><script>alert(1)</script>'


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_only_those_who_may_change_options_do(world: SimpleNamespace, role: str) -> None:
    superuser = make_user(username="root", is_staff=True, is_superuser=True)
    typed = filled(client_of(superuser).get(address(world.half)))
    client = Client() if role == "anonymous" else client_of(someone(role))
    mark = f"{world.half.pk}:50:60:1"
    typed |= {"value": 60, "change_reason": "Mine."}
    for over in ({}, {"confirmed_values": mark}):
        client.post(address(world.half), typed | over)
    assert (Option.objects.get(pk=world.half.pk).value == 60) is (role in {"researcher", "editor"})


def test_saying_no_leads_back_to_the_form_with_what_was_typed(editor: Client, world: SimpleNamespace) -> None:
    page = asked(editor, world, label="three fifths")
    back = editor.post(address(world.half), {**hidden(page), "_back_to_form": "No, back to the form"})

    words = back.content.decode()
    assert back.status_code == 200
    assert NOT_SAVED in words
    assert 'value="three fifths"' in words
    assert 'value="60' in words
    assert 'value="The codebook says 60."' in words
    assert Option.objects.get(pk=world.half.pk).value == 50
