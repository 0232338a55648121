"""The issues of a process, one of them over time, and its pictures as files."""

import re
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from issues.charts.ladder import NARROW, ladder
from issues.charts.steps import steps
from issues.forms.matrix import PagedForm
from issues.forms.parameters import read_parameters
from issues.models import Issue, Process
from issues.queries.pages.issue_timeline import Timeline, timeline
from issues.queries.pages.matrix import ACTORS_A_PAGE
from issues.queries.reading.process import Reading
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import read_as_of, read_known

# Characters that make a file no XML, whatever surrounds them.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@process_page
def issues_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every issue with its question and how far apart the parties are on it."""
    reading = read_known(request, process)
    summit = reading.latest
    rows = [
        (issue, timeline(reading, issue, summit) if summit else None) for issue in reading.issues.values()
    ]
    return render_page(request, "issues", process, "issues", reading=reading, rows=rows, summit=summit)


@process_page
def issue_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """Who is near whom, who moved when, and what they said."""
    reading = read_known(request, process)
    issue = _issue(reading, slug)
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
    return render_page(request, "issue", process, "issues", **context)


@process_page
def issue_picture(request: HttpRequest, process: Process, slug: str, picture: str) -> HttpResponse:
    """The ladder or the step charts of an issue as an SVG file."""
    reading, summit = read_as_of(request, process)
    issue = _issue(reading, slug)
    if summit is None or not issue.has_scale:
        raise Http404("There is nothing to draw yet.")
    whole = timeline(reading, issue, summit)
    drawn = render_to_string(
        f"components/{picture}.svg",
        {"standalone": True, "timeline": whole, picture: _draw(whole, picture)},
        request,
    )
    response = HttpResponse(NOT_IN_XML.sub("\ufffd", drawn), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{picture}.svg"'
    return response


def _draw(whole: Timeline, picture: str) -> object:
    drawn = ladder(whole) if picture == "ladder" else steps(whole)
    if drawn is None:
        raise Http404("There is nothing to draw yet.")
    return drawn


def _issue(reading: Reading, slug: str) -> Issue:
    issue = next((item for item in reading.issues.values() if item.slug == slug), None)
    if issue is None:
        raise Http404(f"There is no issue “{slug}” in {reading.process}.")
    return issue
