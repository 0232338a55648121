"""The tables of the endings that are asked about, of what each would settle, and of the numbers given."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from issues.domain.probability import Spread
from issues.exports.tables.column import Asked, Column, Kind, now_table
from issues.models import Assessment, Scenario, ScenarioOutcome, ScenarioSet
from issues.queries.scenarios.rounds import Round, rounds

N, W, Y, D, T = Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.DAY, Kind.TIME

SCENARIOS = now_table(
    "scenarios",
    "every ending of every question, and what became of it",
    lambda asked: (
        Scenario.objects.filter(set__process=asked.process)
        .select_related("set")
        .order_by("set__slug", "order", "slug")
    ),
    Column("set", "the question in addresses", lambda s: s.set.slug),
    Column("question", "what is asked", lambda s: s.set.question),
    Column("opened_on", "the day from which numbers count", lambda s: s.set.opened_on, D),
    Column("closes_on", "the day by which it is decided", lambda s: s.set.closes_on, D),
    Column("exclusive", "whether exactly one of its endings happens", lambda s: s.set.exclusive, Y),
    Column("scenario", "the ending in addresses", lambda s: s.slug),
    Column("name", "what the ending is called", lambda s: s.name),
    Column("narrative", "how it would come about", lambda s: s.narrative),
    Column("is_other", "whether it is whatever the others leave out", lambda s: s.is_other, Y),
    Column("resolved", "what became of it; empty while it is open", lambda s: s.resolved),
    Column("resolved_on", "the day on which that happened", lambda s: s.resolved_on, D),
)


SCENARIO_OUTCOMES = now_table(
    "scenario_outcomes",
    "what each ending would settle, a row an issue",
    lambda asked: (
        ScenarioOutcome.objects.filter(scenario__set__process=asked.process)
        .select_related("scenario__set", "issue", "option")
        .order_by("scenario__set__slug", "scenario__order", "scenario__slug", "issue__order", "pk")
    ),
    Column("set", "the question in addresses", lambda o: o.scenario.set.slug),
    Column("scenario", "the ending in addresses", lambda o: o.scenario.slug),
    Column("issue", "the issue in addresses", lambda o: o.issue.slug),
    Column("option", "the option that it would settle on", lambda o: o.option and o.option.label),
    Column(
        "placement",
        "where that lies, 0 to 100",
        lambda o: o.value if o.value is not None else o.option and o.option.value,
        N,
    ),
    Column("note", "why it lies there", lambda o: o.note),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A probability of an ending in a round: one person's, or that of the group where none is named."""

    round: Round
    scenario: Scenario
    given: Assessment | None
    spread: Spread | None = None


def _numbers(asked: Asked) -> Iterator[Number]:
    """What the pages show this reader: each number with whose it is, or the means of two people or more."""
    sets = ScenarioSet.objects.filter(process=asked.process).prefetch_related("scenarios").order_by("slug")
    by_key = {found.pk: found for found in sets}
    for found in by_key.values():
        found.process = asked.process
    for pk, given in rounds(by_key.values(), asked.reader).items():
        scenarios = {one.pk: one for one in by_key[pk].scenarios.all()}
        for one in scenarios.values():
            one.set = by_key[pk]
        for of in given:
            if of.is_named:
                yield from (Number(of, scenarios[item.scenario_id], item) for item in of.given)
                continue
            spreads = ((one, of.spread(one)) for one in scenarios.values())
            yield from (Number(of, one, None, spread) for one, spread in spreads if spread)


_NUMBERS = now_table(
    "assessments",
    "the probabilities of endings, a row a number; where our people are not named, the means of two or more; "
    "nothing of a round that its reader does not see yet",
    _numbers,
    Column(
        "assessment", "the number of the assessment; empty of a mean", lambda n: n.given and n.given.pk, W
    ),
    Column("set", "the question in addresses", lambda n: n.scenario.set.slug),
    Column("scenario", "the ending in addresses", lambda n: n.scenario.slug),
    Column(
        "after", "the round: the summit after which it was given, in addresses", lambda n: n.round.after.slug
    ),
    Column("as_of", "the day of a round by date", lambda n: n.round.as_of, D),
    Column("round_over", "whether the round is over", lambda n: n.round.is_over, Y),
    Column("author", "who gave it; empty of a mean", lambda n: n.given and n.given.assessor.get_full_name()),
    Column("people", "of how many people the number is", lambda n: n.spread.n if n.spread else 1, W),
    Column("probability", "in per cent", lambda n: n.given.probability if n.given else n.spread.mean, N),
    Column("made_at", "when it was given", lambda n: n.given and n.given.made_at, T),
    Column(
        "counts", "whether it was given in time", lambda n: n.round.counts(n.given) if n.given else True, Y
    ),
    Column(
        "is_last",
        "whether it is the last of its author in the round",
        lambda n: n.given is None or n.round.latest.get((n.scenario.pk, n.given.assessor_id)) == n.given,
        Y,
    ),
    Column("is_example", "whether it is made up to show how numbers look", lambda n: _is_example(n), Y),
    Column("rationale", "the reason", lambda n: n.given and n.given.rationale),
)
ASSESSMENTS = replace(
    _NUMBERS, row_key=lambda n: (n.scenario.pk, *_round_key(n.round), n.given.pk if n.given else 0)
)


def _round_key(told: Round) -> tuple[int, int]:
    return told.after.pk, told.as_of.toordinal() if told.as_of else 0


def _is_example(number: Number) -> bool:
    return number.given.is_example if number.given else number.round.is_example
