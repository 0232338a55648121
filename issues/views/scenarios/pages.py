"""Which scenario crosses the fewest red lines, how likely it is held to be, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from issues.charts.probability import probability_steps
from issues.forms.matrix import AsOfForm
from issues.models import Process
from issues.queries.scenarios.evaluation import add_words, citations, evaluate, scenario_sets, signposts
from issues.queries.scenarios.scores import scores
from issues.queries.scenarios.starting_points import starts
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_as_of, read_only
from issues.views.scenarios.access import get_scenario, get_set


@process_page
def scenario_sets_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every question of a process, each with its answer as it looks now."""
    read_only(request, process, CITE, AsOfForm)
    reading, summit = read_as_of(request, process)
    sets = scenario_sets(process, reading.known)
    context: dict[str, Any] = {"reading": reading, "summit": summit, "any": sets}
    evaluated = evaluate(reading, sets, summit, request.user) if summit else []
    return render_page(
        request,
        "scenario_sets",
        process,
        "scenarios",
        shows="endings",
        as_of=summit,
        **context,
        sets=evaluated,
    )


@process_page
def scenario_set_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """One question: scenarios by actors, the red lines crossed, the probabilities over time."""
    read_only(request, process, CITE, AsOfForm)
    reading, summit = read_as_of(request, process)
    scenario_set = get_set(process, slug, reading.known)
    context: dict[str, Any] = {"reading": reading, "summit": summit, "set": scenario_set}
    if summit is not None:
        (evaluated_set,) = evaluate(reading, [scenario_set], summit, request.user)
        scenarios = [item.scenario for item in evaluated_set.scenarios]
        add_words(evaluated_set.scenarios, reading)
        context |= {
            "evaluated_set": evaluated_set,
            "pictures": {item.pk: probability_steps(evaluated_set, item) for item in scenarios},
            "compared": evaluated_set.two_by_two(),
            "scores": scores(scenario_set, evaluated_set.rounds),
        }
    return render_page(
        request,
        "scenario_set",
        process,
        "scenarios",
        shows=scenario_set.question,
        as_of=summit,
        **context,
        starts=starts(reading),
    )


@process_page
def scenario_page(request: HttpRequest, process: Process, slug: str, scenario: str) -> HttpResponse:
    """One scenario: what it settles, how far it lies from everyone, and each reason for its probability."""
    read_only(request, process, CITE, AsOfForm)
    reading, summit = read_as_of(request, process)
    scenario_set = get_set(process, slug, reading.known)
    stored = get_scenario(scenario_set, scenario)
    context: dict[str, Any] = {
        "reading": reading,
        "summit": summit,
        "set": scenario_set,
        "scenario": stored,
    }
    if summit is not None:
        (evaluated_set,) = evaluate(reading, [scenario_set], summit, request.user)
        evaluated = evaluated_set.of(stored)
        add_words([evaluated], reading)
        context |= {
            "evaluated_set": evaluated_set,
            "evaluated": evaluated,
            "distances": evaluated_set.distances(evaluated),
            "lines": evaluated_set.by_line(evaluated),
            "compared": evaluated_set.two_by_two(evaluated),
            "picture": probability_steps(evaluated_set, stored),
            "citations": citations(stored, reading.known),
            "signposts": signposts(stored, reading.known),
        }
    return render_page(
        request, "scenario", process, "scenarios", shows=f"ending {stored}", as_of=summit, **context
    )
