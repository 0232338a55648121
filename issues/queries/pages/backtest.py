"""How the forecast models did on outcomes that came, from what was stated before them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from issues.domain.fold import Folded
from issues.domain.forecast import Errors, Model, backtest, forecasts
from issues.domain.position import surely_before
from issues.models import Issue, Outcome, ScenarioOutcome
from issues.models.scenario import Resolution
from issues.queries.reading.around_as_recorded import outcomes_as_recorded
from issues.queries.reading.process import Reading
from issues.queries.scenarios.as_recorded import scenario_sets_as_recorded
from issues.queries.scenarios.starting_points import bids, status_quo


@dataclass(frozen=True)
class Tested:
    """An outcome that came, beside what each model said from what was stated before it."""

    issue: Issue
    where: str
    actual: float
    said: dict[Model, float | None]

    @property
    def forecasts(self) -> list[float | None]:
        return [self.said[model] for model in Model]


@dataclass(frozen=True)
class Backtest:
    """How the models did. ``contested`` outcomes, whose accounts differ, are left out."""

    cases: list[Tested]
    errors: list[Errors]
    contested: int


def backtested(reading: Reading) -> Backtest:
    """Test the models on every outcome that was placed, and on what happened of resolved scenarios.

    Each forecast uses the positions stated before: at occasions before the meeting, nothing parallel to
    it; for a scenario, before the day on which it was decided. Two queries.
    """
    cases, contested = [], 0
    for placements, case in _placed_outcomes(reading):
        if len(placements) > 1:
            contested += 1
        else:
            cases.append(case)
    cases += _resolved_outcomes(reading)
    pairs = [(case.said, case.actual) for case in cases]
    return Backtest(cases, backtest(pairs), contested)


def _placed_outcomes(reading: Reading) -> Iterator[tuple[set[float], Tested]]:
    """By summit and issue, the placements that accounts give, and the case of the first."""
    by_place: dict[tuple[int, int], set[float]] = {}
    for outcome in _outcomes(reading):
        if outcome.issue_id is not None and outcome.placement is not None:
            by_place.setdefault((outcome.summit_id, outcome.issue_id), set()).add(outcome.placement)
    for (summit_pk, issue_pk), placements in by_place.items():
        summit, issue = reading.summits[summit_pk], reading.issues[issue_pk]
        meeting = reading.summits[summit.occasion.table].occasion
        before = [item for item in reading.occasions if surely_before(reading.meetings, item, meeting)]
        elsewhere = [item for item in before if item.table != meeting.id]
        folded = reading.folded(elsewhere, summit.starts_on)
        yield placements, _tested(reading, folded, issue, summit.name, min(placements))


def _outcomes(reading: Reading) -> Iterable[Outcome]:
    """The outcomes that were placed, in the order of their summits."""
    if reading.known is None:
        placed = Outcome.objects.filter(summit__in=reading.summits, placement__isnull=False)
        recorded = list(placed.order_by("issue__order"))
    else:
        recorded = outcomes_as_recorded(reading.summits, reading.issues.values(), reading.known)
    places = {pk: place for place, pk in enumerate(reading.summits)}
    return sorted(recorded, key=lambda outcome: places[outcome.summit_id])


def _resolved_outcomes(reading: Reading) -> Iterator[Tested]:
    """What scenarios settle that happened, as it was known; positions of days known to come before count."""
    for outcome in _happened(reading):
        day = outcome.scenario.resolved_on
        before = [item for item in reading.occasions if day is not None and item.span.last < day]
        folded = reading.folded(before, day)
        issue = reading.issues[outcome.issue_id]
        yield _tested(reading, folded, issue, outcome.scenario.name, outcome.placement)


def _happened(reading: Reading) -> Iterable[ScenarioOutcome]:
    """Where scenarios that happened settled the issues."""
    if reading.known is None:
        happened = ScenarioOutcome.objects.filter(
            scenario__set__process=reading.process, scenario__resolved=Resolution.HAPPENED
        )
        return happened.select_related("scenario", "option").order_by("scenario", "issue__order")
    places = {pk: place for place, pk in enumerate(reading.issues)}
    scenarios = [
        scenario
        for scenario_set in scenario_sets_as_recorded(reading.process, reading.known)
        for scenario in scenario_set.scenarios.all()
        if scenario.resolved == Resolution.HAPPENED
    ]
    return [
        outcome
        for scenario in sorted(scenarios, key=lambda item: item.pk)
        for outcome in sorted(scenario.outcomes.all(), key=lambda item: places.get(item.issue_id, 0))
        if outcome.issue_id in places
    ]


def _tested(reading: Reading, folded: Folded, issue: Issue, where: str, actual: float) -> Tested:
    return Tested(issue, where, actual, forecasts(bids(reading, folded, issue), status_quo(issue)))
