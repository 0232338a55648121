"""Which bundles of outcomes hold together by the judgements, and what each does to the red lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod

from issues.domain.consistency import Bundle
from issues.domain.fold import Folded
from issues.domain.scale import IssueKind
from issues.domain.scenario import Crossing, Fit, Tally, Verdict, breach_words, crossings, fit, tally
from issues.models import Actor, Issue, Judgement, Option, Participation, Summit
from issues.queries.reading.process import Reading
from issues.queries.scenarios.as_recorded import judgements_as_recorded


@dataclass(frozen=True)
class Influence:
    """How an option bears on another, by everyone who judged it, in the order of their names."""

    from_option: Option
    on_option: Option
    given: list[Judgement]

    @property
    def mean(self) -> Fraction:
        """What counts: the mean of everyone's judgements."""
        return Fraction(sum(item.impact for item in self.given), len(self.given))

    @property
    def shown(self) -> float:
        """The mean, to be told."""
        return float(self.mean)

    @property
    def apart(self) -> int:
        """How far the highest judgement lies above the lowest; 0 where all agree, or one person judged."""
        impacts = [item.impact for item in self.given]
        return max(impacts) - min(impacts)

    @property
    def opposed(self) -> bool:
        """Whether one says that it promotes and another that it hinders."""
        impacts = [item.impact for item in self.given]
        return min(impacts) < 0 < max(impacts)


# An option, and issue by issue what was judged of it on each option there; nothing on its own issue.
GridRow = tuple[Option, list[tuple[Issue, list[Influence | None]]]]


@dataclass(frozen=True)
class Space:
    """The issues between whose options something was judged, and the judgements."""

    issues: list[Issue]
    options: list[list[Option]]
    judgements: list[Judgement]

    @property
    def sizes(self) -> list[int]:
        return [len(options) for options in self.options]

    @property
    def combinations(self) -> int:
        """How many ways there are to choose an option on each issue; 0 where nothing was judged."""
        return prod(self.sizes) if self.issues else 0

    @cached_property
    def influences(self) -> dict[tuple[int, int], Influence]:
        """By the keys of both options, what was judged, in the order of issues and options."""
        found: dict[tuple[int, int], Influence] = {}
        for item in self.judgements:
            key = item.from_option_id, item.on_option_id
            found.setdefault(key, Influence(item.from_option, item.on_option, [])).given.append(item)
        return found

    @cached_property
    def people(self) -> int:
        """How many people judged."""
        return len({item.author_id for item in self.judgements})

    @cached_property
    def shared(self) -> int:
        """How many influences two people or more judged."""
        return sum(len(item.given) > 1 for item in self.influences.values())

    @cached_property
    def differing(self) -> list[Influence]:
        """Those on which people differ, the farthest apart first."""
        found = [item for item in self.influences.values() if item.apart]
        return sorted(found, key=lambda item: (not item.opposed, -item.apart))

    @property
    def is_example(self) -> bool:
        """Whether any of it is nobody's judgement, but shows how judgements look."""
        return any(item.is_example for item in self.judgements)

    @property
    def impacts(self) -> dict[tuple[int, int, int, int], Fraction]:
        """The mean of the judgements, by place of issue and option."""
        places = {
            option.pk: (issue, place)
            for issue, options in enumerate(self.options)
            for place, option in enumerate(options)
        }
        return {
            (*places[one], *places[other]): influence.mean
            for (one, other), influence in self.influences.items()
        }

    def of(self, rows: Sequence[Issue]) -> list[Influence]:
        """What was judged of how these issues bear on others."""
        bearing = {issue.pk for issue in rows}
        return [item for item in self.influences.values() if item.from_option.issue_id in bearing]

    def grid(self, rows: Sequence[Issue]) -> Iterator[tuple[Issue, list[GridRow]]]:
        """Issue by issue its options, each with what was judged of it on every option of all issues."""
        for of in rows:
            told: list[GridRow] = []
            for row in of.options.all():
                on = [
                    (issue, [] if issue.pk == of.pk else [self._found(row, item) for item in options])
                    for issue, options in zip(self.issues, self.options, strict=True)
                ]
                told.append((row, on))
            yield of, told

    def _found(self, row: Option, column: Option) -> Influence | None:
        return self.influences.get((row.pk, column.pk))

    def chosen(self, bundle: Bundle) -> list[Option]:
        """The options of a bundle, in the order of the issues."""
        return [options[place] for options, place in zip(self.options, bundle.options, strict=True)]


@dataclass(frozen=True)
class BundleRow:
    """A consistent bundle: its options, its margin, what it does to red lines, its fit to each party.

    ``crossed`` and ``undetermined`` name the actor and the issue of each such line.
    """

    options: list[Option]
    margin: float
    tally: Tally
    crossed: list[tuple[Actor, Issue]]
    undetermined: list[tuple[Actor, Issue]]
    fits: list[Fit]

    @property
    def breach(self) -> str:
        """What is known of the lines that stand and this bundle, in a clause."""
        return breach_words(self.tally)


def space(reading: Reading) -> Space:
    """The judgements of a process and what they are about. One query."""
    judgements = _judgements(reading)
    judged = {option.issue_id for item in judgements for option in (item.from_option, item.on_option)}
    issues = [issue for issue in reading.issues.values() if issue.pk in judged]
    return Space(issues, [list(issue.options.all()) for issue in issues], judgements)


def _judgements(reading: Reading) -> list[Judgement]:
    """What was judged, in the order of issues and options."""
    if reading.known is None:
        found = list(
            Judgement.objects.filter(from_option__issue__process=reading.process).select_related(
                "from_option__issue", "on_option__issue", "author"
            )
        )
    else:
        options = {option.pk: option for issue in reading.issues.values() for option in issue.options.all()}
        found = judgements_as_recorded(options, reading.known)
    return sorted(
        found,
        key=lambda item: (*_place(item.from_option), *_place(item.on_option), item.author.get_username()),
    )


def _place(option: Option) -> tuple[int, float]:
    return option.issue.order, option.value


def parties(reading: Reading) -> list[Participation]:
    """Whose fit is shown: the parties."""
    return [item for item in reading.participations if item.actor_id in reading.parties]


def bundle_rows(
    reading: Reading, of: Space, bundles: Sequence[Bundle], summit: Summit, most: int
) -> list[BundleRow]:
    """The first bundles with what each does to red lines and parties, as of a summit. No query.

    Those that cross the fewest red lines come first; among equals, those that touch the fewest without
    limits, then the firmest.
    """
    folded = reading.as_of(summit)
    rows = [_row(reading, of, bundle, folded) for bundle in bundles]
    rows.sort(key=lambda row: (row.tally.crossed, row.tally.undetermined, -row.margin))
    return rows[:most]


def _row(reading: Reading, of: Space, bundle: Bundle, folded: Folded) -> BundleRow:
    options = of.chosen(bundle)
    targets: dict[int, float | None] = {option.issue_id: float(option.value) for option in options}
    preferences = {
        issue: target
        for issue, target in targets.items()
        if reading.issues[issue].kind == IssueKind.PREFERENCE
    }
    fits = [
        fit(preferences, {issue: folded.of(item.actor_id, issue) for issue in preferences})
        for item in parties(reading)
    ]
    crossed = crossings(targets, folded.standing)
    return BundleRow(
        options,
        bundle.margin,
        tally(crossed),
        _named(reading, crossed, Verdict.CROSSED),
        _named(reading, crossed, Verdict.UNDETERMINED),
        fits,
    )


def _named(reading: Reading, crossed: Sequence[Crossing], verdict: Verdict) -> list[tuple[Actor, Issue]]:
    return [
        (reading.actors[item.actor], reading.issues[item.issue])
        for item in crossed
        if item.verdict == verdict and item.actor in reading.actors
    ]
