"""An issue in figures: distance, zone and polarisation over time, forecasts, and how forecasts did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from issues.domain.forecast import Bid, Model, forecasts
from issues.domain.measures import (
    IssueFigures,
    Measure,
    breaks,
    convergence_series,
    held_throughout,
    issue_figures,
    issue_series,
)
from issues.domain.position import Occasion
from issues.domain.scale import IssueKind
from issues.domain.scenario import salience_of
from issues.models import Actor, Issue, Summit
from issues.queries.reading.process import Reading
from issues.queries.scenarios.starting_points import bids, status_quo

F = TypeVar("F")


@dataclass(frozen=True)
class Stake:
    """An actor in a forecast: where it stands, and what was recorded and what is supposed of its weight."""

    actor: Actor
    position: float
    salience: float
    is_coded: bool
    capability: float
    supposed_salience: float
    supposed_capability: float

    @property
    def is_changed(self) -> bool:
        """Whether something else is supposed than what was recorded."""
        recorded = (self.salience, self.capability)
        return recorded != (self.supposed_salience, self.supposed_capability)


@dataclass(frozen=True)
class IssueForecast:
    """What an issue would come to, as recorded and as supposed."""

    stakes: list[Stake]
    recorded: dict[Model, float | None]
    supposed: dict[Model, float | None]

    @property
    def is_changed(self) -> bool:
        return any(stake.is_changed for stake in self.stakes)

    @property
    def rows(self) -> list[tuple[Model, float | None, float | None]]:
        """Each model's forecast as recorded and as supposed."""
        return [(model, self.recorded[model], self.supposed[model]) for model in Model]


Supposed = Mapping[str, tuple[float | None, float | None]]


def issue_forecast(reading: Reading, issue: Issue, summit: Summit, supposed: Supposed) -> IssueForecast:
    """Forecast an issue from where everyone stands as of a summit. No query.

    ``supposed`` are a salience and a capability by actor's slug, in place of those recorded; None keeps one.
    """
    folded = reading.as_of(summit)
    stakes = []
    for item in reading.participations:
        standing = folded.of(item.actor_id, issue.pk)
        if standing.placement is None:
            continue
        salience = salience_of(standing)
        other_salience, other_capability = supposed.get(item.actor.slug, (None, None))
        stakes.append(
            Stake(
                item.actor,
                standing.placement.value,
                salience,
                standing.salience is not None,
                item.capability,
                salience if other_salience is None else other_salience,
                item.capability if other_capability is None else other_capability,
            )
        )
    reference = status_quo(issue)
    return IssueForecast(
        stakes,
        forecasts([Bid(one.position, one.capability, one.salience) for one in stakes], reference),
        forecasts(
            [Bid(one.position, one.supposed_capability, one.supposed_salience) for one in stakes], reference
        ),
    )


def issue_over_time(reading: Reading, issue: Issue, summit: Summit) -> list[tuple[Summit, IssueFigures]]:
    """The issue as of each meeting up to a summit, those at which nothing of it changed left out."""
    folded = reading.as_of(summit)
    return _changing(reading, issue_series(folded, issue.pk, reading.terms[issue.pk], reading.parties))


@dataclass(frozen=True)
class ConvergenceStep:
    """How far apart the parties were as of a meeting, over all that is measured and over ``throughout``.

    ``breaks`` where other ``issues`` were measured than at the step before, so that the two do not compare.
    """

    at: Summit
    measure: Measure | None
    issues: list[Issue]
    breaks: bool
    throughout: Measure | None


@dataclass(frozen=True)
class ConvergenceSpan:
    """Convergence from the first meeting that has any; ``throughout`` are the issues at both of its ends."""

    steps: list[ConvergenceStep]
    throughout: list[Issue]

    @property
    def has_changed(self) -> bool:
        """Whether the issues measured are not the same from end to end."""
        return any(step.breaks for step in self.steps)


def convergence_over_time(reading: Reading, summit: Summit) -> ConvergenceSpan:
    """How far apart the parties were as of each meeting up to a summit that changed it."""
    meetings = [
        step
        for step in convergence_series(reading.as_of(summit), reading.terms, reading.parties)
        if step.occasion.parallel_to is None
    ]
    shown = [
        step
        for step, before in zip(meetings, [None, *meetings], strict=False)
        if step.distances != (before.distances if before else {})
    ]
    core = held_throughout(shown)
    steps = [
        ConvergenceStep(
            reading.summits[step.occasion.id],
            step.measure,
            [issue for issue in reading.issues.values() if issue.pk in step.issues],
            is_broken,
            step.over(core),
        )
        for step, is_broken in zip(shown, breaks(shown), strict=True)
    ]
    return ConvergenceSpan(steps, [issue for issue in reading.issues.values() if issue.pk in core])


def _changing(reading: Reading, series: Iterable[tuple[Occasion, F]]) -> list[tuple[Summit, F]]:
    """The meetings at which the figures are others than at the one before."""
    shown: list[tuple[Summit, F]] = []
    for occasion, figures in series:
        if occasion.parallel_to is None and (not shown or shown[-1][1] != figures):
            shown.append((reading.summits[occasion.id], figures))
    return shown


@dataclass(frozen=True)
class IssueRow:
    """One preference issue as of a summit."""

    issue: Issue
    figures: IssueFigures
    forecasts: dict[Model, float | None]
    n: int

    @property
    def compromise(self) -> float | None:
        return self.forecasts[Model.COMPROMISE]

    @property
    def median(self) -> float | None:
        return self.forecasts[Model.MEDIAN]


def issue_rows(reading: Reading, summit: Summit) -> list[IssueRow]:
    """Every preference issue in figures as of a summit, in their order. No query."""
    folded = reading.as_of(summit)
    rows = []
    for issue in reading.issues.values():
        if issue.kind != IssueKind.PREFERENCE:
            continue
        stakes = bids(reading, folded, issue)
        figures = issue_figures(folded.standing, issue.pk, reading.parties)
        rows.append(IssueRow(issue, figures, forecasts(stakes, status_quo(issue)), len(stakes)))
    return rows
