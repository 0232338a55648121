"""Numbers that are given to endings, and what history answered."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import AnonymousUser

from issues.actions.scenarios.assess import resolve
from issues.models import Scenario, ScenarioSet
from issues.queries.scenarios.rounds import rounds
from issues.queries.scenarios.scores import Scores, scores
from issues.tests.hindsight import ago, asked, given_ago
from issues.tests.universe import Universe

Give = Callable[..., None]


def answer(universe: Universe, *answers: str) -> None:
    given_ago(20)
    answer_on(universe, ago(10), *answers)


def answer_on(universe: Universe, day: date, *answers: str) -> None:
    """Say what became of the scenarios on a day, whenever the numbers were given."""
    asked(universe.scenario_set, 30)
    fresh = [Scenario.objects.get(pk=item.pk) for item in universe.scenarios.values()]
    said = dict(zip(fresh, answers, strict=True))
    resolve(universe.scenario_set, said, on=day, by=universe.coder, reason="x")


def scored(found: ScenarioSet) -> Scores | None:
    fresh = ScenarioSet.objects.prefetch_related("scenarios").get(pk=found.pk)
    return scores(fresh, rounds([fresh], AnonymousUser())[fresh.pk])
