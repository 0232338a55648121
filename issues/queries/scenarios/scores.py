"""How good the assessors of a set were, once history has answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from issues.domain.scoring import Bin, Forecast, Score, calibration, score
from issues.models import Scenario, ScenarioSet
from issues.models.scenario import Resolution
from issues.queries.scenarios.rounds import Round
from issues.user import User


@dataclass(frozen=True)
class Scores:
    """Brier scores and calibration of a resolved set. ``late`` numbers were given too late to count."""

    people: list[tuple[User, Score]]
    group: Score
    bins: list[Bin]
    scenarios: int
    late: int


def scores(scenario_set: ScenarioSet, rounds: Iterable[Round]) -> Scores | None:
    """Score the last number that each person gave in time in each round (:mod:`..rounds`).

    The baseline gives each scenario of an exclusive set the same share, and one half where each is a
    question of its own. Void scenarios and examples are left out. The group is scored by its mean in each
    round. None while nothing is resolved or scored, or, of an exclusive set, some are only ruled out.
    """
    endings = scenario_set.scenarios.all()
    answered = {
        item.pk: item.resolved == Resolution.HAPPENED
        for item in endings
        if item.resolved in (Resolution.HAPPENED, Resolution.DID_NOT)
    }
    if not answered or (scenario_set.exclusive and not any(answered.values())):
        return None
    possible = sum(item.resolved != Resolution.VOID for item in endings)
    share = 1 / possible if scenario_set.exclusive else 0.5
    people: dict[User, list[Forecast]] = {}
    group: list[Forecast] = []
    late = 0
    for item in rounds:
        for pk, happened in answered.items():
            in_time = item.forecasts(Scenario(pk=pk))
            late += len(item.late(Scenario(pk=pk)))
            for one in in_time:
                made = Forecast(one.probability / 100, happened, share)
                people.setdefault(one.assessor, []).append(made)
            if in_time:
                mean = sum(one.probability for one in in_time) / len(in_time) / 100
                group.append(Forecast(min(mean, 1.0), happened, share))
    of_group = score(group)
    if of_group is None:
        return None
    scored = [(person, scored) for person, made_by in people.items() if (scored := score(made_by))]
    everything = [one for made_by in people.values() for one in made_by]
    return Scores(
        sorted(scored, key=lambda pair: pair[1].brier), of_group, calibration(everything), len(answered), late
    )
