"""Two people at one record: the second is told what changed, loses nothing typed, and chooses."""

import pytest
from django.test import Client

from issues.history import Way
from issues.models import Evidence, Position
from issues.tests.acts import remove
from issues.tests.admin.conftest import address, client_of, errors_of, filled, someone


@pytest.fixture
def second(db: None) -> Client:
    return client_of(someone("researcher"))


def test_a_stale_form_is_refused_with_both_values(editor: Client, second: Client, world) -> None:
    url = address(world.position)
    theirs, mine = filled(editor.get(url)), filled(second.get(url))
    editor.post(url, theirs | {"summary": "All of it.", "change_reason": "Reread."})
    response = second.post(url, mine | {"summary": "None of it.", "change_reason": "Mine."})
    told = " ".join(errors_of(response)["__all__"])
    assert f"{world.position} was changed by editor on " in told
    assert "summary: was “Half of it.”, is now “All of it.”; you typed “None of it.”" in told
    assert Position.objects.get().summary == "All of it."


def test_nothing_typed_is_lost_and_saving_again_overwrites(editor: Client, second: Client, world) -> None:
    url = address(world.position)
    theirs, mine = filled(editor.get(url)), filled(second.get(url))
    editor.post(url, theirs | {"summary": "All of it.", "change_reason": "Reread."})
    refused = second.post(url, mine | {"summary": "None of it.", "change_reason": "Mine."})
    again = filled(refused)
    assert (again["summary"], again["change_reason"]) == ("None of it.", "Mine.")
    assert second.post(url, again).status_code == 302
    assert Position.objects.get().summary == "None of it."


def test_what_was_left_alone_is_not_turned_back(editor: Client, second: Client, world) -> None:
    url = address(world.position)
    theirs, mine = filled(editor.get(url)), filled(second.get(url))
    other = world.issue.options.get(value=75)
    changed = {"option": other.pk, "disputed": "on", "note": "Theirs.", "change_reason": "Reread."}
    assert editor.post(url, theirs | changed).status_code == 302
    refused = second.post(url, mine | {"summary": "None of it.", "change_reason": "Mine."})
    told = " ".join(errors_of(refused)["__all__"])
    assert "option: was “50 half”, is now “75 most”; you left it" in told
    assert "disputed: was “no”, is now “yes”; you left it" in told
    assert second.post(url, filled(refused)).status_code == 302
    saved = Position.objects.get()
    assert (saved.option, saved.disputed, saved.note) == (other, True, "Theirs.")
    assert saved.summary == "None of it."


def test_a_third_change_is_refused_again(editor: Client, second: Client, world) -> None:
    url = address(world.position)
    theirs, mine = filled(editor.get(url)), filled(second.get(url))
    editor.post(url, theirs | {"summary": "All of it.", "change_reason": "Reread."})
    refused = filled(second.post(url, mine | {"summary": "None of it.", "change_reason": "Mine."}))
    editor.post(url, filled(editor.get(url), summary="Most of it.", change_reason="Again."))
    response = second.post(url, refused)
    assert "is now “Most of it.”" in " ".join(errors_of(response)["__all__"])


def test_a_row_of_an_inline_has_its_own_version(editor: Client, second: Client, world) -> None:
    url = address(world.issue)
    theirs, mine = filled(editor.get(url)), filled(second.get(url))
    editor.post(url, theirs | {"options-0-label": "nothing", "change_reason": "Wording."})
    response = second.post(url, mine | {"options-0-label": "nil", "change_reason": "Wording."})
    told = " ".join(errors_of(response)["options-0-__all__"])
    assert "label: was “none”, is now “nothing”; you typed “nil”" in told
    assert second.post(url, filled(response)).status_code == 302
    assert world.issue.options.get(value=0).label == "nil"


def test_an_untouched_row_is_not_turned_back(editor: Client, second: Client, world) -> None:
    url = address(world.issue)
    theirs, mine = filled(editor.get(url)), filled(second.get(url))
    editor.post(url, theirs | {"options-0-label": "nothing", "change_reason": "Wording."})
    response = second.post(url, mine | {"question": "How far?", "change_reason": "Wording."})
    assert second.post(url, filled(response)).status_code == 302
    world.issue.refresh_from_db()
    assert (world.issue.question, world.issue.options.get(value=0).label) == ("How far?", "nothing")


def test_a_row_that_is_gone_says_so(editor: Client, second: Client, world) -> None:
    url = address(world.position)
    editor.post(url, filled(editor.get(url), change_reason="x", **{"evidence-1-statement": world.another.pk}))
    mine = filled(second.get(url))
    theirs = filled(editor.get(url), change_reason="x", **{"evidence-1-DELETE": "on"})
    assert editor.post(url, theirs).status_code == 302
    response = second.post(
        url, mine | {"evidence-1-stance": "disputes", "evidence-0-DELETE": "on", "change_reason": "x"}
    )
    assert "removed by someone else" in str(errors_of(response))
    assert Evidence.objects.get().statement == world.statement


@pytest.mark.parametrize("version", ["", "-1", "0", "x", "9" * 30, "1\x00"])
def test_a_form_that_does_not_tell_its_version_is_refused(editor: Client, world, version: str) -> None:
    url = address(world.position)
    typed = filled(editor.get(url), summary="Other.", change_reason="x", opened_version=version)
    assert errors_of(editor.post(url, typed))
    del typed["opened_version"]
    assert errors_of(editor.post(url, typed))
    assert Position.objects.get().summary == "Half of it."


def test_what_was_typed_into_a_form_of_a_deleted_record_is_shown_with_the_way_back(
    editor: Client, world
) -> None:
    page = address(world.position)
    form = filled(editor.get(page), summary="Typed while it went.", change_reason="Better words.")
    remove(
        Position.objects.get(pk=world.position.pk), by=None, reason="It was entered twice.", kind=Way.COMMAND
    )

    answer = editor.post(page, form)

    words = answer.content.decode()
    assert answer.status_code == 200
    assert "was deleted while you had it open" in words
    assert "It was entered twice." in words
    assert "Typed while it went." in words
    assert "Better words." in words
    row = Position.history.get(id=world.position.pk, history_type="-")
    assert f"/history/position/{row.id}/{row.history_id}/restore/" in words
