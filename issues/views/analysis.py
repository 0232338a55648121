"""A process and an issue in figures: series, forecasts with what-if, and how forecasts did."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from issues.charts.over_time import convergence_steps, distance_steps
from issues.forms.forecast import LEAST_CAPABILITY, MOST_CAPABILITY, WhatIfForm
from issues.forms.matrix import AsOfForm
from issues.forms.parameters import read_parameters
from issues.models import Issue, Process
from issues.queries.pages.analysis import (
    convergence_over_time,
    issue_forecast,
    issue_over_time,
    issue_rows,
)
from issues.queries.pages.backtest import backtested
from issues.queries.reading.process import Reading
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_as_of, read_only


@process_page
def analysis_page(request: HttpRequest, process: Process) -> HttpResponse:
    """How far apart the parties are, issue by issue and over time, and how well forecasts did."""
    read_only(request, process, CITE, AsOfForm)
    reading, summit = read_as_of(request, process)
    context: dict[str, Any] = {"reading": reading, "summit": summit}
    if summit is not None:
        span = convergence_over_time(reading, summit)
        context |= {
            "rows": issue_rows(reading, summit),
            "span": span,
            "picture": convergence_steps(span, summit),
            "backtest": backtested(reading),
        }
    return render_page(request, "analysis", process, "issues", shows="analysis", as_of=summit, **context)


@process_page
def forecast_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What an issue would come to, and what if an actor cared more or could bring more to bear."""
    reading, summit = read_as_of(request, process)
    issue = _preference(reading, slug)
    what_if = WhatIfForm(request.GET, actors=[item.actor for item in reading.participations])
    read_only(request, process, CITE, AsOfForm, *what_if.fields)
    read_parameters(what_if, process)
    context: dict[str, Any] = {"reading": reading, "summit": summit, "issue": issue}
    if summit is not None:
        over_time = issue_over_time(reading, issue, summit)
        context |= {
            "result": issue_forecast(reading, issue, summit, what_if.supposed()),
            "over_time": over_time,
            "picture": distance_steps(over_time, summit),
            "least": LEAST_CAPABILITY,
            "most": MOST_CAPABILITY,
        }
    told = f"forecast of {issue.name}"
    return render_page(request, "forecast", process, "issues", shows=told, as_of=summit, **context)


def _preference(reading: Reading, slug: str) -> Issue:
    issue = next((item for item in reading.issues.values() if item.slug == slug), None)
    if issue is None or issue.kind != Issue.Kind.PREFERENCE:
        raise Http404(f"There is no preference issue “{slug}” in {reading.process}.")
    return issue
