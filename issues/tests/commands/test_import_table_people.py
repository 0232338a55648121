"""``manage.py import --table people``: people with their offices, and namesakes."""

from pathlib import Path

from issues.models import Office, Person
from issues.tests.commands.importing_tables import refused, run
from issues.tests.importing.planning import broken
from issues.tests.universe import Universe

PEOPLE = (
    "person,office,actor,since,until,aliases\n"
    "Ola Est,President,Cadria,1983-02,1987,O. Est\n"
    "Ola Est,President,Cadria,1991,,\n"
    "Mira Sol,Minister of Water,Ministry of Water,2030-05-01,2031-06,\n"
)


def test_people_come_in_with_offices_and_second_terms(universe: Universe, tmp_path: Path) -> None:
    told = run(tmp_path, "people", PEOPLE)

    new = "aliases: O. Est; President from 1983-02 until 1987; President from 1991"
    assert f"new        rows 2, 3: Ola Est: {new}" in told
    assert "corrected  row 4: Mira Sol: Minister of Water, until: nothing → 2031-06" in told
    terms = Office.objects.filter(person__slug="ola-est").order_by("since")
    assert [(str(one.since), one.since_precision, one.until and one.until_precision) for one in terms] == [
        ("1983-02-01", "month", "year"),
        ("1991-01-01", "year", None),
    ]
    assert Person.objects.get(slug="ola-est").aliases == "O. Est"
    assert Office.objects.filter(person=universe.minister).count() == 1
    assert broken() == []
    assert "2 same" in run(tmp_path, "people", PEOPLE)


def test_namesakes_are_asked_about_and_told_apart_by_a_slug(universe: Universe, tmp_path: Path) -> None:
    text = "person,office,actor\nJo Lee,Minister,Arden\nJo Lee,Minister,Cadria\nMira Sol,Envoy,Belmar\n"
    told = refused(tmp_path, "people", text)
    assert len(told) == 3
    assert all("several people of one name" in one for one in told)

    run(
        tmp_path,
        "people",
        "slug,"
        + text.replace("\nJo Lee,Minister,C", "\njo-2,Jo Lee,Minister,C")
        .replace("\nJo", "\njo-1,Jo")
        .replace("\nMira", "\nmira-sol,Mira"),
    )

    assert sorted(Person.objects.filter(name="Jo Lee").values_list("slug", flat=True)) == ["jo-1", "jo-2"]
    assert set(universe.minister.offices.values_list("title", flat=True)) == {"Minister of Water", "Envoy"}


def test_one_new_person_with_posts_of_several_actors_is_said_to_be_one(
    universe: Universe, tmp_path: Path
) -> None:
    text = "person,office,actor\nJo Lee,Minister,Arden\nJo Lee,Minister,Cadria\n"

    run(tmp_path, "people", text, {"names": {"speaker": {"Jo Lee": "+"}}})

    assert Person.objects.get(name="Jo Lee").offices.count() == 2


def test_offices_that_cannot_be_taken_are_refused_with_reasons(universe: Universe, tmp_path: Path) -> None:
    text = (
        "person,office,actor,since,until\n"
        "Ola Est,President,Cadria,1990,1980\n"
        "Ola Est,President,Kadria,,\n"
        "Ola Est,,Cadria,,\n"
        "Una,Chair,Cadria,1980,1990\n"
        "Una,Chair,Cadria,1985,1995\n"
        "Vera,Chair,Cadria,3/4/1980,\n"
        ",Chair,Cadria,,\n"
        "Mira Sol,Minister of Water,Ministry of Water,2031,\n"
    )

    told = refused(tmp_path, "people", text)

    for reason in (
        "lies before the beginning",
        "did you mean Cadria",
        "office is missing",
        "overlaps that of row 5",
        "may be two days",
        "person is missing",
        "overlaps one on record, from 2030-05-01",
    ):
        assert any(reason in one for one in told), reason


def test_a_person_that_is_named_by_a_slug_is_no_namesake(universe: Universe, tmp_path: Path) -> None:
    run(tmp_path, "people", "person,office,actor\nmira-sol,Envoy,Belmar\n")

    assert universe.minister.offices.count() == 2
