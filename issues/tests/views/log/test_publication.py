"""Publishing the sheet as one, reopening it, undoing it."""

import re
from typing import Any

import pytest
from django.urls import reverse

from issues.history import ChangeSet
from issues.models import Job, Position, Statement
from issues.tests.acts import correct
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words
from issues.tests.views.test_import_job import run_worker


@pytest.fixture
def typed(universe: Universe, mara: Desk) -> Desk:
    """A move, a reaffirmation and a silence, with evidence."""
    mara.sourced(universe.arden, universe.sources["record"])
    mara.typed(universe.arden, universe.flow, "d", quote="Most, again.", summary="Most may stay.")
    mara.typed(universe.arden, universe.data, "r")
    mara.typed(universe.belmar, universe.data, "n")
    return mara


def publish(desk: Desk, note: str = "From the record.", version: object = None) -> Any:
    seen = desk.sheet().version if version is None else version
    return desk.post("log-preview", note=note, version=seen)


def of_spring(universe: Universe) -> set[tuple[str, str, str, float | None]]:
    found = Position.objects.filter(summit=universe.spring).select_related("actor", "issue", "option")
    return {(item.actor.slug, item.issue.slug, item.state, item.placement) for item in found}


PUBLISHED = {
    ("arden", "flow", "stated", 75.0),
    ("arden", "data", "stated", 25.0),
    ("belmar", "data", "silent", None),
}


def test_the_summit_shows_what_was_published(universe: Universe, typed: Desk) -> None:
    response = publish(typed)
    assert response["Location"] == universe.spring.get_absolute_url()
    assert of_spring(universe) == PUBLISHED
    page = typed.client.get(response["Location"])
    text = words(page)
    assert "50 → 75" in text
    assert "Most, again." in text
    assert "2 of 8 cells" in text or "3 of 8 cells" in text


def test_it_is_one_change_set_with_its_note(universe: Universe, typed: Desk) -> None:
    publish(typed, "  From the record.  ")
    made = ChangeSet.objects.get(reason="From the record.")
    assert made.user == typed.user
    rows = [*Position.history.filter(change_set=made), *Statement.history.filter(change_set=made)]
    assert len(rows) == 3 + 2  # a reaffirmation is a statement of its own
    assert typed.sheet().published == made


def test_it_needs_a_note(universe: Universe, typed: Desk) -> None:
    for note in ("", "   ", "x" * 2001, "a\x00b"):
        page = publish(typed, note)
        assert page.status_code == 422
        assert 'href="#id_note"' in page.content.decode()
    assert of_spring(universe) == set()


@pytest.mark.parametrize("version", ["", "x", "-1", "99", "9" * 20])
def test_it_needs_the_version_that_was_previewed(universe: Universe, typed: Desk, version: str) -> None:
    page = publish(typed, version=version)
    assert page.status_code == 422
    assert "This sheet was published or reopened meanwhile; look at it again." in words(page)
    assert "From the record." in page.content.decode()
    assert of_spring(universe) == set()


def seen(desk: Desk) -> str:
    """The sign of the preview that the page shows."""
    return re.findall(r'name="seen"\s+value="(\w+)"', desk.get("log-preview").content.decode())[0]


def test_what_was_typed_since_the_preview_is_not_published_unseen(
    universe: Universe, typed: Desk, omar: Desk
) -> None:
    previewed = seen(typed)
    assert seen(typed) == previewed
    omar.send(universe.cadria, universe.flow, "n")
    page = typed.post("log-preview", note="All.", version=typed.sheet().version, seen=previewed)
    assert page.status_code == 422
    assert "was changed since you looked; this is the preview of now." in words(page)
    assert "Cadria on Summer flow" in words(page)
    assert of_spring(universe) == set()
    assert seen(typed) in page.content.decode()
    response = typed.post("log-preview", note="All.", version=typed.sheet().version, seen=seen(typed))
    assert response.status_code == 302


@pytest.mark.parametrize("where", ["source", "record"])
def test_a_source_or_a_position_changed_since_the_preview_is_not_overwritten_unseen(
    universe: Universe, typed: Desk, omar: Desk, where: str
) -> None:
    publish(typed)
    typed.post("log-reopen", note="A slip.")
    typed.send(universe.arden, universe.flow, "e", 1)
    previewed = seen(typed)
    if where == "source":
        omar.send_source(universe.arden, "gazette", 1)
    else:
        position = Position.objects.get(summit=universe.spring, actor=universe.arden, issue=universe.flow)
        correct(position, {"option": None, "value": 60.0}, by=omar.user, reason="In the admin.")
    page = typed.post("log-preview", note="All.", version=typed.sheet().version, seen=previewed)
    assert page.status_code == 422
    assert ("arden", "flow", "stated", 100.0) not in of_spring(universe)


def test_it_is_not_published_twice(universe: Universe, typed: Desk, omar: Desk) -> None:
    seen = typed.sheet().version
    publish(typed)
    page = publish(omar, version=seen)
    assert page.status_code == 422
    page = publish(omar)
    assert page.status_code == 422
    assert "This sheet is published already." in words(page)
    assert of_spring(universe) == PUBLISHED


def test_a_published_sheet_says_so_and_is_read_only(typed: Desk) -> None:
    publish(typed)
    page = typed.get().content.decode()
    assert "This sheet is published." in page
    assert page.count(" readonly") == 4 * 4
    assert ">Save</button>" not in page
    preview = words(typed.get("log-preview"))
    assert "This sheet was published by mara on" in preview
    assert "“From the record.”" in preview


def test_reopened_with_a_reason_it_makes_corrections(universe: Universe, typed: Desk, omar: Desk) -> None:
    publish(typed)
    response = omar.post("log-reopen", note="A slip of the hand.")
    assert response["Location"] == omar.address()
    assert omar.send(universe.arden, universe.flow, "e", 1).status_code == 200
    assert "Corrections of what is recorded" in words(omar.get("log-preview"))
    assert publish(omar, "The speech says all.")["Location"] == universe.spring.get_absolute_url()
    assert of_spring(universe) == {*PUBLISHED, ("arden", "flow", "stated", 100.0)} - {
        ("arden", "flow", "stated", 75.0)
    }
    position = Position.objects.get(summit=universe.spring, actor=universe.arden, issue=universe.flow)
    reasons = [row.history_change_reason for row in position.history.order_by("history_id")]
    assert reasons == ["From the record.", "The speech says all."]


def test_reopened_it_previews_only_what_was_changed(universe: Universe, typed: Desk) -> None:
    publish(typed)
    typed.post("log-reopen", note="A slip of the hand.")
    preview = typed.get("log-preview")
    assert "Nothing on this sheet differs from what is recorded." in words(preview)
    assert '<button class="button" disabled>Publish</button>' in preview.content.decode()
    typed.send(universe.arden, universe.flow, "e", 1)
    typed.send(universe.belmar, universe.data, "", 1)
    preview = words(typed.get("log-preview"))
    assert "Corrections of what is recorded 1 Arden on Summer flow: recorded 75, corrected to 100" in preview
    assert "Removed from the record 1" in preview
    assert "Belmar on Data sharing: recorded silent" in preview
    publish(typed, "Nobody asked it.")
    assert of_spring(universe) == {("arden", "flow", "stated", 100.0), ("arden", "data", "stated", 25.0)}


def test_what_has_left_the_sheet_is_told_and_stands_in_the_way(universe: Universe, typed: Desk) -> None:
    correct(universe.data, {"closed_on": "2032-03-01"}, by=typed.user, reason="Dropped.")
    preview = typed.get("log-preview")
    assert "Arden on Data sharing: r, but this actor or issue has left the sheet" in words(preview)
    page = publish(typed)
    assert page.status_code == 422
    assert "Arden on Data sharing: This issue closed on 1 March 2032, before the summit." in words(page)


def test_reopening_needs_a_reason_and_a_sheet(universe: Universe, typed: Desk) -> None:
    publish(typed)
    assert typed.post("log-reopen", note=" ").status_code == 422
    assert typed.sheet().published is not None
    typed.summit = universe.weir
    assert typed.post("log-reopen", note="Why not.").status_code in (403, 404)


def test_reopening_an_open_sheet_changes_nothing(typed: Desk) -> None:
    before = typed.sheet().version
    assert typed.post("log-reopen", note="Again.").status_code == 302
    assert typed.sheet().version == before


@pytest.mark.parametrize("who", ["mara", "editor"])
def test_its_author_and_an_editor_undo_it_as_one(
    request: pytest.FixtureRequest, universe: Universe, typed: Desk, who: str
) -> None:
    statements = Statement.objects.count()
    publish(typed)
    desk: Desk = request.getfixturevalue(who)
    assert "Undo the publication" in words(desk.get("log-preview"))
    response = desk.post("log-undo", note="Too early.")
    assert response["Location"] == desk.address()
    assert of_spring(universe) == set()
    assert Statement.objects.count() == statements
    assert ChangeSet.objects.get(reason="From the record.").undone_by.user == desk.user
    assert typed.codes() == {("arden", "flow"): "d", ("arden", "data"): "r", ("belmar", "data"): "n"}
    assert publish(typed, "Now.").status_code == 302
    assert of_spring(universe) == PUBLISHED


def test_a_large_publication_is_undone_by_a_worker(
    universe: Universe, typed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issues.views.log.publication.MOST_ON_A_PAGE", 1)
    publish(typed)
    answer = typed.post("log-undo", note="Too early.")
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert (job.undoing.reason, job.reason, job.by) == ("From the record.", "Too early.", typed.user)
    assert of_spring(universe) == PUBLISHED
    run_worker()
    assert of_spring(universe) == set()
    assert ChangeSet.objects.get(reason="From the record.").undone_by.reason == "Too early."


def test_what_stands_in_the_way_of_undoing_a_large_one_is_said_at_once(
    universe: Universe, typed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issues.views.log.publication.MOST_ON_A_PAGE", 1)
    publish(typed)
    of_now = Position.objects.get(summit=universe.spring, actor=universe.arden, issue=universe.flow)
    correct(of_now, {"summary": "Most of it."}, by=universe.coder, reason="Clearer.")
    answer = typed.post("log-undo", note="Too early.")
    assert answer.status_code == 422
    assert "Later changes stand in the way" in words(answer)
    assert not Job.objects.exists()


def test_another_researcher_does_not_undo_it(universe: Universe, typed: Desk, omar: Desk) -> None:
    publish(typed)
    assert "Undo the publication" not in words(omar.get("log-preview"))
    assert omar.post("log-undo", note="I would not.").status_code == 403
    assert of_spring(universe) == PUBLISHED


def test_undoing_needs_a_reason(universe: Universe, typed: Desk) -> None:
    publish(typed)
    assert typed.post("log-undo", note="").status_code == 422
    assert of_spring(universe) == PUBLISHED


def test_later_changes_stand_in_the_way_of_undoing_and_are_named(
    universe: Universe, typed: Desk, omar: Desk
) -> None:
    publish(typed)
    omar.post("log-reopen", note="A slip.")
    omar.send(universe.arden, universe.flow, "e", 1)
    publish(omar, "All.")
    assert typed.post("log-undo", note="Too early.").status_code == 403  # the publication of now is Omar's
    assert omar.post("log-undo", note="Not all.").status_code == 302
    assert ("arden", "flow", "stated", 75.0) in of_spring(universe)


def test_there_is_nothing_to_undo_on_a_draft(universe: Universe, typed: Desk) -> None:
    assert typed.post("log-undo", note="Why not.")["Location"] == typed.address()
    typed.summit = universe.weir
    assert typed.post("log-undo", note="Why not.").status_code in (403, 404)
