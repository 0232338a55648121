"""Which outcomes hold together: the page of judgements, the grid, the consistent bundles."""

from typing import Any

import pytest
from django.test import Client

from issues.actions.scenarios.judge import impact_field, judge
from issues.history import recording
from issues.models import Judgement
from issues.tests.actions.rules.cases import made
from issues.tests.factories import make_issue, make_process
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.scenarios.test_build import errors

PAGE = "/lenna/consistency/"
GRID = "/lenna/consistency/judge/?from=flow&on=data"


def test_the_judgements_are_listed_with_author_and_reason(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(PAGE))

    rows = [
        [cell.text for cell in (*line.all("th"), *line.all("td"))] for line in page.one("table").all("tr")
    ]
    assert rows[1] == [
        "Summer flow: 50 half",
        "Data sharing: 50 monthly",
        "+2",
        "coder: Who shares data can share water.",
    ]
    assert "2 judgements between the options of 2 issues: 15 combinations." in page.one("p", css="lede").text


def test_every_consistent_bundle_is_shown_with_red_lines_and_fit(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{PAGE}?find=1&summit=weir"))

    # Half the flow and monthly data promote each other; the other 4 × 2 choices tie among themselves.
    assert page.one("h2", id="bundles").text == "9 consistent bundles"
    (table,) = [item for item in page.all("table") if item.one("caption").text.startswith("Consistent")]
    heads = [cell.text for cell in table.one("thead").all("th")]
    assert heads == [
        "Summer flow",
        "Data sharing",
        "Margin",
        "Red lines",
        "Fit: Arden",
        "Fit: Belmar",
        "Fit: Cadria",
    ]
    rows = [[cell.text for cell in line.all("td")] for line in table.one("tbody").all("tr")]
    assert rows[0][3].startswith("No line with limits is crossed; 1 line has no limits")
    (half,) = [row for row in rows if row[:2] == ["50 half", "50 monthly"]]
    assert half[2:5] == [
        "1",
        "⬣ 1 of 2 lines with limits is crossed; 1 line has no limits Cadria on Summer flow "
        "? 1 undetermined Arden on Data sharing",
        "81 n = 2",
    ]
    crossed = [("2 of 2 lines" in row[3]) + ("1 of 2 lines" in row[3]) * 0.5 for row in rows]
    assert crossed == sorted(crossed)


def test_without_being_asked_nothing_is_searched(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(PAGE))

    assert not page.all("h2", id="bundles")
    assert "?find=1" in page.links


def test_strangers_are_asked_to_sign_in_for_the_search(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True

    page = page_of(Client().get(f"{PAGE}?find=1"))

    assert not page.all("h2", id="bundles")
    assert "Sign in to look through all combinations." in page.text


def test_a_space_too_large_for_a_page_is_left_to_the_command(universe: Universe, reader: Client) -> None:
    with recording(by=universe.coder, reason="Wide."):
        wide = {float(value): f"step {value}" for value in range(0, 100, 8)}
        issues = [make_issue(process=universe.process, options=wide) for _ in range(5)]
        first = [issue.options.order_by("value").first() for issue in issues]
    judge({(first[0], option): 1 for option in first[1:]}, by=universe.coder, reason="x")

    page = page_of(reader.get(f"{PAGE}?find=1"))

    assert "5,569,395 combinations" in page.one("p", css="lede").text  # 13⁵ × 15
    assert "manage.py consistency lenna" in page.text
    assert not page.all("h2", id="bundles")


def test_a_process_without_judgements_says_so(reader: Client, db: None) -> None:
    made(make_process, slug="quiet")

    assert (
        page_of(reader.get("/quiet/consistency/?find=1")).one("p", css="lede").text
        == "Nothing has been judged yet."
    )


def of_flow(universe: Universe) -> dict[tuple[float, float], int]:
    """The judgements of how flow bears on others, by the values of the options."""
    judged = Judgement.objects.filter(from_option__issue=universe.flow)
    return {(item.from_option.value, item.on_option.value): item.impact for item in judged}


def test_a_grid_is_judged_with_a_reason(universe: Universe, amina: Client) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    page = page_of(amina.get(GRID))
    assert len(page.all("select")) == 15
    chosen = page.one("select", name=impact_field(flow[50], data[50])).one("option", selected="")
    assert chosen.text == "+2"

    response = amina.post(
        GRID,
        {
            impact_field(flow[50], data[50]): "3",
            f"initial-{impact_field(flow[50], data[50])}": "2",
            impact_field(flow[100], data[0]): "-2",
            "reason": "After the mill.",
        },
    )

    assert response["Location"] == PAGE
    assert of_flow(universe) == {(50, 50): 3, (100, 0): -2}
    assert Judgement.objects.count() == 3


def shown(page: Node) -> dict[str, str]:
    """What a browser would send of the grid as it is."""
    grid = page.one("form", css="stacked")
    hidden = {node.attrs["name"]: node.attrs.get("value", "") for node in grid.all("input", type="hidden")}
    for select in grid.all("select"):
        hidden[select.attrs["name"]] = select.one("option", selected="").attrs["value"]
    return hidden | {"reason": grid.one("textarea").text}


def test_what_another_judged_meanwhile_stands_and_is_not_written_over_unseen(
    universe: Universe, amina: Client
) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    one, other = impact_field(flow[0], data[0]), impact_field(flow[50], data[50])
    opened = shown(page_of(amina.get(GRID)))
    judge({(flow[0], data[0]): 3, (flow[50], data[50]): -1}, by=universe.coder, reason="First.")

    response = amina.post(GRID, opened | {one: "1", "reason": "Mine."})

    assert response.status_code == 422
    assert errors(response) == [
        "0 none on 0 never: coder judged +3 meanwhile. Save again to put yours in its place."
    ]
    assert of_flow(universe) == {(0, 0): 3, (50, 50): -1}
    again = shown(page_of(response))
    assert (again[one], again[f"initial-{one}"], again[f"initial-{other}"]) == ("1", "3", "2")
    assert amina.post(GRID, again).status_code == 302
    assert of_flow(universe) == {(0, 0): 1, (50, 50): -1}


@pytest.mark.parametrize("impact", ["4", "-4", "x", "1.5"])
def test_an_impact_out_of_range_is_refused_with_its_field(
    universe: Universe, amina: Client, impact: str
) -> None:
    flow, data = universe.flow.options.get(value=0.0), universe.data.options.get(value=100.0)

    response = amina.post(GRID, {impact_field(flow, data): impact, "reason": "x"})

    assert response.status_code == 422
    (error,) = errors(response)
    assert error.startswith("0 none on 100 live: ")


def test_a_judgement_needs_a_reason(universe: Universe, amina: Client) -> None:
    assert errors(amina.post(GRID, {})) == ["Reason: This field is required."]


@pytest.mark.parametrize(
    "query", ["", "?from=flow", "?from=flow&on=flow", "?from=flow&on=preamble", "?from=none&on=data"]
)
def test_only_two_different_issues_with_scales_are_judged(
    universe: Universe, amina: Client, query: str
) -> None:
    assert amina.get(f"/lenna/consistency/judge/{query}").status_code == 400


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_as_many_queries_as_it_says(
    universe: Universe, reader: Client, django_assert_num_queries: Any, number: int
) -> None:
    flow, data = list(universe.flow.options.all()), list(universe.data.options.all())
    pairs = [(one, other) for one in flow for other in data][:number]
    judge(dict.fromkeys(pairs, 1), by=universe.coder, reason="x")

    with django_assert_num_queries(4 + 6 + 1):
        reader.get(f"{PAGE}?find=1")
