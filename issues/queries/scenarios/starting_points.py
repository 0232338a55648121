"""Where a new scenario could begin: with what an actor asks for, a forecast, or the reference points."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.domain.fold import Folded
from issues.domain.forecast import UNCODED_CAPABILITY, Bid, Model, forecasts
from issues.domain.scale import IssueKind
from issues.domain.scenario import salience_of
from issues.models import Issue
from issues.queries.reading.process import Reading

STATUS_QUO = "status-quo"
FORECASTS = {"compromise": Model.COMPROMISE, "median": Model.MEDIAN, "mean": Model.MEAN}
ACTOR = "actor:"


@dataclass(frozen=True)
class Start:
    """A way to begin: its word in the address, and its name."""

    word: str
    name: str


def starts(reading: Reading) -> list[Start]:
    """The ways to begin a scenario from current positions."""
    return [
        Start("compromise", "the compromise forecast of each issue"),
        Start("median", "the median forecast of each issue"),
        Start(STATUS_QUO, "what holds if nothing is agreed"),
        *(
            Start(f"{ACTOR}{item.actor.slug}", f"what {item.actor} asks for")
            for item in reading.participations
        ),
    ]


def starting(reading: Reading, folded: Folded, word: str) -> dict[int, float]:
    """By issue, where a scenario begins, on 0..100; issues without an answer are left out.

    An unknown word begins with nothing.
    """
    actor = next(
        (item.actor_id for item in reading.participations if f"{ACTOR}{item.actor.slug}" == word), None
    )
    places: dict[int, float | None] = {}
    for issue in scaled(reading):
        if actor is not None:
            places[issue.pk] = folded.of(actor, issue.pk).value
        elif word == STATUS_QUO:
            places[issue.pk] = status_quo(issue)
        elif word in FORECASTS and issue.kind == IssueKind.PREFERENCE:
            said = forecasts(bids(reading, folded, issue), None)[FORECASTS[word]]
            places[issue.pk] = None if said is None else round(said, 1)
    return {issue: value for issue, value in places.items() if value is not None}


def bids(reading: Reading, folded: Folded, issue: Issue) -> list[Bid]:
    """Every placed participant as the forecasts count it: capability by process, salience by issue."""
    counted = []
    for item in reading.participations:
        standing = folded.of(item.actor_id, issue.pk)
        if standing.placement is not None:
            capability = item.capability or UNCODED_CAPABILITY
            counted.append(Bid(standing.placement.value, capability, salience_of(standing)))
    return counted


def status_quo(issue: Issue) -> float | None:
    """The value of the reference point, where the issue has one."""
    return next(
        (float(option.value) for option in issue.options.all() if option.pk == issue.reference_point_id), None
    )


def scaled(reading: Reading) -> Sequence[Issue]:
    """The issues with a scale, in their order."""
    return [issue for issue in reading.issues.values() if issue.has_scale]
