"""Scores of a set: whose numbers count, against which baseline, and which are left out."""

from datetime import date

import pytest

from issues.actions.scenarios.assess import assess, resolve
from issues.actions.scenarios.build import add_scenario, add_set
from issues.models import Scenario, ScenarioSet
from issues.queries.scenarios.rounds import rounds
from issues.queries.scenarios.scores import scores
from issues.tests.factories import make_user
from issues.tests.hindsight import ago, asked, given_ago
from issues.tests.past import past
from issues.tests.queries.scenarios.scoring import Give, answer, scored
from issues.tests.universe import Universe


def test_nothing_is_scored_before_history_has_answered(universe: Universe, give: Give) -> None:
    give(make_user(), universe.weir, 70, 30, 0)

    assert scored(universe.scenario_set) is None


def test_the_last_number_of_each_round_counts_and_the_group_is_scored_by_its_mean(
    universe: Universe, give: Give
) -> None:
    amina, omar = make_user(username="amina"), make_user(username="omar")
    give(amina, universe.weir, 0, 100, 0)
    give(amina, universe.weir, 80, 20, 0)
    give(omar, universe.weir, 40, 60, 0)
    give(amina, universe.delta, 100, 0, 0)
    answer(universe, "happened", "did_not", "did_not")

    found = scored(universe.scenario_set)

    assert found is not None
    by_name = {person.username: score for person, score in found.people}
    assert by_name["amina"].brier == pytest.approx((0.04 + 0.04 + 0 + 0 + 0 + 0) / 6)
    assert by_name["amina"].n == 6
    assert by_name["omar"].brier == pytest.approx((0.36 + 0.36 + 0) / 3)
    assert found.group.brier == pytest.approx((0.16 + 0.16 + 0 + 0 + 0 + 0) / 6)
    assert [person.username for person, _ in found.people] == ["amina", "omar"]


def test_the_baseline_gives_each_scenario_of_an_exclusive_set_the_same_share(
    universe: Universe, give: Give
) -> None:
    give(make_user(), universe.weir, 100 / 3, 100 / 3, 100 / 3)
    answer(universe, "happened", "did_not", "did_not")

    found = scored(universe.scenario_set)

    assert found is not None
    assert found.group.reference == pytest.approx((4 / 9 + 1 / 9 + 1 / 9) / 3)
    assert found.group.skill == pytest.approx(0)


def test_numbers_given_after_the_question_closed_and_examples_do_not_count(
    universe: Universe, give: Give
) -> None:
    give(make_user(), universe.weir, 70, 30, 0, is_example=True)
    give(make_user(), universe.weir, 50, 30, 20)
    answer(universe, "happened", "did_not", "did_not")
    found = scored(universe.scenario_set)
    assert found is not None
    assert (found.group.n, found.late) == (3, 0)
    assert found.group.brier == pytest.approx((0.25 + 0.09 + 0.04) / 3)

    past(ScenarioSet.objects.filter(pk=universe.scenario_set.pk)).update(closes_on=ago(21))

    assert scored(universe.scenario_set) is None


def test_a_void_set_is_not_scored(universe: Universe, give: Give) -> None:
    give(make_user(), universe.weir, 70, 30, 0)
    answer(universe, "void", "void", "void")

    assert scored(universe.scenario_set) is None


def test_questions_of_their_own_are_scored_as_they_are_answered_against_one_half(universe: Universe) -> None:
    by = make_user()
    loose = ScenarioSet(
        process=universe.process, question="What else?", closes_on=date(2032, 6, 30), exclusive=False
    )
    add_set(loose, by=by, reason="x")
    gauge, pump, lock = (
        add_scenario(Scenario(set=loose, name=name), {}, by=by, reason="x")
        for name in ("A gauge", "A pump", "A lock")
    )
    assess(loose, {gauge: 70, pump: 30, lock: 99}, after=universe.weir, rationale="x", by=by)
    said = {gauge: "happened", pump: "void", lock: ""}

    asked(loose, 30)
    given_ago(20)
    resolve(loose, said, on=ago(10), by=by, reason="x")

    fresh = ScenarioSet.objects.prefetch_related("scenarios").get(pk=loose.pk)
    found = scores(fresh, rounds([fresh], by)[fresh.pk])
    assert found is not None
    assert found.group.brier == pytest.approx(0.09)
    assert found.group.reference == pytest.approx(0.25)
    assert (found.scenarios, found.group.n) == (1, 1)
