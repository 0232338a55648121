"""Scenarios against what stands: how each fits every actor, which red lines it crosses, how likely it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from issues.domain.fold import Folded
from issues.domain.scenario import Fit, crossings, fewest, fit, tally
from issues.models import (
    Actor,
    Citation,
    Participation,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signpost,
    Summit,
)
from issues.queries.reading.process import Reading
from issues.queries.reading.words import SIGNED, STATEMENT, with_words
from issues.queries.scenarios.answers import answers
from issues.queries.scenarios.as_recorded import (
    citations_as_recorded,
    scenario_sets_as_recorded,
    signposts_as_recorded,
)
from issues.queries.scenarios.evaluated import (
    EvaluatedScenario,
    EvaluatedSet,
    TestedLine,
    last_shown,
    measured,
)
from issues.queries.scenarios.rounds import Round, rounds
from issues.queries.scenarios.staleness import stale
from issues.user import User


def scenario_sets(process: Process, known: datetime | None = None) -> list[ScenarioSet]:
    """The sets of a process, the last to close first, with their scenarios and outcomes. Three queries.

    ``known`` is the time at which the record is asked about; None is now.
    """
    if known is not None:
        return scenario_sets_as_recorded(process, known)
    outcomes = Prefetch(
        "outcomes",
        queryset=ScenarioOutcome.objects.select_related("option").order_by("issue__order", "issue__name"),
    )
    scenarios = Prefetch("scenarios", queryset=Scenario.objects.prefetch_related(outcomes))
    sets = list(ScenarioSet.objects.filter(process=process).prefetch_related(scenarios))
    for scenario_set in sets:
        scenario_set.process = process
        for scenario in scenario_set.scenarios.all():
            scenario.set = scenario_set
    return sets


def evaluate(
    reading: Reading, sets: Iterable[ScenarioSet], summit: Summit, user: User | AnonymousUser
) -> list[EvaluatedSet]:
    """Each set against what stands as of a summit. Two queries, and more where the record was edited since.

    The endings are given the answers that were known then. The words behind red lines come with
    :func:`add_words`.
    """
    folded = reading.as_of(summit)
    listed = list(sets)
    answered = answers(listed, reading.known)
    given = rounds(listed, user, until=summit, known=reading.known, answered=answered)
    for scenario in (item for found in listed for item in found.scenarios.all()):
        scenario.resolved, scenario.resolved_on = answered[scenario.pk].resolved, answered[scenario.pk].on
    evaluated_sets = [_evaluated_set(reading, item, summit, folded, given[item.pk]) for item in listed]
    changed = stale(reading, folded, [(item.set, item.rounds) for item in evaluated_sets])
    for evaluated in (scenario for item in evaluated_sets for scenario in item.scenarios):
        evaluated.stale = changed.get(evaluated.scenario.pk)
    return evaluated_sets


def add_words(evaluated: Sequence[EvaluatedScenario], reading: Reading) -> None:
    """Fetch the words behind every red line of these scenarios. Four queries, whatever is stored."""
    words = with_words({line.crossing.position for item in evaluated for line in item.lines}, reading.known)
    for item in evaluated:
        item.lines = [replace(line, position=words.get(line.crossing.position)) for line in item.lines]


def citations(scenario: Scenario, known: datetime | None = None) -> list[Citation]:
    """The words by which a scenario was expected, with all that a citation prints. Two queries."""
    if known is not None:
        return citations_as_recorded(scenario, known)
    return list(scenario.citations.select_related(*STATEMENT).prefetch_related(SIGNED).order_by("pk"))


def signposts(scenario: Scenario, known: datetime | None = None) -> list[Signpost]:
    """What to watch for, what was seen first. Two queries."""
    watched: Iterable[Signpost] = (
        scenario.signposts.select_related(*STATEMENT).prefetch_related(SIGNED)
        if known is None
        else signposts_as_recorded(scenario, known)
    )
    return sorted(watched, key=lambda item: (item.observed_on or date.max, item.pk))


def _evaluated_set(
    reading: Reading, scenario_set: ScenarioSet, summit: Summit, folded: Folded, given: list[Round]
) -> EvaluatedSet:
    shown = last_shown(given)
    places = {pk: place for place, pk in enumerate(reading.issues)}
    evaluated = []
    for scenario in scenario_set.scenarios.all():
        outcomes = [item for item in scenario.outcomes.all() if item.issue_id in reading.issues]
        outcomes.sort(key=lambda item: places[item.issue_id])
        for outcome in outcomes:
            outcome.issue = reading.issues[outcome.issue_id]
        evaluated.append(
            EvaluatedScenario(
                scenario,
                outcomes,
                _fits(reading, outcomes, folded),
                lines := _lines(reading, outcomes, folded, reading.actors),
                tally(line.crossing for line in lines),
                shown.spread(scenario) if shown else None,
                shown is not None and not shown.of(scenario) and bool(shown.late(scenario)),
            )
        )
    least = fewest({item.scenario.pk: item.tally for item in evaluated if item.settles})
    for item in evaluated:
        item.crosses_fewest = item.scenario.pk in least
    found = EvaluatedSet(scenario_set, summit, reading, _columns(reading, evaluated), evaluated, given)
    for item in evaluated:
        item.stands_out = item.crosses_fewest and found.is_apart
    return found


def _fits(reading: Reading, outcomes: Sequence[ScenarioOutcome], folded: Folded) -> dict[int, Fit]:
    """How the scenario fits each actor, on the preference issues alone."""
    targets = measured(outcomes)
    return {
        item.actor_id: fit(targets, {issue: folded.of(item.actor_id, issue) for issue in targets})
        for item in reading.participations
    }


def _lines(
    reading: Reading, outcomes: Sequence[ScenarioOutcome], folded: Folded, actors: Mapping[int, Actor]
) -> list[TestedLine]:
    by_issue = {item.issue_id: item for item in outcomes}
    targets: dict[int, float | None] = {issue: item.placement for issue, item in by_issue.items()}
    return [
        TestedLine(
            crossing,
            actors[crossing.actor],
            reading.issues[crossing.issue],
            by_issue.get(crossing.issue),
            reading.summits[standing.red_line.occasion],
        )
        for crossing in crossings(targets, folded.standing)
        if crossing.actor in actors
        and (standing := folded.of(crossing.actor, crossing.issue)).red_line is not None
    ]


def _columns(reading: Reading, evaluated: Sequence[EvaluatedScenario]) -> list[Participation]:
    """The actors that fit anything by anything, parties first."""
    placed = {actor for item in evaluated for actor, fitting in item.fits.items() if fitting.n}
    columns = [item for item in reading.participations if item.actor_id in placed]
    return sorted(columns, key=lambda item: item.actor_id not in reading.parties)
