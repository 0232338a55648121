"""A summit: what changed, what was agreed, who sat there, what is logged, what came before."""

from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of


def summit(reader: Client, slug: str) -> Node:
    """The page of a summit."""
    response = reader.get(f"/lenna/summits/{slug}/")
    assert response.status_code == 200
    return page_of(response)


def told(page: Node, start: str) -> Node:
    """The only told change whose sentence starts so."""
    (item,) = [
        item
        for item in page.all("li")
        if item.all("p", css="sentence") and item.all("p", css="sentence")[0].text.startswith(start)
    ]
    return item


def test_it_says_where_and_when_it_was_and_who_held_it(universe: Universe, reader: Client) -> None:
    page = summit(reader, "weir")

    assert page.all("h1")[0].text == "Weir meeting"
    facts = page.one("main").text
    assert (
        "Leaders · 10 September 2031 to 12 September 2031 · Weirhouse · track: River track · host: Commission"
        in facts
    )
    assert "Two days." in facts


def test_it_opens_with_the_same_sentence_as_the_matrix(universe: Universe, reader: Client) -> None:
    lede = summit(reader, "weir").all("p", css="lede")[0].text

    assert lede == page_of(reader.get("/lenna/?summit=weir")).all("p", css="lede")[0].text
    assert (
        "At Weir meeting and in parallel to it, 2 of 10 positions moved on the scale (Arden and Belmar)"
        in lede
    )


def test_each_heading_says_how_many_it_tells(universe: Universe, reader: Client) -> None:
    headings = [head.text for head in summit(reader, "weir").all("h3")]

    assert [head for head in headings if head[-1].isdigit()] == [
        "Red lines 3",
        "Agreed jointly 2",
        "Softened 1",
        "Moved 1",
        "New 1",
        "Reaffirmed 1",
        "Restated without a placement 1",
    ]


def test_a_move_is_told_with_both_numbers_and_the_distance_to_the_others(
    universe: Universe, reader: Client
) -> None:
    item = told(summit(reader, "weir"), "Arden on Summer flow: 75")

    assert "75 → 50" in item.text
    assert "Softened, −25" in item.text
    assert (
        "62.5 → 37.5 points from 12.5, the median of where the other parties stood before (Belmar 25 and "
        "Cadria 0)."
    ) in item.text
    assert "Half, if the data are shared." in item.text
    assert "Conditional: if the data are shared" in item.text
    assert "Tied to Data sharing." in item.text


def test_what_was_said_elsewhere_is_marked_and_leads_there(universe: Universe, reader: Client) -> None:
    page = summit(reader, "weir")
    outside = [item for item in page.all("li") if "not at the table" in item.text]

    assert len(outside) == 2
    assert all("/lenna/summits/aside/" in item.links for item in outside)
    assert "In parallel, not at the table" in page.one("main").text


def test_a_statement_says_to_which_meeting_it_is_parallel(universe: Universe, reader: Client) -> None:
    page = summit(reader, "aside")

    assert "parallel to Weir meeting, not at the table" in page.one("main").text
    assert "What is logged" not in page.one("main").text


def test_accounts_that_differ_stand_side_by_side_as_contested(universe: Universe, reader: Client) -> None:
    whole, flow = summit(reader, "weir").all("section", css="agreed")

    assert whole.one("h3").text == "The summit as a whole"
    assert "Progress, according to Jon Dahl: Outcome: whole." in whole.text
    assert "Contested" in flow.one("h3").text
    assert "Agreed at 50, according to Arden: Outcome: half." in flow.text
    assert "None, according to Cadria: Outcome: nothing." in flow.text
    assert "The meeting brought us further." in flow.text


def test_the_red_line_is_told_with_its_limits_and_nature(universe: Universe, reader: Client) -> None:
    page = summit(reader, "weir")

    assert (
        "Red line, derived by the coder: refuses anything below 50"
        in told(page, "Cadria on Data sharing").text
    )
    assert "limits not stated" in told(page, "Arden on Data sharing").text


def test_coverage_says_what_is_logged_and_what_is_not(universe: Universe, reader: Client) -> None:
    page = summit(reader, "weir")

    assert "8 of 12 cells of the watched actors are logged." in page.one("main").text
    assert "Belmar: Data sharing, Treaty text" in page.one("main").text
    assert "Commission: Data sharing, Treaty text" in page.one("main").text


def test_who_sat_at_the_table_is_named(universe: Universe, reader: Client) -> None:
    (people,) = summit(reader, "weir").all("ul", css="people")

    assert [item.text for item in people.all("li")] == ["Cadria", "Arden – Mira Sol"]


def test_events_since_the_meeting_before_are_told_with_their_words(
    universe: Universe, reader: Client
) -> None:
    events = summit(reader, "weir").one("ol", css="events")

    assert "1 August 2031" in events.text
    assert "The bridge is closed: As reported." in events.text
    assert "It happened before our eyes." in events.text


def test_the_occasions_before_and_after_are_one_step_away(universe: Universe, reader: Client) -> None:
    page = summit(reader, "weir")

    assert page.one("a", rel="prev").attrs["href"] == "/lenna/summits/mill/"
    assert page.one("a", rel="next").attrs["href"] == "/lenna/summits/aside/"
    assert summit(reader, "ford").all("a", rel="prev") == []
    assert summit(reader, "spring").all("a", rel="next") == []


def test_a_planned_summit_says_that_nothing_is_logged(universe: Universe, reader: Client) -> None:
    main = summit(reader, "spring").one("main").text

    assert "planned" in main
    assert "Nothing has been logged at Spring meeting yet." in main
    assert "No outcome has been recorded." in main


def test_the_list_shows_every_occasion_newest_first(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/summits/"))
    rows = page.one("tbody").all("tr")

    assert [row.one("th").one("bdi").text for row in rows][:3] == [
        "Spring meeting",
        "Delta meeting",
        "Arden's press office",
    ]
    assert "parallel to Weir meeting, not at the table" in rows[2].text
    assert [row.all("td")[3].text for row in rows] == ["none", "8", "2", "8", "10", "7"]
    assert "leaders, planned" in rows[0].text
