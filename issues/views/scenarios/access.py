"""The set and the scenario that an address names, and what was sent to it."""

from datetime import datetime

from django.http import Http404

from issues.models import Process, Scenario, ScenarioSet
from issues.queries.scenarios.evaluation import scenario_sets
from issues.views.parameters import told


def get_set(process: Process, slug: str, known: datetime | None = None) -> ScenarioSet:
    """The set that the address names, with its scenarios and outcomes, now or as known at a time; or 404."""
    for scenario_set in scenario_sets(process, known):
        if scenario_set.slug == slug:
            return scenario_set
    raise Http404(f"There is no question “{slug}” in {process}{told(known)}.")


def get_scenario(scenario_set: ScenarioSet, slug: str) -> Scenario:
    """The scenario that the address names, or 404."""
    for scenario in scenario_set.scenarios.all():
        if scenario.slug == slug:
            return scenario
    raise Http404(f"There is no ending “{slug}” of this question.")
