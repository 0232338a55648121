"""What the page of a question is careful not to say: hindsight, lines without limits, endings alike."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from issues.actions.scenarios.assess import resolve
from issues.models import ScenarioSet
from issues.tests.acts import correct, remove
from issues.tests.hindsight import ago, asked, given_ago
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.scenarios.conftest import SET
from issues.tests.views.scenarios.test_set_page import row


def test_numbers_given_too_late_are_shown_apart_and_said_to_be_in_words(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    """A number of the day itself, 100%, would have made the group look certain and its giver perfect."""
    give("amina", universe.weir, 60, 30, 10)
    given_ago(5)
    give("omar", universe.weir, 100, 0, 0)
    given_ago(3, assessor__username="omar")
    asked(universe.scenario_set, 9)
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=ago(3), by=universe.coder, reason="Signed.")

    page = page_of(reader.get(SET))

    assert "60%" in row(page, "Half for data").text
    figure = page.one("figure", id=f"probability-{universe.scenarios['half'].pk}")
    (late,) = figure.all("li", css="late")
    day = date_format(ago(3), "j F Y")
    assert late.text.startswith(f"Not scored: given {day}, when the answer had come on {day}. 100% omar")
    assert len(figure.all("path", css="cross")) == 1
    assert [line.one("th").text for line in page.all("tr") if line.text.startswith(("amina", "omar"))] == [
        "amina"
    ]
    assert "3 numbers given later are left out." in page.text
    assert "is not scored and in no mean: a grey cross." in page.text


def test_where_every_number_came_too_late_it_does_not_say_that_nobody_assessed(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.weir, 100, 0, 0)
    asked(universe.scenario_set, 9)
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=ago(3), by=universe.coder, reason="Signed.")

    page = page_of(reader.get(SET))

    assert "No number in time" in row(page, "Half for data").text
    assert "Not assessed" not in page.text
    assert "no number that counts" in page.text
    assert "the group gives" not in page.text
    assert not page.all("h2", id="scores")
    assert "No number in time" in page_of(reader.get("/lenna/scenarios/")).text


def test_as_known_before_it_was_resolved_there_is_no_answer_and_no_score(
    universe: Universe, reader: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.weir, 70, 30, 0)
    asked(universe.scenario_set, 9)
    given_ago(5)
    before = timezone.now().isoformat()
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=ago(3), by=universe.coder, reason="Signed.")
    assert "Happened" in row(page_of(reader.get(SET)), "Half for data").text

    page = page_of(reader.get(SET, {"known": before}))

    assert "Happened" not in row(page, "Half for data").text
    assert not page.all("h2", id="scores")
    assert "Happened" not in page_of(reader.get(f"{SET}half/", {"known": before})).text


def test_endings_that_can_happen_together_are_named_on_the_page_of_an_exclusive_set(
    universe: Universe, reader: Client
) -> None:
    assert "is to happen, yet" not in page_of(reader.get(SET)).text
    remove(universe.scenarios["half"].outcomes.get(issue=universe.flow), by=universe.coder, reason="x")
    remove(universe.scenarios["dam"].outcomes.get(issue=universe.data), by=universe.coder, reason="x")

    page = page_of(reader.get(SET))

    assert (
        "Half for data and The dam as planned settle no issue differently, so that both can happen."
        in page.one("div", css="notice").text
    )
    past(ScenarioSet.objects).update(exclusive=False)
    assert "settle no issue differently" not in page_of(reader.get(SET)).text


def test_an_ending_that_is_known_to_cross_none_is_not_said_to_cross_the_fewest(
    universe: Universe, reader: Client
) -> None:
    """A line without limits may be crossed too: what is known is all that is told."""
    for name in ("ford", "weir"):
        line = universe.at("cadria", "flow", name)
        correct(line, {"accepts_from": None, "accepts_to": None}, by=universe.coder, reason="Not stated.")

    page = page_of(reader.get(f"{SET}?summit=weir"))

    assert page.one("p", css="lede").text.startswith(
        "Half for data is known to cross the fewest red lines: "
        "no line with limits is crossed; 2 lines have no limits."
    )
    assert "No line with limits is crossed; 2 lines have no limits" in row(page, "Half for data").text
    assert "for sure" not in page.text
    listed = page_of(reader.get("/lenna/scenarios/?summit=weir"))
    assert "No line with limits is crossed; 2 lines have no limits" in listed.text


def test_an_ending_that_settles_less_is_not_praised_for_what_it_leaves_open(
    universe: Universe, reader: Client
) -> None:
    for outcome in universe.scenarios["half"].outcomes.filter(issue=universe.flow):
        remove(outcome, by=universe.coder, reason="Open.")

    lede = page_of(reader.get(f"{SET}?summit=weir")).one("p", css="lede").text

    assert "2 lines are on issues" not in lede
    assert "1 line is on an issue that it leaves open." in lede
    assert "one that settles less is known to cross less." in lede
