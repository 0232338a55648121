"""The tables of the numbers that people gave, and of the edits of the record."""

from typing import Any

from django.test import Client

from issues.models import Option, Process
from issues.tests.acts import correct
from issues.tests.exports.reading_tables import give_numbers, rows
from issues.tests.past import past
from issues.tests.universe import Universe


def test_numbers_leave_with_round_author_and_reason(universe: Universe, reader: Client) -> None:
    give_numbers(universe)
    told = rows(reader, "assessments.csv")

    of_half = [row for row in told if (row["scenario"], row["after"]) == ("half", "ford")]
    assert [(row["author"], row["probability"], row["rationale"]) for row in of_half] == [
        ("Ada Quill", "20", "So says Ada Quill."),
        ("Ben Quill", "40", "So says Ben Quill."),
    ]
    # Who may give numbers sees those of an open round only after giving their own.
    assert {(row["after"], row["round_over"]) for row in told} == {("ford", "yes")}


def test_a_number_leaves_as_the_page_shows_it(universe: Universe, settings: Any, client: Client) -> None:
    """A stranger sees the means of a round that is over, and no reason; the open one not at all."""
    settings.PUBLIC_READ = True
    give_numbers(universe)
    past(type(universe.scenario_set).objects).update(closes_on="2999-01-01")

    told = rows(client, "assessments.csv")
    assert {row["after"] for row in told} == {"ford"}
    assert {(row["scenario"], row["probability"], row["people"]) for row in told} >= {("half", "30", "2")}
    assert {row["author"] + row["rationale"] + row["assessment"] for row in told} == {""}

    past(Process.objects).update(names_public=True)
    assert {row["author"] for row in rows(client, "assessments.csv")} == {"Ada Quill", "Ben Quill"}


def test_an_edit_of_the_record_is_a_row_a_field(universe: Universe, reader: Client) -> None:
    option = Option.objects.get(issue=universe.flow, value=25.0)
    correct(option, {"value": 26.0, "label": "a good quarter"}, by=universe.coder, reason="As printed.")

    told = [row for row in rows(reader, "record_edits.csv") if row["reason"] == "As printed."]
    assert {(row["field"], row["before"], row["after"]) for row in told} == {
        ("Value", "25", "26"),
        ("Label", "a quarter", "a good quarter"),
    }
    assert {(row["did"], row["kind"], row["author"], row["record_id"]) for row in told} == {
        ("changed", "option", "coder", str(option.pk))
    }


def test_an_edit_is_told_without_its_author_where_names_are_not_public(
    universe: Universe, settings: Any, client: Client
) -> None:
    settings.PUBLIC_READ = True

    assert {row["author"] for row in rows(client, "record_edits.csv")} == {"One of our team"}


def test_edits_of_the_record_leave_as_their_page_is_filtered(universe: Universe, reader: Client) -> None:
    option = Option.objects.get(issue=universe.flow, value=25.0)
    correct(option, {"value": 26.0}, by=universe.coder, reason="As printed.")

    everything = rows(reader, "record_edits.csv")
    for query, holds in {
        "way=page": lambda row: row["way"] == "page",
        "way=page&way=command": lambda row: row["way"] in ("page", "command"),
        "q=as+printed": lambda row: row["reason"] == "As printed.",
        f"person={universe.coder.username}": lambda row: row["author"] == "coder",
        "until=2020-01-01": lambda row: False,
    }.items():
        told = rows(reader, f"record_edits.csv?{query}")
        assert told == [row for row in everything if holds(row)], query
        of_api = reader.get(f"/api/v1/processes/lenna/record_edits/?limit=1000&{query}").json()["results"]
        assert len(of_api) == len(told), query
    page = reader.get("/lenna/changes/?tab=record&way=page&q=&utm_source=x").content.decode()
    assert 'href="/lenna/data/record_edits.csv?way=page"' in page
    assert reader.get("/lenna/data/record_edits.csv?way=pigeon").status_code == 400
    assert reader.get("/lenna/data/record_edits.csv?way=page&known=2031-01-01").status_code == 400


def test_edits_are_not_found_by_a_person_where_people_are_not_named(
    universe: Universe, settings: Any, client: Client
) -> None:
    settings.PUBLIC_READ = True

    assert client.get("/lenna/data/record_edits.csv?person=coder").status_code == 400
