"""The page of one ending: distances by issue, red lines, who expected it, signs, reasons."""

from collections.abc import Callable

from django.test import Client

from issues.tests.acts import correct, remove
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.scenarios.conftest import SET


def test_the_distances_are_those_that_the_fit_is_made_of(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}half/?summit=weir"))

    table, compared = page.all("table")
    assert compared.one("caption").text == "Endings two by two, on the issues that both settle"
    rows = [[cell.text for cell in (*line.all("th"), *line.all("td"))] for line in table.all("tr")]
    assert rows[0] == ["Issue", "Settled at", "Arden", "Belmar", "Cadria", "Commission"]
    assert rows[1][:2] == ["Summer flow", "50 half"]
    assert rows[1][2].startswith("0 (50")
    assert rows[2][5] == "0 (50)"
    assert rows[3][0] == "Fit"


def test_it_says_what_it_does_to_the_red_lines(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}half/?summit=weir"))

    assert (
        "This ending and the red lines that stand as of Weir meeting: "
        "1 of 2 lines with limits is crossed; 1 line has no limits." in page.text
    )
    assert len(page.one("ol", css="changes").all("p", css="sentence")) == 3


def test_it_cites_who_expected_it_and_lists_the_signs(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}half/"))

    assert page.one("ol", css="cited").all("blockquote")
    assert "A joint gauge is installed. Not seen yet." in page.one("ul", css="signs").text


def test_other_has_a_page_too(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}other/"))

    assert page.one("p", css="lede").text == "Whatever the other endings leave out."
    assert not page.all("table")


def test_each_step_leads_to_its_reasons(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.mill, 60, 30, 10)
    give("amina", universe.weir, 40, 50, 10)

    page = page_of(reader.get(f"{SET}dam/"))
    pk = universe.scenarios["dam"].pk
    steps = [link for link in page.links if link.startswith("#round-")]

    assert steps == [f"#round-{pk}-{universe.mill.pk}", f"#round-{pk}-{universe.weir.pk}"]
    assert page.one("li", id=steps[1][1:]).text.startswith("After Weir meeting: 50%, roughly even chance")


def test_only_those_who_may_see_the_ways_to_change_it(
    universe: Universe, reader: Client, amina: Client
) -> None:
    ways = {f"{SET}half/edit/", f"{SET}new/?copy=half", f"{SET}half/signs/new/"}

    assert ways <= set(page_of(amina.get(f"{SET}half/")).links)
    assert not ways & set(page_of(reader.get(f"{SET}half/")).links)


def told(universe: Universe, reader: Client, ending: str, summit: str) -> str:
    """What the page of an ending says of the red lines."""
    return page_of(reader.get(f"{SET}{ending}/?summit={summit}")).one("p", css="answer").text


def test_nothing_is_said_to_be_crossed_or_kept_of_lines_without_limits(
    universe: Universe, reader: Client
) -> None:
    """The careless sentence counts a line without limits as one that is not crossed."""
    for name in ("ford", "weir"):
        line = universe.at("cadria", "flow", name)
        correct(line, {"accepts_from": None, "accepts_to": None}, by=universe.coder, reason="Not stated.")
    assert told(universe, reader, "half", "weir").endswith(
        "no line with limits is crossed; 2 lines have no limits."
    )

    line = universe.at("cadria", "data", "weir")
    correct(line, {"accepts_from": None, "accepts_to": None}, by=universe.coder, reason="Not stated.")

    assert told(universe, reader, "half", "weir").endswith(
        "no line with limits stands; 3 lines have no limits."
    )


def test_a_line_on_an_issue_that_the_ending_leaves_open_is_not_said_to_be_kept(
    universe: Universe, reader: Client
) -> None:
    remove(universe.scenarios["half"].outcomes.get(issue=universe.data), by=universe.coder, reason="Open.")

    assert told(universe, reader, "half", "weir").endswith(
        "on the issues that it settles, the one line that stands is crossed; "
        "2 lines are on issues that it leaves open."
    )
    assert told(universe, reader, "half", "ford").endswith("the one line that stands is not crossed.")


def test_where_no_line_stands_none_is_said_to_be_kept(universe: Universe, reader: Client) -> None:
    for name in ("ford", "weir", "delta"):
        remove(universe.at("cadria", "flow", name), by=universe.coder, reason="x")
    for actor, summit in (("cadria", "weir"), ("arden", "aside"), ("arden", "delta")):
        remove(universe.at(actor, "data", summit), by=universe.coder, reason="x")

    assert told(universe, reader, "half", "delta").endswith("as of Delta meeting: no red line stands.")


def test_an_ending_with_the_better_fit_on_fewer_issues_is_not_called_nearer(
    universe: Universe, reader: Client
) -> None:
    """Half fits Belmar 63 on two issues and the dam 50 on one; on the issue of both the dam is nearer."""
    remove(universe.scenarios["dam"].outcomes.get(issue=universe.data), by=universe.coder, reason="Open.")
    half = universe.scenarios["half"].outcomes.get(issue=universe.flow)
    correct(half, {"option": universe.flow.options.get(value=100.0)}, by=universe.coder, reason="x")

    page = page_of(reader.get(f"{SET}?summit=mill"))

    fits = {
        line.one("th", scope="row").one("bdi").text: line
        for line in page.one("table", css="scenarios").one("tbody").all("tr")
    }
    (compared,) = [item for item in page.all("table") if item.one("caption").text.startswith("Endings two")]
    (pair,) = compared.one("tbody").all("tr")
    cells = [cell.text for cell in pair.all("td")]
    assert pair.one("th").text == "Half for data / The dam as planned on Summer flow"
    assert cells[0] == "75 / 100 nearer to The dam as planned by 25, n = 1"
    assert cells[1] == "25 / 50 nearer to The dam as planned by 25, n = 1"
    assert "63 of 100: Belmar n = 2" in fits["Half for data"].text
    assert "50 of 100: Belmar n = 1" in fits["The dam as planned"].text
    assert "so their fits here rank nothing" in page.text


def test_endings_equally_near_and_actors_without_a_placement_are_told_so(
    universe: Universe, reader: Client
) -> None:
    page = page_of(reader.get(f"{SET}half/?summit=weir"))

    (compared,) = [item for item in page.all("table") if item.one("caption").text.startswith("Endings two")]
    heads = [cell.text for cell in compared.one("thead").all("th")]
    cells = dict(zip(heads[1:], (cell.text for cell in compared.one("tbody").all("td")), strict=True))
    assert cells["Commission"] == "100 / 50 nearer to Half for data by 50, n = 1"
    assert cells["Cadria"].endswith("n = 2")
