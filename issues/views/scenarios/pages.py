"""Which ending crosses the fewest red lines, how likely it is held to be, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from issues.charts.probability import probability_steps
from issues.forms.matrix import AsOfForm
from issues.models import Process, ScenarioSet, Summit
from issues.queries.reading.process import Reading
from issues.queries.scenarios.evaluation import add_words, citations, endings, scenario_sets, signposts
from issues.queries.scenarios.scores import scores
from issues.queries.scenarios.starting_points import starts
from issues.queries.scenarios.told import Endings
from issues.views.access import process_page
from issues.views.parameters import asked, read_asked
from issues.views.scenarios.access import asked_scenario, asked_set


@process_page
def scenario_sets_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every question of a process, each with its answer as it looks now."""
    reading, summit = _read(request, process)
    sets = scenario_sets(process)
    found = endings(reading, sets, summit, request.user) if summit else []
    context = _context(process, reading, summit) | {"sets": found, "any": sets}
    return render(request, "issues/scenario_sets.html", context)


@process_page
def scenario_set_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """One question: endings by actors, the red lines crossed, the probabilities over time."""
    reading, summit = _read(request, process)
    of_process = asked_set(process, slug)
    context = _context(process, reading, summit) | {"set": of_process, "starts": starts(reading)}
    if summit is None:
        return render(request, "issues/scenario_set.html", context)
    found = _found(request, reading, of_process, summit)
    add_words(found.endings, reading)
    return render(
        request,
        "issues/scenario_set.html",
        {
            **context,
            "found": found,
            "pictures": {
                ending.scenario.pk: probability_steps(found, ending.scenario) for ending in found.endings
            },
            "scores": scores(of_process, found.rounds),
        },
    )


@process_page
def scenario_page(request: HttpRequest, process: Process, slug: str, scenario: str) -> HttpResponse:
    """One ending: what it settles, how far it lies from everyone, and each reason for its probability."""
    reading, summit = _read(request, process)
    of_process = asked_set(process, slug)
    chosen = asked_scenario(of_process, scenario)
    context = _context(process, reading, summit) | {"set": of_process, "scenario": chosen}
    if summit is None:
        return render(request, "issues/scenario.html", context)
    found = _found(request, reading, of_process, summit)
    ending = found.of(chosen)
    add_words([ending], reading)
    return render(
        request,
        "issues/scenario.html",
        {
            **context,
            "found": found,
            "ending": ending,
            "distances": found.distances(ending),
            "lines": found.by_line(ending),
            "picture": probability_steps(found, chosen),
            "citations": citations(chosen),
            "signposts": signposts(chosen),
        },
    )


def _read(request: HttpRequest, process: Process) -> tuple[Reading, Summit | None]:
    """The process, and the summit as of which it is asked for."""
    reading = read_asked(request, process)
    return reading, asked(AsOfForm(request.GET, reading), process)["summit"]


def _found(request: HttpRequest, reading: Reading, of_process: ScenarioSet, summit: Summit) -> Endings:
    (found,) = endings(reading, [of_process], summit, request.user)
    return found


def _context(process: Process, reading: Reading, summit: Summit | None) -> dict[str, Any]:
    return {"process": process, "section": "scenarios", "reading": reading, "summit": summit}
