"""The pictures of an issue: its ladder and its steps."""

from collections.abc import Iterator

from issues.charts.ladder import ladder
from issues.charts.steps import Steps, steps
from issues.domain.bidi import isolated
from issues.domain.change import Change
from issues.domain.scale import letters
from issues.exports.pictures.asked import Asked
from issues.exports.pictures.picture import Picture, Row, as_of, limits, occasion
from issues.exports.pictures.vega import (
    BLUE,
    GREY,
    PALE,
    RED,
    SCALE,
    Part,
    day,
    layer,
    layered,
    name,
    number,
    tooltip,
)
from issues.models import Issue
from issues.queries.pages.issue_timeline import ActorLine, Timeline, timeline

CHART_HEIGHT = 190.0
STEPS_WIDTH = 700.0


def ladder_of(asked: Asked) -> Picture | None:
    """Where everyone stands on an issue; None where it has no scale."""
    issue = asked.issue
    if issue is None or not issue.has_scale:
        return None
    whole = timeline(asked.reading, issue, asked.summit)
    drawn = ladder(whole)
    return Picture(
        name="ladder",
        title=f"{isolated(issue.name)}: where each actor stands as of {isolated(asked.summit.name)}",
        caption=f"{as_of(asked.summit)} Each chip is where the actors above it stand, on the scale of 0 to"
        " 100; the letters below are the options.",
        template="components/ladder.svg",
        drawing={"ladder": drawn, "timeline": whole},
        size=(drawn.width, drawn.height),
        data={"rows": _placed(whole), "options": _options(issue), "zone": _zone(whole)},
        view=layered(
            "rows",
            [
                layer(
                    {"type": "rect", "color": PALE},
                    {"x": number("low", "placement"), "x2": {"field": "high"}},
                    "zone",
                ),
                layer(
                    {"type": "rule", "color": GREY, "strokeDash": [2, 3]},
                    {"x": number("value", "placement"), "tooltip": tooltip("letter", "label", "value")},
                    "options",
                ),
                layer(
                    {"type": "point", "filled": True, "size": 120, "color": BLUE},
                    {
                        "x": number("placement", "placement"),
                        "y": name("actor"),
                        "tooltip": tooltip("actor", "placement", "red_line", "accepts_from", "accepts_to"),
                    },
                ),
                layer(
                    {"type": "text", "dy": -12},
                    {
                        "x": number("placement", "placement"),
                        "y": name("actor"),
                        "text": {"field": "placement"},
                    },
                ),
            ],
            width=600,
        ),
        page=issue.get_absolute_url(),
    )


def steps_of(asked: Asked) -> Picture | None:
    """Where each actor stood on an issue over time; None where it has no scale or nobody was placed."""
    issue = asked.issue
    if issue is None or not issue.has_scale:
        return None
    whole = timeline(asked.reading, issue, asked.summit)
    drawn = steps(whole)
    if drawn is None:
        return None
    return Picture(
        name="steps",
        title=f"{isolated(issue.name)}: where each actor stood, summit by summit",
        caption=f"{as_of(asked.summit)} A step where a position was stated, dashed where it is carried to the"
        " end; grey dots below the scale are statements that support no number; hatching is a red line; the"
        " other actors in grey.",
        template="components/steps.svg",
        drawing={"steps": drawn, "timeline": whole},
        size=(STEPS_WIDTH, (len(drawn.charts) + 1) // 2 * CHART_HEIGHT),
        data={"rows": list(_stood(whole, drawn))},
        view=_steps_view(),
        page=issue.get_absolute_url(),
    )


def _placed(whole: Timeline) -> list[Row]:
    rows = [
        {
            "actor": str(line.actor),
            "actor_slug": line.actor.slug,
            "party": line.is_party,
            "placement": line.now,
            **limits(line.standing.line),
        }
        for line in whole.lines
        if line.now is not None
    ]
    return sorted(rows, key=lambda row: (row["placement"], row["actor"]))


def _options(issue: Issue) -> list[Row]:
    options = list(issue.options.all())
    lettered = letters(option.value for option in options)
    return [
        {"letter": lettered[option.value], "value": option.value, "label": option.label} for option in options
    ]


def _zone(whole: Timeline) -> list[Row]:
    zone = whole.zone
    return [{"low": zone.low, "high": zone.high}] if zone.is_known and not zone.is_empty else []


def _stood(whole: Timeline, drawn: Steps) -> Iterator[Row]:
    """What stood from each position of an actor to its next, the last carried to the end of the picture."""
    charted = {chart.actor.pk for chart in drawn.charts}
    for line in whole.lines:
        if line.actor.pk in charted:
            yield from _of_actor(whole, line, drawn)


def _of_actor(whole: Timeline, line: ActorLine, drawn: Steps) -> Iterator[Row]:
    summits = whole.reading.summits
    days = [summits[change.entry.occasion].stands_on for change in line.changes]
    ends = [*days[1:], days[-1] if line.standing.is_empty else drawn.last.stands_on]
    for change, end in zip(line.changes, ends, strict=True):
        yield {
            "actor": str(line.actor),
            "actor_slug": line.actor.slug,
            **occasion(summits[change.entry.occasion]),
            "until": end.isoformat(),
            "state": change.entry.state.value,
            "kind": change.listed_as,
            "stated": change.entry.placement,
            "before": _before(change),
            "placement": change.after.value,
            "carried": change is line.changes[-1] and line.now is not None,
            **limits(change.after.line),
        }


def _before(change: Change) -> float | None:
    return change.before.value


def _steps_view() -> Part:
    """A chart an actor: hatching as a pale band, what was stated as a line, what is carried dashed."""
    closed = {"type": "rect", "color": RED, "opacity": 0.15}
    over = {"x": day("day"), "x2": {"field": "until"}}
    at = number("placement", "placement")
    is_line = "datum.red_line !== null && "
    return {
        "data": {"name": "rows"},
        "facet": {"field": "actor", "type": "nominal", "sort": None, "title": None},
        "columns": 2,
        "spec": {
            "width": 300,
            "height": 120,
            "layer": [
                layer(
                    closed,
                    {**over, "y": number("accepts_to", "placement"), "y2": {"datum": 100}},
                    where=f"{is_line}datum.accepts_to !== null",
                ),
                layer(
                    closed,
                    {
                        **over,
                        "y": {"datum": 0, "type": "quantitative", "scale": SCALE},
                        "y2": {"field": "accepts_from"},
                    },
                    where=f"{is_line}datum.accepts_from !== null",
                ),
                layer(
                    {"type": "rule", "color": BLUE, "strokeWidth": 2},
                    {**over, "y": at},
                    where="datum.placement !== null && !datum.carried",
                ),
                layer(
                    {"type": "rule", "color": BLUE, "strokeWidth": 2, "strokeDash": [3, 4]},
                    {**over, "y": at},
                    where="datum.placement !== null && datum.carried",
                ),
                layer(
                    {"type": "rule", "color": BLUE, "strokeWidth": 2},
                    {"x": day("day"), "y": at, "y2": {"field": "before"}},
                    where="datum.placement !== null && datum.before !== null",
                ),
                layer(
                    {"type": "point", "filled": True, "color": BLUE},
                    {
                        "x": day("day"),
                        "y": number("stated", "placement"),
                        "tooltip": tooltip("summit", "date", "stated", "kind"),
                    },
                    where="datum.stated !== null",
                ),
            ],
        },
    }
