"""Measures over standing placements. Each leaves out what is not placed, and says how many it counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from issues.domain.change import Standing
from issues.domain.fold import Folded, apply
from issues.domain.forecast import polarisation
from issues.domain.order import ActorIssue
from issues.domain.position import Entry, IssueTerms, Occasion
from issues.domain.redline import Zone, zone
from issues.domain.scale import HIGHEST, IssueKind


@dataclass(frozen=True, slots=True)
class Measure:
    """A value in points of the scale, and ``n``, the number of things that it is a mean over."""

    value: float
    n: int


def distance(placements: Collection[float]) -> Measure | None:
    """Mean pairwise distance of placements on one issue, 0..100; n is their number; None under two."""
    if len(placements) < 2:
        return None
    gaps = [abs(one - other) for one, other in combinations(placements, 2)]
    return Measure(sum(gaps) / len(gaps), len(placements))


def party_placements(
    standing: Mapping[ActorIssue, Standing], issue: int, parties: Iterable[int]
) -> list[float]:
    """The standing placements of the parties on an issue, without those that have none."""
    values = (standing.get((party, issue), Standing()).value for party in parties)
    return [value for value in values if value is not None]


@dataclass(frozen=True)
class Step:
    """How far apart the parties were as of an occasion: their distance on each issue where two are placed."""

    occasion: Occasion
    distances: Mapping[int, float]

    @property
    def issues(self) -> frozenset[int]:
        """The issues on which it rests."""
        return frozenset(self.distances)

    @property
    def measure(self) -> Measure | None:
        """Convergence: the mean distance, n the number of issues; None without any."""
        return _mean(self.distances.values())

    def over(self, issues: Collection[int]) -> Measure | None:
        """The mean distance over these issues; None unless each of them is measured."""
        whole = self.issues.issuperset(issues)
        return _mean([value for issue, value in self.distances.items() if issue in issues]) if whole else None


def convergence(folded: Folded, issues: Mapping[int, IssueTerms], parties: Collection[int]) -> Measure | None:
    """Mean distance over the preference issues with two or more placed parties; n is their number."""
    return _mean(_distances(folded.standing, issues, parties).values())


def standing_series(folded: Folded) -> Iterator[tuple[Occasion, Mapping[ActorIssue, Standing]]]:
    """What stands as of each occasion in order, from one walk over them all.

    As of a meeting is as of everything parallel to it.
    """
    at: dict[int, list[Entry]] = defaultdict(list)
    for change in folded.changes:
        at[change.entry.occasion].append(change.entry)
    standing: dict[ActorIssue, Standing] = {}
    for _, together in groupby(folded.occasions, key=lambda occasion: occasion.table):
        table = list(together)
        for occasion in table:
            _advance(standing, at[occasion.id])
        seen = dict(standing)
        yield from ((occasion, seen) for occasion in table)


def convergence_series(
    folded: Folded, issues: Mapping[int, IssueTerms], parties: Collection[int]
) -> list[Step]:
    """The distances as of each occasion in order, from one fold of them all; closed issues are left out."""
    series = []
    for occasion, standing in standing_series(folded):
        open_then = {
            issue: terms
            for issue, terms in issues.items()
            if terms.closed_on is None or occasion.starts_on <= terms.closed_on
        }
        series.append(Step(occasion, _distances(standing, open_then, parties)))
    return series


def breaks(steps: Sequence[Step]) -> list[bool]:
    """For each step whether it rests on other issues than the one before, so that no line joins the two."""
    return [place > 0 and step.issues != steps[place - 1].issues for place, step in enumerate(steps)]


def held_throughout(steps: Sequence[Step]) -> frozenset[int]:
    """The issues that are measured at both ends of these steps, which one figure can follow."""
    return steps[0].issues & steps[-1].issues if steps else frozenset()


@dataclass(frozen=True, slots=True)
class IssueFigures:
    """How far apart the parties are on an issue, and what their limits leave open.

    ``polarisation`` weighs every placed party alike (Esteban and Ray 1994, α = K = 1); None where none is
    placed.
    """

    distance: Measure | None
    zone: Zone
    polarisation: float | None


def issue_figures(
    standing: Mapping[ActorIssue, Standing], issue: int, parties: Collection[int]
) -> IssueFigures:
    """The figures of an issue where all this stands."""
    placements = party_placements(standing, issue, parties)
    return IssueFigures(
        distance(placements),
        zone(standing.get((party, issue), Standing()).line for party in sorted(parties)),
        polarisation([(value / HIGHEST, 1.0) for value in placements]),
    )


def issue_series(
    folded: Folded, issue: int, terms: IssueTerms, parties: Collection[int]
) -> list[tuple[Occasion, IssueFigures]]:
    """An issue as of each occasion in order while it was on the table."""
    return [
        (occasion, issue_figures(standing, issue, parties))
        for occasion, standing in standing_series(folded)
        if terms.is_open(occasion.starts_on)
    ]


def _advance(standing: dict[ActorIssue, Standing], entries: Iterable[Entry]) -> None:
    for entry in entries:
        cell = (entry.actor, entry.issue)
        standing[cell] = apply(standing.get(cell, Standing()), entry)


def _distances(
    standing: Mapping[ActorIssue, Standing], issues: Mapping[int, IssueTerms], parties: Collection[int]
) -> dict[int, float]:
    return {
        issue: measured.value
        for issue, terms in issues.items()
        if terms.kind == IssueKind.PREFERENCE
        and (measured := distance(party_placements(standing, issue, parties))) is not None
    }


def _mean(distances: Collection[float]) -> Measure | None:
    return Measure(sum(distances) / len(distances), len(distances)) if distances else None
