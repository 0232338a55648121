"""Building sets and scenarios: from scratch, from current positions, as a copy of another."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from issues.actions.record.correct import correct
from issues.actions.record.log import add
from issues.actions.scenarios.build import add_scenario, add_set, edit_scenario
from issues.forms.refusals import add_stale, errors_on, is_stale
from issues.forms.scenarios import ScenarioForm, SetForm, SignpostForm, StartForm, as_placed, as_typed
from issues.history import recording, state_of
from issues.models import Issue, Process, Scenario, ScenarioSet, Signpost
from issues.queries.reading.process import Reading, read
from issues.queries.scenarios.starting_points import scaled, starting
from issues.views.access import process_for, signed_in
from issues.views.pages import render_form
from issues.views.parameters import posted
from issues.views.scenarios.access import get_scenario, get_set

SIGN_CHANGED = "Someone changed this sign meanwhile. Save again to keep what you typed."


@process_for("issues.add_scenarioset")
def new_set_page(request: HttpRequest, process: Process) -> HttpResponse:
    """A new question; if its scenarios exclude each other it begins with “other”."""
    form = SetForm(posted(request), instance=ScenarioSet(process=process))
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            made = add_set(form.save(commit=False), by=signed_in(request), reason="A new question.")
            return redirect(made)
    context = {"set": None, "title": "New question"}
    return render_form(request, "scenario_set_form", process, "scenarios", form, **context)


@process_for("issues.add_scenario")
def new_scenario_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """A new scenario, at first empty, a copy of another, or built from current positions."""
    scenario_set, reading = get_set(process, slug), read(process)
    issues = [issue for issue in scaled(reading) if _is_open(issue, scenario_set)]
    form = ScenarioForm(
        posted(request),
        issues=issues,
        reason=False,
        initial=_begin(request, scenario_set, reading, issues),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        scenario = Scenario(set=scenario_set, name=typed["name"], narrative=typed["narrative"])
        outcomes = {issue: settled for issue, settled in form.outcomes().items() if settled is not None}
        reason = f"A new ending of “{scenario_set}”."
        with errors_on(form):
            add_scenario(scenario, outcomes, by=signed_in(request), reason=reason)
            return redirect(scenario)
    context = {"set": scenario_set, "title": "New ending"}
    return render_form(request, "scenario_form", process, "scenarios", form, **context)


@process_for("issues.change_scenario")
def edit_scenario_page(request: HttpRequest, process: Process, slug: str, scenario: str) -> HttpResponse:
    """A scenario as it is, to be changed with a reason."""
    scenario_set, reading = get_set(process, slug), read(process)
    stored = get_scenario(scenario_set, scenario)
    outcomes = list(stored.outcomes.all())
    now = state_of([stored, *outcomes])
    kept = {item.issue_id for item in outcomes}
    issues = [
        issue
        for issue in scaled(reading)
        if not stored.is_other and (issue.pk in kept or _is_open(issue, scenario_set))
    ]
    initial = {"name": stored.name, "narrative": stored.narrative, "seen": now}
    form = ScenarioForm(
        posted(request), issues=issues, reason=True, initial=as_typed(issues, outcomes) | initial
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with errors_on(form, on_stale=partial(form.tell_meanwhile, stored, outcomes)):
            edit_scenario(
                stored,
                {"name": typed["name"], "narrative": typed["narrative"]},
                form.outcomes(),
                seen=typed["seen"],
                by=signed_in(request),
                reason=typed["reason"],
            )
            return redirect(stored)
    context = {"set": scenario_set, "title": f"Edit “{stored.name}”", "scenario": stored}
    seen = now if is_stale(form) else form["seen"].value()
    return render_form(request, "scenario_form", process, "scenarios", form, seen=seen, **context)


@process_for("issues.add_signpost")
def new_signpost_page(request: HttpRequest, process: Process, slug: str, scenario: str) -> HttpResponse:
    """A sign to watch for, or that was seen."""
    stored = get_scenario(get_set(process, slug), scenario)
    form = SignpostForm(posted(request), instance=Signpost(scenario=stored))
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            with recording(by=signed_in(request), reason=_of_sign(stored)):
                add(form.save(commit=False))
            return redirect(f"{stored.get_absolute_url()}#signposts")
    return _render_signpost(request, process, stored, form)


@process_for("issues.change_signpost")
def edit_signpost_page(
    request: HttpRequest, process: Process, slug: str, scenario: str, pk: int
) -> HttpResponse:
    """A sign that was seen since, or that was put wrongly."""
    stored = get_scenario(get_set(process, slug), scenario)
    sign = stored.signposts.filter(pk=pk).first()
    if sign is None:
        raise Http404("This ending has no such sign.")
    form, version = SignpostForm(posted(request), instance=sign), sign.version
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["version"]
        sign.version = -1 if typed is None else typed  # without one nothing was seen
        changes = {name: form.cleaned_data[name] for name in SignpostForm.Meta.fields}
        with errors_on(form, on_stale=partial(add_stale, form, SIGN_CHANGED)):
            with recording(by=signed_in(request), reason=_of_sign(stored)):
                correct(sign, changes)
            return redirect(f"{stored.get_absolute_url()}#signposts")
    return _render_signpost(request, process, stored, form, version=version)


def _render_signpost(
    request: HttpRequest, process: Process, scenario: Scenario, form: SignpostForm, **context: Any
) -> HttpResponse:
    whole = {"set": scenario.set, "title": _of_sign(scenario)[:-1], "scenario": scenario, **context}
    return render_form(request, "scenario_set_form", process, "scenarios", form, **whole)


def _of_sign(scenario: Scenario) -> str:
    return f"A sign of “{scenario}”."


def _begin(
    request: HttpRequest, scenario_set: ScenarioSet, reading: Reading, issues: list[Issue]
) -> dict[str, Any]:
    """What a new scenario begins with, as the address asks."""
    form = StartForm(request.GET)
    if not form.is_valid():
        return {}
    copy, start = form.cleaned_data["copy"], form.cleaned_data["start"]
    copied = next((item for item in scenario_set.scenarios.all() if item.slug == copy != ""), None)
    if copied is not None:
        typed = as_typed(issues, copied.outcomes.all())
        return typed | {"name": f"{copied.name}, varied"[:120], "narrative": copied.narrative}
    if start and reading.latest is not None:
        return as_placed(issues, starting(reading, reading.as_of(reading.latest), start))
    return {}


def _is_open(issue: Issue, scenario_set: ScenarioSet) -> bool:
    return issue.closed_on is None or issue.closed_on >= scenario_set.closes_on
