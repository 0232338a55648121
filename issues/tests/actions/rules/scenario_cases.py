"""The cases of ``rule_cases`` for scenario sets, scenarios, their outcomes, and judgements."""

from typing import Any

from issues.actions.scenarios.assess import assess
from issues.history import Record
from issues.models import Judgement, Scenario, ScenarioOutcome, ScenarioSet
from issues.tests.actions.rules.case import Case, Make, changed, made
from issues.tests.factories import make_issue, make_option, make_process, make_scenario_set
from issues.tests.hindsight import ago, given_ago
from issues.tests.past import past
from issues.tests.universe import Universe


def _outcome(u: Universe, **fields: Any) -> ScenarioOutcome:
    return ScenarioOutcome(
        **{"scenario": _ending(u), "issue": made(make_issue, process=u.process), "value": 50.0} | fields
    )


def _ending(u: Universe) -> Scenario:
    return u.scenarios["half"]


def _judged(u: Universe, on: Any) -> Judgement:
    of_flow = u.flow.options.get(value=0.0)
    return Judgement(from_option=of_flow, on_option=on, impact=1, reason="Because.", author=u.coder)


def _assessed(u: Universe, days: int) -> ScenarioSet:
    numbers = dict(zip(u.scenarios.values(), (50, 30, 20), strict=True))
    assess(u.scenario_set, numbers, after=u.weir, rationale="x", by=u.coder)
    given_ago(days)
    return u.scenario_set


def _ended(u: Universe, days: int) -> Scenario:
    half = _ending(u)
    past(Scenario.objects.filter(pk=half.pk)).update(resolved="happened", resolved_on=ago(days))
    return Scenario.objects.get(pk=half.pk)


def _not_other(u: Universe) -> Scenario:
    return changed(_ending(u), is_other=False)


ENDING_CASES = [
    Case(
        "scenario_set",
        "exclusive",
        "so exactly one of its endings happens",
        lambda u: changed(u.scenario_set, exclusive=False),
        lambda u: changed(made(make_scenario_set, process=u.process), exclusive=False),
    ),
    Case(
        "opening",
        "opened_on",
        "still to come",
        lambda u: changed(u.scenario_set, opened_on=ago(-2)),
        lambda u: changed(u.scenario_set, opened_on=ago(0)),
    ),
    Case(
        "opening",
        "closes_on",
        "it closes then or later",
        lambda u: changed(u.scenario_set, opened_on=ago(0), closes_on=ago(1)),
        lambda u: changed(u.scenario_set, opened_on=ago(1), closes_on=ago(1)),
    ),
    Case(
        "opening",
        "opened_on",
        "Numbers were given on",
        # By the latest day that it was anywhere two days ago, which at some hours was yesterday's.
        lambda u: changed(_assessed(u, 2), opened_on=ago(0)),
        lambda u: changed(_assessed(u, 2), opened_on=ago(2)),
    ),
    Case(
        "opening",
        "opened_on",
        "“Half for data” came about on",
        lambda u: changed(_ended(u, 2).set, opened_on=ago(1)),
        lambda u: changed(_ended(u, 2).set, opened_on=ago(2)),
    ),
    Case(
        "ending_day",
        "resolved_on",
        "still to come",
        lambda u: changed(_ended(u, 0), resolved_on=ago(-2)),
        lambda u: changed(_ended(u, 0), resolved_on=ago(0)),
    ),
    Case(
        "ending_day",
        "resolved_on",
        "The question was asked on",
        lambda u: changed(_ended(u, 0), resolved_on=ago(1)),
        lambda u: _ended(u, 0),
    ),
    Case(
        "scenario",
        "is_other",
        "Only an exclusive question",
        lambda u: Scenario(set=made(make_scenario_set), name="Other", slug="other", is_other=True),
        lambda u: Scenario(set=made(make_scenario_set), name="Another", slug="another"),
    ),
    Case(
        "scenario",
        "is_other",
        "settles issues",
        lambda u: changed(_ending(u), is_other=True),
        _not_other,
    ),
    Case(
        "scenario_outcome",
        "issue",
        "another process than the ending",
        lambda u: _outcome(u, issue=made(make_issue)),
        lambda u: _outcome(u),
    ),
    Case(
        "scenario_outcome",
        "issue",
        "no scale",
        lambda u: _outcome(u, issue=u.preamble),
        lambda u: _outcome(u, issue=made(make_issue, process=u.process, kind="stage")),
    ),
    Case(
        "scenario_outcome",
        "option",
        "another issue, “Summer flow”",
        lambda u: _outcome(u, option=u.flow.options.get(value=50.0)),
        lambda u: _outcome(u, issue=(issue := u.flow), option=issue.options.get(value=50.0)),
    ),
    Case(
        "scenario_outcome",
        "issue",
        "closed on 31 December 2031, before the question does",
        lambda u: _outcome(u, issue=u.treaty),
        lambda u: changed(u.scenarios["half"].outcomes.first(), note="It closes later."),
    ),
    Case(
        "scenario_outcome",
        "scenario",
        "whatever the other endings leave out",
        lambda u: _outcome(u, scenario=u.scenarios["other"]),
        lambda u: _outcome(u, scenario=u.scenarios["dam"]),
    ),
    Case(
        "judgement",
        "on_option",
        "different issues",
        lambda u: _judged(u, u.flow.options.get(value=25.0)),
        lambda u: _judged(u, u.data.options.get(value=0.0)),
    ),
    Case(
        "judgement",
        "on_option",
        "different processes",
        lambda u: _judged(u, made(make_option)),
        lambda u: _judged(u, u.treaty.options.get(value=0.0)),
    ),
]

ENDING_MOVES: dict[tuple[type[Record], str], tuple[Make, Make]] = {
    (ScenarioSet, "process"): (lambda u: u.scenario_set, lambda u: made(make_process)),
    (Scenario, "set"): (_ending, lambda u: made(make_scenario_set)),
}
