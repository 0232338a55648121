"""Giving one's probabilities on the page, and not seeing the others' before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from issues.domain.span import day_in_words
from issues.models import Assessment, ScenarioSet, Summit
from issues.tests.hindsight import ago, asked
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.scenarios.conftest import SET, member
from issues.tests.views.scenarios.refused import errors

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


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((50, 30, 15), "Total: 95 of 100 · 5 still to give"),
        ((50, 30, 30), "Total: 110 of 100 · 10 too many"),
        ((50, "much", ""), "Total: 50 of 100 · 50 still to give"),
        ((50, 30, 200), "Total: 80 of 100 · 20 still to give"),
    ],
)
def test_the_total_is_told_as_far_as_the_numbers_can_be_read(
    universe: Universe, amina: Client, values: tuple[Any, ...], told: str
) -> None:
    assert total(page_of(amina.post(f"{SET}assess/", typed(universe, *values)))) == told


def test_the_total_of_one_s_own_last_numbers_is_told_when_the_page_is_opened(
    universe: Universe, amina: Client, give: Callable[..., None]
) -> None:
    assert total(page_of(amina.get(f"{SET}assess/"))) == "Total: 0 of 100 · 100 still to give"
    give("amina", universe.weir, 60, 30, 10.4)

    assert total(page_of(amina.get(f"{SET}assess/"))) == "Total: 100.4 of 100 · ✓ adds up"


def test_of_endings_that_stand_for_themselves_no_total_is_made(universe: Universe, amina: Client) -> None:
    past(ScenarioSet.objects).update(exclusive=False)

    assert not page_of(amina.get(f"{SET}assess/")).all("p", css="total")


def total(page: Node) -> str:
    """The total as it is seen: without what is hidden."""
    line = page.one("p", css="total")
    hidden = [item.text for item in line.all("span") if "hidden" in item.attrs]
    told = line.text
    for words in hidden:
        told = told.replace(words, "")
    return " ".join(told.split())


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
    assert offered == ["Delta meeting", "Weir meeting", "Mill meeting", "Ford meeting", "a day, given below"]


def test_a_round_that_is_over_is_not_offered(
    universe: Universe, amina: Client, give: Callable[..., None]
) -> None:
    give("omar", universe.weir, 60, 30, 10)

    page = page_of(amina.get(f"{SET}assess/"))

    assert [item.attrs["value"] for item in page.one("select", name="after").all("option")] == [
        "delta",
        "weir",
        "by-date",
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

    assert not {"61.25", "28.75", "omar’s reason"} & {
        found for found in ("61.25", "28.75", "omar’s reason") if found in content
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


def by_date(universe: Universe, day: Any, *values: Any) -> dict[str, Any]:
    return typed(universe, *values, after="by-date", as_of=day.isoformat() if day else "")


def test_a_round_is_given_by_date_after_the_last_meeting(
    universe: Universe, amina: Client, omar: Client, give: Callable[..., None]
) -> None:
    long_ago(universe)
    give("omar", universe.delta, 50, 30, 20)

    assert amina.post(f"{SET}assess/", by_date(universe, ago(9), 40, 40, 20)).status_code == 302
    assert amina.post(f"{SET}assess/", by_date(universe, ago(2), 30, 50, 20)).status_code == 302

    told = [item.text for item in page_of(amina.get(SET)).all("p", css="sentence")]
    assert [words for words in told if "50%" in words] == [
        "After Delta meeting: 50%, roughly even chance",
        f"On {day_in_words(ago(2))}, after Delta meeting: 50%, roughly even chance",
    ]
    page = page_of(amina.get(f"{SET}assess/"))
    assert page.one("select", name="after").one("option", selected="").attrs["value"] == "by-date"
    assert page.one("input", name="as_of").attrs["value"] == ago(2).isoformat()
    assert "You will see them when you have given yours" in page_of(omar.get(SET)).text
    late = amina.post(f"{SET}assess/", by_date(universe, ago(9), 40, 40, 20))
    assert errors(late) == [f"Day: The round of {day_in_words(ago(9))} is over: a later one has begun."]
    over = amina.post(f"{SET}assess/", typed(universe, 40, 40, 20))
    assert errors(over) == ["After: The round after Delta meeting is over: a later one has begun."]


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (None, "Day: Say of which day."),
        (-2, "Day: This day is still to come."),
        (31, "Day: The question is asked from"),
        (400, "Day: No meeting after which a round can still be was held by this day."),
    ],
)
def test_a_day_on_which_no_round_can_be_is_refused_with_its_field(
    universe: Universe, amina: Client, days: int | None, error: str
) -> None:
    long_ago(universe)
    day = None if days is None else ago(days)

    response = amina.post(f"{SET}assess/", by_date(universe, day, 40, 40, 20))

    assert response.status_code == 422
    assert [told.startswith(error) for told in errors(response)] == [True]


def test_a_day_beside_a_meeting_is_asked_about(universe: Universe, amina: Client) -> None:
    response = amina.post(f"{SET}assess/", typed(universe, 50, 30, 20, as_of=ago(1).isoformat()))

    assert errors(response) == ["After: A day is given: choose “a day, given below”, or leave the day out."]


def long_ago(universe: Universe) -> None:
    """All meetings lie behind us, and the question was asked thirty days ago."""
    for place, summit in enumerate(Summit.objects.filter(process=universe.process).order_by("-starts_on")):
        past(Summit.objects.filter(pk=summit.pk)).update(starts_on=ago(40 + place), ends_on=None)
    asked(universe.scenario_set, 30)
