"""The page of a question: which ending crosses the fewest red lines, how likely, why."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from issues.actions.scenarios.assess import resolve
from issues.actions.scenarios.build import add_set
from issues.models import Scenario, ScenarioSet
from issues.tests.actions.rules.case import made
from issues.tests.acts import correct, log_position, remove
from issues.tests.factories import make_process, make_scenario_set
from issues.tests.hindsight import ago, asked, given_ago
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.scenarios.conftest import SET


def row(page: Node, ending: str) -> Node:
    """The row of an ending in the matrix."""
    (shown,) = [
        line
        for line in page.one("table", css="scenarios").all("tr")
        if line.all("th", scope="row") and line.one("th", scope="row").one("bdi").text == ending
    ]
    return shown


def test_it_says_first_which_ending_crosses_the_fewest_red_lines(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}?summit=weir"))

    lede = page.one("p", css="lede").text
    assert lede.startswith(
        "Half for data is known to cross the fewest red lines: "
        "1 of 2 lines with limits is crossed; 1 line has no limits."
    )
    assert "fewest" in row(page, "Half for data").text
    assert "fewest" not in row(page, "The dam as planned").text
    dam = row(page, "The dam as planned").text
    assert "2 of 2 lines with limits are crossed; 1 line has no limits" in dam


def test_where_all_are_equal_none_is_praised(universe: Universe, reader: Client) -> None:
    lede = page_of(reader.get(SET)).one("p", css="lede").text

    assert lede.startswith(
        "All 2 endings that settle an issue are known to cross equally many red lines; for each of them: "
        "1 of 2 lines is crossed; all 2 have limits."
    )


def test_a_breach_is_a_sentence_with_the_words_and_the_source(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}?summit=weir"))
    lines = {
        item.one("p", css="sentence").text: item
        for item in page.one("ol", css="changes").all("li")
        if item.all("p", css="sentence")
    }

    flow = next(item for words, item in lines.items() if words.startswith("Cadria on Summer flow"))
    assert "refuses anything above 25" in flow.text
    assert "Half for data puts Summer flow at 50; Cadria refuses anything above 25." in flow.text
    assert flow.all("blockquote")
    assert flow.all("cite")
    assert any(link.endswith(f"#position-{universe.at('cadria', 'flow', 'weir').pk}") for link in flow.links)


def test_a_line_without_limits_is_undetermined_and_never_passed(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}?summit=weir"))

    (arden,) = [
        item
        for item in page.one("ol", css="changes").all("li")
        if item.text.find("Arden on Data sharing: a red line without stated limits") >= 0
    ]
    assert (
        "Half for data puts Data sharing at 50; Arden stands at 0 and the words give no limit on this scale: "
        "undetermined." in arden.text
    )
    assert "Kept" not in arden.text


def test_the_fit_is_a_number_with_its_n_that_leads_to_the_distances(
    universe: Universe, reader: Client
) -> None:
    shown = row(page_of(reader.get(f"{SET}?summit=weir")), "Half for data")

    cells = {
        cell.one("span", css="cell-issue").text: cell
        for cell in shown.all("td")
        if cell.all("span", css="cell-issue")
    }
    assert list(cells) == ["Arden", "Belmar", "Cadria", "Commission"]
    assert cells["Commission"].text == "Commission 100 of 100: Commission n = 1"
    assert cells["Arden"].one("a").attrs["href"] == "/lenna/scenarios/mid-2032/half/#distances"


def test_other_settles_nothing_and_is_not_tested(universe: Universe, reader: Client) -> None:
    shown = row(page_of(reader.get(SET)), "Other")

    assert "Settles no issue" in shown.text
    assert "fewest" not in shown.text


def test_where_no_line_has_limits_nothing_is_called_crossed(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get(f"{SET}?summit=mill"))
    assert "the one line that stands is not crossed" in page.one("p", css="lede").text  # Cadria's flow

    position = universe.at("cadria", "flow", "ford")
    correct(position, {"accepts_from": None, "accepts_to": None}, by=universe.coder, reason="Not stated.")
    lede = page_of(reader.get(f"{SET}?summit=mill")).one("p", css="lede").text

    assert "come up against equally many red lines: 1 of 1. The line that stands has no stated limits" in lede


def test_where_no_line_stands_it_says_so(universe: Universe, reader: Client) -> None:
    for name in ("ford", "weir", "delta"):
        for actor, issue in (("cadria", "flow"), ("cadria", "data"), ("arden", "data")):
            if (actor, issue, name) in universe.positions:
                remove(universe.at(actor, issue, name), by=universe.coder, reason="x")
    remove(universe.at("arden", "data", "aside"), by=universe.coder, reason="x")

    assert page_of(reader.get(SET)).one("p", css="lede").text.startswith("No red line stands")


def test_the_group_s_probability_stands_beside_its_words(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.weir, 60, 30, 10)
    give("omar", universe.weir, 50, 30, 20)

    page = page_of(reader.get(f"{SET}?summit=weir"))

    assert "55% likely 50 to 60%, n = 2" in row(page, "Half for data").text
    assert "After Weir meeting the group gives this ending 55% (likely)." in page.one("p", css="lede").text
    assert (
        "60% amina: amina’s reason."
        in page.one("figure", id=f"probability-{universe.scenarios['half'].pk}").text
    )


def test_examples_are_called_examples(universe: Universe, reader: Client, give: Callable[..., None]) -> None:
    give("amina", universe.weir, 60, 30, 10, is_example=True)

    page = page_of(reader.get(f"{SET}?summit=weir"))

    assert "example numbers, no forecast" in page.one("p", css="lede").text
    assert "Example, no forecast." in page.text


def test_a_later_round_is_not_shown_as_of_an_earlier_summit(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.mill, 60, 30, 10)
    give("amina", universe.delta, 20, 70, 10)

    assert "60%" in row(page_of(reader.get(f"{SET}?summit=weir")), "Half for data").text
    assert "20%" in row(page_of(reader.get(SET)), "Half for data").text


def test_as_known_before_the_numbers_were_given_there_are_none(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    known = timezone.now()
    give("amina", universe.weir, 60, 30, 10)

    page = page_of(reader.get(SET, {"known": known.isoformat()}))

    assert "Not assessed" in row(page, "Half for data").text


def test_as_known_before_the_question_was_put_there_is_none(universe: Universe, reader: Client) -> None:
    response = reader.get(f"{SET}?known=2020-01-01")

    assert response.status_code == 404
    assert "as our record was known on 1 January 2020, 23:59 UTC" in response.text


def test_an_ending_is_stale_when_what_it_was_assessed_on_has_changed(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.weir, 60, 30, 10)
    assert "Stale" not in page_of(reader.get(f"{SET}?summit=weir")).text

    correct(
        universe.at("belmar", "data", "mill"),
        {"option": None, "value": 60.0},
        by=universe.coder,
        reason="Misread.",
    )

    assert (
        "Stale: 1 position changed since"
        in row(page_of(reader.get(f"{SET}?summit=weir")), "Half for data").text
    )
    give("omar", universe.weir, 60, 30, 10)
    assert "Stale" not in page_of(reader.get(f"{SET}?summit=weir")).text


def test_moves_at_a_later_summit_make_it_stale_and_those_on_other_issues_do_not(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.delta, 60, 30, 10)
    log_position(
        issue=universe.treaty,
        actor=universe.belmar,
        summit=universe.delta,
        option=universe.treaty.options.get(value=50.0),
        statements=[universe.statements["joint"]],
        by=universe.coder,
        reason="x",
    )
    assert "Stale" not in page_of(reader.get(SET)).text

    log_position(
        issue=universe.flow,
        actor=universe.belmar,
        summit=universe.spring,
        option=universe.flow.options.get(value=0.0),
        statements=[universe.statements["joint"]],
        by=universe.coder,
        reason="x",
    )

    assert "Stale" in row(page_of(reader.get(f"{SET}?summit=spring")), "The dam as planned").text


def test_scores_follow_the_resolution(universe: Universe, reader: Client, give: Callable[..., None]) -> None:
    give("amina", universe.weir, 70, 30, 0)
    assert not page_of(reader.get(SET)).all("h2", id="scores")
    asked(universe.scenario_set, 3)
    given_ago(2)
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=ago(1), by=universe.coder, reason="Signed.")

    page = page_of(reader.get(SET))

    assert f"Happened, {date_format(ago(1), 'j F Y')}" in row(page, "Half for data").text
    (scored,) = [line for line in page.all("tr") if line.text.startswith("amina")]
    # ((.7 − 1)² + .3² + 0²) ÷ 3 = .06; a third for each: (4/9 + 1/9 + 1/9) ÷ 3 = .222
    assert [cell.text for cell in scored.all("td")] == ["0.060", "+0.73", "3"]


def test_several_questions_are_listed_each_with_its_answer(universe: Universe, reader: Client) -> None:
    add_set(
        ScenarioSet(process=universe.process, question="And in 2035?", closes_on=date(2035, 1, 1)),
        by=universe.coder,
        reason="x",
    )

    page = page_of(reader.get("/lenna/scenarios/?summit=weir"))

    assert [item.text for item in page.all("h2")] == ["And in 2035?", "How does it end by 30 June 2032?"]
    answers = [item.text for item in page.all("p", css="answer")]
    assert answers[0] == "No ending settles an issue yet, so none can be tested against red lines."
    assert answers[1].startswith("Half for data is known to cross the fewest red lines: 1 of 2 lines with")


def test_without_a_question_researchers_are_led_to_ask_one(reader: Client, amina: Client, db: None) -> None:
    made(make_process, slug="quiet")

    assert page_of(reader.get("/quiet/scenarios/")).one("p", css="lede").text.startswith("No question")
    assert "/quiet/scenarios/new/" in page_of(amina.get("/quiet/scenarios/")).links
    assert "/quiet/scenarios/new/" not in page_of(reader.get("/quiet/scenarios/")).links


def test_without_a_summit_there_is_nothing_to_test_against(reader: Client, db: None) -> None:
    process = made(make_process, slug="quiet")
    made(make_scenario_set, process=process, slug="end")

    for address in ("/quiet/scenarios/", "/quiet/scenarios/end/"):
        assert "No summit was held yet" in page_of(reader.get(address)).text


@pytest.mark.parametrize("address", ["none/", "mid-2032/none/", "mid-2032/half/signs/999/"])
def test_what_does_not_exist_is_not_found(universe: Universe, amina: Client, address: str) -> None:
    assert amina.get(f"/lenna/scenarios/{address}").status_code == 404


@pytest.mark.parametrize("query", ["?summit=none", "?known=never"])
@pytest.mark.parametrize("address", ["", "mid-2032/", "mid-2032/half/"])
def test_bad_parameters_are_named(universe: Universe, reader: Client, address: str, query: str) -> None:
    response = reader.get(f"/lenna/scenarios/{address}{query}")

    assert response.status_code in (400, 404)
    assert "There is a problem" in response.content.decode()


def test_a_scenario_of_a_set_in_another_process_is_not_found(universe: Universe, reader: Client) -> None:
    made(make_process, slug="quiet")

    assert reader.get("/quiet/scenarios/mid-2032/").status_code == 404
    assert Scenario.objects.count() == 3
