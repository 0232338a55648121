"""Who speaks in the words of a cell: known, one of several, or made in place; and several quotations."""

from typing import Any

import pytest

from issues.models import Office, Person
from issues.tests.factories import make_attendance, make_office, make_person
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words
from issues.tests.views.log.test_details import save
from issues.tests.views.page import page_of

NEW = {"speaker": "Ада Вол", "speaker_is": "new"}


@pytest.fixture
def desk(universe: Universe, mara: Desk) -> Desk:
    """A sheet with a code of Cadria's on the flow."""
    mara.typed(universe.cadria, universe.flow, "b!")
    return mara


def choices(page: Any, name: str = "speaker_is") -> list[str]:
    return [item.attrs["value"] for item in page_of(page).all("input", type="radio", name=name)]


def test_nobody_is_said_so_and_someone_new_is_made_with_the_office(universe: Universe, desk: Desk) -> None:
    page = save(desk, universe, speaker="Ада Вол")

    assert page.status_code == 422
    assert "Nobody on record is called “Ада Вол”: say whether that is someone new." in words(page)
    assert "Who is meant by “Ада Вол”?" in words(page)
    assert choices(page) == ["new"]
    assert not Person.objects.filter(name="Ада Вол").exists()

    assert save(desk, universe, **NEW, speaker_office="Minister of Dams").status_code == 302

    person = desk.cell(universe.cadria, universe.flow).speaker
    assert (person.name, person.slug) == ("Ада Вол", "ада-вол")
    assert str(Office.objects.get(person=person).actor) == "Cadria"
    assert Office.objects.get(person=person).title == "Minister of Dams"
    made = person.history.get().change_set
    assert made == desk.cell(universe.cadria, universe.flow).history.first().change_set
    assert made.user == desk.user


def test_someone_new_may_have_no_office(universe: Universe, desk: Desk) -> None:
    assert save(desk, universe, **NEW).status_code == 302
    assert not Office.objects.filter(person__name="Ада Вол").exists()


def test_of_several_one_is_chosen_by_what_tells_them_apart(
    universe: Universe, desk: Desk, recorded: object
) -> None:
    other = make_person(name="Mira Sol", slug="mira-sol-2")
    make_office(person=other, actor=universe.belmar, title="Judge")

    page = save(desk, universe, speaker="Mira Sol")

    assert page.status_code == 422
    assert "2 people on record are called “Mira Sol”: choose who is meant." in words(page)
    assert set(choices(page)) == {universe.minister.slug, "mira-sol-2", "new"}
    assert "Mira Sol, Judge (Belmar)" in words(page)
    assert save(desk, universe, speaker="Mira Sol", speaker_is="mira-sol-2").status_code == 302
    assert desk.cell(universe.cadria, universe.flow).speaker == other


def test_a_part_of_a_name_offers_those_who_have_it(universe: Universe, desk: Desk) -> None:
    page = save(desk, universe, speaker="sol")

    assert "or someone whose name is like it" in words(page)
    assert choices(page) == [universe.minister.slug, "new"]
    assert save(desk, universe, speaker="sol", speaker_is=universe.minister.slug).status_code == 302
    assert desk.cell(universe.cadria, universe.flow).speaker == universe.minister


def test_who_sat_there_for_the_actor_is_meant_by_the_surname_alone(
    universe: Universe, desk: Desk, recorded: object
) -> None:
    seat = make_attendance(summit=desk.summit, actor=universe.arden, person=universe.minister)
    assert save(desk, universe, speaker="sol").status_code == 422  # for somebody else

    seat.actor = universe.cadria
    seat.save()
    assert save(desk, universe, speaker="sol").status_code == 302
    assert desk.cell(universe.cadria, universe.flow).speaker == universe.minister

    make_person(name="Ada Sol", slug="ada-sol")
    assert save(desk, universe, speaker="sol", version=2).status_code == 422


@pytest.mark.parametrize("chosen", ["envoy", "nonsense", "x" * 80])
def test_who_was_not_offered_is_not_taken(universe: Universe, desk: Desk, chosen: str) -> None:
    assert save(desk, universe, speaker="sol", speaker_is=chosen).status_code == 422


def test_what_is_refused_elsewhere_keeps_who_was_chosen_and_makes_nobody(
    universe: Universe, desk: Desk
) -> None:
    page = save(desk, universe, **NEW, speaker_office="Minister", salience="101")

    assert page.status_code == 422
    chosen = page_of(page).one("input", type="radio", name="speaker_is", value="new")
    assert "checked" in chosen.attrs
    assert page_of(page).one("input", name="speaker_office").attrs["value"] == "Minister"
    assert not Person.objects.filter(name="Ада Вол").exists()


def test_a_conflict_makes_nobody(universe: Universe, desk: Desk, omar: Desk) -> None:
    omar.typed(universe.cadria, universe.flow, "e!", version=1)

    assert save(desk, universe, version=1, **NEW).status_code == 409
    assert not Person.objects.filter(name="Ада Вол").exists()


def test_each_field_that_needs_it_has_help(universe: Universe, desk: Desk) -> None:
    page = words(desk.get("log-details", universe.cadria, universe.flow))

    for told in (
        "Where in the source",
        "The lowest value",
        "The highest value",
        "How much the issue matters",
    ):
        assert told in page


# Further quotations


def also(number: int, **fields: str) -> dict[str, str]:
    """The fields of a further quotation."""
    empty = dict.fromkeys(("quote", "language", "translation", "speaker", "locator", "source"), "")
    given = empty | {"language": "en"} | fields
    return {f"also-{number}-{name}": value for name, value in given.items()}


def quoted(universe: Universe, desk: Desk) -> list[dict[str, Any]]:
    return list(desk.cell(universe.cadria, universe.flow).quotations)


def several(*quotations: dict[str, str]) -> dict[str, str]:
    rows = {"also-TOTAL_FORMS": str(len(quotations)), "also-INITIAL_FORMS": "0"}
    for number, fields in enumerate(quotations):
        rows |= also(number, **fields)
    return rows


def test_another_quotation_is_one_button_and_nothing_typed_is_lost(universe: Universe, desk: Desk) -> None:
    page = save(desk, universe, more="1", **several({"quote": "Two.", "speaker": "anyone"}))

    assert page.status_code == 200
    found = page_of(page)
    assert [legend.text for legend in found.all("legend")][-2:] == [
        "Further quotation 1",
        "Further quotation 2",
    ]
    assert found.one("textarea", name="also-0-quote").text == "Two."
    assert found.one("input", name="also-0-speaker").attrs["value"] == "anyone"
    assert found.one("input", name="also-1-language").attrs["value"] == "en"
    assert found.one("input", name="locator").attrs["value"] == "p. 4"
    assert quoted(universe, desk) == []


def test_several_quotations_are_stored_and_shown_again(universe: Universe, desk: Desk) -> None:
    second = {"quote": "Two.", "speaker": "Мира Сол", "source": "record", "locator": "p. 9"}

    assert save(desk, universe, **several(second, {"quote": ""}, {"quote": "Four."})).status_code == 302

    assert [one["quote"] for one in quoted(universe, desk)] == ["Two.", "Four."]
    assert quoted(universe, desk)[0]["speaker_id"] == universe.minister.pk
    assert quoted(universe, desk)[0]["source_id"] == universe.sources["record"].pk
    page = page_of(desk.get("log-details", universe.cadria, universe.flow))
    assert page.one("input", name="also-0-speaker").attrs["value"] == "Mira Sol"
    assert page.one("input", name="also-0-source").attrs["value"] == "record"
    assert page.one("textarea", name="also-1-quote").text == "Four."


def test_one_that_is_emptied_goes_and_a_page_without_them_leaves_them(universe: Universe, desk: Desk) -> None:
    save(desk, universe, **several({"quote": "Two."}))
    save(desk, universe, version=2, summary="Without them.")
    assert [one["quote"] for one in quoted(universe, desk)] == ["Two."]

    save(desk, universe, version=3, **several({"quote": ""}))

    assert quoted(universe, desk) == []


def test_who_speaks_in_several_is_made_once(universe: Universe, desk: Desk) -> None:
    same = {"speaker": "Ада Вол", "speaker_is": "new", "speaker_office": "Minister"}

    assert save(desk, universe, **NEW, **several({"quote": "Two.", **same})).status_code == 302

    person = Person.objects.get(name="Ада Вол")
    assert quoted(universe, desk)[0]["speaker_id"] == person.pk
    assert desk.cell(universe.cadria, universe.flow).speaker == person


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"quote": "", "locator": "p. 1"}, "Quote something, or empty the other fields"),
        ({"quote": "Two.", "speaker": "Nobody"}, "Nobody on record is called “Nobody”"),
        ({"quote": "Two.", "source": "nonsense"}, "No source is called “nonsense”."),
        ({"quote": "Two.", "language": "x" * 30}, "at most 20 characters"),
    ],
    ids=["no words", "speaker", "source", "language"],
)
def test_a_wrong_quotation_is_told_and_nothing_is_saved(
    universe: Universe, desk: Desk, fields: dict[str, str], told: str
) -> None:
    page = save(desk, universe, **several(fields))

    assert page.status_code == 422
    assert told in words(page)
    assert "Something is wrong with a further quotation" in words(page)
    assert desk.cell(universe.cadria, universe.flow).version == 1


@pytest.mark.parametrize("total", ["x", "-1", "9" * 30, ""])
def test_a_number_of_quotations_that_is_none_is_refused(universe: Universe, desk: Desk, total: str) -> None:
    page = save(desk, universe, **several({"quote": "Two."}) | {"also-TOTAL_FORMS": total})

    assert page.status_code == 422
    assert desk.cell(universe.cadria, universe.flow).version == 1
