"""The probability of a scenario over time: the group's mean in steps, each person's in grey."""

from dataclasses import dataclass
from datetime import date

from issues.charts.frame import SMALL, SPARK, Frame, step_path
from issues.models import Assessment, Scenario, Summit
from issues.queries.scenarios.evaluated import EvaluatedSet

FRAME = SMALL


@dataclass(frozen=True)
class Step:
    """A round in the picture: where it stands, the mean, and the numbers with their reasons."""

    x: float
    y: float
    after: Summit
    mean: float
    low: float
    high: float
    given: list[Assessment]


@dataclass(frozen=True)
class ProbabilitySteps:
    """The picture in the units of its frame; ``spark`` is the mean alone in a box of 160 × 36."""

    steps: list[Step]
    path: str
    people: list[str]
    spark: str
    first: date
    last: date
    frame: Frame = FRAME


def probability_steps(evaluated_set: EvaluatedSet, scenario: Scenario) -> ProbabilitySteps | None:
    """Lay out the rounds that the reader sees, up to the day the question closes; None without any."""
    shown = [item for item in evaluated_set.rounds if not item.is_hidden and item.of(scenario)]
    if not shown:
        return None
    first = shown[0].after.starts_on
    last = max(evaluated_set.set.closes_on, shown[-1].after.starts_on)
    steps = []
    people: dict[int, list[tuple[float, float | None]]] = {}
    for item in shown:
        x = FRAME.x(item.after.starts_on, first, last)
        given, spread = item.of(scenario), item.spread(scenario)
        if spread is None:
            continue
        steps.append(Step(x, FRAME.y(spread.mean), item.after, spread.mean, spread.low, spread.high, given))
        for one in given:
            people.setdefault(one.assessor_id, []).append((x, FRAME.y(one.probability)))
    if not steps:
        return None
    small = [(SPARK.x(step.after.starts_on, first, last), SPARK.y(step.mean)) for step in steps]
    return ProbabilitySteps(
        steps,
        step_path([(step.x, step.y) for step in steps], FRAME.right),
        [step_path(path, FRAME.right) for path in people.values()] if len(people) > 1 else [],
        step_path(small, SPARK.right),
        first,
        last,
    )
