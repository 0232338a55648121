"""What changed since a release: which ids, which rows; and what of it is worked out once."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.upkeep.merge import merge
from issues.exports.releases.changes import changes_since
from issues.history import recording
from issues.models import Actor, Position
from issues.tests.acts import add, correct, remove
from issues.tests.exports.package.packing import files, rows
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.releasing import content, make
from issues.tests.views.visitors import visit_as
from issues.views import download, releases

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


def ids(client: Client, number: str) -> list[dict[str, str]]:
    """The rows of the table of ids that changed."""
    return list(csv.DictReader(StringIO(files(content(client, number))["ids.csv"].decode())))


def test_what_was_merged_between_releases_leads_to_its_keeper(universe: Universe) -> None:
    editor, by = visit_as("editor"), universe.coder
    with recording(by=by, reason="A twin."):
        twin = Actor.objects.create(name="Fishers", slug="fishers-too", kind="organ", part_of=universe.arden)
    make(editor)
    past(Actor.objects.filter(pk=twin.pk)).update(kind="organisation", part_of=None)
    twin.refresh_from_db()
    merge(universe.fishers, [twin], by=by, reason="The same.")
    make(editor, "1.1")

    (row,) = csv.DictReader(StringIO(files(content(editor, "1.1"))["ids.csv"].decode()))
    assert (row["table"], row["id"], row["what"], row["into"]) == (
        "actors",
        str(twin.pk),
        "merged",
        str(universe.fishers.pk),
    )


def test_what_changed_since_is_a_page_and_a_file(universe: Universe) -> None:
    editor, by = visit_as("editor"), universe.coder
    make(editor)
    assert (
        "Nothing: the record says what the release says"
        in page_of(editor.get("/lenna/releases/1.0/changes/")).text
    )
    option = universe.flow.options.get(value=25.0)
    correct(option, {"value": 26.0}, by=by, reason="As printed.")
    gone = universe.at("commission", "data", "mill").pk
    remove(universe.at("commission", "data", "mill"), by=by, reason="Nobody said so.")

    text = editor.get("/lenna/releases/1.0/changes.csv").getvalue().decode()
    told = {
        (row["table"], row["id"], row["what"], row["column"], row["before"], row["after"])
        for row in csv.DictReader(StringIO(text))
    }
    assert ("options", str(option.pk), "changed", "value", "25", "26") in told
    assert ("positions", str(gone), "removed", "", "", "") in told
    assert "options" in page_of(editor.get("/lenna/releases/1.0/changes/")).text


def test_what_changed_since_is_worked_out_once_until_anything_changes(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, asked = visit_as("editor"), []
    make(editor)
    correct(universe.arden, {"name": "Upper Arden", "slug": "upper"}, by=universe.coder, reason="So.")

    def counting(*args: Any) -> Any:
        asked.append(args)
        return changes_since(*args)

    monkeypatch.setattr(releases, "changes_since", counting)
    monkeypatch.setattr(releases, "CHANGES_SHOWN", 1)

    first, again = (page_of(editor.get("/lenna/releases/1.0/changes/")).one("main").text for _ in range(2))
    assert first == again
    assert "more are in the file" in first
    assert "actors 0 1 0" in " ".join(first.split())
    assert len(asked) == 1
    correct(universe.belmar, {"name": "Lower Belmar"}, by=universe.coder, reason="So.")
    later = page_of(editor.get("/lenna/releases/1.0/changes/")).one("main").text
    assert "actors 0 2 0" in " ".join(later.split())


def test_the_download_page_and_head_do_not_read_the_record_again(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = visit_as("editor")
    first = page_of(editor.get("/lenna/download/")).text

    def never(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("the record was read")

    monkeypatch.setattr(download, "Contents", never)

    assert page_of(editor.get("/lenna/download/")).text == first
    head = editor.head("/lenna/download/package.zip")
    assert (head.status_code, head["Content-Type"]) == (200, "application/zip")
    assert editor.head("/lenna/download/package.zip?known=2001-01-01").status_code == 404


def test_a_new_reviewer_changes_no_row_but_those_reviewed(universe: Universe) -> None:
    correct(universe.process, {"names_public": True}, by=universe.coder, reason="We are named.")
    editor, (first, second) = visit_as("editor"), Position.objects.order_by("pk")[:2]
    late, early = make_user(name="Late"), make_user(name="Early")
    reviewed = {"reviewed_by": late, "reviewed_at": datetime(2031, 12, 2, tzinfo=UTC)}
    correct(first, reviewed, by=universe.coder, reason="Read again.")
    make(editor)
    # Who reviewed earlier is counted before, and takes the number that the other had.
    reviewed = {"reviewed_by": early, "reviewed_at": datetime(2031, 12, 1, tzinfo=UTC)}
    correct(second, reviewed, by=universe.coder, reason="Read again.")

    text = editor.get("/lenna/releases/1.0/changes.csv").getvalue().decode()

    (row,) = csv.DictReader(StringIO(text))
    assert (row["table"], row["id"], row["column"]) == ("positions", str(second.pk), "reviewed_at")


def test_ids_that_changed_are_in_the_order_of_their_numbers(universe: Universe) -> None:
    editor = visit_as("editor")
    make(editor)
    for actor in Actor.objects.all():
        correct(actor, {"slug": f"{actor.slug}-now"}, by=universe.coder, reason="Renamed.")
    make(editor, "2.0")

    keys = [int(row["id"]) for row in ids(editor, "2.0") if row["table"] == "actors"]
    assert (len(keys), keys) == (Actor.objects.count(), sorted(keys))


def test_a_release_of_an_earlier_time_is_compared_with_the_one_before_that_time(universe: Universe) -> None:
    editor, by = visit_as("editor"), universe.coder
    make(editor)
    known = timezone.now()
    add(Actor(name="Twin", slug="twin", kind="organ", part_of=universe.arden), by=by, reason="Later.")
    correct(universe.belmar, {"slug": "belmar-now"}, by=by, reason="Renamed.")
    make(editor, "2.0")

    make(editor, "3.0", known=known.isoformat())
    make(editor, "4.0")

    assert ids(editor, "3.0") == []
    assert "since release 1.0" in files(content(editor, "3.0"))["codebook.md"].decode()
    assert ids(editor, "4.0") == []


def test_what_only_left_the_process_is_not_called_removed(universe: Universe) -> None:
    editor, by = visit_as("editor"), universe.coder
    organ = Actor(name="Organ", slug="organ", kind="organ", part_of=universe.arden)
    add(organ, by=by, reason="It is.")
    make(editor)
    correct(organ, {"part_of": None, "kind": "organisation"}, by=by, reason="It is its own.")
    make(editor, "2.0")

    assert str(organ.pk) not in {row["id"] for row in rows(content(editor, "2.0"), "actors")}
    assert ids(editor, "2.0") == []
