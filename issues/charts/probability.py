"""The probability of a scenario over time: the group's mean in steps, each person's in grey."""

from dataclasses import dataclass
from datetime import date

from issues.charts.frame import SMALL, Frame
from issues.models import Assessment, Scenario, Summit
from issues.queries.scenarios.evaluated import EvaluatedSet

FRAME = SMALL
SPARK = 160.0  # the width of the small picture in a list


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
    people: dict[int, list[tuple[float, float]]] = {}
    for item in shown:
        x = FRAME.x(item.after.starts_on, first, last)
        given = item.of(scenario)
        spread = item.spread(scenario)
        if spread is None:
            continue
        steps.append(Step(x, FRAME.y(spread.mean), item.after, spread.mean, spread.low, spread.high, given))
        for one in given:
            people.setdefault(one.assessor_id, []).append((x, FRAME.y(one.probability)))
    points = [(step.x, step.y) for step in steps]
    return ProbabilitySteps(
        steps,
        _steps(points, FRAME.right),
        [_steps(path, FRAME.right) for path in people.values()] if len(people) > 1 else [],
        _steps(
            [(_spark_x(x), _spark_y(step.mean)) for (x, _), step in zip(points, steps, strict=True)],
            SPARK,
        ),
        first,
        last,
    )


def _spark_x(x: float) -> float:
    return round((x - FRAME.left) / (FRAME.right - FRAME.left) * SPARK, 1)


def _spark_y(probability: float) -> float:
    return round(33 - probability / 100 * 30, 1)


def _steps(points: list[tuple[float, float]], end: float) -> str:
    """SVG path data of a step line through points, held to the end."""
    drawn = [f"M{points[0][0]} {points[0][1]}"]
    for x, y in points[1:]:
        drawn += [f"H{x}", f"V{y}"]
    return "".join([*drawn, f"H{end:g}"])
