"""Building sets and endings: from scratch, from current positions, as a copy of another."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from issues.actions.record.correct import correct
from issues.actions.record.log import add
from issues.actions.scenarios.build import add_scenario, add_set, edit_scenario
from issues.forms.refusals import errors_on
from issues.forms.scenarios import (
    EndingForm,
    SetForm,
    SignpostForm,
    StartForm,
    as_placed,
    as_typed,
)
from issues.history import StaleVersion, state_of
from issues.models import Issue, Process, Scenario, ScenarioSet, Signpost
from issues.queries.reading.process import Reading, read
from issues.queries.scenarios.starting_points import scaled, starting
from issues.views.scenarios.access import asked_scenario, asked_set, posted, process_for, signed_in


@process_for("issues.add_scenarioset")
def new_set_page(request: HttpRequest, process: Process) -> HttpResponse:
    """A new question; if its endings exclude each other it begins with “other”."""
    form = SetForm(posted(request), instance=ScenarioSet(process=process))
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            made = add_set(form.save(commit=False), by=signed_in(request), reason="A new question.")
            return redirect(made)
    context = {"process": process, "section": "scenarios", "form": form, "title": "New question"}
    return render(request, "issues/scenario_set_form.html", context, status=_status(form))


@process_for("issues.add_scenario")
def new_scenario_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """A new ending, at first empty, a copy of another, or built from current positions."""
    found, reading = asked_set(process, slug), read(process)
    issues = _settled_by(found, reading)
    form = EndingForm(
        posted(request),
        issues=issues,
        reason=False,
        initial=_begin(request, found, reading, issues),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        scenario = Scenario(set=found, name=typed["name"], narrative=typed["narrative"])
        outcomes = {issue: settled for issue, settled in form.outcomes().items() if settled is not None}
        with errors_on(form):
            add_scenario(scenario, outcomes, by=signed_in(request), reason=f"A new ending of “{found}”.")
            return redirect(scenario)
    context = _context(process, found, form) | {"title": "New ending"}
    return render(request, "issues/scenario_form.html", context, status=_status(form))


@process_for("issues.change_scenario")
def edit_scenario_page(request: HttpRequest, process: Process, slug: str, scenario: str) -> HttpResponse:
    """An ending as it is, to be changed with a reason."""
    found, reading = asked_set(process, slug), read(process)
    stored = asked_scenario(found, scenario)
    outcomes = list(stored.outcomes.all())
    now = state_of([stored, *outcomes])
    kept = {item.issue_id for item in outcomes}
    issues = (
        []
        if stored.is_other
        else [issue for issue in scaled(reading) if issue.pk in kept or _is_open(issue, found)]
    )
    form = EndingForm(
        posted(request),
        issues=issues,
        reason=True,
        initial=as_typed(issues, outcomes)
        | {"name": stored.name, "narrative": stored.narrative, "seen": now},
    )
    is_stale = False
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            with errors_on(form):
                edit_scenario(
                    stored,
                    {"name": typed["name"], "narrative": typed["narrative"]},
                    form.outcomes(),
                    seen=typed["seen"],
                    by=signed_in(request),
                    reason=typed["reason"],
                )
                return redirect(stored)
        except StaleVersion:
            is_stale = True
            form.tell_meanwhile(stored, outcomes)
    context = _context(process, found, form) | {"title": f"Edit “{stored.name}”", "scenario": stored}
    context["seen"] = now if is_stale else form["seen"].value()
    return render(request, "issues/scenario_form.html", context, status=409 if is_stale else _status(form))


@process_for("issues.add_signpost")
def new_signpost_page(request: HttpRequest, process: Process, slug: str, scenario: str) -> HttpResponse:
    """A sign to watch for, or that was seen."""
    found = asked_set(process, slug)
    chosen = asked_scenario(found, scenario)
    form = SignpostForm(posted(request), instance=Signpost(scenario=chosen))
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            add(form.save(commit=False), by=signed_in(request), reason=f"A sign of “{chosen}”.")
            return redirect(f"{chosen.get_absolute_url()}#signposts")
    context = _context(process, found, form) | {"title": f"A sign of “{chosen}”", "scenario": chosen}
    return render(request, "issues/scenario_set_form.html", context, status=_status(form))


@process_for("issues.change_signpost")
def edit_signpost_page(
    request: HttpRequest, process: Process, slug: str, scenario: str, pk: int
) -> HttpResponse:
    """A sign that was seen since, or that was put wrongly."""
    found = asked_set(process, slug)
    chosen = asked_scenario(found, scenario)
    sign = chosen.signposts.filter(pk=pk).first()
    if sign is None:
        raise Http404("This scenario has no such sign.")
    form = SignpostForm(posted(request), instance=sign)
    version, stale = sign.version, None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["version"]
        sign.version = -1 if typed is None else typed  # without one nothing was seen
        try:
            with errors_on(form):
                changes = {name: form.cleaned_data[name] for name in SignpostForm.Meta.fields}
                correct(sign, changes, by=signed_in(request), reason=f"A sign of “{chosen}”.")
                return redirect(f"{chosen.get_absolute_url()}#signposts")
        except StaleVersion as error:
            stale = error.current
            form.add_error(None, "Someone changed this sign meanwhile. Save again to keep what you typed.")
    context = _context(process, found, form) | {"title": f"A sign of “{chosen}”", "scenario": chosen}
    context["version"] = stale.version if stale else version
    return render(request, "issues/scenario_set_form.html", context, status=409 if stale else _status(form))


def _begin(request: HttpRequest, found: ScenarioSet, reading: Reading, issues: list[Issue]) -> dict[str, Any]:
    """What a new ending begins with, as the address asks."""
    asked = StartForm(request.GET)
    if not asked.is_valid():
        return {}
    copied = next(
        (item for item in found.scenarios.all() if item.slug == asked.cleaned_data["copy"] != ""), None
    )
    if copied is not None:
        typed = as_typed(issues, copied.outcomes.all())
        return typed | {"name": f"{copied.name}, varied"[:120], "narrative": copied.narrative}
    if asked.cleaned_data["start"] and reading.latest is not None:
        places = starting(reading, reading.as_of(reading.latest), asked.cleaned_data["start"])
        return as_placed(issues, places)
    return {}


def _settled_by(found: ScenarioSet, reading: Reading) -> list[Issue]:
    return [issue for issue in scaled(reading) if _is_open(issue, found)]


def _is_open(issue: Issue, found: ScenarioSet) -> bool:
    return issue.closed_on is None or issue.closed_on >= found.closes_on


def _context(process: Process, found: ScenarioSet, form: Any) -> dict[str, Any]:
    return {"process": process, "section": "scenarios", "set": found, "form": form}


def _status(form: Any) -> int:
    return 422 if form.errors else 200
