"""The page of one ending: distances by issue, red lines, who expected it, signs, reasons."""

from collections.abc import Callable

from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.scenarios.conftest import SET


def test_the_distances_are_those_that_the_fit_is_made_of(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}half/?summit=weir"))

    rows = [
        [cell.text for cell in (*line.all("th"), *line.all("td"))] for line in page.one("table").all("tr")
    ]
    assert rows[0] == ["Issue", "Settled at", "Arden", "Belmar", "Cadria", "Commission"]
    assert rows[1][:2] == ["Summer flow", "50 half"]
    assert rows[1][2].startswith("0 (50")
    assert rows[2][5] == "0 (50)"
    assert rows[3][0] == "Fit"


def test_it_says_what_it_does_to_the_red_lines(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}half/?summit=weir"))

    assert (
        "This ending crosses 1 of the 3 red lines that stand as of Weir meeting; "
        "1 of them cannot be judged, because no limits are stated." in page.text
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
