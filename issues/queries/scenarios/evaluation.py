"""Endings against what stands: how each fits every actor, which red lines it crosses, how likely it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from issues.domain.fold import Folded
from issues.domain.scale import IssueKind
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
from issues.queries.reading.words import STATEMENT, with_words
from issues.queries.scenarios.rounds import Round, rounds
from issues.queries.scenarios.staleness import stale
from issues.queries.scenarios.told import Crossed, Ending, Endings
from issues.user import User


def scenario_sets(process: Process) -> list[ScenarioSet]:
    """The sets of a process, the last to close first, with their scenarios and outcomes. Three queries."""
    outcomes = Prefetch(
        "outcomes",
        queryset=ScenarioOutcome.objects.select_related("option").order_by("issue__order", "issue__name"),
    )
    scenarios = Prefetch("scenarios", queryset=Scenario.objects.prefetch_related(outcomes))
    found = list(ScenarioSet.objects.filter(process=process).prefetch_related(scenarios))
    for item in found:
        item.process = process
        for scenario in item.scenarios.all():
            scenario.set = item
    return found


def endings(
    reading: Reading, sets: Iterable[ScenarioSet], summit: Summit, user: User | AnonymousUser
) -> list[Endings]:
    """Each set against what stands as of a summit. Two queries, and more where the record was edited since.

    The words behind red lines come with :func:`add_words`.
    """
    folded = reading.as_of(summit)
    of_sets = list(sets)
    given = rounds(of_sets, user, until=summit, known=reading.known)
    found = [_endings(reading, item, summit, folded, given[item.pk]) for item in of_sets]
    changed = stale(reading, folded, [(item.set, item.rounds) for item in found])
    for item in found:
        for ending in item.endings:
            ending.stale = changed.get(ending.scenario.pk)
    return found


def add_words(found: Iterable[Ending], reading: Reading) -> None:
    """Fetch the words behind every red line of these endings. Four queries, whatever is stored."""
    listed = list(found)
    words = with_words({line.crossing.position for ending in listed for line in ending.lines}, reading.known)
    for ending in listed:
        ending.lines = [replace(line, position=words.get(line.crossing.position)) for line in ending.lines]


def citations(scenario: Scenario) -> list[Citation]:
    """The words by which a scenario was expected, with all that a citation prints. One query."""
    return list(scenario.citations.select_related(*STATEMENT).order_by("pk"))


def signposts(scenario: Scenario) -> list[Signpost]:
    """What to watch for, what was seen first. One query."""
    found = scenario.signposts.select_related(*STATEMENT).order_by("observed_on", "pk")
    return sorted(found, key=lambda item: (item.observed_on is None, item.observed_on or item.pk))


def _endings(
    reading: Reading, found: ScenarioSet, summit: Summit, folded: Folded, given: list[Round]
) -> Endings:
    actors = {item.actor_id: item.actor for item in reading.participations}
    shown = [item for item in given if not item.is_hidden]
    made = []
    for scenario in found.scenarios.all():
        outcomes = list(scenario.outcomes.all())
        for outcome in outcomes:
            outcome.issue = reading.issues[outcome.issue_id]
        made.append(
            Ending(
                scenario,
                outcomes,
                _fits(reading, outcomes, folded),
                lines := _lines(reading, outcomes, folded, actors),
                tally(line.crossing for line in lines),
                shown[-1].spread(scenario) if shown else None,
            )
        )
    least = fewest({ending.scenario.pk: ending.tally for ending in made if ending.settles})
    for ending in made:
        ending.crosses_fewest = ending.scenario.pk in least
    return Endings(found, summit, reading, _columns(reading, made), made, given)


def _fits(reading: Reading, outcomes: Sequence[ScenarioOutcome], folded: Folded) -> dict[int, Fit]:
    """How the ending fits each actor, on the preference issues alone."""
    targets: Mapping[int, float | None] = {
        item.issue_id: item.placement for item in outcomes if item.issue.kind == IssueKind.PREFERENCE
    }
    return {
        item.actor_id: fit(targets, {issue: folded.of(item.actor_id, issue) for issue in targets})
        for item in reading.participations
    }


def _lines(
    reading: Reading, outcomes: Sequence[ScenarioOutcome], folded: Folded, actors: Mapping[int, Actor]
) -> list[Crossed]:
    by_issue = {item.issue_id: item for item in outcomes}
    targets: dict[int, float | None] = {issue: item.placement for issue, item in by_issue.items()}
    return [
        Crossed(
            found,
            actors[found.actor],
            reading.issues[found.issue],
            by_issue.get(found.issue),
            reading.summits[standing.red_line.occasion],
        )
        for found in crossings(targets, folded.standing)
        if found.actor in actors and (standing := folded.of(found.actor, found.issue)).red_line is not None
    ]


def _columns(reading: Reading, made: Sequence[Ending]) -> list[Participation]:
    """The actors that fit anything by anything, parties first."""
    placed = {actor for ending in made for actor, found in ending.fits.items() if found.n}
    columns = [item for item in reading.participations if item.actor_id in placed]
    return sorted(columns, key=lambda item: item.actor_id not in reading.parties)
