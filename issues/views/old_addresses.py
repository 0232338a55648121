"""An address that leads nowhere any more is answered with where it leads now."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, reverse
from django.utils.deprecation import MiddlewareMixin

from issues.models import (
    Actor,
    Issue,
    Person,
    Position,
    Process,
    Scenario,
    ScenarioSet,
    Source,
    Statement,
    Summit,
    Track,
)
from issues.queries.access.readable import readable
from issues.queries.old_addresses import Kind, called, keyed_within, process_called

# What the slug, and what the number, of an address below a process names, by the word before it.
SLUGS: dict[str, Kind] = {
    "summits": Summit,
    "issues": Issue,
    "actors": Actor,
    "people": Person,
    "scenarios": ScenarioSet,
}
KEYS: dict[str, Kind] = {"sources": Source, "positions": Position, "statements": Statement}
# What the other parts of an address, and its parameters, name.
NAMED: dict[str, Kind] = {
    "actor": Actor,
    "issue": Issue,
    "summit": Summit,
    "from_summit": Summit,
    "to_summit": Summit,
    "after": Summit,
    "against": Summit,
    "from": Issue,
    "on": Issue,
    "track": Track,
    "speaker": Person,
    "copy": Scenario,
    "like": Summit,
}
# Where summits are listed, a span of them is asked for by these.
OF_SUMMITS: dict[str, Kind] = {"from": Summit, "to": Summit}
# Parameters with the slug of an actor in their name.
OF_ACTORS = ("salience-", "capability-")


class OldAddressesMiddleware(MiddlewareMixin):
    """Leads from the old address of a page below a process to the page as it is now.

    Only what answers 404 or 400 is looked at, so that a slug that is in use belongs to what uses it, and only
    for whoever may read the process as it is called today.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, or 301 to the address of now; 308 for what is posted, so that nothing typed is lost."""
        match = getattr(request, "resolver_match", None)
        if response.status_code not in (400, 404) or match is None or "process" not in match.kwargs:
            return response
        address = _of_now(request, match)
        if address is None or address == request.get_full_path():
            return response
        moved: HttpResponse = HttpResponsePermanentRedirect(
            address, preserve_request=request.method not in ("GET", "HEAD")
        )
        moved["Cache-Control"] = "no-cache"  # a slug may be given to another record
        return moved


def _of_now(request: HttpRequest, match: ResolverMatch) -> str | None:
    """The address of now of a page whose address is old; None where nothing in it is old."""
    captured: dict[str, Any] = dict(match.captured_kwargs)  # type: ignore[attr-defined]
    process = process_called(captured["process"], readable(request.user))
    if process is None:
        return None
    parts = {**captured, **dict(_parts(captured, match.route, process)), "process": process.slug}
    section = _section(match.route)
    within = (
        called(ScenarioSet, parts["slug"], process) if "slug" in parts and section == "scenarios" else None
    )
    query = _query(request.GET, process, within, section)
    if parts == captured and query == request.GET:
        return None
    path = reverse(match.view_name, kwargs=parts)
    asked = request.META.get("QUERY_STRING", "") if query == request.GET else query.urlencode()
    return f"{path}?{asked}" if asked else path


def _parts(captured: dict[str, Any], route: str, process: Process) -> Iterator[tuple[str, Any]]:
    """The parts of an address, each as it is called now."""
    section = _section(route)
    for name, value in captured.items():
        kind = {"slug": SLUGS.get(section), "pk": KEYS.get(section)}.get(name, NAMED.get(name))
        if kind is not None and isinstance(value, int):
            yield name, keyed_within(kind, value, process) or value
        elif kind is not None:
            yield name, _word(kind, value, process, None)
    if "scenario" in captured:
        within = called(ScenarioSet, captured["slug"], process)
        yield "scenario", _word(Scenario, captured["scenario"], process, within)


def _section(route: str) -> str:
    """What stands after the process in an address: “issues”, “summits”."""
    parts = route.split("/")
    place = next((number for number, part in enumerate(parts) if part.endswith("process>")), len(parts))
    return next(iter(parts[place + 1 :]), "")


def _query(asked: QueryDict, process: Process, within: ScenarioSet | None, section: str) -> QueryDict:
    """The parameters with what they name as it is called now; beside an actor stands another actor."""
    own: dict[str, dict[str, Kind]] = {"actors": {"against": Actor}, "summits": OF_SUMMITS}
    named = {**NAMED, **own.get(section, {})}
    query = QueryDict(mutable=True)
    for name, values in asked.lists():
        kind = named.get(name)
        stem = next((one for one in OF_ACTORS if name.startswith(one)), "")
        if stem:
            actor = called(Actor, name.removeprefix(stem), process)
            query.setlist(f"{stem}{actor.slug}" if actor else name, values)
        elif kind is None:
            query.setlist(name, values)
        else:
            words = [_word(kind, one, process, within) for one in values]
            query.setlist(name, values if words == values else list(dict.fromkeys(words)))
    return query


def _word(kind: Kind, word: str, process: Process, within: ScenarioSet | None) -> str:
    """What is called so, by the word by which it is called now."""
    found = called(kind, word, process, within) if word else None
    if found is None:
        return word
    return str(found.name if kind is Track else found.slug)
