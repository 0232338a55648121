"""One matrix, ladder or steps for a frame on another site: no chrome, no cookie, public processes alone."""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt

from issues.charts.ladder import NARROW, ladder
from issues.charts.steps import steps
from issues.forms.matrix import PagedForm
from issues.forms.parameters import read_parameters
from issues.models import Process, Summit
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.issue_timeline import timeline
from issues.queries.pages.matrix import ACTORS_A_PAGE, add_words, grouped, matrix
from issues.queries.reading.people import people_of
from issues.queries.reading.process import Reading
from issues.templatetags.shown import shown as shown_here
from issues.views.access import public_page
from issues.views.issues import called
from issues.views.parameters import read_known, read_only
from issues.views.pictures import Where, draw


def embed_page(request: HttpRequest, process: str, picture: str, issue: str = "") -> HttpResponseBase:
    """The page, which may be framed by the sites that the setting lists and by nobody else."""
    view = public_page(_embedded)
    if settings.EMBED_SITES:
        # The older header cannot name sites: where the policy does, it is left out.
        view = csp_replace({"frame-ancestors": settings.EMBED_SITES})(xframe_options_exempt(view))
    answer: HttpResponseBase = view(request, process, picture, issue)
    return answer


def _embedded(request: HttpRequest, process: Process, picture: str, issue: str) -> HttpResponse:
    """Without the request, so that nothing in it can depend on who reads."""
    read_only(request, process, PagedForm)
    reading = read_known(request, process)
    wanted = read_parameters(PagedForm(request.GET, reading), process)
    summit, number = wanted["summit"], wanted["page"] or 1
    drawn, provenance = draw(request, picture, reading, summit, AnonymousUser(), Where(issue=issue))
    shown = (
        _matrix(reading, summit, number) if picture == "matrix" else _of_issue(reading, summit, issue, number)
    )
    context = {
        "process": process,
        "reading": reading,
        "summit": summit,
        "people": people_of(AnonymousUser(), process),
        "picture_of": drawn,
        "provenance": provenance,
        **shown,
    }
    context["on_page"] = shown_here(context, None)
    return HttpResponse(render_to_string(f"issues/embed_{picture}.html", context))


def _matrix(reading: Reading, summit: Summit, number: int) -> dict[str, Any]:
    whole = matrix(reading, summit)
    page = Paginator(whole.rows, ACTORS_A_PAGE).get_page(number)
    rows = list(page.object_list)
    add_words(rows, reading.known)
    return {"matrix": whole, "groups": grouped(rows), "page": page, "endnotes": Endnotes()}


def _of_issue(reading: Reading, summit: Summit, slug: str, number: int) -> dict[str, Any]:
    whole = timeline(reading, called(reading, slug), summit)
    page = Paginator(whole.lines, ACTORS_A_PAGE).get_page(number)
    return {
        "issue": whole.issue,
        "timeline": whole,
        "page": page,
        "ladder": ladder(whole),
        "narrow_ladder": ladder(whole, NARROW),
        "steps": steps(whole, {line.actor.pk for line in page.object_list}),
    }
