"""The pictures of a process: its matrix, and its occasions on a line."""

from issues.charts.matrix import matrix_picture
from issues.charts.rail import rail
from issues.domain.bidi import isolated
from issues.exports.pictures.asked import Asked
from issues.exports.pictures.picture import Picture, Row, as_of, limits, occasion
from issues.exports.pictures.vega import BLUE, GREY, day, layer, layered, name, number, tooltip
from issues.queries.pages.matrix import matrix
from issues.queries.pages.matrix_cell import MatrixCell

RAIL_HEIGHT = 64.0
DOTTED = " Where the line is dotted it is drawn wider than the days between."


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
    part = cell.standing.placement
    at = cell.summits[part.occasion] if part else None
    return {
        "actor": str(cell.actor),
        "actor_slug": cell.actor.slug,
        "role": role,
        "issue": cell.issue.name,
        "issue_slug": cell.issue.slug,
        "state": cell.state,
        "placement": cell.now,
        **limits(cell.red_line),
        **(occasion(at) if at else dict.fromkeys(("summit", "summit_slug", "date", "day"))),
    }


def rail_of(asked: Asked) -> Picture | None:
    """The occasions of a process on a line by date."""
    summits = list(asked.reading.summits.values())
    drawn = rail(summits, asked.summit)
    rows = [
        {
            **occasion(summit),
            "kind": summit.kind,
            "place": summit.place.name if summit.place else None,
            "parallel_to": beside.slug
            if (beside := asked.reading.summits.get(summit.parallel_to_id or 0))
            else None,
        }
        for summit in drawn.summits
    ]
    return Picture(
        name="rail",
        title=f"{isolated(asked.process.name)}: its summits by date",
        caption=f"{as_of(asked.summit)} Circles are meetings, the larger ones of leaders, the filled one the"
        f" summit of this reading; ticks are statements and documents.{'' if drawn.is_to_scale else DOTTED}",
        template="components/rail.svg",
        drawing={"rail": drawn},
        size=(float(drawn.width), RAIL_HEIGHT),
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
