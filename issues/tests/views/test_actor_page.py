"""An actor: the sentence, where it stands on each issue, who speaks for it; and the list of actors."""

import pytest
from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of


def actor(reader: Client, slug: str, query: str = "") -> Node:
    """The page of an actor."""
    response = reader.get(f"/lenna/actors/{slug}/{query}")
    assert response.status_code == 200
    return page_of(response)


@pytest.mark.parametrize(
    ("slug", "summit", "sentence"),
    [
        (
            "arden",
            "delta",
            "As of Delta meeting, Arden has stated a position on 3 of 4 issues and holds 1 red line: "
            "Data sharing. It last moved at Delta meeting, on Data sharing (+25).",
        ),
        (
            "cadria",
            "weir",
            "As of Weir meeting, Cadria has stated a position on 4 of 4 issues and holds 2 red lines: "
            "Summer flow, Data sharing. It last moved at Mill meeting, on Data sharing (−10).",
        ),
        ("commission", "ford", "As of Ford meeting, Commission has stated a position on 1 of 4 issues."),
    ],
)
def test_the_sentence_says_what_it_holds_and_when_it_moved(
    universe: Universe, reader: Client, slug: str, summit: str, sentence: str
) -> None:
    assert actor(reader, slug, f"?summit={summit}").all("p", css="lede")[0].text == sentence


def test_each_issue_has_its_position_red_line_and_words(universe: Universe, reader: Client) -> None:
    rows = actor(reader, "cadria", "?summit=weir").one("table").one("tbody").all("tr")
    flow, data, _, preamble = rows

    assert "0 on the scale of 0 to 100" in flow.text
    assert "Red line: refuses anything above 25" in flow.text
    assert "Never more than a quarter." in flow.text
    assert "Has not moved" in flow.text
    assert "Red line (derived): refuses anything below 50" in data.text
    assert "Last moved −10 at Mill meeting" in data.text
    assert preamble.one("blockquote").attrs["lang"] == "ar"


def test_its_header_names_role_kind_and_coalitions(universe: Universe, reader: Client) -> None:
    main = actor(reader, "belmar").one("main").text

    assert "Party · state" in main
    assert "Member of Lower Basin" in main


def test_those_who_speak_for_it_are_named_with_their_posts(universe: Universe, reader: Client) -> None:
    people, organs = actor(reader, "arden").all("ul", css="people")

    assert people.text == "Mira Sol, Minister of Water (Ministry of Water) from 1 May 2030"
    assert organs.text == "Ministry of Water"


def test_who_has_said_nothing_yet_is_not_yet_logged(universe: Universe, reader: Client) -> None:
    page = actor(reader, "fishers", "?summit=mill")

    assert page.all("p", css="lede")[0].text == "Not yet logged as of Mill meeting."
    assert page.all("table") == []


def test_a_withdrawn_position_is_said_to_be_withdrawn(universe: Universe, reader: Client) -> None:
    rows = actor(reader, "belmar", "?summit=delta").one("table").one("tbody").all("tr")

    assert rows[0].all("td")[0].text == "Withdrawn"


def test_the_supporting_words_are_its_own_not_those_that_dispute_it(
    universe: Universe, reader: Client
) -> None:
    rows = actor(reader, "belmar", "?summit=weir").one("table").one("tbody").all("tr")

    assert rows[0].one("blockquote").text == "“Half is no tragedy.”"


def test_the_list_says_who_takes_part_how_and_how_much_is_recorded(
    universe: Universe, reader: Client
) -> None:
    rows = page_of(reader.get("/lenna/actors/")).one("tbody").all("tr")

    assert [row.one("th").text for row in rows] == [
        "Republic of Arden",
        "Kingdom of Belmar",
        "Cadria",
        "Lenna Commission",
        "Delta Fishers",
    ]
    assert [row.all("td")[-1].text for row in rows] == ["10", "7", "11", "6", "1"]
    assert "observer, not watched" in rows[-1].text
