"""The tables of the endings that are asked about, and of what each would settle."""

from issues.exports.tables.column import Column, Kind, now_table
from issues.models import Scenario, ScenarioOutcome

N, Y, D = Kind.NUMBER, Kind.YES_NO, Kind.DAY

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
