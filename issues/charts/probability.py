"""The probability of a scenario over time: the group's mean in steps, each person's in grey, late ones apart.

Everything stands at the day on which it was given; the mean of a round at the day of the last number in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from issues.charts.frame import SMALL, SPARK, Frame, days_on, step_path
from issues.domain.scoring import Deadline
from issues.domain.span import day_in_words
from issues.models import Assessment, Scenario, Summit
from issues.queries.scenarios.evaluated import EvaluatedSet
from issues.queries.scenarios.rounds import Round, made_on

FRAME = SMALL


@dataclass(frozen=True)
class Step:
    """The mean of a round in the picture: where it stands, and the range."""

    x: float
    y: float
    mean: float
    low: float
    high: float
    rounded: int


@dataclass(frozen=True)
class RoundSteps:
    """A round: its mean, of the numbers that count, those numbers, and those that came too late."""

    after: Summit
    mean: Step | None
    given: list[Assessment]
    late: list[Assessment]
    as_of: date | None = None


@dataclass(frozen=True)
class ProbabilitySteps:
    """The picture in the units of its frame; ``spark`` is the mean alone in a box of 160 × 36.

    ``late`` are the places and the words of numbers that came too late, ``deadline`` says for what.
    """

    rounds: list[RoundSteps]
    path: str
    people: list[str]
    late: list[tuple[float, float, str]]
    deadline: Deadline
    spark: str
    first: date
    last: date
    gaps: str
    frame: Frame = FRAME


def probability_steps(evaluated_set: EvaluatedSet, scenario: Scenario) -> ProbabilitySteps | None:
    """Lay out the rounds that the reader sees, from the question's opening to its close; None without any.

    Numbers given outside of that span widen it; where they are crowded, the days between are drawn wider.
    """
    shown = [
        (item, item.of(scenario), item.late(scenario)) for item in evaluated_set.rounds if not item.is_hidden
    ]
    shown = [
        (item, given, late)
        for item, given, late in shown
        if late or (given if item.is_named else item.spread(scenario))
    ]
    if not shown:
        return None
    days = [made_on(one) for _, given, late in shown for one in (*given, *late)]
    first = min(evaluated_set.set.opened_on, *days)
    last = max(evaluated_set.set.closes_on, *days)
    stands = sorted({first, last, *days})
    told = [
        (max(map(made_on, given)), spread.mean)
        for item, given, _ in shown
        if (spread := item.spread(scenario))
    ]
    told += [(made_on(one), one.probability) for _, _, late in shown for one in late]
    laid = days_on(FRAME, stands, [[(stands.index(day), FRAME.y(value)) for day, value in told]])
    places = dict(zip(stands, laid.places, strict=True))
    people: dict[int, list[tuple[date, float]]] = {}
    means: list[tuple[date, float]] = []
    steps = []
    for item, given, late in shown:
        mean = _mean(item, scenario, given, places)
        steps.append(RoundSteps(item.after, mean, given, late, item.as_of))
        if (spread := item.spread(scenario)) is not None:
            means.append((max(map(made_on, given)), spread.mean))
        for one in given:
            people.setdefault(one.assessor_id, []).append((made_on(one), one.probability))
    return ProbabilitySteps(
        steps,
        _path(FRAME, means, places),
        [_path(FRAME, path, places) for path in people.values()] if len(people) > 1 else [],
        [_late(one, places) for _, _, late in shown for one in late],
        shown[-1][0].deadlines.get(scenario.pk, Deadline(evaluated_set.set.closes_on)),
        _path(SPARK, means, {day: SPARK.x(day, first, last) for day in stands}),
        first,
        last,
        laid.gaps,
    )


def _mean(
    item: Round, scenario: Scenario, given: list[Assessment], places: Mapping[date, float]
) -> Step | None:
    spread = item.spread(scenario)
    if spread is None:
        return None
    x = places[max(map(made_on, given))]
    return Step(x, FRAME.y(spread.mean), spread.mean, spread.low, spread.high, spread.rounded)


def _late(one: Assessment, places: Mapping[date, float]) -> tuple[float, float, str]:
    day = made_on(one)
    words = f"{one.probability:.4g}%, given {day_in_words(day)}: too late, not scored"
    return places[day], FRAME.y(one.probability), words


def _path(frame: Frame, points: Iterable[tuple[date, float]], places: Mapping[date, float]) -> str:
    """A step line in the order of the days; on one day the later of two figures is the one that holds."""
    in_order = sorted(points, key=lambda point: point[0])
    return step_path([(places[day], frame.y(value)) for day, value in in_order], frame.right)
