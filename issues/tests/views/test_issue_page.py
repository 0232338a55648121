"""An issue over time: distance and zone in words, the table, the statements, the list of issues."""

import pytest
from django.test import Client

from issues.models import Position
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.universe_said import LONG
from issues.tests.views.page import Node, page_of


def issue(reader: Client, slug: str, query: str = "") -> Node:
    """The page of an issue."""
    response = reader.get(f"/lenna/issues/{slug}/{query}")
    assert response.status_code == 200
    return page_of(response)


@pytest.mark.parametrize(
    ("slug", "summit", "sentences"),
    [
        (
            "flow",
            "weir",
            [
                "The parties stand 33.33 points apart on average",
                "16.67 fewer than the same parties did after Mill meeting",
                "between 0 and 25 (from 1 of 3 parties)",
            ],
        ),
        ("flow", "delta", ["2 of 3 parties stand 25 points apart.", "No limits of a party are on record"]),
        ("data", "weir", ["The parties stand 60 points apart on average.", "undetermined"]),
        (
            "data",
            "delta",
            [
                "43.33 points apart",
                "No zone of possible agreement is left (from 2 of 3 parties, 1 as derived by the coder)",
            ],
        ),
        ("treaty", "weir", ["A stage, not a preference"]),
    ],
)
def test_distance_and_zone_are_told_in_sentences(
    universe: Universe, reader: Client, slug: str, summit: str, sentences: list[str]
) -> None:
    lede = issue(reader, slug, f"?summit={summit}").all("p", css="lede")[0].text

    assert [sentence for sentence in sentences if sentence not in lede] == []


def test_too_few_placed_parties_are_said_to_be_too_few(universe: Universe, reader: Client) -> None:
    past(Position.objects.filter(issue=universe.data, actor=universe.cadria)).update(option=None, value=None)

    lede = issue(reader, "data", "?summit=ford").all("p", css="lede")[0].text

    assert "Too few parties are placed to say how far apart they stand." in lede


def test_the_table_leads_from_each_step_to_its_statement(universe: Universe, reader: Client) -> None:
    page = issue(reader, "flow", "?summit=weir")
    table = page.one("table")
    steps = table.all("a", css="step")

    assert [head.text for head in table.all("th", scope="col")] == [
        "Occasion",
        "Arden",
        "Belmar",
        "Cadria",
        "Commission",
    ]
    rows = [head.text for head in table.all("th", scope="row")]
    assert rows == ["Arden's press office", "Weir meeting", "Mill meeting", "Ford meeting"]
    anchors = {f"#{node.attrs['id']}" for node in page.walk() if "id" in node.attrs}
    assert len(steps) == 13
    assert {step.attrs["href"] for step in steps} <= anchors
    moved = next(
        step for step in steps if step.attrs["href"] == f"#position-{universe.at('arden', 'flow', 'weir').pk}"
    )
    assert "50" in moved.text
    assert "Softened −25" in moved.text


def test_every_chart_has_its_actor_and_every_dot_a_name(universe: Universe, reader: Client) -> None:
    charts = issue(reader, "flow", "?summit=weir").one("div", css="charts")

    assert [figure.one("figcaption").text for figure in charts.all("figure")] == ["Arden", "Belmar", "Cadria"]
    labels = [link.attrs["aria-label"] for link in charts.all("a")]
    assert "Weir meeting: 50" in labels
    assert "Arden's press office: not placed" in labels


def test_the_options_are_listed_with_what_holds_without_agreement(universe: Universe, reader: Client) -> None:
    options = issue(reader, "flow").one("details", css="options").all("li")

    assert [option.text for option in options] == [
        "0 none",
        "25 a quarter",
        "50 half",
        "75 most (what holds if nothing is agreed)",
        "100 all",
    ]


def test_the_pictures_can_be_taken_away_as_of_the_same_summit(universe: Universe, reader: Client) -> None:
    links = issue(reader, "flow", "?summit=weir").links

    assert "/lenna/issues/flow/ladder.svg?summit=weir" in links
    assert "/lenna/issues/flow/steps.svg?summit=weir" in links


def test_what_they_said_is_told_newest_first_in_full(universe: Universe, reader: Client) -> None:
    page = issue(reader, "preamble")
    said = page.one("ol", css="changes").all("li")

    assert [item.one("p", css="sentence").text for item in said] == [
        "Belmar at Delta meeting",
        "Delta Fishers at Weir meeting",
        "Cadria at Mill meeting",
    ]
    assert said[0].one("blockquote").text == f"“{LONG.strip()}”"
    assert page.all("svg", css="ladder") == []


def test_an_issue_on_which_nobody_spoke_says_so(universe: Universe, reader: Client) -> None:
    main = issue(reader, "treaty", "?summit=ford").one("main").text

    assert "No statements logged for this issue as of Ford meeting." in main


def test_the_list_says_how_far_apart_the_parties_stand(universe: Universe, reader: Client) -> None:
    rows = page_of(reader.get("/lenna/issues/")).one("tbody").all("tr")

    assert [(row.one("th").one("bdi").text, row.all("td")[-1].text) for row in rows] == [
        ("Summer flow", "25"),
        ("Data sharing", "43.33"),
        ("Treaty text", "not measured: a stage, no preference"),
        ("Preamble", "not measurable"),
    ]
    assert "closed 31 December 2031" in rows[2].text
    assert "text only" in rows[3].text
