"""What is told of endings: each against every actor and red line, a set as of a summit, and its rows."""

from dataclasses import dataclass, field
from functools import cached_property

from issues.domain.probability import Spread
from issues.domain.scale import IssueKind
from issues.domain.scenario import Crossing, Fit, Gap, Tally, Verdict
from issues.models import (
    Actor,
    Issue,
    Participation,
    Position,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Summit,
)
from issues.queries.reading.process import Reading
from issues.queries.scenarios.rounds import Round
from issues.queries.scenarios.staleness import Stale


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
