"""Words of pages that were wrong of one, of none, or doubled."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from issues.history import Way, recording
from issues.models import ScenarioOutcome, ScenarioSet, Summit
from issues.templatetags.said import coding
from issues.templatetags.shown import no_page
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.scenarios.conftest import SET, give, member  # noqa: F401 -- give is a fixture


def settle_nothing(scenario: str) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for outcome in ScenarioOutcome.objects.filter(scenario__slug=scenario):
            outcome.delete()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("exclusive", "count", "words"),
    [
        (True, 0, "Exactly one ending happens, and none is on record yet, by"),
        (True, 1, "Exactly one ending happens, and only one is on record yet, by"),
        (True, 3, "Exactly one of 3 endings happens by"),
        (False, 0, "No endings by"),
        (False, 1, "1 ending, a question of its own, by"),
        (False, 2, "2 endings, each a question of its own, by"),
    ],
)
def test_endings_are_counted_of_one_as_of_many(exclusive: bool, count: int, words: str) -> None:
    context = {"set": ScenarioSet(exclusive=exclusive), "count": count}
    assert flat(render_to_string("components/endings_counted.html", context)) == words


@pytest.mark.parametrize("name", ["Delta meeting", "Delta meeting (not held)"])
def test_that_a_summit_was_not_held_is_said_once(universe: Universe, reader: Client, name: str) -> None:
    past(Summit.objects.filter(slug="delta")).update(name=name, status="not_held")

    offered = [item.text for item in page_of(reader.get("/lenna/")).all("option") if "Delta" in item.text]
    assert offered[0] == "Delta meeting (not held)"
    (row,) = [item for item in page_of(reader.get("/lenna/summits/")).all("tr") if "Delta" in item.text]
    cell = row.all("td")[1].text
    kind = page_of(reader.get("/lenna/summits/delta/")).one("main").all("p", css="meta")[1].text
    assert {("not held" in cell), ("not held" in kind)} == {"not held" not in name}


def test_a_silence_has_no_basis(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    assert "stated publicly" in coding(no_page(), position)

    position.state, position.option, position.value = "silent", None, None
    words = flat(coding(no_page(), position))

    assert words.startswith('<p class="coding">Silent · moderate confidence')
    assert "stated publicly" not in words


def test_an_ending_that_settles_nothing_is_not_what_the_others_leave_out(
    universe: Universe, reader: Client
) -> None:
    settle_nothing("dam")

    heads = [item.text for item in page_of(reader.get(SET)).all("th", scope="row")]

    assert any("The dam as planned" in head and "settles no issue yet" in head for head in heads)
    assert [head for head in heads if "whatever the others leave out" in head] == [
        "Other whatever the others leave out"
    ]


def test_the_mark_of_the_fewest_is_on_none_where_it_would_be_on_all(
    universe: Universe, reader: Client
) -> None:
    assert "fewest known to be crossed" in page_of(reader.get(f"{SET}?summit=weir")).text
    settle_nothing("dam")

    page = page_of(reader.get(SET))

    assert "fewest" not in page.one("table", css="scenarios").text
    assert "Half for data is the only ending that settles an issue:" in page.one("p", css="lede").text


def test_a_number_that_is_not_shown_is_not_called_missing(
    universe: Universe,
    give: Callable[..., None],  # noqa: F811
) -> None:
    give("omar", universe.delta, 50, 30, 20)

    page = page_of(member("amina")[0].get(SET))

    assert page.one("table", css="scenarios").text.count("Not shown yet") == 3
    assert "that you see" not in page.text


def test_means_of_an_exclusive_question_add_up_on_the_page(
    universe: Universe,
    reader: Client,
    give: Callable[..., None],  # noqa: F811
) -> None:
    give("omar", universe.delta, 33.4, 33.3, 33.3)
    give("amina", universe.delta, 33.3, 33.4, 33.3)

    page = page_of(reader.get(SET))

    shown = [
        int(item.text.removesuffix("%")) for item in page.one("table", css="scenarios").all("b", css="chance")
    ]
    assert sum(shown) == 100
    rounds: list[Any] = [
        item.one("b").text for item in page.all("p", css="sentence") if "mean of" in item.text
    ]
    assert rounds == [f"{number}%" for number in shown]
