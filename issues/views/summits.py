"""The occasions of a process, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse

from issues.forms.matrix import PageForm
from issues.models import Process, Summit
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.headline import headline
from issues.queries.pages.summit_brief import brief, events_before, listed, logged, neighbours
from issues.queries.reading.process import Reading
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only, read_page_number


@process_page
def summits_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every occasion, newest first, with how much is recorded of it."""
    read_only(request, process, CITE)
    reading = read_known(request, process)
    counts = logged(reading)
    rows = [(summit, counts[summit.pk]) for summit in listed(process)]
    return render_page(request, "summits", process, "summits", reading=reading, rows=rows, shows="summits")


@process_page
def summit_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What changed here, what was agreed, who sat at the table."""
    read_only(request, process, CITE, PageForm)
    reading = read_known(request, process)
    summit = summit_called(reading, slug)
    shown = brief(reading, summit, read_page_number(request, process))
    before, after = neighbours(reading, summit)
    return render_page(
        request,
        "summit",
        process,
        "summits",
        shows=summit.name,
        summit=summit,
        reading=reading,
        brief=shown,
        page=shown.page,
        headline=headline(reading, shown.folded, summit),
        events=list(events_before(reading, summit)),
        before=before,
        after=after,
        endnotes=Endnotes(),
    )


def summit_called(reading: Reading, slug: str) -> Summit:
    """The summit that an address names. Raises Http404."""
    known = reading.by_slug(slug)
    summit = listed(reading.process).filter(pk=known.pk).first() if known else None
    if summit is None:
        raise Http404(f"There is no summit “{slug}” in {reading.process}.")
    return summit
