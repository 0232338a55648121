"""The rules of scenario sets, scenarios, their outcomes and judgements; ``rules.py`` calls them."""

from collections.abc import Iterator

from issues.models import Judgement, Scenario, ScenarioOutcome, ScenarioSet

Breach = tuple[str, str]  # (field, message)


def scenario_set(found: ScenarioSet) -> Iterator[Breach]:
    """A set, beside its scenarios."""
    if not found.exclusive and not found._state.adding and found.scenarios.filter(is_other=True).exists():
        yield "exclusive", "It has a scenario “other”, so exactly one of its scenarios happens."


def scenario(found: Scenario) -> Iterator[Breach]:
    """A scenario, in its set."""
    if found.is_other and not found.set.exclusive:
        yield "is_other", "Only an exclusive set has a scenario “other”."
    if found.is_other and not found._state.adding and found.outcomes.exists():
        yield "is_other", "This scenario settles issues, so it is not “other”."


def scenario_outcome(outcome: ScenarioOutcome) -> Iterator[Breach]:
    """Where a scenario settles an issue."""
    issue, of = outcome.issue, outcome.scenario.set
    if issue.process_id != of.process_id:
        yield "issue", "This issue belongs to another process than the scenario."
    if not issue.has_scale:
        yield "issue", "This issue has no scale, so no outcome can be placed on it."
    if outcome.option and outcome.option.issue_id != issue.pk:
        yield "option", f"This option belongs to another issue, “{outcome.option.issue}”."
    # A stored outcome stays when its issue closes later: that is how the negotiation went on.
    if outcome._state.adding and issue.closed_on is not None and issue.closed_on < of.closes_on:
        yield "issue", f"This issue closed on {issue.closed_on:%Y-%m-%d}, before the question does."
    if outcome.scenario.is_other:
        yield "scenario", "“Other” is whatever the other scenarios leave out; it settles no issue."


def judgement(found: Judgement) -> Iterator[Breach]:
    """How an option bears on another."""
    here, there = found.from_option.issue, found.on_option.issue
    if here.pk == there.pk:
        yield "on_option", "A judgement is between options of different issues."
    if here.process_id != there.process_id:
        yield "on_option", "These options belong to different processes."
