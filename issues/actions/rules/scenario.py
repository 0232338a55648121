"""The rules of scenario sets, scenarios, their outcomes and judgements; ``rules.py`` calls them."""

from collections.abc import Collection, Iterator
from itertools import combinations

from issues.clock import common_day, latest_day
from issues.domain.scenario import Overlap, overlap
from issues.domain.span import day_in_words
from issues.history import Record
from issues.models import Assessment, Judgement, Scenario, ScenarioOutcome, ScenarioSet

Breach = tuple[str, str]  # (field, message)


def scenario_set(found: ScenarioSet) -> Iterator[Breach]:
    """A set, beside its scenarios."""
    if not found.exclusive and not found._state.adding and found.scenarios.filter(is_other=True).exists():
        yield "exclusive", "It has an ending “other”, so exactly one of its endings happens."


def opening(found: ScenarioSet) -> Iterator[Breach]:
    """The day on which a set was asked: by today, before it closes, and before anything that rests on it."""
    if None in (found.opened_on, found.closes_on):
        return  # the fields themselves are refused
    if found.opened_on > latest_day():
        yield "opened_on", "This day is still to come."
    if found.closes_on < found.opened_on:
        yield (
            "closes_on",
            f"The question was asked on {day_in_words(found.opened_on)}; it closes then or later.",
        )
    if found._state.adding:
        return
    given = Assessment.objects.filter(scenario__set=found).order_by("made_at").first()
    if given is not None and latest_day(given.made_at) < found.opened_on:
        made_on = day_in_words(common_day(given.made_at))
        yield "opened_on", f"Numbers were given on {made_on}, so it was asked by then."
    ended = found.scenarios.filter(resolved_on__lt=found.opened_on).order_by("resolved_on").first()
    if ended is not None and ended.resolved_on is not None:
        yield (
            "opened_on",
            f"“{ended}” came about on {day_in_words(ended.resolved_on)}, so it was asked by then.",
        )


def scenario(found: Scenario) -> Iterator[Breach]:
    """A scenario, in its set."""
    if found.is_other and not found.set.exclusive:
        yield "is_other", "Only an exclusive question has an ending “other”."
    if found.is_other and not found._state.adding and found.outcomes.exists():
        yield "is_other", "This ending settles issues, so it is not “other”."


def ending_day(found: Scenario) -> Iterator[Breach]:
    """The day on which a scenario came about, or was sure not to: from its question's opening to today."""
    day, opened_on = found.resolved_on, found.set.opened_on
    if day is not None and day > latest_day():
        yield "resolved_on", "This day is still to come, so nothing has come about on it."
    if day is not None and day < opened_on:
        yield (
            "resolved_on",
            f"The question was asked on {day_in_words(opened_on)}, so this day came before it.",
        )


def not_apart(record: Record) -> Iterator[Breach]:
    """Another ending with which this one happens, or the one whose outcome this is."""
    if isinstance(record, Scenario):
        yield from together(record.set, of=record.pk)
    if isinstance(record, ScenarioOutcome):
        yield from together(record.scenario.set, of=record.scenario_id, instead=record)


def together(
    found: ScenarioSet,
    *,
    of: int | None = None,
    instead: ScenarioOutcome | None = None,
    without: Collection[int] = (),
) -> Iterator[Breach]:
    """Two endings of an exclusive set of which one cannot happen without the other, if there are any.

    ``of`` looks at one scenario beside the others. ``instead`` is an outcome as it is to be stored,
    ``without`` the keys of those that are to go. “Other” is what all of them leave out, and settles nothing.
    """
    if not found.exclusive:
        return
    stored = ScenarioOutcome.objects.filter(scenario__set=found).select_related("option", "scenario")
    outcomes = [item for item in stored.exclude(pk__in=without) if instead is None or item.pk != instead.pk]
    targets: dict[Scenario, dict[int, float]] = {}
    for item in [*outcomes, instead] if instead is not None else outcomes:
        targets.setdefault(item.scenario, {})[item.issue_id] = item.placement
    for one, other in combinations(sorted(targets, key=lambda item: item.pk), 2):
        how = overlap(targets[one], targets[other])
        if of not in (None, one.pk, other.pk) or how not in (Overlap.SAME, Overlap.WITHIN):
            continue
        alike = "the same issues" if how == Overlap.SAME else "all that one of them settles"
        yield (
            "outcomes",
            f"“{one}” and “{other}” settle {alike} alike, so both can happen, while of this question exactly "
            "one ending does. Settle an issue differently, or make one ending of the two.",
        )


def scenario_outcome(outcome: ScenarioOutcome) -> Iterator[Breach]:
    """Where a scenario settles an issue."""
    issue, of = outcome.issue, outcome.scenario.set
    if issue.process_id != of.process_id:
        yield "issue", "This issue belongs to another process than the ending."
    if not issue.has_scale:
        yield "issue", "This issue has no scale, so no outcome can be placed on it."
    if outcome.option and outcome.option.issue_id != issue.pk:
        yield "option", f"This option belongs to another issue, “{outcome.option.issue}”."
    # A stored outcome stays when its issue closes later: that is how the negotiation went on.
    if outcome._state.adding and issue.closed_on is not None and issue.closed_on < of.closes_on:
        yield "issue", f"This issue closed on {day_in_words(issue.closed_on)}, before the question does."
    if outcome.scenario.is_other:
        yield "scenario", "“Other” is whatever the other endings leave out; it settles no issue."


def judgement(found: Judgement) -> Iterator[Breach]:
    """How an option bears on another."""
    here, there = found.from_option.issue, found.on_option.issue
    if here.pk == there.pk:
        yield "on_option", "A judgement is between options of different issues."
    if here.process_id != there.process_id:
        yield "on_option", "These options belong to different processes."
