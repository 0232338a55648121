"""Which bundles of outcomes hold together by the judgements, and what each does to the red lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from issues.domain.consistency import Bundle
from issues.domain.fold import Folded
from issues.domain.scale import IssueKind
from issues.domain.scenario import Crossing, Fit, Tally, Verdict, breach_words, crossings, fit, tally
from issues.models import Actor, Issue, Judgement, Option, Participation, Summit
from issues.queries.reading.process import Reading
from issues.queries.scenarios.as_recorded import judgements_as_recorded


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

    @property
    def impacts(self) -> dict[tuple[int, int, int, int], int]:
        """The judgements by place of issue and option."""
        places = {
            option.pk: (issue, place)
            for issue, options in enumerate(self.options)
            for place, option in enumerate(options)
        }
        return {
            (*places[item.from_option_id], *places[item.on_option_id]): item.impact
            for item in self.judgements
        }

    def chosen(self, bundle: Bundle) -> list[Option]:
        """The options of a bundle, in the order of the issues."""
        return [options[place] for options, place in zip(self.options, bundle.options, strict=True)]


@dataclass(frozen=True)
class BundleRow:
    """A consistent bundle: its options, its margin, what it does to red lines, its fit to each party.

    ``crossed`` and ``undetermined`` name the actor and the issue of each such line.
    """

    options: list[Option]
    margin: int
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
    return sorted(found, key=lambda item: (*_place(item.from_option), *_place(item.on_option)))


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
