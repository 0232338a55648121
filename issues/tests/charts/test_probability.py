"""The picture of probabilities: every number at the day on which it was given, late ones apart."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from issues.actions.scenarios.assess import assess, resolve
from issues.charts.frame import SMALL, SPARK
from issues.charts.probability import ProbabilitySteps, probability_steps
from issues.domain.span import day_in_words
from issues.models import Assessment, Scenario, ScenarioSet, Summit
from issues.queries.reading.process import read
from issues.queries.scenarios.evaluation import evaluate, scenario_sets
from issues.tests.factories import make_user
from issues.tests.hindsight import ago, asked, given_ago
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.user import User

Give = Callable[..., None]


@pytest.fixture
def give(universe: Universe) -> Give:
    """Give numbers so many days ago."""

    def given(days: int, by: User, after: Summit, *values: float) -> None:
        before = list(Assessment.objects.values_list("pk", flat=True))
        numbers = dict(zip(universe.scenarios.values(), values, strict=True))
        assess(universe.scenario_set, numbers, after=after, rationale="x", by=by)
        made = Assessment.objects.exclude(pk__in=before).values_list("pk", flat=True)
        given_ago(days, pk__in=list(made))

    return given


def viewer() -> User:
    """One of us who gives no numbers, and sees whose each is."""
    user = make_user()
    user.groups.add(Group.objects.get(name="Viewers"))
    return User.objects.get(pk=user.pk)


def drawn(universe: Universe, name: str = "half") -> ProbabilitySteps:
    past(ScenarioSet.objects).update(closes_on=ago(0) + timedelta(days=10))
    asked(universe.scenario_set, 90)
    reading = read(universe.process)
    (found,) = evaluate(reading, scenario_sets(universe.process), universe.delta, viewer())
    picture = probability_steps(found, Scenario.objects.get(slug=name))
    assert picture is not None
    return picture


def x(days: int) -> float:
    """Where a day lies between the opening 90 days ago and the closing in 10."""
    return SMALL.x(ago(days), ago(90), ago(-10))


def test_a_number_stands_at_the_day_on_which_it_was_given_not_at_the_meeting(
    universe: Universe, give: Give
) -> None:
    amina = make_user()
    give(60, amina, universe.mill, 40, 50, 10)
    give(30, amina, universe.weir, 80, 10, 10)

    picture = drawn(universe)

    means = [step.mean for step in picture.rounds if step.mean]
    assert [(mean.x, mean.mean) for mean in means] == [(x(60), 40), (x(30), 80)]
    assert picture.path.startswith(f"M{x(60)} {SMALL.y(40)}H{x(30)}V{SMALL.y(80)}")
    assert (picture.first, picture.last) == (ago(90), ago(-10))
    assert picture.spark.startswith(f"M{SPARK.x(ago(60), ago(90), ago(-10))} ")


def test_the_mean_of_a_round_stands_at_the_day_of_its_last_number_and_people_at_their_own(
    universe: Universe, give: Give
) -> None:
    amina, omar = make_user(), make_user()
    give(60, amina, universe.mill, 40, 50, 10)
    give(50, omar, universe.mill, 60, 30, 10)
    give(30, amina, universe.weir, 80, 10, 10)

    picture = drawn(universe)

    means = [step.mean for step in picture.rounds if step.mean]
    assert [(mean.x, mean.mean) for mean in means] == [(x(50), 50), (x(30), 80)]
    assert sorted(path.split("H")[0] for path in picture.people) == sorted(
        [f"M{x(60)} {SMALL.y(40)}", f"M{x(50)} {SMALL.y(60)}"]
    )


def test_strangers_see_no_number_of_one_person_alone(universe: Universe, give: Give) -> None:
    give(60, make_user(), universe.mill, 40, 50, 10)
    give(30, make_user(), universe.weir, 80, 10, 10)
    reading = read(universe.process)
    (found,) = evaluate(reading, scenario_sets(universe.process), universe.delta, AnonymousUser())

    assert probability_steps(found, universe.scenarios["half"]) is None


def test_numbers_that_came_too_late_are_points_of_their_own_and_in_no_line(
    universe: Universe, give: Give
) -> None:
    amina, omar = make_user(), make_user()
    give(60, amina, universe.mill, 40, 50, 10)
    give(50, omar, universe.mill, 100, 0, 0)
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    asked(universe.scenario_set, 90)
    resolve(universe.scenario_set, answers, on=ago(50), by=universe.coder, reason="x")

    picture = drawn(universe)

    (step,) = picture.rounds
    assert step.mean is not None
    assert (step.mean.x, step.mean.mean) == (x(60), 40)
    assert picture.path == f"M{x(60)} {SMALL.y(40)}H{SMALL.right:g}"
    assert picture.people == []
    assert picture.late == [
        (x(50), SMALL.y(100), f"100%, given {day_in_words(ago(50))}: too late, not scored")
    ]


def test_where_all_came_too_late_there_is_no_line(universe: Universe, give: Give) -> None:
    give(50, make_user(), universe.mill, 100, 0, 0)
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    asked(universe.scenario_set, 90)
    resolve(universe.scenario_set, answers, on=ago(60), by=universe.coder, reason="x")

    picture = drawn(universe)

    assert (picture.path, picture.spark, len(picture.late)) == ("", "", 1)
    assert [step.mean for step in picture.rounds] == [None]


def test_numbers_given_after_the_closing_day_widen_the_picture(universe: Universe, give: Give) -> None:
    give(60, make_user(), universe.mill, 40, 50, 10)
    give(5, make_user(), universe.weir, 40, 50, 10)
    past(ScenarioSet.objects).update(closes_on=ago(30))
    asked(universe.scenario_set, 70)
    reading = read(universe.process)
    (found,) = evaluate(reading, scenario_sets(universe.process), universe.delta, viewer())

    picture = probability_steps(found, universe.scenarios["half"])

    assert picture is not None
    assert (picture.first, picture.last) == (ago(70), ago(5))
    assert len(picture.late) == 1
