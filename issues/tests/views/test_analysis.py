"""Issues in figures: series, forecasts with what-if, and how forecasts did."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.scenarios.assess import resolve
from issues.tests.actions.rules.case import made
from issues.tests.acts import correct, log_position, remove
from issues.tests.crowd import make_crowd
from issues.tests.factories import make_process
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of

FORECAST = "/lenna/issues/flow/forecast/"
ACCESS = 5


def figures(page: Node, caption: str) -> dict[str, list[str]]:
    """The figures of a table by the name of the row; notes beside them left out."""
    (table,) = [item for item in page.all("table") if item.one("caption").text.startswith(caption)]
    shown = {}
    for line in table.all("tr"):
        heads = line.all("th", scope="row")
        if heads:
            name = heads[0].one("bdi").text if len(heads[0].all("bdi")) == 1 else heads[0].text
            shown[name] = [_without_notes(cell) for cell in line.all("td")]
    return shown


def _without_notes(cell: Node) -> str:
    text = cell.text
    for note in cell.all("small"):
        text = text.replace(note.text, "")
    return text.strip()


def test_the_forecast_weighs_everyone_by_capability_and_salience(universe: Universe, reader: Client) -> None:
    # Weir: Arden 50 with salience 80, Belmar 50 and Cadria 0 with 50 that nobody coded.
    page = page_of(reader.get(f"{FORECAST}?summit=weir"))

    models = figures(page, "Forecasts")
    assert models["Compromise"] == ["36.11", "36.11"]  # (80·50 + 50·50) ÷ 180
    assert models["Median"] == ["50", "50"]
    assert models["Mean"] == ["33.33", "33.33"]
    assert next(row for name, row in models.items() if name.startswith("Status quo")) == ["75", "75"]


def test_what_if_is_a_form_that_is_sent(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{FORECAST}?summit=weir&salience-cadria=100&capability-cadria=3"))

    assert figures(page, "Forecasts")["Compromise"] == ["36.11", "15.12 −20.99"]  # 6500 ÷ 430
    assert figures(page, "Forecasts")["Median"] == ["50", "0 −50"]
    assert page.one("input", id="salience-cadria").attrs["value"] == "100.0"
    assert page.one("input", id="capability-cadria").attrs["value"] == "3.0"
    assert page.one("form", css="what-if").all("button")
    assert "as supposed below" in page.one("p", css="lede").text


def test_nobody_who_cares_makes_no_compromise(universe: Universe, reader: Client) -> None:
    query = "&".join(f"salience-{name}=0" for name in ("arden", "belmar", "cadria"))

    page = page_of(reader.get(f"{FORECAST}?summit=weir&{query}"))

    assert "Nobody cares" in page.one("p", css="lede").text


@pytest.mark.parametrize(
    "query",
    [
        "salience-arden=101",
        "salience-arden=-1",
        "capability-arden=0",
        "capability-arden=x",
        "capability-arden=nan",
    ],
)
def test_what_cannot_be_supposed_is_named(universe: Universe, reader: Client, query: str) -> None:
    response = reader.get(f"{FORECAST}?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in page_of(response).one("div", css="errors").text


@pytest.mark.parametrize("issue", ["treaty", "preamble", "none"])
def test_only_preferences_are_forecast(universe: Universe, reader: Client, issue: str) -> None:
    assert reader.get(f"/lenna/issues/{issue}/forecast/").status_code == 404


def test_distance_and_zone_are_followed_over_time(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(FORECAST))

    assert figures(page, "Distance, polarisation and zone") == {
        "Ford meeting": ["50", "0.111", "0 to 50"],
        "Weir meeting": ["33.33", "0.111", "0 to 25"],
        "Delta meeting": ["25", "0.063", "no limits"],
    }
    assert page.one("svg", css="series").all("rect", css="zone")


def test_the_issues_stand_side_by_side_in_figures(universe: Universe, reader: Client) -> None:
    rows = figures(page_of(reader.get("/lenna/analysis/?summit=weir")), "Issues in figures")

    assert list(rows) == ["Summer flow", "Data sharing"]
    assert rows["Summer flow"] == ["33.33", "0.111", "0 to 25", "36.11", "50", "3"]
    assert rows["Data sharing"][2] == "undetermined"


BOTH = "Summer flow, Data sharing"


def test_convergence_is_followed_over_time(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/analysis/"))

    # Flow 50, 50, 33.33, 25 and data 90, 60, 60, 43.33: their means.
    assert figures(page, "Convergence by meeting") == {
        "Ford meeting": ["70", "2", "70", BOTH],
        "Mill meeting": ["55", "2", "55", BOTH],
        "Weir meeting": ["46.67", "2", "46.67", BOTH],
        "Delta meeting": ["34.17", "2", "34.17", BOTH],
    }
    picture = page.one("svg", css="series")
    assert len(picture.all("path")) == 1
    assert "Every step rests on the same 2 issues." in page.text


def test_where_the_issues_change_the_line_is_broken_and_a_second_follows_those_of_both_ends(
    universe: Universe, reader: Client
) -> None:
    """Without data at the ford and the mill the careless line rises from 50 to 55 though flow stayed."""
    for actor, summit in (("arden", "ford"), ("cadria", "ford"), ("cadria", "mill")):
        remove(universe.at(actor, "data", summit), by=universe.coder, reason="Never said.")

    page = page_of(reader.get("/lenna/analysis/"))

    rows = figures(page, "Convergence by meeting")
    # At the mill Arden is at 0 and Belmar at 50 on data: 50 apart, as on flow.
    assert rows == {
        "Ford meeting": ["50", "1", "50", "Summer flow"],
        "Mill meeting": ["50", "2", "50", f"Other issues than before. {BOTH}"],
        "Weir meeting": ["41.67", "2", "33.33", BOTH],
        "Delta meeting": ["25", "2", "25", BOTH],
    }
    picture = page.one("svg", css="series")
    whole, same = (path.attrs["d"] for path in picture.all("path"))
    assert (whole.count("M"), same.count("M")) == (2, 1)
    assert picture.all("rect", css="square")
    assert "The dashed line (squares) rests on the 1 issue measured both at the beginning and" in page.text


def test_where_no_issue_is_measured_at_both_ends_there_is_no_second_line(
    universe: Universe, reader: Client
) -> None:
    for actor, summit in (("arden", "ford"), ("cadria", "ford"), ("cadria", "mill")):
        remove(universe.at(actor, "data", summit), by=universe.coder, reason="Never said.")
    remove(universe.at("cadria", "flow", "delta"), by=universe.coder, reason="Never said.")
    correct(universe.at("arden", "flow", "weir"), {"option": None}, by=universe.coder, reason="No number.")
    correct(universe.at("arden", "flow", "mill"), {"option": None}, by=universe.coder, reason="No number.")
    log_position(
        issue=universe.flow,
        actor=universe.arden,
        summit=universe.spring,
        statements=[universe.statements["joint"]],
        by=universe.coder,
        reason="x",
        state="withdrawn",
    )

    page = page_of(reader.get("/lenna/analysis/?summit=spring"))

    assert "No issue is measured both at the beginning and at the end" in page.text
    assert len(page.one("svg", css="series").all("path")) == 1


def test_forecasts_are_tested_on_what_was_said_before_the_outcome_alone(
    universe: Universe, reader: Client
) -> None:
    # Half was agreed at the weir. Before it: Arden 75 with salience 60, Belmar 25 and Cadria 0.
    page = page_of(reader.get("/lenna/analysis/"))

    rows = figures(page, "Forecasts beside outcomes")
    assert next(iter(rows.values())) == ["50", "75", "33.33", "25", "35.94"]
    assert rows["Mean absolute error"] == ["", "25", "16.67", "25", "14.06"]


def test_an_outcome_that_is_contested_is_left_out(universe: Universe, reader: Client) -> None:
    correct(universe.outcomes["nothing"], {"placement": 75.0}, by=universe.coder, reason="As Cadria has it.")

    page = page_of(reader.get("/lenna/analysis/"))

    assert "No outcome has been placed on the scale of an issue yet without being contested" in page.text


def test_what_happened_of_a_scenario_is_a_test_too(universe: Universe, reader: Client) -> None:
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=timezone.localdate(), by=universe.coder, reason="Signed.")

    page = page_of(reader.get("/lenna/analysis/"))

    (table,) = [item for item in page.all("table") if item.one("caption").text == "Forecasts beside outcomes"]
    names = [line.one("th", scope="row").text for line in table.one("tbody").all("tr")]
    assert names == ["Summer flow Weir meeting", "Summer flow Half for data", "Data sharing Half for data"]


def test_as_known_before_an_ending_was_resolved_it_tests_no_forecast(
    universe: Universe, reader: Client
) -> None:
    before = timezone.now().isoformat()
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=timezone.localdate(), by=universe.coder, reason="Signed.")

    page = page_of(reader.get("/lenna/analysis/", {"known": before}))
    assert "Data sharing Half for data" not in page.text

    now = page_of(reader.get("/lenna/analysis/", {"known": timezone.now().isoformat()}))
    assert "Data sharing Half for data" in now.text


def test_a_process_without_a_summit_says_so(reader: Client, db: None) -> None:
    made(make_process, slug="quiet")

    assert "No summit was held yet" in page_of(reader.get("/quiet/analysis/")).text


@pytest.mark.parametrize(("summits", "actors"), [(3, 5), (20, 5), (3, 40)])
@pytest.mark.parametrize(("page", "queries"), [("analysis/", 6 + 2), ("issues/{0}/forecast/", 6)])
def test_a_page_takes_as_many_queries_as_it_says(
    reader: Client, django_assert_num_queries: Any, page: str, queries: int, summits: int, actors: int
) -> None:
    process = make_crowd(summits=summits, actors=actors)
    slug = process.issues.order_by("order")[0].slug

    with django_assert_num_queries(ACCESS + queries):
        response = reader.get(f"/crowd/{page.format(slug)}")

    assert response.status_code == 200
