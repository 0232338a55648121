"""Giving one's probabilities on the page, and not seeing the others' before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from issues.history import state_of
from issues.models import Assessment, Scenario, ScenarioSet
from issues.tests.hindsight import ago, asked
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.scenarios.conftest import SET, member
from issues.tests.views.scenarios.test_build import errors

SECRET = 61.25


def typed(universe: Universe, *values: Any, **more: Any) -> dict[str, Any]:
    numbers = {
        f"probability-{item.pk}": value
        for item, value in zip(universe.scenarios.values(), values, strict=True)
    }
    return {"after": "delta", "rationale": "As it looks."} | numbers | more


def test_numbers_are_given_in_one_act(universe: Universe, amina: Client) -> None:
    response = amina.post(f"{SET}assess/", typed(universe, 50, "30.5", 19.5))

    assert response["Location"] == f"{SET}#assessments"
    assert [item.probability for item in Assessment.objects.order_by("scenario__order")] == [19.5, 50, 30.5]
    assert {item.assessor.username for item in Assessment.objects.all()} == {"amina"}


def test_a_set_at_95_is_refused_and_says_what_the_numbers_add_up_to(
    universe: Universe, amina: Client
) -> None:
    response = amina.post(f"{SET}assess/", typed(universe, 50, 30, 15))

    assert response.status_code == 422
    (error,) = errors(response)
    assert error.endswith("these add up to 95.")
    page = page_of(response)
    assert page.one("input", name=f"probability-{universe.scenarios['half'].pk}").attrs["value"] == "50"


@pytest.mark.parametrize("value", ["-1", "101", "nan", "inf", "", "much"])
def test_a_number_that_is_no_probability_is_refused_with_its_field(
    universe: Universe, amina: Client, value: str
) -> None:
    response = amina.post(f"{SET}assess/", typed(universe, value, 60, 40))

    assert response.status_code == 422
    assert any(error.startswith("Half for data: ") for error in errors(response))
    assert not Assessment.objects.exists()


def test_only_meetings_that_were_held_are_offered_the_latest_first(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}assess/"))

    offered = [item.text for item in page.one("select", name="after").all("option")]
    assert offered == ["Delta meeting", "Weir meeting", "Mill meeting", "Ford meeting"]


def test_a_round_that_is_over_is_not_offered(
    universe: Universe, amina: Client, give: Callable[..., None]
) -> None:
    give("omar", universe.weir, 60, 30, 10)

    page = page_of(amina.get(f"{SET}assess/"))

    assert [item.attrs["value"] for item in page.one("select", name="after").all("option")] == [
        "delta",
        "weir",
    ]
    assert amina.post(f"{SET}assess/", typed(universe, 50, 30, 20, after="mill")).status_code == 422


def test_one_begins_from_one_s_own_last_numbers(
    universe: Universe, amina: Client, give: Callable[..., None]
) -> None:
    give("amina", universe.weir, SECRET, 28.75, 10)

    page = page_of(amina.get(f"{SET}assess/"))

    assert page.one("input", name=f"probability-{universe.scenarios['half'].pk}").attrs["value"] == str(
        SECRET
    )


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


def test_a_resolution_without_an_answer_names_the_ending(universe: Universe, amina: Client) -> None:
    response = resolved(amina)

    assert "Half for data: Say what became of it." in errors(response)


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
    assert f"The day of the ending itself, from {ago(30)}, when the question was asked, to today" in page.text
    assert "not the day on which you say so" in page.text
    assert "value" not in page.one("input", name="on").attrs


@pytest.mark.parametrize(
    ("days", "why"),
    [(-1, "This day is still to come"), (31, "The question was asked on"), (None, "required")],
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
        amina, "happened", "", "did_not", **{half: ago(-1).isoformat(), dam: ago(0).isoformat()}
    )

    assert response.status_code == 422
    assert errors(response) == ["The dam as planned: Say what became of it on this day."]

    response = resolved(amina, "happened", "", "did_not", **{half: ago(-1).isoformat(), other: ""})

    assert errors(response) == [
        "Day of “Half for data”: This day is still to come, so nothing has come about on it.",
        "Day of “Other”: Say on which day.",
    ]


def answers() -> dict[str, tuple[str, Any]]:
    """By ending, what is stored of its fate and its day."""
    return {item.slug: (item.resolved, item.resolved_on) for item in Scenario.objects.order_by("pk")}


EVERYWHERE = [
    "/lenna/scenarios/",
    SET,
    f"{SET}half/",
    f"{SET}assess/",
    f"{SET}half/edit/",
    f"{SET}new/?copy=half",
    "/lenna/changes/",
    "/lenna/changes/?tab=record",
    "/lenna/changes.csv",
    "/lenna/changes.atom",
    "/history/scenarioset/{set}/",
    "/history/scenario/{half}/",
    "/search/?q=omar",
    "/search/?q=61",
    "/admin/issues/assessment/",
    "/admin/issues/changeset/",
    "/admin/issues/scenario/",
    "/admin/",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_nowhere_are_the_numbers_of_others_before_one_s_own(
    universe: Universe, give: Callable[..., None], address: str
) -> None:
    client, user = member("amina", "Editors")
    past(type(user).objects.filter(pk=user.pk)).update(is_staff=True)
    give("omar", universe.delta, SECRET, 28.75, 10)

    keys = {"set": universe.scenario_set.pk, "half": universe.scenarios["half"].pk}
    response = client.get(address.format(**keys))
    assert response.status_code == 200
    content = response.getvalue().decode()

    assert not {"61.25", "28.75", "61%", "29%", "omar’s reason"} & {
        found for found in ("61.25", "28.75", "61%", "29%", "omar’s reason") if found in content
    }


def test_single_assessments_of_others_cannot_be_opened_in_the_admin(
    universe: Universe, give: Callable[..., None]
) -> None:
    client, user = member("amina", "Editors")
    past(type(user).objects.filter(pk=user.pk)).update(is_staff=True)
    give("omar", universe.delta, SECRET, 28.75, 10)
    pk = Assessment.objects.first().pk  # type: ignore[union-attr]

    response = client.get(f"/admin/issues/assessment/{pk}/change/")
    assert response.status_code == 302
    assert response["Location"] == "/admin/"

    give("amina", universe.delta, 50, 40, 10)

    assert "61.25" in client.get("/admin/issues/assessment/").content.decode()
    assert client.get(f"/admin/issues/assessment/{pk}/change/").status_code == 200
    assert client.post(f"/admin/issues/assessment/{pk}/change/", {"probability": 1}).status_code == 403
    assert client.post(f"/admin/issues/assessment/{pk}/delete/", {"post": "yes"}).status_code == 403


def test_who_gave_numbers_is_not_told_either_but_how_many(
    universe: Universe, amina: Client, give: Callable[..., None]
) -> None:
    give("omar", universe.delta, SECRET, 28.75, 10)

    page = page_of(amina.get(SET))

    assert "1 person has given numbers after Delta meeting." in page.one("p", css="notice").text
    assert "omar" not in page.text
    assert f"{SET}assess/" in page.links


def test_after_one_s_own_the_others_are_shown(
    universe: Universe, amina: Client, give: Callable[..., None]
) -> None:
    give("omar", universe.delta, SECRET, 28.75, 10)
    amina.post(f"{SET}assess/", typed(universe, 50, 30, 20))

    page = page_of(amina.get(SET))

    assert "61.25% omar: omar’s reason." in page.text
    assert not page.all("p", css="notice")
