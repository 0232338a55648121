"""The occasions of a process, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from issues.exports.brief_docx import Contents, brief_docx
from issues.models import Process, Summit
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.headline import headline
from issues.queries.pages.summit_brief import brief, events_before, listed, logged, neighbours
from issues.queries.reading.process import Reading
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import read_known, read_page_number

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A document has no pages of actors: it tells of all.
MOST_ACTORS = 10_000


@process_page
def summits_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every occasion, newest first, with how much is recorded of it."""
    reading = read_known(request, process)
    counts = logged(reading)
    rows = [(summit, counts[summit.pk]) for summit in listed(process)]
    return render_page(request, "summits", process, "summits", reading=reading, rows=rows)


@process_page
def summit_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What changed here, what was agreed, who sat at the table."""
    reading = read_known(request, process)
    summit = _summit(reading, slug)
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


@process_page
def summit_brief(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """The same as a Word document, of all actors."""
    reading = read_known(request, process)
    summit = _summit(reading, slug)
    whole = brief(reading, summit, size=MOST_ACTORS)
    contents = Contents(
        process=process,
        summit=summit,
        brief=whole,
        headline=headline(reading, whole.folded, summit),
        events=list(events_before(reading, summit)),
        address=request.build_absolute_uri(summit.get_absolute_url()),
        made=timezone.now(),
        known=reading.known,
    )
    response = HttpResponse(brief_docx(contents), content_type=WORD)
    name = f"{process.slug}-{summit.slug}.docx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _summit(reading: Reading, slug: str) -> Summit:
    known = reading.by_slug(slug)
    summit = listed(reading.process).filter(pk=known.pk).first() if known else None
    if summit is None:
        raise Http404(f"There is no summit “{slug}” in {reading.process}.")
    return summit
