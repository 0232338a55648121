"""Scenarios as of a summit: each against every actor and red line, a set of them, its tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from issues.domain.probability import Spread
from issues.domain.scale import IssueKind
from issues.domain.scenario import (
    Crossing,
    Fit,
    Gap,
    Overlap,
    Tally,
    Verdict,
    breach_words,
    fits_on_both,
    overlap,
)
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


def last_shown(rounds: Sequence[Round]) -> Round | None:
    """The last round whose numbers this reader sees, one in which any counts where there is one."""
    seen = [item for item in rounds if not item.is_hidden]
    counting = [item for item in seen if item.latest]
    return next(reversed(counting or seen), None)


def measured(outcomes: Iterable[ScenarioOutcome]) -> dict[int, float | None]:
    """Where these settle each issue on which a fit is measured: the preferences."""
    return {item.issue_id: item.placement for item in outcomes if item.issue.kind == IssueKind.PREFERENCE}


@dataclass(frozen=True)
class TestedLine:
    """A standing red line that a scenario crosses, or may: who drew it, on what, and the words for it."""

    crossing: Crossing
    actor: Actor
    issue: Issue
    outcome: ScenarioOutcome | None
    drawn_at: Summit
    position: Position | None = None


@dataclass
class EvaluatedScenario:
    """A scenario as of a summit. ``fits`` are by actor; ``lines`` are all standing red lines, judged.

    ``only_late`` where it was assessed when the answer was known already, and not before; ``stands_out``
    where others cross more red lines than it.
    """

    scenario: Scenario
    outcomes: list[ScenarioOutcome]
    fits: dict[int, Fit]
    lines: list[TestedLine]
    tally: Tally
    spread: Spread | None = None
    only_late: bool = False
    stale: Stale | None = None
    crosses_fewest: bool = False
    stands_out: bool = False

    @property
    def settles(self) -> bool:
        """Whether it settles any issue, so that it can be tested against red lines."""
        return bool(self.outcomes)

    @property
    def breach(self) -> str:
        """What is known of the lines that stand and this ending, in a clause."""
        return breach_words(self.tally)

    @property
    def targets(self) -> dict[int, float]:
        """Where it settles each issue."""
        return {item.issue_id: item.placement for item in self.outcomes}

    @property
    def measured(self) -> dict[int, float | None]:
        """Where it settles each issue on which a fit is measured."""
        return measured(self.outcomes)


@dataclass(frozen=True)
class Distance:
    """One row of what a fit is made of: an issue, where it is settled, and each actor's gap or nothing."""

    outcome: ScenarioOutcome
    counts: bool
    gaps: list[tuple[Gap | None, float | None]]


@dataclass(frozen=True)
class ActorFits:
    """How two endings fit an actor on the issues that both settle; ``n`` issues, the same for both."""

    actor: Actor
    one: Fit
    other: Fit

    @property
    def n(self) -> int:
        return self.one.n

    @property
    def lead(self) -> float | None:
        """By how many points the first is nearer than the second; None where they cannot be compared."""
        if self.one.value is None or self.other.value is None:
            return None
        return round(self.one.value - self.other.value, 6)

    @property
    def by(self) -> float:
        return abs(self.lead or 0.0)


@dataclass(frozen=True)
class Compared:
    """Two endings beside each other, on the preference issues that both settle."""

    one: EvaluatedScenario
    other: EvaluatedScenario
    issues: list[Issue]
    fits: list[ActorFits]


Pair = tuple[EvaluatedScenario, TestedLine]


@dataclass(frozen=True)
class RedLineRow:
    """One standing red line against every scenario that settles something, by what each does to it.

    ``line`` is the line against any of them, for what does not depend on the scenario.
    """

    line: TestedLine
    crossed_by: list[Pair]
    undetermined_by: list[Pair]
    kept_by: list[Pair]
    left_open_by: list[Pair]


@dataclass
class EvaluatedSet:
    """A set as of a summit. ``columns`` are the participations with a fit to anything, parties first."""

    set: ScenarioSet
    summit: Summit
    reading: Reading
    columns: list[Participation]
    scenarios: list[EvaluatedScenario]
    rounds: list[Round] = field(default_factory=list)

    @property
    def red_lines(self) -> int:
        return max((item.tally.total for item in self.scenarios), default=0)

    @property
    def best(self) -> list[EvaluatedScenario]:
        """Those that cross the fewest red lines; among equals, that touch the fewest without limits."""
        return [item for item in self.scenarios if item.crosses_fewest]

    @property
    def best_breach(self) -> str:
        """What is known of the lines and each of these, where it is the same of all; else nothing."""
        words = {item.breach for item in self.best}
        return words.pop() if len(words) == 1 else ""

    @property
    def best_leave_open(self) -> bool:
        """Whether one of these leaves an issue open on which a line stands."""
        return any(item.tally.not_settled for item in self.best)

    @property
    def is_apart(self) -> bool:
        """Whether some endings are known to cross fewer red lines than others."""
        return 0 < len(self.best) < len(self.tested)

    @property
    def tested(self) -> list[EvaluatedScenario]:
        return [item for item in self.scenarios if item.settles]

    @property
    def has_limits(self) -> bool:
        """Whether any standing red line has limits, so that any could be crossed at all."""
        return any(not line.crossing.line.undetermined for item in self.tested for line in item.lines)

    @cached_property
    def round(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def shown(self) -> Round | None:
        """The round whose numbers are told."""
        return last_shown(self.rounds)

    @property
    def is_resolved(self) -> bool:
        return all(item.scenario.resolved for item in self.scenarios)

    def by_line(self, only: EvaluatedScenario | None = None) -> list[RedLineRow]:
        """Each standing red line with the scenarios that cross it, may, keep it or leave it open."""
        verdicts = (Verdict.CROSSED, Verdict.UNDETERMINED, Verdict.KEPT, Verdict.NOT_SETTLED)
        by_line: dict[tuple[int, int], list[Pair]] = defaultdict(list)
        for evaluated in [only] if only else self.tested:
            for line in evaluated.lines:
                by_line[line.crossing.actor, line.crossing.issue].append((evaluated, line))
        rows = [
            RedLineRow(
                pairs[0][1],
                *([pair for pair in pairs if pair[1].crossing.verdict == verdict] for verdict in verdicts),
            )
            for pairs in by_line.values()
        ]
        return sorted(
            rows, key=lambda row: (-len(row.crossed_by), -len(row.undetermined_by), row.line.issue.order)
        )

    @property
    def together(self) -> list[tuple[EvaluatedScenario, EvaluatedScenario, Overlap]]:
        """The endings of an exclusive set that what they settle does not keep apart."""
        pairs = combinations(self.tested, 2) if self.set.exclusive else ()
        found = ((one, other, overlap(one.targets, other.targets)) for one, other in pairs)
        return [(one, other, how) for one, other, how in found if how is not None]

    def two_by_two(self, only: EvaluatedScenario | None = None) -> list[Compared]:
        """Every two endings that settle a preference issue both, or those beside one of them."""
        folded = self.reading.as_of(self.summit)
        if only is None:
            pairs = list(combinations(self.tested, 2))
        else:
            pairs = [(only, other) for other in self.tested if other is not only and only.settles]
        found = []
        for one, other in pairs:
            both = [issue for issue in one.measured if issue in other.measured]
            fits = []
            for item in self.columns if both else ():
                standing = {issue: folded.of(item.actor_id, issue) for issue in both}
                fits.append(ActorFits(item.actor, *fits_on_both(one.measured, other.measured, standing)))
            if both:
                found.append(Compared(one, other, [self.reading.issues[issue] for issue in both], fits))
        return found

    def of(self, scenario: Scenario) -> EvaluatedScenario:
        """A scenario of this set."""
        return next(item for item in self.scenarios if item.scenario.pk == scenario.pk)

    def distances(self, evaluated: EvaluatedScenario) -> list[Distance]:
        """What the fits of a scenario are made of, issue by issue."""
        folded = self.reading.as_of(self.summit)
        rows = []
        for outcome in evaluated.outcomes:
            gaps = []
            for item in self.columns:
                made_of = evaluated.fits[item.actor_id].gaps
                gap = next((gap for gap in made_of if gap.issue == outcome.issue_id), None)
                gaps.append((gap, folded.of(item.actor_id, outcome.issue_id).value))
            rows.append(Distance(outcome, outcome.issue.kind == IssueKind.PREFERENCE, gaps))
        return rows
