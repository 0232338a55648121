"""The pictures of how far apart the parties were over time: on an issue, and over all issues."""

from datetime import date

from django.urls import reverse

from issues.charts.over_time import convergence_steps, distance_steps, open_zone
from issues.domain.bidi import isolated
from issues.exports.pictures.asked import Asked
from issues.exports.pictures.picture import Picture, Row, as_of, occasion
from issues.exports.pictures.vega import BLUE, GREY, PALE, Part, day, layer, layered, number, tooltip
from issues.models import Issue
from issues.queries.pages.analysis import convergence_over_time, issue_over_time

BEYOND = 30.0  # the figures at the end of a line


def distance_of(asked: Asked) -> Picture | None:
    """How far apart the parties were on an issue over time; None where no two of them were placed."""
    issue = asked.issue
    if issue is None or issue.kind != Issue.Kind.PREFERENCE:
        return None
    over_time = issue_over_time(asked.reading, issue, asked.summit)
    drawn = distance_steps(over_time, asked.summit)
    if drawn is None:
        return None
    rows = []
    for at, then in over_time:
        zone = open_zone(then)
        rows.append(
            {
                **occasion(at),
                "distance": then.distance.value if then.distance else None,
                "n": then.distance.n if then.distance else 0,
                "low": zone[0] if zone else None,
                "high": zone[1] if zone else None,
            }
        )
    return Picture(
        name="distance",
        title=f"{isolated(issue.name)}: how far apart the parties were",
        caption=f"{as_of(asked.summit)} The line is the distance between the parties in points; the band is"
        " the zone of possible agreement where their limits are known.",
        template="components/series.html",
        drawing={"picture": drawn},
        size=(drawn.frame.width, drawn.frame.height),
        data={"rows": _until_the_next(rows, drawn.last)},
        view=layered(
            "rows",
            [
                layer(
                    {"type": "rect", "color": PALE},
                    {
                        "x": day("day"),
                        "x2": {"field": "until"},
                        "y": number("low", "points"),
                        "y2": {"field": "high"},
                    },
                    where="isValid(datum.low)",
                ),
                *_held("distance", "points"),
            ],
            width=600,
        ),
        beyond=BEYOND,
        page=reverse("issue-forecast", args=[asked.process.slug, issue.slug]),
    )


def convergence_of(asked: Asked) -> Picture | None:
    """How far apart the parties were over all issues; None where no two were ever placed on one."""
    span = convergence_over_time(asked.reading, asked.summit)
    drawn = convergence_steps(span, asked.summit)
    if drawn is None:
        return None
    rows = [
        {
            **occasion(step.at),
            "distance": step.measure.value if step.measure else None,
            "n": step.measure.n if step.measure else 0,
            "throughout": step.throughout.value if step.throughout else None,
            "breaks": step.breaks,
        }
        for step in span.steps
    ]
    second = (
        " The dashed line (squares) rests on the issues that are measured at both ends alone."
        if drawn.second
        else ""
    )
    layers = _held("distance", "points")
    if drawn.second:
        layers += _held("throughout", "points", GREY)
    return Picture(
        name="convergence",
        title=f"{isolated(asked.process.name)}: mean distance between the parties",
        caption=f"{as_of(asked.summit)} In points, over the preference issues on which two or more are"
        f" placed; lower is nearer. The line is broken where it goes on over other issues.{second}",
        template="components/series.html",
        drawing={"picture": drawn},
        size=(drawn.frame.width, drawn.frame.height),
        data={"rows": _until_the_next(rows, drawn.last)},
        view=layered("rows", layers, width=600),
        beyond=2 * BEYOND,
        page=reverse("analysis", args=[asked.process.slug]),
    )


def _held(field: str, title: str, color: str = BLUE) -> list[Part]:
    """Figures over time, each held from its day until another: a line across, and a point where it begins."""
    where = f"isValid(datum.{field})"
    across = {"x": day("day"), "x2": {"field": "until"}, "y": number(field, title)}
    begins = {"x": day("day"), "y": number(field, title), "tooltip": tooltip("summit", "date", field)}
    return [
        layer({"type": "rule", "color": color, "strokeWidth": 2}, across, where=where),
        layer({"type": "point", "filled": True, "color": color}, begins, where=where),
    ]


def _until_the_next(rows: list[Row], last: date) -> list[Row]:
    """Figures over time, each with the day of the next, the last with that at which the picture ends."""
    ends = [row["day"] for row in rows[1:]] + [last.isoformat()]
    return [{**row, "until": end} for row, end in zip(rows, ends, strict=True)]
