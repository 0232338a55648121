"""Two actors side by side, and feeds of one issue or actor to watch."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of


def beside(reader: Client, query: str, actor: str = "arden", status: int = 200) -> Node:
    answer = reader.get(f"/lenna/actors/{actor}/?{query}")
    assert answer.status_code == status
    return page_of(answer)


def row(page: Node, issue: str) -> list[str]:
    (shown,) = [
        item for item in page.all("tr") if item.all("th", scope="row") and item.all("bdi")[0].text == issue
    ]
    return [cell.text for cell in shown.all("td")]


def test_it_says_where_they_stand_apart(universe: Universe, reader: Client) -> None:
    page = beside(reader, "summit=ford&against=cadria")
    assert page.one("h1").text == "Republic of Arden and Cadria"
    assert page.all("p", css="lede")[0].text == (
        "As of Ford meeting, they stand apart on 2 of 2 issues on which both are placed; "
        "farthest on Data sharing, by 90 points."
    )
    flow = row(page, "Summer flow")
    assert flow[2] == "75 points apart ▌Cadria will not accept where Arden stands"
    assert "refuses anything above 50" in flow[1]
    assert row(page, "Treaty text")[2] == "No distance is measured"


def test_which_is_first_changes_no_figure(universe: Universe, reader: Client) -> None:
    one = row(beside(reader, "summit=ford&against=cadria"), "Summer flow")
    other = row(beside(reader, "summit=ford&against=arden", "cadria"), "Summer flow")
    assert one[2] == other[2]


def test_who_is_not_placed_is_not_at_zero(universe: Universe, reader: Client) -> None:
    page = beside(reader, "summit=ford&against=commission")
    assert row(page, "Summer flow")[2] == "Not both placed"
    assert "there is no issue on which both are placed" in page.all("p", css="lede")[0].text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("against=nobody", 404),
        ("against=arden", 400),
        ("against=" + "x" * 99, 400),
        ("against=ministry", 404),
    ],
)
def test_what_cannot_be_compared_is_said(universe: Universe, reader: Client, query: str, status: int) -> None:
    assert "There is a problem" in beside(reader, query, status=status).text


def test_the_actor_page_offers_the_others(universe: Universe, reader: Client) -> None:
    form = beside(reader, "summit=ford").one("select", name="against")
    assert [option.attrs["value"] for option in form.all("option")] == [
        "",
        "belmar",
        "cadria",
        "commission",
        "fishers",
    ]


def test_it_costs_no_more_than_the_page_of_one(universe: Universe, reader: Client) -> None:
    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            beside(reader, query)
        return len(captured)

    cost("")
    assert cost("against=cadria") <= cost("")


@pytest.mark.parametrize(
    ("page", "says"), [("/lenna/issues/flow/", "Summer flow"), ("/lenna/actors/cadria/", "Cadria")]
)
def test_an_issue_or_an_actor_is_watched_by_its_feed(
    universe: Universe, reader: Client, page: str, says: str
) -> None:
    shown = page_of(reader.get(page))
    (link,) = {node.attrs["href"] for node in shown.all("a", type="application/atom+xml")}
    assert shown.one("link", rel="alternate", type="application/atom+xml").attrs["href"] == link
    feed = reader.get(link)
    assert feed.status_code == 200
    titles = feed.content.decode().split("<entry>")[1:]
    assert titles
    assert all(says in entry.split("</title>")[0] for entry in titles)
