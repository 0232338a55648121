"""The picture of an ending: its probability over time."""

from issues.charts.probability import ProbabilitySteps, RoundSteps, probability_steps
from issues.domain.bidi import isolated
from issues.exports.pictures.asked import Asked
from issues.exports.pictures.picture import Picture, Row, as_of, occasion
from issues.exports.pictures.vega import BLUE, GREY, Part, day, layer, layered, number, tooltip
from issues.queries.reading.people import People, people_of
from issues.queries.scenarios.evaluation import evaluate
from issues.queries.scenarios.rounds import made_on


def probability_of(asked: Asked) -> Picture | None:
    """How likely a scenario was held to be, as far as the reader may see; None where nobody assessed it."""
    scenario = asked.scenario
    if scenario is None:
        return None
    (evaluated,) = evaluate(asked.reading, [scenario.set], asked.summit, asked.reader)
    drawn = probability_steps(evaluated, evaluated.of(scenario).scenario)
    people = people_of(asked.reader, asked.process)
    if drawn is None or not (drawn.path or people.named):
        return None
    members = ", grey lines are its members; a grey cross is a number given too late to be scored"
    examples = " These are example numbers in the names of demo accounts; nobody forecast them."
    is_example = any(one.is_example for item in drawn.rounds for one in (*item.given, *item.late))
    return Picture(
        name="probability",
        title=f"{isolated(scenario.name)}: its probability over time",
        caption=f"{as_of(asked.summit)} {isolated(scenario.set.question)} The line is the mean of the"
        f" group{members if people.named else ''}.{examples if is_example else ''}",
        template="components/probability.html",
        drawing={"picture": drawn, "name": scenario.name, "people": people},
        size=(drawn.frame.width, drawn.frame.height),
        data={
            "rows": _means(drawn, people),
            **({"numbers": _numbers(drawn, people)} if people.named else {}),
        },
        view=_view(is_named=people.named),
        page=scenario.get_absolute_url(),
    )


def _means(drawn: ProbabilitySteps, people: People) -> list[Row]:
    """The mean of each round, held until the next. Its ends are numbers of persons, told where names are."""
    shown = [item for item in drawn.rounds if item.mean is not None]
    days = [max(map(made_on, item.given)).isoformat() for item in shown]
    ends = [*days[1:], drawn.last.isoformat()]
    return [
        {**_mean(item, people), "day": begin, "until": max(begin, end)}
        for item, begin, end in zip(shown, days, ends, strict=True)
    ]


def _mean(item: RoundSteps, people: People) -> Row:
    mean = item.mean
    row = {**occasion(item.after), "mean": mean.mean if mean else None, "n": len(item.given)}
    return {**row, "low": mean.low, "high": mean.high} if people.named and mean else row


def _numbers(drawn: ProbabilitySteps, people: People) -> list[Row]:
    return [
        {
            **occasion(item.after),
            "day": made_on(one).isoformat(),
            "person": people.name(one.assessor),
            "probability": one.probability,
            "too_late": is_late,
        }
        for item in drawn.rounds
        for numbers, is_late in ((item.given, False), (item.late, True))
        for one in numbers
    ]


def _view(*, is_named: bool) -> Part:
    mean = number("mean", "%")
    layers = [
        layer(
            {"type": "rule", "color": BLUE, "strokeWidth": 2},
            {"x": day("day"), "x2": {"field": "until"}, "y": mean},
        ),
        layer(
            {"type": "point", "filled": True, "color": BLUE},
            {"x": day("day"), "y": mean, "tooltip": tooltip("summit", "date", "mean", "n")},
        ),
    ]
    if is_named:
        given = number("probability", "%")
        about = tooltip("person", "summit", "probability")
        layers += [
            layer(
                {"type": "point", "color": GREY, "shape": shape},
                {"x": day("day"), "y": given, "tooltip": about},
                "numbers",
                where,
            )
            for shape, where in (("circle", "!datum.too_late"), ("cross", "datum.too_late"))
        ]
    return layered("rows", layers, width=600)
