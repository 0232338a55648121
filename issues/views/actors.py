"""The actors of a process, and one of them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from issues.charts.spark import spark
from issues.forms.matrix import ActorForm, PageForm
from issues.models import Process
from issues.queries.pages.actor_comparison import side_by_side
from issues.queries.pages.actor_profile import profile
from issues.queries.reading.process import read
from issues.views.access import process_page
from issues.views.parameters import asked, read_asked

ACTORS_A_PAGE = 100


@process_page
def actors_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Everyone who takes part, with role and how much is recorded."""
    number = asked(PageForm(request.GET), process)["page"] or 1
    reading = read(process)
    counts: dict[int, int] = {}
    for entry in reading.entries:
        counts[entry.actor] = counts.get(entry.actor, 0) + 1
    rows = [(item, counts.get(item.actor_id, 0)) for item in reading.participations]
    page = Paginator(rows, ACTORS_A_PAGE).get_page(number)
    return render(request, "issues/actors.html", {"process": process, "section": "actors", "page": page})


@process_page
def actor_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What an actor wants, what it will not accept, when it last moved."""
    reading = read_asked(request, process)
    participation = next((item for item in reading.participations if item.actor.slug == slug), None)
    if participation is None:
        raise Http404(f"“{slug}” does not take part in {process}.")
    wanted = asked(ActorForm(request.GET, reading, participation.actor_id), process)
    summit, other = wanted["summit"], wanted["against"]
    if summit is not None and other is not None:
        compared = side_by_side(reading, participation, other, summit)
        context = {"process": process, "section": "actors", "reading": reading, "summit": summit}
        return render(request, "issues/actors_compared.html", {**context, "compared": compared})
    found = profile(reading, participation, summit) if summit else None
    return render(
        request,
        "issues/actor.html",
        {
            "process": process,
            "section": "actors",
            "participation": participation,
            "summit": summit,
            "reading": reading,
            "profile": found,
            "stands": [(stand, spark(stand.changes, reading)) for stand in found.stands] if found else [],
        },
    )
