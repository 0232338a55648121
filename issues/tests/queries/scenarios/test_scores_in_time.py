"""Scores without hindsight: what was given too late is in none."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from issues.actions.scenarios.assess import assess, resolve
from issues.actions.scenarios.build import add_scenario, add_set
from issues.models import Assessment, Scenario, ScenarioSet
from issues.queries.scenarios.answers import answers
from issues.queries.scenarios.rounds import rounds
from issues.queries.scenarios.scores import scores
from issues.tests.factories import make_user
from issues.tests.hindsight import ago, asked, given_ago
from issues.tests.past import past
from issues.tests.queries.scenarios.scoring import Give, answer, answer_on, scored
from issues.tests.universe import Universe
from issues.user import User

ANSWERS = ("happened", "did_not", "did_not")


def viewer() -> User:
    """One of us who gives no numbers, and sees whose each is."""
    user = make_user()
    user.groups.add(Group.objects.get(name="Viewers"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def give_ago(give: Give) -> Give:
    """Give numbers so many days ago."""

    def given(days: int, *how: Any) -> None:
        before = set(Assessment.objects.values_list("pk", flat=True))
        give(*how)
        made = Assessment.objects.exclude(pk__in=before).values_list("pk", flat=True)
        given_ago(days, pk__in=list(made))

    return given


def test_a_number_of_the_day_of_the_ending_is_not_scored_and_one_of_the_day_before_is(
    universe: Universe, give_ago: Give
) -> None:
    give_ago(11, make_user(username="before"), universe.weir, 60, 40, 0)
    give_ago(10, make_user(username="same-day"), universe.weir, 100, 0, 0)
    give_ago(5, make_user(username="after"), universe.weir, 100, 0, 0)
    answer_on(universe, ago(10), *ANSWERS)

    found = scored(universe.scenario_set)

    assert found is not None
    assert [person.username for person, _ in found.people] == ["before"]
    assert found.late == 6
    assert found.group.n == 3
    assert found.group.brier == pytest.approx((0.16 + 0.16 + 0) / 3)
    assert sum(item.n for item in found.bins) == 3


def test_a_late_number_does_not_take_the_place_of_the_last_that_was_in_time(
    universe: Universe, give_ago: Give
) -> None:
    """The careless score takes the last number of all, 100%, and calls amina perfect."""
    amina, omar = make_user(username="amina"), make_user(username="omar")
    give_ago(20, amina, universe.weir, 10, 80, 10)
    give_ago(15, amina, universe.weir, 20, 70, 10)
    give_ago(15, omar, universe.weir, 50, 40, 10)
    give_ago(3, amina, universe.weir, 100, 0, 0)
    answer_on(universe, ago(10), *ANSWERS)

    found = scored(universe.scenario_set)

    assert found is not None
    by_name = {person.username: score for person, score in found.people}
    assert by_name["amina"].brier == pytest.approx((0.64 + 0.49 + 0.01) / 3)
    assert [person.username for person, _ in found.people] == ["omar", "amina"]
    assert found.group.brier == pytest.approx((0.65**2 + 0.55**2 + 0.01) / 3)


def test_entering_the_answer_late_does_not_let_hindsight_in(universe: Universe, give_ago: Give) -> None:
    """What decides is the day of the ending, not the day on which somebody says so."""
    give_ago(2, make_user(), universe.weir, 100, 0, 0)
    answer_on(universe, ago(10), *ANSWERS)

    assert scored(universe.scenario_set) is None


def test_resolving_again_with_another_day_scores_anew(universe: Universe, give_ago: Give) -> None:
    give_ago(12, make_user(), universe.weir, 60, 40, 0)
    answer_on(universe, ago(10), *ANSWERS)
    assert scored(universe.scenario_set) is not None

    answer_on(universe, ago(15), *ANSWERS)
    assert scored(universe.scenario_set) is None

    answer_on(universe, ago(5), "did_not", "happened", "did_not")
    found = scored(universe.scenario_set)
    assert found is not None
    assert found.group.brier == pytest.approx((0.36 + 0.36 + 0) / 3)


def test_of_an_exclusive_set_nothing_is_open_any_more_when_one_ending_has_happened(
    universe: Universe, give_ago: Give
) -> None:
    """Another ending that is said to have failed only later was lost on that day already."""
    give_ago(12, make_user(username="before"), universe.weir, 60, 40, 0)
    give_ago(5, make_user(username="after"), universe.weir, 100, 0, 0)
    answer_on(universe, ago(10), *ANSWERS)
    past(Scenario.objects.filter(resolved="did_not")).update(resolved_on=ago(1))

    found = scored(universe.scenario_set)

    assert found is not None
    assert [person.username for person, _ in found.people] == ["before"]


def test_where_each_ending_stands_for_itself_each_has_its_own_day(universe: Universe) -> None:
    by = make_user()
    loose = ScenarioSet(
        process=universe.process, question="What else?", closes_on=date(2032, 6, 30), exclusive=False
    )
    add_set(loose, by=by, reason="x")
    gauge, pump = (
        add_scenario(Scenario(set=loose, name=name), {}, by=by, reason="x") for name in ("A gauge", "A pump")
    )
    assess(loose, {gauge: 70, pump: 30}, after=universe.weir, rationale="x", by=by)
    given_ago(10)
    asked(loose, 30)

    resolve(loose, {gauge: "happened", pump: "did_not"}, on={gauge: ago(10), pump: ago(9)}, by=by, reason="x")

    fresh = ScenarioSet.objects.prefetch_related("scenarios").get(pk=loose.pk)
    found = scores(fresh, rounds([fresh], by)[fresh.pk])
    assert found is not None
    assert found.group.brier == pytest.approx(0.09)
    assert (found.group.n, found.late) == (1, 1)


def test_the_baseline_shares_among_all_endings_that_are_not_void(universe: Universe, give: Give) -> None:
    give(make_user(), universe.weir, 50, 50, 0)
    answer(universe, "happened", "void", "did_not")

    found = scored(universe.scenario_set)

    assert found is not None
    assert found.group.reference == pytest.approx((0.25 + 0.25) / 2)

    past(Scenario.objects.filter(slug="other")).update(resolved="", resolved_on=None)
    past(ScenarioSet.objects).update(closes_on=ago(1))

    found = scored(universe.scenario_set)
    assert found is not None
    assert found.group.reference == pytest.approx(0.25)


def test_the_group_s_mean_is_made_of_what_was_given_in_time(universe: Universe, give_ago: Give) -> None:
    give_ago(12, make_user(), universe.weir, 60, 40, 0)
    give_ago(5, make_user(), universe.weir, 100, 0, 0)
    answer_on(universe, ago(10), *ANSWERS)
    fresh = ScenarioSet.objects.prefetch_related("scenarios").get(pk=universe.scenario_set.pk)

    (found,) = rounds([fresh], viewer())[fresh.pk]

    half = universe.scenarios["half"]
    spread = found.spread(half)
    assert spread is not None
    assert (spread.mean, spread.n) == (60, 1)
    assert [item.probability for item in found.late(half)] == [100]
    assert len(found.given) == 6


def test_as_known_before_the_answer_a_number_that_is_late_today_still_counts(
    universe: Universe, give_ago: Give
) -> None:
    give_ago(5, make_user(), universe.weir, 60, 40, 0)
    before = timezone.now()
    answer_on(universe, ago(10), *ANSWERS)
    fresh = ScenarioSet.objects.prefetch_related("scenarios").get(pk=universe.scenario_set.pk)

    then, now = answers([fresh], before), answers([fresh], timezone.now())

    assert {item.resolved for item in then.values()} == {""}
    assert now == answers([fresh], None)
    half = universe.scenarios["half"]
    (shown,) = rounds([fresh], viewer(), known=before, answered=then)[fresh.pk]
    assert shown.spread(half) is not None
    (shown,) = rounds([fresh], viewer(), known=timezone.now(), answered=now)[fresh.pk]
    assert shown.spread(half) is None


def test_a_void_set_takes_no_number_for_late(universe: Universe, give_ago: Give) -> None:
    give_ago(5, make_user(), universe.weir, 60, 40, 0)
    answer_on(universe, ago(10), "void", "void", "void")
    fresh = ScenarioSet.objects.prefetch_related("scenarios").get(pk=universe.scenario_set.pk)

    (shown,) = rounds([fresh], AnonymousUser())[fresh.pk]

    assert shown.late(universe.scenarios["half"]) == []
    assert scored(universe.scenario_set) is None
