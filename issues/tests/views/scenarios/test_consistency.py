"""Which outcomes hold together: the page of judgements, the grid, the consistent bundles."""

from typing import Any

import pytest
from django.test import Client

from issues.actions.scenarios.judge import impact_field, judge
from issues.domain.consistency import MOST_CELLS
from issues.history import recording
from issues.models import Judgement
from issues.tests.actions.rules.case import made
from issues.tests.factories import make_issue, make_process, make_user
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.scenarios.refused import errors
from issues.user import User

PAGE = "/lenna/consistency/"
GRID = "/lenna/consistency/judge/"
PAIR = f"{GRID}?from=flow&on=data"


def table(page: Node, name: str) -> Node:
    """The table with this caption."""
    (found,) = [item for item in page.all("table") if item.one("caption").text.startswith(name)]
    return found


def test_the_judgements_are_listed_with_author_and_reason(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(PAGE))

    lines = table(page, "Judgements").all("tr")
    rows = [[cell.text for cell in (*line.all("th"), *line.all("td"))] for line in lines]
    assert rows[1] == [
        "Summer flow: 50 half",
        "Data sharing: 50 monthly",
        "+2",
        "coder: Who shares data can share water.",
    ]
    lede = page.one("p", css="lede").text
    assert "2 judgements of 1 person between the options of 2 issues: 15 combinations." in lede
    assert not page.all("h2", id="differ")


def test_all_judgements_stand_in_one_square_grid(universe: Universe, reader: Client) -> None:
    grid = table(page_of(reader.get(PAGE)), "How each option")

    heads = [item.text for item in grid.one("thead").all("th", scope="colgroup")]
    assert heads == ["Summer flow", "Data sharing"]
    rows = {line.one("th").text: [cell.text for cell in line.all("td")] for line in grid.all("tr")[2:]}
    assert rows["50 half"] == ["", "", "+2", ""]  # its own issue is one empty field
    assert rows["50 monthly"] == ["", "", "+1", "", "", ""]


def test_where_two_people_differ_is_told_in_words_and_marked(universe: Universe, reader: Client) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    amina = make_user(username="amina2")
    judge({(flow[50], data[50]): -1, (data[50], flow[50]): 1, (flow[0], data[0]): 3}, by=amina, reason="No.")

    page = page_of(reader.get(PAGE))

    assert "They differ on 1 of 2 influences" in page.text
    told = page.one("h2", id="differ")
    assert told.text == "Where people differ"
    words = "Summer flow 50 half on Data sharing 50 monthly (opposed, 3 points apart: amina2 −1, coder +2)"
    assert words in page.text
    line = page.one("tr", id=f"i{flow[50].pk}-{data[50].pk}")
    assert line.all("td")[1].text == "+0.5 ≠ they differ"
    assert line.all("td")[2].text == "amina2 −1: No. coder +2: Who shares data can share water."
    assert "4 judgements" not in page.one("p", css="lede").text  # five of two people
    assert "5 judgements of 2 people" in page.one("p", css="lede").text


def test_strangers_are_told_the_mean_and_no_one_s_number(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    judge({(flow[50], data[50]): -1}, by=make_user(username="amina2"), reason="No.")

    page = page_of(Client().get(PAGE))

    assert "(opposed, 3 points apart)" in page.text
    assert "amina2" not in page.text
    assert page.one("tr", id=f"i{flow[50].pk}-{data[50].pk}").all("td")[2].text == (
        "No. Who shares data can share water."
    )


def test_of_bundles_the_mean_counts(universe: Universe, reader: Client) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    judge({(flow[50], data[50]): 1, (data[50], flow[50]): 0}, by=make_user(), reason="Less.")

    bundles = table(page_of(reader.get(f"{PAGE}?find=1&summit=weir")), "Consistent")

    rows = [[cell.text for cell in line.all("td")] for line in bundles.one("tbody").all("tr")]
    (half,) = [row for row in rows if row[:2] == ["50 half", "50 monthly"]]
    assert half[2] == "0.5"


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


def of_flow(universe: Universe, author: str) -> dict[tuple[float, float], int]:
    """What someone judged of how flow bears on others, by the values of the options."""
    judged = Judgement.objects.filter(from_option__issue=universe.flow, author__username=author)
    return {(item.from_option.value, item.on_option.value): item.impact for item in judged}


def test_one_grid_holds_every_option_of_every_issue(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(GRID))

    sizes = [issue.options.count() for issue in universe.process.issues.order_by("order") if issue.has_scale]
    assert len(page.all("input", maxlength="3")) == sum(sizes) ** 2 - sum(n * n for n in sizes)
    assert len(page_of(amina.get(PAIR)).all("input", maxlength="3")) == 15
    assert len(page_of(amina.get(f"{GRID}?from=flow")).all("input", maxlength="3")) == 5 * (sum(sizes) - 5)


def test_a_grid_is_judged_with_a_reason_beside_what_others_judged(universe: Universe, amina: Client) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    one, other = impact_field(flow[50], data[50]), impact_field(flow[100], data[0])

    opened = page_of(amina.get(GRID))
    assert opened.one("input", id=one).attrs["value"] == ""  # the coder's is not shown before one's own
    assert not opened.one("table", css="impacts").all("small")
    response = amina.post(GRID, {one: "3", other: "−2", "seen": "", "reason": "After the mill."})

    assert response["Location"] == PAGE
    assert of_flow(universe, "amina") == {(50, 50): 3, (100, 0): -2}
    assert of_flow(universe, "coder") == {(50, 50): 2}
    page = page_of(amina.get(GRID))
    assert page.one("input", id=one).attrs["value"] == "+3"
    assert [item.text for item in page.one("table", css="impacts").all("small")] == ["≠ another judged +2"]


@pytest.mark.parametrize("seen", ["1:2:--5", "1:2", "a:b:c", f"1:2:{'9' * 5_000}"])
def test_what_was_seen_and_cannot_be_read_was_not_seen(universe: Universe, amina: Client, seen: str) -> None:
    flow, data = (issue.options.get(value=50.0) for issue in (universe.flow, universe.data))

    response = amina.post(GRID, {impact_field(flow, data): "3", "seen": seen, "reason": "After the mill."})

    assert response["Location"] == PAGE
    assert of_flow(universe, "amina") == {(50, 50): 3}


def shown(page: Node) -> dict[str, str]:
    """What a browser would send of the grid as it is."""
    grid = page.one("form", css="stacked")
    fields = {node.attrs["name"]: node.attrs.get("value", "") for node in grid.all("input")}
    return fields | {"reason": grid.one("textarea").text}


def test_what_one_judged_in_another_window_is_not_written_over_unseen(
    universe: Universe, amina: Client
) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    one, other = impact_field(flow[0], data[0]), impact_field(flow[50], data[50])
    opened = shown(page_of(amina.get(GRID)))
    me = User.objects.get(username="amina")
    judge({(flow[0], data[0]): 3, (flow[50], data[50]): -1}, by=me, reason="First.")

    response = amina.post(GRID, opened | {one: "1", "reason": "Mine."})

    assert response.status_code == 422
    assert errors(response) == [
        "0 none on 0 never: You judged +3 meanwhile, in another window. Save again to put this in its place."
    ]
    assert of_flow(universe, "amina") == {(0, 0): 3, (50, 50): -1}
    again = shown(page_of(response))
    assert again[one] == "1"
    assert amina.post(GRID, again | {other: "-1"}).status_code == 302
    assert of_flow(universe, "amina") == {(0, 0): 1, (50, 50): -1}


@pytest.mark.parametrize("impact", ["4", "-4", "x", "1.5", "++", "9" * 5000])
def test_an_impact_out_of_range_is_refused_with_its_field(
    universe: Universe, amina: Client, impact: str
) -> None:
    flow, data = universe.flow.options.get(value=0.0), universe.data.options.get(value=100.0)

    response = amina.post(GRID, {impact_field(flow, data): impact, "reason": "x"})

    assert response.status_code == 422
    assert errors(response) == ["0 none on 100 live: Type a whole number from −3 to +3, or nothing."]
    field = page_of(response).one("input", id=impact_field(flow, data))
    assert (field.attrs["value"], field.attrs["aria-invalid"]) == (impact, "true")


def test_a_judgement_needs_a_reason(universe: Universe, amina: Client) -> None:
    assert errors(amina.post(GRID, {})) == ["Reason: This field is required."]


@pytest.mark.parametrize(
    "query", ["?from=flow&on=flow", "?from=flow&on=preamble", "?from=none&on=data", "?page=x"]
)
def test_only_issues_with_scales_are_judged_and_none_on_itself(
    universe: Universe, amina: Client, query: str
) -> None:
    assert amina.get(f"{GRID}{query}").status_code == 400


@pytest.mark.parametrize("number", [24])
def test_a_large_grid_is_divided_by_the_issues_that_bear(
    universe: Universe, amina: Client, django_assert_num_queries: Any, number: int
) -> None:
    with recording(by=universe.coder, reason="Many."):
        for _ in range(number):
            make_issue(process=universe.process)

    page = page_of(amina.get(GRID))
    fields = page.all("input", maxlength="3")

    assert 1000 < len(fields) <= MOST_CELLS
    assert "Part 1 of 9, by the issues that bear" in page.text
    assert len(page_of(amina.get(f"{GRID}?page=9")).all("input", maxlength="3")) > 0
    sent = shown(page) | {fields[0].attrs["name"]: "2", "reason": "x"}
    assert amina.post(GRID, sent).status_code == 302


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_as_many_queries_as_it_says(
    universe: Universe, reader: Client, django_assert_num_queries: Any, number: int
) -> None:
    flow, data = list(universe.flow.options.all()), list(universe.data.options.all())
    pairs = [(one, other) for one in flow for other in data][:number]
    judge(dict.fromkeys(pairs, 1), by=universe.coder, reason="x")

    with django_assert_num_queries(5 + 6 + 1):
        reader.get(f"{PAGE}?find=1")
