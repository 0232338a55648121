"""The occasions of a process, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from issues.exports.endnotes import Endnotes
from issues.forms.matrix import PageForm
from issues.models import Process
from issues.queries.headline import headline
from issues.queries.reading import read
from issues.queries.summits import brief, events_before, listed, logged, neighbours
from issues.views.access import process_page
from issues.views.asked import problem, read_asked


@process_page
def summits_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every occasion, newest first, with how much is recorded of it."""
    counts = logged(read(process))
    rows = [(summit, counts.get(summit.pk, 0)) for summit in listed(process)]
    return render(request, "issues/summits.html", {"process": process, "section": "summits", "rows": rows})


@process_page
def summit_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What changed here, what was agreed, who sat at the table."""
    reading, known = read_asked(request, process)
    if known.errors:
        return problem(request, process, known)
    form = PageForm(request.GET)
    found = reading.by_slug(slug)
    summit = listed(process).filter(pk=found.pk).first() if found else None
    if summit is None:
        raise Http404(f"There is no summit “{slug}” in {process}.")
    if not form.is_valid():
        return problem(request, process, form)
    told = brief(reading, summit, form.cleaned_data["page"] or 1)
    before, after = neighbours(reading, summit)
    return render(
        request,
        "issues/summit.html",
        {
            "process": process,
            "section": "summits",
            "summit": summit,
            "reading": reading,
            "brief": told,
            "page": told.page,
            "headline": headline(reading, told.folded, summit),
            "events": list(events_before(reading, summit)),
            "before": before,
            "after": after,
            "endnotes": Endnotes(),
        },
    )
