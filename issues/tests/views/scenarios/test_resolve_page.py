"""Saying on the page what happened, and on which day."""

from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from issues.history import state_of
from issues.models import Scenario, ScenarioSet
from issues.tests.hindsight import ago, asked
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.scenarios.conftest import SET
from issues.tests.views.scenarios.refused import errors


def resolved(client: Client, *answers: str, **typed: str) -> Any:
    """Say what became of the scenarios of the set, in their order, as one who sees them now."""
    scenarios = Scenario.objects.filter(set__slug="mid-2032")
    posted = {"on": ago(0).isoformat(), "reason": "Signed.", "seen": state_of(scenarios)} | typed
    for slug, answer in zip(("half", "dam", "other"), answers, strict=False):
        posted[f"resolution-{scenarios.get(slug=slug).pk}"] = answer
    return client.post(f"{SET}resolve/", posted)


def test_when_history_has_answered_nothing_is_asked(universe: Universe, amina: Client) -> None:
    assert resolved(amina, "happened", "did_not", "did_not").status_code == 302

    page = page_of(amina.get(f"{SET}assess/"))

    assert "History has answered" in page.text
    assert not page.all("input", type="number")
    assert amina.post(f"{SET}assess/", {"after": "delta", "rationale": "x"}).status_code == 422


def test_a_resolution_with_two_that_happened_is_refused(universe: Universe, amina: Client) -> None:
    response = resolved(amina, "happened", "happened", "happened")

    assert errors(response) == ["Exactly one of these endings happened, or all are void; not 3."]
    assert not Scenario.objects.exclude(resolved="").exists()


def test_a_resolution_without_any_answer_asks_for_one(universe: Universe, amina: Client) -> None:
    assert errors(resolved(amina)) == ["Say of one ending at least what became of it."]


def test_where_one_ending_happened_the_others_are_filled_in_and_shown_before_anything_is_stored(
    universe: Universe, amina: Client
) -> None:
    page = page_of(response := resolved(amina, "", "happened"))

    assert response.status_code == 200
    assert page.one("p", id="filled").text == (
        "One ending happened, so the others did not: Half for data, Other. Filled in below, nothing is "
        "stored yet: look at it, then save."
    )
    assert chosen(page) == ["did not happen", "happened", "did not happen"]
    assert page.one("textarea").text == "Signed."
    assert set(answers().values()) == {("", None)}

    assert resolved(amina, "did_not", "happened", "did_not").status_code == 302
    assert {slug: answer for slug, (answer, _) in answers().items()} == {
        "half": "did_not",
        "dam": "happened",
        "other": "did_not",
    }


def test_an_answer_that_was_given_is_not_filled_over(universe: Universe, amina: Client) -> None:
    assert chosen(page_of(resolved(amina, "happened", "void"))) == ["happened", "void", "did not happen"]


def test_an_ending_is_ruled_out_while_the_others_stay_open_and_keeps_its_day(
    universe: Universe, amina: Client
) -> None:
    asked(universe.scenario_set, 30)

    assert resolved(amina, "", "did_not", on=ago(9).isoformat()).status_code == 302
    assert answers() == {"half": ("", None), "dam": ("did_not", ago(9)), "other": ("", None)}
    page = page_of(amina.get(f"{SET}assess/"))
    assert [item.text for item in page.all("legend")] == ["Half for data", "Other"]
    half, other = (f"probability-{universe.scenarios[slug].pk}" for slug in ("half", "other"))
    numbers = {half: "60", other: "40", "after": "delta", "rationale": "x"}
    assert amina.post(f"{SET}assess/", numbers).status_code == 302

    assert resolved(amina, "happened", "did_not", "did_not", on=ago(2).isoformat()).status_code == 302
    assert answers() == {
        "half": ("happened", ago(2)),
        "dam": ("did_not", ago(9)),
        "other": ("did_not", ago(2)),
    }


def test_all_that_did_not_happen_leaves_none_that_did(universe: Universe, amina: Client) -> None:
    assert errors(resolved(amina, "did_not", "did_not", "did_not")) == [
        "Exactly one of these endings happened, or all are void; not none."
    ]


def test_what_was_answered_too_early_is_opened_again(universe: Universe, amina: Client) -> None:
    resolved(amina, "happened", "did_not", "did_not")

    assert resolved(amina, "", "", "", on="").status_code == 302

    assert set(answers().values()) == {("", None)}


def chosen(page: Node) -> list[str]:
    """What the selects of a page show."""
    return [select.one("option", selected="").text for select in page.all("select")]


def test_what_another_said_meanwhile_is_told_and_not_written_over(universe: Universe, amina: Client) -> None:
    before = page_of(amina.get(f"{SET}resolve/")).one("input", name="seen").attrs["value"]
    assert resolved(amina, "void", "void", "void").status_code == 302

    response = resolved(amina, "happened", "did_not", "void", seen=before)

    assert response.status_code == 409
    assert errors(response) == [
        "Someone changed these endings meanwhile. Save again to keep what you typed.",
        "Half for data: Stored now: void",
        "The dam as planned: Stored now: void",
    ]
    assert set(Scenario.objects.values_list("resolved", flat=True)) == {"void"}
    now = page_of(response).one("input", name="seen").attrs["value"]
    assert resolved(amina, "happened", "did_not", "void", seen=now).status_code == 302


def test_an_ending_that_stands_for_itself_keeps_the_day_on_which_it_was_decided(
    universe: Universe, amina: Client
) -> None:
    past(ScenarioSet.objects).update(exclusive=False, opened_on=ago(30))
    half, dam = (f"on-{universe.scenarios[slug].pk}" for slug in ("half", "dam"))
    resolved(amina, "happened", "", "", **{half: ago(9).isoformat()})

    resolved(amina, "happened", "did_not", "", **{half: ago(9).isoformat(), dam: ago(2).isoformat()})

    assert answers() == {"half": ("happened", ago(9)), "dam": ("did_not", ago(2)), "other": ("", None)}


def test_a_wrong_day_alone_is_put_right(universe: Universe, amina: Client) -> None:
    asked(universe.scenario_set, 30)
    resolved(amina, "happened", "did_not", "did_not")
    page = page_of(amina.get(f"{SET}resolve/"))
    assert page.one("input", name="on").attrs["value"] == ago(0).isoformat()

    resolved(amina, "happened", "did_not", "did_not", on=ago(9).isoformat())

    assert {day for _, day in answers().values()} == {ago(9)}

    past(ScenarioSet.objects).update(exclusive=False)
    half, dam, other = (f"on-{item.pk}" for item in universe.scenarios.values())
    kept = {name: ago(9).isoformat() for name in (dam, other)}
    resolved(amina, "happened", "did_not", "did_not", **kept, **{half: ago(12).isoformat()})

    assert [day for _, day in answers().values()] == [ago(12), ago(9), ago(9)]


def test_the_form_asks_for_the_day_of_the_ending_and_not_of_the_click(
    universe: Universe, amina: Client
) -> None:
    asked(universe.scenario_set, 30)

    page = page_of(amina.get(f"{SET}resolve/"))

    assert "Day on which it happened" in page.text
    asked_on = date_format(ago(30), "j F Y")
    assert f"itself, from {asked_on}, when the question was asked, to today" in page.text
    assert "not the day on which you say so" in page.text
    assert "value" not in page.one("input", name="on").attrs


@pytest.mark.parametrize(
    ("days", "why"),
    [(-2, "This day is still to come"), (31, "The question was asked on"), (None, "required")],
)
def test_a_day_outside_of_the_question_s_life_is_refused_with_its_field(
    universe: Universe, amina: Client, days: int | None, why: str
) -> None:
    asked(universe.scenario_set, 30)
    day = "" if days is None else ago(days).isoformat()

    response = resolved(amina, "happened", "did_not", "did_not", on=day)

    assert response.status_code == 422
    (error,) = errors(response)
    assert error.startswith("Day on which it happened: ")
    assert why in error
    assert set(answers().values()) == {("", None)}


def test_where_each_ending_stands_for_itself_its_day_is_refused_at_its_own_field(
    universe: Universe, amina: Client
) -> None:
    past(ScenarioSet.objects).update(exclusive=False)
    half, dam, other = (f"on-{item.pk}" for item in universe.scenarios.values())

    response = resolved(
        amina, "happened", "", "did_not", **{half: ago(-2).isoformat(), dam: ago(0).isoformat()}
    )

    assert response.status_code == 422
    assert errors(response) == ["The dam as planned: Say what became of it on this day."]

    response = resolved(amina, "happened", "", "did_not", **{half: ago(-2).isoformat(), other: ""})

    assert errors(response) == [
        "Day of “Half for data”: This day is still to come, so nothing has come about on it.",
        "Day of “Other”: Say on which day.",
    ]


def answers() -> dict[str, tuple[str, Any]]:
    """By ending, what is stored of its fate and its day."""
    return {item.slug: (item.resolved, item.resolved_on) for item in Scenario.objects.order_by("pk")}
