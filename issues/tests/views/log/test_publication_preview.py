"""What the person who publishes must see, and what stands in the way."""

import re
from typing import Any

import pytest

from issues.models import Position
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words


@pytest.fixture
def full(universe: Universe, mara: Desk) -> Desk:
    """A sheet with a cell for every heading; the preamble is not logged, the Commission has no source."""
    for actor in (universe.arden, universe.belmar, universe.cadria):
        mara.sourced(actor, universe.sources["record"])
    mara.typed(universe.arden, universe.flow, "e")
    mara.typed(universe.arden, universe.data, "r/")
    mara.typed(universe.belmar, universe.flow, "b!", accepts_to=30.0)
    mara.typed(universe.belmar, universe.data, "n")
    mara.typed(universe.cadria, universe.flow, "+5?", summary="A little more.", disputed=True)
    mara.typed(universe.cadria, universe.data, "w")
    mara.typed(universe.commission, universe.flow, "b")
    mara.typed(universe.commission, universe.data, "t")
    return mara


def sections(page: Any) -> dict[str, str]:
    """The words under each heading."""
    content = page.content.decode()
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", content[content.index("<main") : content.index("</main>")])
    clean = [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in parts[1:]]
    return dict(zip(clean[::2], clean[1::2], strict=True))


def test_each_cell_stands_under_what_it_does(full: Desk) -> None:
    shown = sections(full.get("log-preview"))
    assert set(shown) == {
        "Without evidence",
        "Red lines 3",
        "Moved 2",
        "New 1",
        "Placed for the first time 1",
        "Withdrawn 1",
        "The same placement, seen again 1",
        "Restated without a placement 1",
        "Silent 1",
        "Not logged",
        "Publish",
    }
    assert "Arden on Summer flow: 50 → 100 (+50)" in shown["Moved 2"]
    assert "Cadria on Summer flow: 25 → 30 (+5)" in shown["Moved 2"]
    assert "≠ disputed" in shown["Moved 2"]
    assert "A little more." in shown["Moved 2"]
    assert "Belmar on Summer flow: 25" in shown["New 1"]
    assert "Commission on Summer flow: 25" in shown["Placed for the first time 1"]
    assert "Cadria on Data sharing" in shown["Withdrawn 1"]
    assert "Arden on Data sharing: 25" in shown["The same placement, seen again 1"]
    assert "no locator" in shown["The same placement, seen again 1"]
    assert "Commission on Data sharing" in shown["Restated without a placement 1"]
    assert "Belmar on Data sharing" in shown["Silent 1"]
    assert "Belmar on Summer flow: 25 ▌red line" in shown["Red lines 3"]
    assert "Arden on Data sharing: 25 ▌red line dropped" in shown["Red lines 3"]
    assert "8 of 12 cells of the sheet are logged." in words(full.get("log-preview"))


def test_only_a_move_of_more_than_25_is_marked_as_long(full: Desk, universe: Universe) -> None:
    page = full.get("log-preview").content.decode()
    assert page.count('<li class="long">') == 1
    assert page.count("a long way: is it right?") == 1
    full.typed(universe.arden, universe.flow, "75", version=1)
    assert '<li class="long">' not in full.get("log-preview").content.decode()
    full.typed(universe.arden, universe.flow, "76", version=2)
    assert '<li class="long">' in full.get("log-preview").content.decode()


def test_a_reaffirmation_with_a_locator_is_not_reproached(full: Desk, universe: Universe) -> None:
    full.typed(universe.arden, universe.data, "r/", version=1, locator="p. 4")
    assert "no locator" not in words(full.get("log-preview"))


def test_the_words_and_who_said_them_are_read_before_they_are_published(
    full: Desk, universe: Universe
) -> None:
    said = {"quote": "Not a drop more.", "speaker": universe.minister}
    full.typed(universe.arden, universe.data, "r/", version=1, **said)
    page = words(full.get("log-preview"))
    assert "“Not a drop more.” Mira Sol" in page


def test_each_cell_leads_to_its_details(full: Desk, universe: Universe) -> None:
    page = full.get("log-preview").content.decode()
    assert full.address("log-details", universe.arden, universe.flow) in page


def test_a_draft_without_cells_cannot_be_published(mara: Desk) -> None:
    page = mara.get("log-preview")
    assert '<button class="button" disabled>Publish</button>' in page.content.decode()
    page = mara.post("log-preview", note="Nothing.", version=1)
    assert page.status_code == 422
    assert "Nothing on this sheet differs from what is recorded." in words(page)


def test_cells_without_evidence_are_listed_and_block(full: Desk, universe: Universe) -> None:
    shown = sections(full.get("log-preview"))["Without evidence"]
    assert "Commission on Summer flow: b" in shown
    assert "Commission on Data sharing: t" in shown
    before = Position.objects.count()
    page = full.post("log-preview", note="All of it.", version=1)
    assert page.status_code == 422
    assert words(page).count("Commission on Summer flow: ") >= 2
    assert "All of it." in page.content.decode()
    assert Position.objects.count() == before

    full.sourced(universe.commission, universe.sources["gazette"])
    assert "Without evidence" not in sections(full.get("log-preview"))
    assert full.post("log-preview", note="All of it.", version=1).status_code == 302


def test_what_is_inferred_needs_a_note_and_no_source(full: Desk, universe: Universe) -> None:
    for issue, code in ((universe.flow, "b"), (universe.data, "t")):
        full.typed(universe.commission, issue, code, version=1, basis="inferred", note="It smiled.")
    assert "Without evidence" not in sections(full.get("log-preview"))
    assert full.post("log-preview", note="All of it.", version=1).status_code == 302


def test_unlogged_cells_are_listed_and_may_be_marked_as_not_addressed(full: Desk, universe: Universe) -> None:
    page = full.get("log-preview")
    assert "Mark 1 as not addressed by Arden" in words(page)
    response = full.post("log-silent", actor="arden")
    assert response["Location"] == full.address("log-preview")
    assert full.codes()["arden", "preamble"] == "n"
    assert ("belmar", "preamble") not in full.codes()
    assert full.codes()["arden", "flow"] == "e"
    assert "by Arden" not in sections(full.get("log-preview"))["Not logged"]


def test_marking_an_unknown_actor_changes_nothing(full: Desk) -> None:
    before = full.codes()
    for actor in ("", "nobody", "fishers"):
        assert full.post("log-silent", actor=actor).status_code == 302
    assert full.codes() == before


def test_marking_on_a_published_sheet_changes_nothing(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "n")
    mara.post("log-preview", note="Done.", version=1)
    assert mara.post("log-silent", actor="arden").status_code == 302
    assert mara.codes() == {("arden", "flow"): "n"}


def test_nothing_offers_to_reaffirm_all(full: Desk) -> None:
    for page in (full.get(), full.get("log-preview")):
        buttons = " ".join(re.findall(r"<button[^>]*>(.*?)</button>", page.content.decode(), re.S)).lower()
        assert "reaffirm" not in buttons
        assert " all" not in re.sub(r"<[^>]+>", "", buttons)


def test_corrections_of_what_is_recorded_stand_apart(universe: Universe, mara: Desk) -> None:
    mara.summit = universe.weir
    mara.sourced(universe.arden, universe.sources["record"])
    mara.typed(universe.arden, universe.flow, "e")
    shown = sections(mara.get("log-preview"))
    assert "Arden on Summer flow" in shown["Corrections of what is recorded 1"]
    assert not any(title.startswith("Moved") for title in shown)
