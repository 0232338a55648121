"""Giving one's probabilities, and saying what happened."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from issues.actions.scenarios.assess import AFTER, AS_OF, assess, number_field, resolve
from issues.forms.refusals import errors_on, is_stale
from issues.forms.resolution import ResolutionForm
from issues.forms.scenarios import BY_DATE, AssessmentForm
from issues.history import state_of
from issues.models import Process, Scenario, Summit
from issues.models.summit import SummitStatus
from issues.queries.reading.process import Reading, read
from issues.queries.scenarios.rounds import Round, rounds
from issues.views.access import process_for, signed_in
from issues.views.pages import render_form
from issues.views.parameters import posted
from issues.views.scenarios.access import get_set


@process_for("issues.add_assessment")
def assess_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """How likely is each scenario? Of this round nobody else's numbers are shown before one's own."""
    scenario_set, user, reading = get_set(process, slug), signed_in(request), read(process)
    given = rounds([scenario_set], user)[scenario_set.pk]
    scenarios = [item for item in scenario_set.scenarios.all() if not item.resolved]
    summits = _assessable(reading, given)
    form = AssessmentForm(
        posted(request),
        scenarios=scenarios,
        summits=summits,
        whole=scenario_set.exclusive,
        initial=_round_to_give(request, given, summits) | _own(given, user.pk),
    )
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            assess(
                scenario_set,
                form.probabilities(),
                after=form.after(),
                as_of=form.as_of(),
                rationale=form.cleaned_data["rationale"],
                reasons=form.reasons(),
                by=user,
            )
            return redirect(f"{scenario_set.get_absolute_url()}#assessments")
    context = {"is_closed": not scenarios or not summits, "round": given[-1] if given else None}
    return render_form(request, "assess", process, "scenarios", form, set=scenario_set, **context)


@process_for("issues.change_scenario")
def resolve_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What became of each scenario; where one of an exclusive set happened, that the others did not."""
    scenario_set, user = get_set(process, slug), signed_in(request)
    scenarios = list(scenario_set.scenarios.all())
    now, whole = state_of(scenarios), scenario_set.exclusive
    form = ResolutionForm(posted(request), scenarios=scenarios, whole=whole, initial={"seen": now})
    filled: list[Scenario] = []
    if request.method == "POST" and form.is_valid() and not (filled := form.fill()):
        said = {name: form.cleaned_data[name] for name in ("seen", "reason")}
        with errors_on(form, at=form.days, on_stale=form.tell_meanwhile):
            resolve(scenario_set, form.resolutions(), on=form.on(), by=user, **said)
            return redirect(scenario_set)
    seen = now if is_stale(form) else form["seen"].value()
    return render_form(
        request, "resolve", process, "scenarios", form, set=scenario_set, seen=seen, filled=filled
    )


def _assessable(reading: Reading, given: list[Round]) -> list[Summit]:
    """The meetings after which a round can still be, newest first: none before the last round."""
    last = given[-1].after if given else None
    return [
        summit
        for summit in reversed(list(reading.summits.values()))
        if summit.status == SummitStatus.HELD
        and summit.parallel_to_id is None
        and (last is None or summit.occasion.place >= last.occasion.place)
    ]


def _round_to_give(request: HttpRequest, given: list[Round], summits: list[Summit]) -> dict[str, Any]:
    """What the page begins with: the newest round; by date where the last was and no summit came since."""
    last = given[-1] if given else None
    if last and last.as_of and summits and summits[0].pk == last.after.pk:
        return {AFTER: BY_DATE, AS_OF: last.as_of}
    return {AFTER: request.GET.get("after") or (summits[0].slug if summits else "")}


def _own(given: list[Round], user: int) -> dict[str, float]:
    """One's own last numbers, to begin from."""
    own = {}
    for item in given:
        for one in item.given:
            if one.assessor_id == user:
                own[number_field(one.scenario)] = one.probability
    return own
