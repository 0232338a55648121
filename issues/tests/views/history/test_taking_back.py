"""One edit undone, one version restored: previewed, with a reason, as a new version."""

from typing import Any

from django.test import Client

from issues.actions.record.review import mark_reviewed
from issues.history import Way, recording
from issues.models import Evidence, Position
from issues.queries.reading.process import read
from issues.tests.acts import add, remove
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.history.conftest import address, change, lines
from issues.tests.views.page import page_of


def last(record: Any) -> Any:
    """The last row of the history of a record."""
    return type(record).history.filter(id=record.pk).order_by("history_date", "history_id").last()


def take_back(client: Client, record: Any, row: Any, how: str, **typed: Any) -> Any:
    """Open the page that asks, type a reason, and send it as the page is."""
    url = address(record, row.pk, how)
    page = page_of(client.get(url))
    opened = page.one("input", name="opened_version").attrs["value"]
    return client.post(url, {"reason": "Back.", "opened_version": opened, **typed})


def test_an_edit_is_undone_in_three_clicks_from_the_position(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, "A slip.", salience=80.0)
    url = f"/lenna/issues/flow/?summit=weir#position-{position.pk}"

    history = next(link for link in page_of(editor.get(url)).links if link == address(position))
    undo = next(link for link in page_of(editor.get(history)).links if link.endswith("/undo/"))
    preview = page_of(editor.get(undo))

    assert "Salience: 80 → became nothing" in preview.text
    opened = preview.one("input", name="opened_version").attrs["value"]
    answer = editor.post(undo, {"reason": "It was not said.", "opened_version": opened})
    assert answer["Location"] == address(position)
    assert lines(editor, address(position))[0] == (
        "edda corrected salience: It was not said. It says again what the version of"
        f" {position.history.earliest().history_date:%-d %B %Y, %H:%M:%S} UTC said. Current"
        " | Salience: 80 → nothing"
    )


def test_only_the_fields_of_the_edit_go_back(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="First.")
    first = last(position)
    change(position, salience=80.0)

    assert take_back(editor, position, first, "undo").status_code == 302

    position.refresh_from_db()
    assert (position.note, position.salience) == ("", 80.0)
    assert last(position).version == position.version == 4
    assert last(position).change_set.kind == Way.PAGE


def test_an_edit_that_was_edited_again_is_refused_with_who_and_why(
    editor: Client, universe: Universe
) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="First.")
    first = last(position)
    change(position, "A better note.", by=universe.coder, note="Second.")

    page = page_of(editor.get(address(position, first.pk, "undo")))

    assert "This edit cannot be undone by itself." in page.text
    assert "Note was edited again by coder on " in page.text
    assert "A better note." in page.text
    assert not page.all("input", name="reason")
    typed = {"reason": "Back.", "opened_version": position.version}
    assert editor.post(address(position, first.pk, "undo"), typed).status_code == 400
    position.refresh_from_db()
    assert position.note == "Second."


def test_a_field_that_came_back_to_what_the_edit_made_of_it_can_be_undone(
    editor: Client, universe: Universe
) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="First.")
    first = last(position)
    change(position, note="Second.")
    change(position, note="First.")

    assert take_back(editor, position, first, "undo").status_code == 302
    position.refresh_from_db()
    assert position.note == ""


def test_a_race_is_refused_and_shows_what_it_is_now(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="First.")
    row = last(position)
    url = address(position, row.pk, "undo")
    opened = page_of(editor.get(url)).one("input", name="opened_version").attrs["value"]
    change(position, salience=80.0)

    answer = editor.post(url, {"reason": "Back.", "opened_version": opened})

    assert answer.status_code == 400
    page = page_of(answer)
    assert "Someone changed it while you had this page open." in page.text
    assert page.one("input", name="opened_version").attrs["value"] == str(position.version)
    assert page.one("input", id="id_reason").attrs["value"] == "Back."


def test_no_reason_and_bad_keys_are_refused_by_name(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="First.")
    url = address(position, last(position).pk, "undo")
    for typed in ({}, {"reason": " "}, {"reason": "x" * 1001}, {"reason": "a\x00b"}):
        answer = editor.post(url, {"opened_version": position.version, **typed})
        assert answer.status_code == 400
        assert "Reason:" in page_of(answer).one("div", css="errors").text
    assert editor.post(url, {"reason": "x", "opened_version": "none"}).status_code == 400
    assert editor.get(address(position, 999999, "undo")).status_code == 404
    position.refresh_from_db()
    assert position.note == "First."


def test_evidence_that_was_added_goes_and_what_was_removed_comes_back(
    editor: Client, universe: Universe
) -> None:
    position = universe.at("cadria", "flow", "ford")
    doubt = Evidence(statement=universe.statements["doubt"], position=position, stance="disputes")
    add(doubt, by=universe.coder, reason="Doubts.")
    assert take_back(editor, doubt, last(doubt), "undo")["Location"] == address(position)
    assert not Evidence.objects.filter(pk=doubt.pk).exists()

    assert take_back(editor, doubt, last(doubt), "undo")["Location"] == address(position)
    assert Evidence.objects.get(pk=doubt.pk).position == position


def test_the_last_evidence_is_not_undone_away(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    evidence = position.evidence.get()
    answer = take_back(editor, evidence, last(evidence), "undo")
    assert answer.status_code == 400
    assert "last evidence" in page_of(answer).text
    assert position.evidence.exists()


def test_a_review_is_taken_back_but_never_given_again(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    mark_reviewed([position], by=make_user(username="second"))
    change(position, note="Changed.")
    edit = last(position)
    position.refresh_from_db()
    assert position.reviewed_by is None

    assert take_back(editor, position, edit, "undo").status_code == 302

    position.refresh_from_db()
    assert (position.note, position.reviewed_by) == ("", None)


def test_a_version_is_restored_as_a_new_one(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    first = last(position)
    change(position, option=universe.flow.options.get(value=25), note="Changed.")
    moved = len(read(universe.process).whole.changes)
    page = page_of(editor.get(address(position)))
    (link,) = [node for node in page.all("a") if "Restore the version of" in node.text]
    assert link.text.endswith("(position 0)")

    preview = page_of(editor.get(link.attrs["href"]))
    assert "Option: 25 a quarter → became 0 none" in preview.text
    assert take_back(editor, position, first, "restore").status_code == 302

    position.refresh_from_db()
    assert (position.placement, position.note, position.version) == (0.0, "", 3)
    assert len(read(universe.process).whole.changes) == moved
    again = page_of(editor.get(address(position, first.pk, "restore")))
    assert "There is nothing to restore." in again.text


def test_a_deleted_position_is_restored_with_its_evidence(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    key, evidence = position.pk, position.evidence.get().pk
    with recording(by=universe.coder, reason="Twice.", kind=Way.PAGE):
        remove(position, by=universe.coder, reason="Twice.")
    position.pk = key

    page = page_of(editor.get(address(position, last(position).pk, "restore")))
    assert "With it comes what was deleted along with it" in page.text
    assert take_back(editor, position, last(position), "restore").status_code == 302

    assert Position.objects.get(pk=key).evidence.get().pk == evidence
    assert "edda restored this position: Back. Current" in lines(editor, address(position))[:2]


def test_restoring_obeys_the_rules(editor: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    whole = universe.flow.options.get(value=100)
    change(position, option=whole)
    row = last(position)
    change(position, option=universe.flow.options.get(value=0))
    with recording(by=None, reason="x", kind=Way.COMMAND):
        remove(whole, by=None, reason="x")
    answer = take_back(editor, position, row, "restore")
    assert answer.status_code == 400
    assert page_of(answer).one("div", css="errors")
    position.refresh_from_db()
    assert position.placement == 0.0
