"""Scenarios against what stands: how well a scenario fits an actor, and which red lines it crosses."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from issues.domain.change import Standing
from issues.domain.redline import RedLine
from issues.domain.scale import HIGHEST

# Salience where none was coded, on 0..100.
UNCODED_SALIENCE = 50.0


@dataclass(frozen=True, slots=True)
class Gap:
    """An actor's distance from a scenario on one issue. ``salience`` is 50 where none was coded."""

    issue: int
    target: float
    placement: float
    salience: float
    is_coded: bool

    @property
    def distance(self) -> float:
        """Points of the scale between the scenario and the actor's standing placement, 0..100."""
        return abs(self.placement - self.target)


@dataclass(frozen=True, slots=True)
class Fit:
    """How near a scenario is to an actor, 0..100; None is *not scored*. ``gaps`` are what it is made of."""

    value: float | None
    gaps: tuple[Gap, ...]

    @property
    def n(self) -> int:
        """On how many issues both the scenario and the actor are placed."""
        return len(self.gaps)


def fit(targets: Mapping[int, float | None], standing: Mapping[int, Standing]) -> Fit:
    """100 − Σ s·|x − t| / Σ s over the issues placed on both sides, 0..100.

    ``targets`` and ``standing`` are the scenario and one actor, by issue; give the preference issues only.
    Not scored where nothing is placed on both sides, or where all that is has no salience. Source: loss
    s·|x − outcome|, Bailer.
    """
    gaps = tuple(gap for issue, target in targets.items() if (gap := _gap(issue, target, standing)))
    weight = sum(gap.salience for gap in gaps)
    if not weight:
        return Fit(None, gaps)
    loss = sum(gap.salience * gap.distance for gap in gaps) / weight
    return Fit(HIGHEST - loss, gaps)


def fits_on_both(
    one: Mapping[int, float | None], other: Mapping[int, float | None], standing: Mapping[int, Standing]
) -> tuple[Fit, Fit]:
    """The fits of two scenarios on the issues that both settle, which alone may be told as nearer or farther.

    Both rest on the same issues, so their n is one; arguments as of :func:`fit`.
    """
    both = [issue for issue in one if one[issue] is not None and other.get(issue) is not None]
    return fit({issue: one[issue] for issue in both}, standing), fit(
        {issue: other[issue] for issue in both}, standing
    )


def _gap(issue: int, target: float | None, standing: Mapping[int, Standing]) -> Gap | None:
    stands = standing.get(issue, Standing())
    if target is None or stands.placement is None:
        return None
    return Gap(issue, target, stands.placement.value, salience_of(stands), stands.salience is not None)


def salience_of(standing: Standing) -> float:
    """How much an actor cares, on 0..100, where it was coded, else what counts for it."""
    return standing.salience.value if standing.salience else UNCODED_SALIENCE


class Verdict(StrEnum):
    """What a scenario does to a standing red line."""

    CROSSED = "crossed"
    KEPT = "kept"
    UNDETERMINED = "undetermined"
    NOT_SETTLED = "not settled"


def verdict(line: RedLine, target: float | None) -> Verdict:
    """Whether a target on 0..100 lies outside what the line accepts; the limits themselves are accepted.

    *Undetermined* where the line has no limits: it is never passed. *Not settled* where the scenario has no
    target on the issue, so that nothing can be said either.
    """
    if target is None:
        return Verdict.NOT_SETTLED
    if line.undetermined:
        return Verdict.UNDETERMINED
    low, high = line.range
    return Verdict.KEPT if low <= target <= high else Verdict.CROSSED


WEIGHTIEST = (Verdict.CROSSED, Verdict.UNDETERMINED, Verdict.NOT_SETTLED, Verdict.KEPT)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A standing red line of an actor on an issue, and what the scenario does to it."""

    actor: int
    issue: int
    line: RedLine
    target: float | None
    verdict: Verdict
    position: int
    placement: float | None


def crossings(
    targets: Mapping[int, float | None], standing: Mapping[tuple[int, int], Standing]
) -> list[Crossing]:
    """Every standing red line by (actor, issue), against a scenario: crossed first, then undetermined.

    Among undetermined ones those come first whose actor stands farthest from the scenario.
    """
    tested = [
        Crossing(
            actor,
            issue,
            stands.red_line.value,
            targets.get(issue),
            verdict(stands.red_line.value, targets.get(issue)),
            stands.red_line.position,
            stands.value,
        )
        for (actor, issue), stands in standing.items()
        if stands.red_line is not None
    ]
    return sorted(tested, key=lambda item: (WEIGHTIEST.index(item.verdict), -_far(item)))


def _far(item: Crossing) -> float:
    if item.placement is None or item.target is None:
        return 0.0
    return abs(item.placement - item.target)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many standing red lines a scenario crosses, leaves undetermined, does not settle, and keeps."""

    crossed: int
    undetermined: int
    not_settled: int
    kept: int

    @property
    def total(self) -> int:
        return self.crossed + self.undetermined + self.not_settled + self.kept


def tally(crossed: Iterable[Crossing]) -> Tally:
    """Count the crossings of one scenario by verdict."""
    counts = Counter(item.verdict for item in crossed)
    return Tally(*(counts[verdict] for verdict in WEIGHTIEST))


def breach_words(tally: Tally) -> str:
    """What is known of the lines that stand, in a clause that claims nothing of those without limits."""
    if not tally.total:
        return "no red line stands"
    touched = tally.crossed + tally.kept + tally.undetermined
    left_open = _lines(
        tally.not_settled, "is on an issue that it leaves open", "are on issues that it leaves open"
    )
    if not touched:
        return f"no line stands on an issue that it settles; {left_open}"
    words = _crossed_words(tally)
    return f"on the issues that it settles, {words}; {left_open}" if tally.not_settled else words


def _crossed_words(tally: Tally) -> str:
    limited, unlimited = tally.crossed + tally.kept, tally.undetermined
    without = _lines(unlimited, "has no limits", "have no limits")
    if not limited:
        return f"no line with limits stands; {without}"
    if limited == 1 and not unlimited:
        return f"the one line that stands is {'' if tally.crossed else 'not '}crossed"
    of = "line with limits" if unlimited else "line"
    if not tally.crossed:
        words = f"no {of} is crossed"
    elif limited == 1:
        words = f"the one {of} is crossed"
    else:
        many = of.replace("line", "lines", 1)
        words = f"{tally.crossed} of {limited} {many} {'is' if tally.crossed == 1 else 'are'} crossed"
    return f"{words}; {without if unlimited else f'all {limited} have limits'}"


def _lines(number: int, one: str, many: str) -> str:
    return f"1 line {one}" if number == 1 else f"{number} lines {many}"


class Overlap(StrEnum):
    """How two scenarios can happen together, as far as what they settle tells."""

    SAME = "the same"
    WITHIN = "one within the other"
    NOT_APART = "not kept apart"


def overlap(one: Mapping[int, float], other: Mapping[int, float]) -> Overlap | None:
    """Whether two scenarios, by issue and target, can both come true; None where an issue keeps them apart.

    They exclude each other only where both settle an issue, at different places. One that settles no issue
    is told by its words alone, of which nothing can be known here: None.
    """
    if not one or not other or any(one[issue] != other[issue] for issue in one.keys() & other.keys()):
        return None
    if one.keys() == other.keys():
        return Overlap.SAME
    within = one.keys() <= other.keys() or other.keys() <= one.keys()
    return Overlap.WITHIN if within else Overlap.NOT_APART


def fewest(tallies: Mapping[int, Tally]) -> list[int]:
    """The scenarios that cross the fewest red lines; among those, that touch the fewest undetermined ones."""
    if not tallies:
        return []
    least = min((item.crossed, item.undetermined) for item in tallies.values())
    return [key for key, item in tallies.items() if (item.crossed, item.undetermined) == least]
