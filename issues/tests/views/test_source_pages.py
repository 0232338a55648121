"""Sources: the list with its filter, and what rests on one document."""

import pytest
from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of


def titles(page: Node) -> list[str]:
    """The titles in the list."""
    return [head.text for body in page.all("tbody") for head in body.all("th", scope="row")]


def test_the_list_shows_every_source_with_its_date_kind_and_weight(
    universe: Universe, reader: Client
) -> None:
    page = page_of(reader.get("/lenna/sources/"))
    rows = {row.one("th").text: row for row in page.one("tbody").all("tr")}

    assert set(rows) == {source.title for source in universe.sources.values()}
    assert "5 sources" in page.one("main").text
    gazette = rows["From the riverside"]
    assert [cell.text for cell in gazette.all("td")] == ["Gazette", "11 December 2031", "news report", "10"]
    assert "December 2031" in rows["Record of the meetings"].text
    assert "undated" in rows["بيان"].text
    assert rows["بيان"].one("bdi", lang="ar").text == "بيان"


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("?q=riverside", ["From the riverside"]),
        ("?q=RIVERSIDE+gazette", ["From the riverside"]),
        ("?q=ola", ["From the riverside"]),
        ("?q=commission.example", ["Record of the meetings"]),
        ("?q=cadria-press", ["بيان"]),
        ("?q=%D8%A8%D9%8A%D8%A7%D9%86", ["بيان"]),
        ("?kind=damaged", ["Leaflet of the fishers"]),
        ("?kind=news&q=river", ["From the riverside", "Digest of the river press"]),
        ("?q=100%25", []),
        ("?q=_", []),
    ],
)
def test_the_filter_finds_by_words_and_kind(
    universe: Universe, reader: Client, query: str, listed: list[str]
) -> None:
    page = page_of(reader.get(f"/lenna/sources/{query}"))

    assert titles(page) == listed
    assert "Clear" in page.one("main").text


def test_a_filter_that_finds_nothing_says_so(universe: Universe, reader: Client) -> None:
    main = page_of(reader.get("/lenna/sources/?q=nowhere")).one("main").text

    assert "No source matches these filters." in main


@pytest.mark.parametrize(
    ("query", "field"),
    [("?kind=gossip", "Kind"), (f"?q={'x' * 201}", "Words")],
)
def test_a_bad_filter_shows_nothing_and_says_what_is_wrong(
    universe: Universe, reader: Client, query: str, field: str
) -> None:
    response = reader.get(f"/lenna/sources/{query}")
    page = page_of(response)

    assert response.status_code == 400
    assert titles(page) == []
    assert "Nothing is shown until this is put right." in page.one("main").text
    alert = page.one("div", role="alert")
    assert alert.text.startswith("There is a problem")
    assert field in alert.text
    anchors = {node.attrs["id"] for node in page.walk() if "id" in node.attrs}
    assert {link.removeprefix("#") for link in alert.links} <= anchors
    assert alert.links
    assert page.all("title")[0].text.startswith("Error:")


def test_a_filter_that_is_given_twice_is_refused_by_name(universe: Universe, reader: Client) -> None:
    response = reader.get("/lenna/sources/?kind=news&kind=x")

    assert response.status_code == 400
    (told,) = page_of(response).one("div", role="alert").all("li")
    assert told.text == "The parameter “kind” is given more than once; give it once."


def test_a_source_says_what_it_is(universe: Universe, reader: Client) -> None:
    main = page_of(reader.get(f"/lenna/sources/{universe.sources['record'].pk}/")).one("main")

    assert "Lenna Commission, December 2031" in main.text
    assert "official text" in main.text
    assert "https://commission.example/record" in main.links
    assert "https://archive.example/record" in main.links
    assert "2 January 2032" in main.text
    assert "Complete." in main.text


def test_every_statement_of_a_source_says_what_it_supports_or_disputes(
    universe: Universe, reader: Client
) -> None:
    page = page_of(reader.get(f"/lenna/sources/{universe.sources['gazette'].pk}/"))
    by_ref = {
        ref: page.one("li", id=f"statement-{universe.statements[ref].pk}").one("ul", css="bearing").text
        for ref in ("doubt", "report", "belmar-3")
    }

    assert "Supports the position of Belmar on Summer flow at Weir meeting" in by_ref["belmar-3"]
    assert "Disputes the position of Belmar on Summer flow at Weir meeting" in by_ref["doubt"]
    assert "the event “The bridge is closed”" in by_ref["report"]


def test_a_joint_statement_is_told_once_with_both_positions(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"/lenna/sources/{universe.sources['record'].pk}/"))
    joint = page.one("li", id=f"statement-{universe.statements['joint'].pk}").one("ul", css="bearing")

    assert len(joint.all("li")) == 2
    outcome = page.one("li", id=f"statement-{universe.statements['communique'].pk}")
    assert "the outcome of Weir meeting: Outcome: half." in outcome.text


def test_a_source_that_was_not_seen_leads_to_the_one_that_reports_it(
    universe: Universe, reader: Client
) -> None:
    page = page_of(reader.get(f"/lenna/sources/{universe.sources['leaflet'].pk}/"))
    digest = f"/lenna/sources/{universe.sources['digest'].pk}/"

    assert digest in page.links
    reported = reader.get(digest)
    assert reported.status_code == 200
    assert "Nothing cites this source yet." in page_of(reported).one("main").text
