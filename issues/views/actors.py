"""The actors of a process, and one of them."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from issues.charts.spark import spark
from issues.forms.matrix import ActorForm, PageForm
from issues.forms.parameters import read_parameters
from issues.models import Participation, Process
from issues.queries.pages.actor_comparison import side_by_side
from issues.queries.pages.actor_profile import profile
from issues.queries.reading.process import Reading
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only, read_page_number

ACTORS_A_PAGE = 100


@process_page
def actors_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Everyone who takes part, with role and how much is recorded."""
    read_only(request, process, CITE, PageForm)
    number = read_page_number(request, process)
    reading = read_known(request, process)
    counts = Counter(entry.actor for entry in reading.entries)
    rows = [(item, counts[item.actor_id]) for item in reading.participations]
    page = Paginator(rows, ACTORS_A_PAGE).get_page(number)
    return render_page(request, "actors", process, "actors", reading=reading, page=page, shows="actors")


@process_page
def actor_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What an actor wants, what it will not accept, when it last moved."""
    read_only(request, process, CITE, ActorForm)
    reading = read_known(request, process)
    participation = participation_of(reading, slug)
    wanted = read_parameters(ActorForm(request.GET, reading, participation.actor_id), process)
    summit, other = wanted["summit"], wanted["against"]
    context = {"reading": reading, "summit": summit}
    if summit is not None and other is not None:
        compared = side_by_side(reading, participation, other, summit)
        both = f"{participation.actor} and {other.actor}"
        return render_page(
            request,
            "actors_compared",
            process,
            "actors",
            **context,
            shows=both,
            as_of=summit,
            compared=compared,
        )
    shown = profile(reading, participation, summit) if summit else None
    return render_page(
        request,
        "actor",
        process,
        "actors",
        **context,
        shows=participation.actor.name,
        as_of=summit,
        participation=participation,
        profile=shown,
        stands=[(stand, spark(stand.changes, reading)) for stand in shown.stands] if shown else [],
    )


def participation_of(reading: Reading, slug: str) -> Participation:
    """The participation of the actor that an address names. Raises Http404."""
    found = next((item for item in reading.participations if item.actor.slug == slug), None)
    if found is None:
        raise Http404(f"“{slug}” does not take part in {reading.process}.")
    return found
