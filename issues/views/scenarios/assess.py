"""Giving one's probabilities, and saying what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from issues.actions.scenarios.assess import AFTER, assess, number_field, resolve
from issues.forms.refusals import errors_on
from issues.forms.scenarios import AssessmentForm, ResolutionForm
from issues.history import StaleVersion, state_of
from issues.models import Process, Summit
from issues.models.summit import SummitStatus
from issues.queries.reading.process import Reading, read
from issues.queries.scenarios.rounds import Round, rounds
from issues.views.scenarios.access import asked_set, posted, process_for, signed_in


@process_for("issues.add_assessment")
def assess_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """How likely is each ending? Of this round nobody else's numbers are shown before one's own."""
    found, user, reading = asked_set(process, slug), signed_in(request), read(process)
    given = rounds([found], user)[found.pk]
    scenarios = [item for item in found.scenarios.all() if not item.resolved]
    summits = _assessable(reading, given)
    form = AssessmentForm(
        posted(request),
        scenarios=scenarios,
        summits=summits,
        whole=found.exclusive,
        initial={AFTER: request.GET.get("after") or (summits[0].slug if summits else "")}
        | _own(given, user.pk),
    )
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            assess(
                found,
                form.probabilities(),
                after=form.after(),
                rationale=form.cleaned_data["rationale"],
                reasons=form.reasons(),
                by=user,
            )
            return redirect(f"{found.get_absolute_url()}#assessments")
    context = {
        "process": process,
        "section": "scenarios",
        "set": found,
        "form": form,
        "is_closed": not scenarios or not summits,
        "round": given[-1] if given else None,
    }
    return render(request, "issues/assess.html", context, status=422 if form.errors else 200)


@process_for("issues.change_scenario")
def resolve_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What became of each ending, of an exclusive set all at once."""
    found, user = asked_set(process, slug), signed_in(request)
    scenarios = list(found.scenarios.all())
    now, is_stale = state_of(scenarios), False
    form = ResolutionForm(posted(request), scenarios=scenarios, whole=found.exclusive, initial={"seen": now})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        said = {"on": typed["on"], "seen": typed["seen"], "reason": typed["reason"]}
        try:
            with errors_on(form):
                resolve(found, form.resolutions(), by=user, **said)
                return redirect(found)
        except StaleVersion:
            is_stale = True
            form.tell_meanwhile()
    context = {
        "process": process,
        "section": "scenarios",
        "set": found,
        "form": form,
        "title": "What happened?",
        "seen": now if is_stale else form["seen"].value(),
    }
    status = 409 if is_stale else 422 if form.errors else 200
    return render(request, "issues/scenario_set_form.html", context, status=status)


def _assessable(reading: Reading, given: list[Round]) -> list[Summit]:
    """The meetings after which a round can still be, newest first: none before the last round."""
    last = given[-1].after if given else None
    return [
        summit
        for summit in reversed(list(reading.summits.values()))
        if summit.status == SummitStatus.HELD
        and summit.parallel_to_id is None
        and (last is None or (summit.starts_on, summit.sequence) >= (last.starts_on, last.sequence))
    ]


def _own(given: list[Round], user: int) -> dict[str, float]:
    """One's own last numbers, to begin from."""
    own = {}
    for item in given:
        for one in item.given:
            if one.assessor_id == user:
                own[number_field(one.scenario)] = one.probability
    return own
