"""The pictures of a process: its matrix, its occasions on a line, and how far apart the parties were."""

from django.urls import reverse

from issues.charts.matrix import matrix_picture
from issues.charts.over_time import convergence_steps
from issues.charts.rail import rail
from issues.domain.bidi import isolated
from issues.exports.pictures.asked import Asked
from issues.exports.pictures.of_issue import BEYOND, held
from issues.exports.pictures.picture import Picture, Row, as_of, occasion
from issues.exports.pictures.vega import BLUE, GREY, day, layer, layered, name, number, tooltip
from issues.queries.pages.analysis import convergence_over_time
from issues.queries.pages.matrix import MatrixCell, matrix

RAIL = (980.0, 64.0)


def matrix_of(asked: Asked) -> Picture | None:
    """Who stands where on every issue; None where there is no issue or nobody takes part."""
    if not asked.reading.issues or not asked.reading.participations:
        return None
    whole = matrix(asked.reading, asked.summit)
    drawn = matrix_picture(whole)
    rows = [_cell(cell, row.participation.role) for row in whole.rows for cell in row.cells]
    across = {"x": name("issue", axis={"orient": "top", "labelAngle": -30}), "y": name("actor")}
    return Picture(
        name="matrix",
        title=f"{isolated(asked.process.name)} as of {isolated(asked.summit.name)}",
        caption=f"{as_of(asked.summit)} Each column is one scale, 0 to 100. The chip is where the actor"
        " stands, dashed where it is carried from earlier; hatching is what a red line refuses, by its"
        " words or as the coder derives.",
        template="components/matrix.svg",
        drawing={"drawn": drawn},
        size=(drawn.width, drawn.height),
        data={"rows": rows},
        view=layered(
            "rows",
            [
                layer(
                    {"type": "rect", "stroke": "#ffffff"},
                    {
                        **across,
                        "color": number(
                            "placement",
                            "placement",
                            scale={"domain": [0, 100], "scheme": "purpleorange", "reverse": True},
                        ),
                        "tooltip": tooltip(
                            "actor",
                            "issue",
                            "state",
                            "placement",
                            "red_line",
                            "accepts_from",
                            "accepts_to",
                            "summit",
                        ),
                    },
                ),
                layer({"type": "text"}, {**across, "text": {"field": "placement", "type": "quantitative"}}),
            ],
        ),
        page=asked.process.get_absolute_url(),
    )


def _cell(cell: MatrixCell, role: str) -> Row:
    line, part = cell.red_line, cell.standing.placement
    at = cell.summits[part.occasion] if part else None
    return {
        "actor": str(cell.actor),
        "actor_slug": cell.actor.slug,
        "role": role,
        "issue": cell.issue.name,
        "issue_slug": cell.issue.slug,
        "state": cell.state,
        "placement": cell.now,
        "red_line": None if line is None else "declared" if line.declared else "derived",
        "accepts_from": line.accepts_from if line else None,
        "accepts_to": line.accepts_to if line else None,
        **(occasion(at) if at else dict.fromkeys(("summit", "summit_slug", "date", "day"))),
    }


def rail_of(asked: Asked) -> Picture | None:
    """The occasions of a process on a line by date."""
    summits = list(asked.reading.summits.values())
    ticks = rail(summits, asked.summit)
    rows = [
        {
            **occasion(summit),
            "kind": summit.kind,
            "place": summit.place.name if summit.place else None,
            "parallel_to": beside.slug
            if (beside := asked.reading.summits.get(summit.parallel_to_id or 0))
            else None,
        }
        for summit in (tick.summit for tick in ticks)
    ]
    return Picture(
        name="rail",
        title=f"{isolated(asked.process.name)}: its summits by date",
        caption=f"{as_of(asked.summit)} Circles are meetings, the larger ones of leaders, the filled one the"
        " summit of this reading; ticks are statements and documents.",
        template="components/rail.svg",
        drawing={"rail": ticks, "width": RAIL[0]},
        size=RAIL,
        data={"rows": rows},
        view=layered(
            "rows",
            [
                layer(
                    {"type": "tick", "color": GREY},
                    {"x": day("day"), "tooltip": tooltip("summit", "date", "kind", "place")},
                ),
                layer(
                    {"type": "point", "filled": True, "color": BLUE, "size": 90},
                    {"x": day("day"), "tooltip": tooltip("summit", "date", "kind", "place")},
                    where="datum.kind === 'leaders' || datum.kind === 'ministers'",
                ),
            ],
            width=800,
        ),
        page=asked.process.get_absolute_url(),
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
    ends = [row["day"] for row in rows[1:]] + [drawn.last.isoformat()]
    rows = [{**row, "until": end} for row, end in zip(rows, ends, strict=True)]
    second = (
        " The dashed line (squares) rests on the issues that are measured at both ends alone."
        if drawn.second
        else ""
    )
    layers = held("distance", "points")
    if drawn.second:
        layers += held("throughout", "points", GREY)
    return Picture(
        name="convergence",
        title=f"{isolated(asked.process.name)}: mean distance between the parties",
        caption=f"{as_of(asked.summit)} In points, over the preference issues on which two or more are"
        f" placed; lower is nearer. The line is broken where it goes on over other issues.{second}",
        template="components/series.html",
        drawing={"picture": drawn},
        size=(drawn.frame.width, drawn.frame.height),
        data={"rows": rows},
        view=layered("rows", layers, width=600),
        beyond=2 * BEYOND,
        page=reverse("analysis", args=[asked.process.slug]),
    )
