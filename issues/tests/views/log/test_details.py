"""What a cell says beside its code."""

from typing import Any

import pytest

from issues.models import Person
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words

GIVEN = {
    "summary": "A quarter at most.",
    "quote": "Ոչ ավելի",
    "language": "hy",
    "translation": "No more.",
    "speaker": "Мира Сол",
    "locator": "p. 4",
    "source": "gazette",
    "accepts_from": "",
    "accepts_to": "30",
    "salience": "80",
    "basis": "stated",
    "note": "",
}


def save(desk: Desk, universe: Universe, version: object = 1, **fields: Any) -> Any:
    return desk.post("log-details", universe.cadria, universe.flow, **GIVEN | {"version": version} | fields)


def test_details_are_stored_with_the_cell_and_lead_back_to_it(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    response = save(mara, universe)
    assert response["Location"] == (f"{mara.address()}#cell-{universe.cadria.pk}-{universe.flow.pk}")
    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert (cell.code, cell.version, cell.quote, cell.language) == ("b!", 2, "Ոչ ավելի", "hy")
    assert (cell.speaker, cell.source) == (universe.minister, universe.sources["gazette"])
    assert (cell.accepts_from, cell.accepts_to, cell.salience) == (None, 30, 80)


def test_line_ends_of_a_browser_are_stored_as_one_character(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")

    save(mara, universe, quote="One line.\r\nAnother.\rA third.", summary="Said\r\ntwice.")

    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert (cell.quote, cell.summary) == ("One line.\nAnother.\nA third.", "Said\ntwice.")


def test_the_page_shows_what_is_stored_by_its_names(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    save(mara, universe)
    page = mara.get("log-details", universe.cadria, universe.flow).content.decode()
    for value in ('value="Mira Sol"', 'value="gazette"', 'value="p. 4"', "Ոչ ավելի"):
        assert value in page


def test_a_cell_without_a_code_has_no_details_yet(universe: Universe, mara: Desk) -> None:
    page = mara.get("log-details", universe.cadria, universe.flow)
    assert page.status_code == 404
    assert save(mara, universe).status_code == 404


def test_limits_need_the_mark_of_a_red_line(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "b")
    page = save(mara, universe)
    assert page.status_code == 422
    assert "Limits belong to a declared red line: put ! after the code." in words(page)
    assert 'href="#id_accepts_from"' in page.content.decode()
    assert "No more." in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"speaker": "Nobody"}, "Nobody on record is called “Nobody”: say whether that is someone new."),
        ({"source": "nonsense"}, "No source is called “nonsense”."),
        ({"accepts_from": "40", "accepts_to": "30"}, "Accepts to must not come before accepts from."),
        ({"salience": "101"}, "100"),
        ({"basis": "inferred"}, "An inferred position needs a note that gives the reason."),
        ({"basis": "x"}, "Select a valid choice"),
        ({"language": ""}, "This field is required."),
        ({"quote": "a\x00b"}, "Null characters are not allowed."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_detail_is_answered_in_words_and_nothing_is_lost(
    universe: Universe, mara: Desk, fields: dict[str, str], message: str
) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    page = save(mara, universe, **fields)
    assert page.status_code == 422
    assert message in words(page)
    assert "There is a problem" in words(page)
    assert "A quarter at most." in page.content.decode()
    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert (cell.version, cell.summary) == (1, "")


def test_a_name_that_several_share_is_not_guessed(universe: Universe, mara: Desk, recorded: Any) -> None:
    Person.objects.create(name="Mira Sol", slug="mira-sol-2")
    mara.typed(universe.cadria, universe.flow, "b!")
    assert save(mara, universe, speaker="Mira Sol").status_code == 422
    assert save(mara, universe, speaker="mira-sol-2").status_code == 302


def test_a_change_by_another_is_shown_and_what_was_typed_stays(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    omar.typed(universe.cadria, universe.flow, "e!", version=1, summary="All.")
    page = save(mara, universe, version=1)
    assert page.status_code == 409
    text = words(page)
    assert "Someone changed this cell meanwhile: it now says e!, “All.”." in text
    assert "A quarter at most." in page.content.decode()
    assert '<input type="hidden" name="version" value="2">' in page.content.decode()
    assert save(mara, universe, version=2).status_code == 302
    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert (cell.code, cell.summary) == ("e!", "A quarter at most.")


def test_a_refused_detail_does_not_take_over_the_version_that_nobody_saw(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    omar.typed(universe.cadria, universe.flow, "b!", version=1, summary="Omar's.")
    page = save(mara, universe, version=1, speaker="Nobody")
    assert page.status_code == 422
    assert '<input type="hidden" name="version" value="1">' in page.content.decode()
    assert save(mara, universe, version=1).status_code == 409


@pytest.mark.parametrize("version", ["x", "-1", "", "9" * 12])
def test_a_version_that_is_no_number_is_a_conflict(universe: Universe, mara: Desk, version: str) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    page = save(mara, universe, version=version)
    assert page.status_code == 409
    assert "A quarter at most." in page.content.decode()


def test_details_stay_when_letters_have_moved_since(universe: Universe, mara: Desk, recorded: Any) -> None:
    mara.typed(universe.cadria, universe.flow, "b!")
    quarter = universe.flow.options.get(value=25)
    universe.flow.options.create(value=10, label="a tenth")
    assert save(mara, universe).status_code == 302
    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert cell.option == quarter


def test_details_of_a_closed_sheet_are_refused_in_words(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "n")
    mara.post("log-preview", note="Done.", version=1)
    page = save(mara, universe, accepts_to="")
    assert page.status_code == 422
    assert "This sheet is closed; reopen it to correct what it says." in words(page)


def test_the_details_ask_what_the_speaker_calls_it(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "r!")
    page = mara.get("log-details", universe.cadria, universe.flow)
    assert "The speaker calls it: nothing new reaffirmed" in words(page)

    save(mara, universe, claimed_as="reaffirmed")

    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert cell.claimed_as == "reaffirmed"


def test_a_claim_that_there_is_not_is_refused_at_its_field(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "r!")

    response = save(mara, universe, claimed_as="shouted")

    assert response.status_code == 422
    assert "claimed_as" in response.context["form"].errors


def test_the_sheet_keeps_the_sentence_that_stands_beside_what_is_typed(
    universe: Universe, mara: Desk
) -> None:
    mara.typed(universe.arden, universe.flow, "r")

    page = words(mara.get())

    assert "was 50 · Weir meeting as at Arden's press office: No more than was said inside." in page
    assert "r the same placement, seen again" in page
