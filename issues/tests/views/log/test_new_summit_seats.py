"""Who sat at the table of a new summit."""

from datetime import date

import pytest

from issues.history import recording
from issues.models import Person, Summit
from issues.tests.factories import make_person
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words
from issues.tests.views.log.new_summit import make


def test_both_days_and_who_sat_at_the_table_are_taken(universe: Universe, mara: Desk) -> None:
    seats = [
        {"actor": universe.arden.pk, "person": "mira sol"},
        {"actor": universe.commission.pk, "person": "Dahl"},
        {},
        {"actor": universe.ministry.pk, "person": "Мира Сол"},
        {"actor": universe.cadria.pk},
    ]
    response = make(mara, seats, ends_on="2032-09-12", host=universe.commission.pk)

    assert response.status_code == 302
    summit = Summit.objects.get(slug="autumn-meeting")
    assert (summit.ends_on, summit.host) == (date(2032, 9, 12), universe.commission)
    assert {(seat.actor.slug, seat.person and seat.person.slug) for seat in summit.attendance.all()} == {
        ("arden", "mira-sol"),
        ("commission", "jon-dahl"),
        ("ministry", "mira-sol"),
        ("cadria", None),
    }
    assert {seat.history.get().change_set for seat in summit.attendance.all()} == {
        summit.history.get().change_set
    }


@pytest.mark.parametrize(
    ("seats", "field", "told"),
    [
        (["999999/Mira Sol"], "0-actor", "999999 is not one of the available choices"),
        (["basin/"], "0-actor", "is not one of the available choices"),
        (["arden/Nobody"], "0-person", "Nobody on record is called “Nobody”. Tick “A new person”"),
        (["/Mira Sol"], "0-actor", "Say for whom."),
        (["arden/", "arden/"], "1-actor", "Arden sits at the table twice."),
        (["arden/Mira Sol", "cadria/Dahl", "arden/mira sol"], "2-actor", "mira sol sits at the table twice."),
    ],
)
def test_a_seat_that_cannot_be_is_told_at_its_row(
    universe: Universe, mara: Desk, seats: list[str], field: str, told: str
) -> None:
    rows = [dict(zip(("actor", "person"), seat.split("/"), strict=True)) for seat in seats]
    for row in rows:
        named = {"arden": universe.arden, "cadria": universe.cadria, "basin": universe.lower_basin}
        row["actor"] = str(named[row["actor"]].pk) if row["actor"] in named else row["actor"]

    page = make(mara, rows)

    assert page.status_code == 422
    assert told in words(page)
    assert f'href="#id_seats-{field}"' in page.content.decode()
    assert not Summit.objects.filter(slug="autumn-meeting").exists()


def test_a_new_person_and_their_office_are_made_in_place(universe: Universe, mara: Desk) -> None:
    seats = [
        {"actor": universe.cadria.pk, "person": "Ина Вода", "is_new": "on", "office": "Prime Minister"},
        {"actor": universe.ministry.pk, "person": "Sol", "office": "minister of water"},
    ]

    assert make(mara, seats).status_code == 302

    person = Person.objects.get(name="Ина Вода")
    office = person.offices.get()
    assert (office.actor, office.title, office.since, office.until) == (
        universe.cadria,
        "Prime Minister",
        None,
        None,
    )
    assert universe.minister.offices.count() == 1
    assert make(mara, seats[:1], name="Winter").status_code == 422
    assert Person.objects.filter(name="Ина Вода").count() == 1


def test_two_of_one_name_are_told_apart(universe: Universe, mara: Desk) -> None:
    with recording(by=mara.user, reason="Set up."):
        make_person(name="Mira Sol", slug="mira-the-younger")

    page = make(mara, [{"actor": universe.arden.pk, "person": "Sol"}])

    assert "Several are called “Sol”: Mira Sol [mira-sol], Mira Sol [mira-the-younger]" in words(page)
    assert make(mara, [{"actor": universe.arden.pk, "person": "mira-the-younger"}]).status_code == 302
    assert Summit.objects.latest("pk").attendance.get().person.slug == "mira-the-younger"  # type: ignore[union-attr]


def test_more_rows_are_asked_for_and_everything_typed_stays(universe: Universe, mara: Desk) -> None:
    page = make(mara, [{"actor": universe.arden.pk, "person": "Nobody yet"}], starts_on="soon", more="seats")

    assert page.status_code == 200
    text = page.content.decode()
    assert 'value="Nobody yet"' in text
    assert 'value="soon"' in text
    assert 'name="seats-3-person"' in text
    assert "There is a problem" not in text


def test_seats_are_pasted_from_a_spreadsheet(universe: Universe, mara: Desk) -> None:
    block = "For\tWho\tOffice\narden\tMira Sol\t\nCommission\tDahl\tEnvoy\n"
    page = make(mara, **{"seats-pasted": block, "more": "seats"})

    text = page.content.decode()
    assert 'value="Mira Sol"' in text
    assert f'<option value="{universe.commission.pk}" selected>' in text
    assert 'value="Envoy"' in text
