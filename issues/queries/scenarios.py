"""Endings against what stands: how each fits every actor, which red lines it crosses, how likely it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Prefetch

from issues.domain.fold import Folded
from issues.domain.probability import Spread
from issues.domain.scale import IssueKind
from issues.domain.scenario import Crossing, Fit, Gap, Tally, Verdict, crossings, fewest, fit, tally
from issues.models import (
    Actor,
    Citation,
    Issue,
    Participation,
    Position,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signpost,
    Summit,
)
from issues.queries.evidence import STATEMENT, with_words
from issues.queries.reading import Reading
from issues.queries.rounds import Round, rounds
from issues.queries.stale import Stale, stale


@dataclass(frozen=True)
class Crossed:
    """A standing red line that an ending crosses, or may: who drew it, on what, and the words for it."""

    crossing: Crossing
    actor: Actor
    issue: Issue
    outcome: ScenarioOutcome | None
    drawn_at: Summit
    position: Position | None = None

    @property
    def is_crossed(self) -> bool:
        """Whether the ending lies outside the limits of the line."""
        return self.crossing.verdict == Verdict.CROSSED

    @property
    def is_undetermined(self) -> bool:
        """Whether the line has no limits, so that nobody can say."""
        return self.crossing.verdict == Verdict.UNDETERMINED


@dataclass
class Ending:
    """A scenario as of a summit. ``fits`` are by actor; ``lines`` are all standing red lines, judged."""

    scenario: Scenario
    outcomes: list[ScenarioOutcome]
    fits: dict[int, Fit]
    lines: list[Crossed]
    tally: Tally
    spread: Spread | None = None
    stale: Stale | None = None
    crosses_fewest: bool = False

    @property
    def settles(self) -> bool:
        """Whether it settles any issue, so that it can be tested against red lines."""
        return bool(self.outcomes)

    @property
    def crossed(self) -> list[Crossed]:
        """The red lines that it crosses."""
        return [line for line in self.lines if line.is_crossed]

    @property
    def undetermined(self) -> list[Crossed]:
        """The red lines without limits on the issues that it settles."""
        return [line for line in self.lines if line.is_undetermined]

    @property
    def not_settled(self) -> list[Crossed]:
        """The red lines on issues that it leaves open."""
        return [line for line in self.lines if line.crossing.verdict == Verdict.NOT_SETTLED]

    @property
    def kept(self) -> list[Crossed]:
        """The red lines that it respects."""
        return [line for line in self.lines if line.crossing.verdict == Verdict.KEPT]


@dataclass(frozen=True)
class Distance:
    """One row of what a fit is made of: an issue, where the ending lies, and each actor's gap or nothing."""

    outcome: ScenarioOutcome
    counts: bool
    gaps: list[tuple[Gap | None, float | None]]


@dataclass(frozen=True)
class LineRow:
    """One standing red line against every ending that settles something."""

    actor: Actor
    issue: Issue
    drawn_at: Summit
    position: Position | None
    crossed_by: list[tuple[Ending, Crossed]]
    undetermined_by: list[tuple[Ending, Crossed]]
    kept_by: list[tuple[Ending, Crossed]]
    left_open_by: list[tuple[Ending, Crossed]]

    @property
    def of(self) -> Crossed:
        """The line against any of them, for what does not depend on the ending."""
        rows = (self.crossed_by, self.undetermined_by, self.kept_by, self.left_open_by)
        return next(pair[1] for row in rows for pair in row)


@dataclass
class Endings:
    """A set as of a summit. ``columns`` are the participations with a fit to anything, parties first."""

    set: ScenarioSet
    summit: Summit
    reading: Reading
    columns: list[Participation]
    endings: list[Ending]
    rounds: list[Round] = field(default_factory=list)

    @property
    def red_lines(self) -> int:
        """How many red lines stand."""
        return max((ending.tally.total for ending in self.endings), default=0)

    @property
    def best(self) -> list[Ending]:
        """The endings that cross the fewest red lines; among equals, that touch the fewest without limits."""
        return [ending for ending in self.endings if ending.crosses_fewest]

    @property
    def tested(self) -> list[Ending]:
        """The endings that settle something."""
        return [ending for ending in self.endings if ending.settles]

    @property
    def has_limits(self) -> bool:
        """Whether any standing red line has limits, so that any could be crossed at all."""
        return any(not line.crossing.line.undetermined for ending in self.tested for line in ending.lines)

    @cached_property
    def round(self) -> Round | None:
        """The last round, shown or hidden."""
        return self.rounds[-1] if self.rounds else None

    @property
    def shown(self) -> Round | None:
        """The last round whose numbers this reader sees."""
        seen = [item for item in self.rounds if not item.is_hidden]
        return seen[-1] if seen else None

    @property
    def is_resolved(self) -> bool:
        """Whether history has answered for every scenario."""
        return all(ending.scenario.resolved for ending in self.endings)

    def by_line(self, only: Ending | None = None) -> list[LineRow]:
        """Each standing red line with the endings that cross it, may, keep it or leave it open."""
        found: dict[tuple[int, int], dict[Verdict, list[tuple[Ending, Crossed]]]] = {}
        for ending in [only] if only else self.tested:
            for line in ending.lines:
                key = (line.crossing.actor, line.crossing.issue)
                rows = found.setdefault(key, {verdict: [] for verdict in Verdict})
                rows[line.crossing.verdict].append((ending, line))
        made = []
        for rows in found.values():
            line = next(pair[1] for pairs in rows.values() for pair in pairs)
            made.append(
                LineRow(
                    line.actor,
                    line.issue,
                    line.drawn_at,
                    line.position,
                    rows[Verdict.CROSSED],
                    rows[Verdict.UNDETERMINED],
                    rows[Verdict.KEPT],
                    rows[Verdict.NOT_SETTLED],
                )
            )
        return sorted(
            made, key=lambda row: (-len(row.crossed_by), -len(row.undetermined_by), row.issue.order)
        )

    def of(self, scenario: Scenario) -> Ending:
        """The ending of a scenario of this set."""
        return next(ending for ending in self.endings if ending.scenario.pk == scenario.pk)

    def distances(self, ending: Ending) -> list[Distance]:
        """What the fits of an ending are made of, issue by issue."""
        folded = self.reading.as_of(self.summit)
        rows = []
        for outcome in ending.outcomes:
            gaps = []
            for item in self.columns:
                made_of = ending.fits[item.actor_id].gaps
                placement = folded.of(item.actor_id, outcome.issue_id).placement
                gap = next((gap for gap in made_of if gap.issue == outcome.issue_id), None)
                gaps.append((gap, placement.value if placement else None))
            rows.append(Distance(outcome, outcome.issue.kind == IssueKind.PREFERENCE, gaps))
        return rows


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
        ending.lines = [
            Crossed(
                line.crossing,
                line.actor,
                line.issue,
                line.outcome,
                line.drawn_at,
                words.get(line.crossing.position),
            )
            for line in ending.lines
        ]


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
