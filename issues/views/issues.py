"""The issues of a process, and one of them over time."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from issues.charts.ladder import NARROW, ladder
from issues.charts.steps import steps
from issues.forms.matrix import PagedForm
from issues.forms.parameters import read_parameters
from issues.models import Issue, Process
from issues.queries.pages.issue_timeline import timeline
from issues.queries.pages.matrix import ACTORS_A_PAGE
from issues.queries.reading.process import Reading
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only


@process_page
def issues_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every issue with its question and how far apart the parties are on it."""
    read_only(request, process, CITE)
    reading = read_known(request, process)
    summit = reading.latest
    rows = [
        (issue, timeline(reading, issue, summit) if summit else None) for issue in reading.issues.values()
    ]
    return render_page(
        request, "issues", process, "issues", reading=reading, rows=rows, summit=summit, shows="issues"
    )


@process_page
def issue_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """Who is near whom, who moved when, and what they said."""
    read_only(request, process, CITE, PagedForm)
    reading = read_known(request, process)
    issue = called(reading, slug)
    wanted = read_parameters(PagedForm(request.GET, reading), process)
    summit = wanted["summit"]
    context: dict[str, Any] = {"issue": issue, "reading": reading}
    if summit is not None:
        whole = timeline(reading, issue, summit)
        page = Paginator(whole.lines, ACTORS_A_PAGE).get_page(wanted["page"] or 1)
        shown = replace(whole, lines=list(page.object_list))
        context |= {"summit": summit, "timeline": shown, "page": page, "said": shown.said()}
        if issue.has_scale:
            context |= {
                "ladder": ladder(whole),
                "narrow_ladder": ladder(whole, NARROW),
                "steps": steps(whole, {line.actor.pk for line in shown.lines}),
            }
    return render_page(request, "issue", process, "issues", shows=issue.name, as_of=summit, **context)


def called(reading: Reading, slug: str) -> Issue:
    """The issue that an address names. Raises Http404."""
    issue = next((item for item in reading.issues.values() if item.slug == slug), None)
    if issue is None:
        raise Http404(f"There is no issue “{slug}” in {reading.process}.")
    return issue
