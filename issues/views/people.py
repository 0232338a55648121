"""The people of a process, and everything that one of them said."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from issues.domain.spelling import search_key
from issues.forms.parameters import read_parameters
from issues.forms.people import PeopleForm, PersonForm
from issues.models import Participation, Process
from issues.queries.access.readable import readable
from issues.queries.access.standing import standing_of
from issues.queries.pages.people import Line, lines_of, said_in
from issues.queries.pages.person import profile_of, words_of
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only, told

PEOPLE_A_PAGE = 100
STATEMENTS_A_PAGE = 50


@process_page
def people_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Who spoke in a process, in which office, how much, and when last."""
    read_only(request, process, CITE, PeopleForm)
    reading = read_known(request, process)
    form = PeopleForm(request.GET, reading)
    lines = list(lines_of(reading, said_in(reading), _nameable(request)).values())
    wanted = read_parameters(form, process)
    found = [line for line in lines if _is_wanted(line, wanted["q"], wanted["actor"])]
    if wanted["order"] == "most":
        found.sort(key=lambda line: -len(line.said))
    if wanted["order"] == "last":
        found.sort(key=lambda line: line.last.place if line.last else (), reverse=True)
    return render_page(
        request,
        "people",
        process,
        "people",
        shows="people",
        reading=reading,
        form=form,
        is_filtered=bool(wanted["q"] or wanted["actor"]),
        page=Paginator(found, PEOPLE_A_PAGE).get_page(wanted["page"] or 1),
    )


@process_page
def person_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """The offices that someone held, and everything that was said, in order, on one issue or on all."""
    read_only(request, process, CITE, PersonForm)
    reading = read_known(request, process)
    profile = profile_of(reading, slug, _nameable(request))
    if profile is None:
        raise Http404(f"Nobody called “{slug}” is on record in {process}{told(reading.known)}.")
    wanted = read_parameters(PersonForm(request.GET, reading), process)
    role = wanted["role"] or "said"
    whole = profile.reported if role == "reported" else profile.said
    found = whole
    if wanted["issue"] is not None:
        found = [item for item in found if wanted["issue"].pk in profile.issues.get(item.pk, ())]
    if wanted["without"]:
        found = [item for item in found if not profile.issues.get(item.pk)]
    if wanted["order"] == "oldest":
        found = found[::-1]
    page = Paginator(found, STATEMENTS_A_PAGE).get_page(wanted["page"] or 1)
    return render_page(
        request,
        "person",
        process,
        "people",
        shows=f"{role} by {profile.person.name}",
        reading=reading,
        profile=profile,
        person=profile.person,
        role=role,
        total=len(whole),
        issue=wanted["issue"],
        without=wanted["without"],
        order=wanted["order"],
        by_issue=profile.by_issue(reading, whole),
        on_none=profile.on_none(whole),
        page=page,
        statements=words_of(reading, list(page.object_list)),
    )


def _nameable(request: HttpRequest) -> QuerySet[Process] | None:
    """The processes whose actors this reader may be told of in an office; None for all."""
    is_all = request.user.is_active and not standing_of(request.user).hidden
    return None if is_all else readable(request.user)


def _is_wanted(line: Line, typed: str, actor: Participation | None) -> bool:
    """Whether every word is in a name of someone, who holds or held an office of the actor."""
    names = search_key(f"{line.person.name}\n{line.person.aliases}")
    of = {pk for office in line.offices for pk in (office.actor.pk, office.actor.part_of_id)}
    return all(word in names for word in search_key(typed).split()) and (
        actor is None or actor.actor_id in of
    )
