"""Endings and judgements as they were known at a time, from the audit history."""

from datetime import datetime

from issues.models import (
    Citation,
    Judgement,
    Option,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signpost,
)
from issues.queries.reading.around_as_recorded import recorded, statements_as_recorded
from issues.queries.reading.as_recorded import give


def scenario_sets_as_recorded(process: Process, on: datetime) -> list[ScenarioSet]:
    """The sets of a process as they were, the last to close first, with scenarios and outcomes."""
    sets: list[ScenarioSet] = recorded(ScenarioSet, on, process_id=process.pk)
    scenarios: list[Scenario] = recorded(Scenario, on, set_id__in=[item.pk for item in sets])
    outcomes: list[ScenarioOutcome] = recorded(
        ScenarioOutcome, on, scenario_id__in=[item.pk for item in scenarios]
    )
    chosen = {item.option_id for item in outcomes if item.option_id}
    options: dict[int, Option] = {item.pk: item for item in recorded(Option, on, id__in=chosen)}
    by_key = {item.pk: item for item in scenarios}
    for outcome in outcomes:
        outcome.scenario = by_key[outcome.scenario_id]
        if outcome.option_id in options:
            outcome.option = options[outcome.option_id]
    for scenario in scenarios:
        own = [item for item in outcomes if item.scenario_id == scenario.pk]
        give(scenario, outcomes=own)
    for scenario_set in sets:
        scenario_set.process = process
        of_set = [item for item in scenarios if item.set_id == scenario_set.pk]
        of_set.sort(key=lambda item: (item.is_other, item.order, item.name))
        give(scenario_set, scenarios=of_set)
        for scenario in of_set:
            scenario.set = scenario_set
    sets.sort(key=lambda item: item.slug)
    return sorted(sets, key=lambda item: item.closes_on, reverse=True)


def citations_as_recorded(scenario: Scenario, on: datetime) -> list[Citation]:
    """The words by which a scenario was expected, as they were known."""
    found: list[Citation] = recorded(Citation, on, scenario_id=scenario.pk)
    statements = statements_as_recorded({item.statement_id for item in found}, on)
    for item in found:
        if item.statement_id in statements:
            item.statement = statements[item.statement_id]
    return [item for item in found if item.statement_id in statements]


def signposts_as_recorded(scenario: Scenario, on: datetime) -> list[Signpost]:
    """What was watched for, as it was known."""
    found: list[Signpost] = recorded(Signpost, on, scenario_id=scenario.pk)
    statements = statements_as_recorded({item.statement_id for item in found if item.statement_id}, on)
    for item in found:
        if item.statement_id in statements:
            item.statement = statements[item.statement_id]
    return found


def judgements_as_recorded(options: dict[int, Option], on: datetime) -> list[Judgement]:
    """The judgements between these options, by key, as they were known."""
    found: list[Judgement] = recorded(Judgement, on, from_option_id__in=options, on_option_id__in=options)
    for item in found:
        item.from_option, item.on_option = options[item.from_option_id], options[item.on_option_id]
    return found
