"""What search reads: which records of the processes that a reader may read, which texts, what page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from issues.models import (
    Actor,
    Evidence,
    Issue,
    Outcome,
    Participation,
    Person,
    Place,
    Position,
    Process,
    Signatory,
    Source,
    Statement,
    Summit,
)
from issues.queries.history.names import address_of
from issues.queries.reading.entries import Listed
from issues.queries.reading.signatories import signatories

Processes = QuerySet[Process]
# By the key of a record, the page that it is on and what stands beside its name.
Found = dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Kind:
    """A kind of record to search.

    ``rows`` are those that may be read, in the order in which they are shown; ``texts`` the fields that are
    searched, the first of which names the record; ``aliases`` those of them that are other names of it;
    ``places`` says of records that were found where they are.
    """

    slug: str
    title: str
    rows: Callable[[Processes], QuerySet[Any]]
    texts: tuple[str, ...]
    places: Callable[[list[int], Processes], Found]
    aliases: tuple[str, ...] = ()
    language: str = ""


def _actors(processes: Processes) -> QuerySet[Actor]:
    taking_part = _taking_part(processes)
    return Actor.objects.filter(Q(pk__in=taking_part) | Q(part_of__in=taking_part)).order_by("name")


def _taking_part(processes: Processes) -> QuerySet[Any]:
    return Participation.objects.filter(process__in=processes).order_by().values("actor")


def _people(processes: Processes) -> QuerySet[Person]:
    actors = _actors(processes).order_by().values("pk")
    return Person.objects.filter(
        Q(offices__actor__in=actors)
        | Q(attended__summit__process__in=processes)
        | Q(pk__in=_statements(processes).order_by().values("speaker"))
    ).distinct()


def _summits(processes: Processes) -> QuerySet[Summit]:
    return Summit.objects.filter(process__in=processes).order_by("-starts_on", "-sequence")


def bears_on(processes: Processes) -> Q:
    """That a piece of evidence bears on one of these processes."""
    return (
        Q(position__issue__process__in=processes)
        | Q(event__process__in=processes)
        | Q(outcome__summit__process__in=processes)
    )


def _statements(processes: Processes) -> QuerySet[Statement]:
    cited = Evidence.objects.filter(bears_on(processes)).order_by().values("statement")
    return Statement.objects.filter(Q(pk__in=cited) | Q(occasion__process__in=processes)).order_by("-pk")


def _with_signatories(processes: Processes) -> QuerySet[Statement]:
    """The statements, each with the names of those who signed it."""
    signed = Signatory.objects.filter(statement=OuterRef("pk")).order_by().values("statement")
    names = Subquery(signed.annotate(names=Listed("actor__name")).values("names"))
    return _statements(processes).annotate(signed_by=names)


def _sources(processes: Processes) -> QuerySet[Source]:
    stated = _statements(processes).order_by()
    via = stated.values("source__cited_via")
    return Source.objects.filter(Q(pk__in=stated.values("source")) | Q(pk__in=via)).order_by(
        "publisher", "title"
    )


def _where_actors(keys: list[int], processes: Processes) -> Found:
    places: Found = {}
    pages = {
        item.actor_id: item
        for item in Participation.objects.filter(process__in=processes)
        .filter(Q(actor__in=keys) | Q(actor__organs__in=keys))
        .select_related("process", "actor")
        .order_by("-process__name")
    }
    for actor in Actor.objects.filter(pk__in=keys).select_related("part_of"):
        of = pages.get(actor.pk) or pages.get(actor.part_of_id or 0)
        if of is not None:
            places[actor.pk] = (
                reverse("actor", args=[of.process.slug, of.actor.slug]),
                f"part of {actor.part_of}" if of.actor_id != actor.pk else of.get_role_display(),
            )
    return places


def _where_people(keys: list[int], processes: Processes) -> Found:
    people = Person.objects.filter(pk__in=keys).prefetch_related("offices__actor")
    offices = {person.pk: list(person.offices.all()) for person in people}
    pages = _where_actors([office.actor_id for some in offices.values() for office in some], processes)
    said = {
        item.speaker_id: item
        for item in _statements(processes).filter(speaker__in=keys).order_by("pk").select_related("source")
    }
    slugs = _slugs_of([item.pk for item in said.values()], processes)
    places: Found = {}
    for pk, some in offices.items():
        told = ", ".join(
            ", ".join(filter(None, (office.title, str(office.actor), office.told))) for office in some[:2]
        )
        address = next((pages[office.actor_id][0] for office in some if office.actor_id in pages), "")
        if not address and pk in said:
            address = _statement_page(said[pk], slugs)
        places[pk] = (address, told)
    return places


def _where_places(keys: list[int], processes: Processes) -> Found:
    places: Found = {}
    counts: dict[int, int] = {}
    for summit in _summits(processes).filter(place__in=keys).select_related("process"):
        pk = summit.place_id or 0
        counts[pk] = counts.get(pk, 0) + 1
        address = places[pk][0] if pk in places else summit.get_absolute_url()
        places[pk] = (address, f"{counts[pk]} occasion{'s' * (counts[pk] > 1)}, the last is linked")
    return places


def _where_plain(model: Any, *related: str) -> Callable[[list[int], Processes], Found]:
    """Of records that have a page of their own, or are shown on one."""

    def where(keys: list[int], processes: Processes) -> Found:
        records = model.objects.filter(pk__in=keys).select_related(*related)
        return {record.pk: (address_of(record), _context(record)) for record in records}

    return where


def _context(record: Any) -> str:
    if isinstance(record, Position):
        return str(record)
    if isinstance(record, Issue | Summit):
        return str(record.process)
    return ""


def _where_outcomes(keys: list[int], processes: Processes) -> Found:
    outcomes = Outcome.objects.filter(pk__in=keys).select_related("summit__process")
    return {item.pk: (item.summit.get_absolute_url(), str(item)) for item in outcomes}


def _where_statements(keys: list[int], processes: Processes) -> Found:
    slugs = _slugs_of(keys, processes)
    statements = (
        Statement.objects.filter(pk__in=keys)
        .select_related("source", "speaker", "organ")
        .prefetch_related(signatories("signatories"))
    )
    return {
        item.pk: (
            _statement_page(item, slugs),
            ", ".join(map(str, filter(None, (item.said_by, item.source)))),
        )
        for item in statements
    }


def _where_sources(keys: list[int], processes: Processes) -> Found:
    of_source = Statement.objects.filter(Q(source__in=keys) | Q(source__cited_via__in=keys)).select_related(
        "source"
    )
    slugs = _slugs_of([item.pk for item in of_source], processes)
    places: Found = {}
    for item in of_source:
        for pk in (item.source_id, item.source.cited_via_id):
            if pk is not None and item.pk in slugs:
                places[pk] = (reverse("source", args=[slugs[item.pk], pk]), "")
    return places


def _statement_page(statement: Statement, slugs: dict[int, str]) -> str:
    slug = slugs.get(statement.pk)
    page = reverse("source", args=[slug, statement.source_id]) if slug else ""
    return f"{page}#statement-{statement.pk}" if page else ""


def _slugs_of(statements: Iterable[int], processes: Processes) -> dict[int, str]:
    """By the key of a statement, the slug of a process that it bears on. Two queries."""
    keys = set(statements)
    slug_of: dict[int, str] = dict(
        Statement.objects.filter(pk__in=keys, occasion__process__in=processes).values_list(
            "pk", "occasion__process__slug"
        )
    )
    rows = Evidence.objects.filter(bears_on(processes), statement__in=keys).values_list(
        "statement",
        "position__issue__process__slug",
        "event__process__slug",
        "outcome__summit__process__slug",
    )
    for statement, *slugs in rows:
        slug_of[statement] = next(filter(None, slugs))
    return slug_of


KINDS = (
    Kind(
        "actors",
        "Actors",
        _actors,
        ("name", "short_name", "aliases"),
        _where_actors,
        ("name", "short_name", "aliases"),
    ),
    Kind("people", "People", _people, ("name", "aliases"), _where_people, ("name", "aliases")),
    Kind(
        "places",
        "Places",
        lambda processes: Place.objects.filter(summits__process__in=processes).distinct(),
        ("name", "aliases"),
        _where_places,
        ("name", "aliases"),
    ),
    Kind(
        "issues",
        "Issues",
        lambda processes: Issue.objects.filter(process__in=processes),
        ("name", "question", "aliases", "low_label", "high_label"),
        _where_plain(Issue, "process"),
        ("name", "aliases"),
    ),
    Kind(
        "summits",
        "Summits and other occasions",
        _summits,
        ("name", "summary"),
        _where_plain(Summit, "process"),
    ),
    Kind(
        "positions",
        "Positions",
        lambda processes: Position.objects.filter(issue__process__in=processes).order_by(
            "-summit__starts_on", "-pk"
        ),
        ("summary", "condition", "note"),
        _where_plain(Position, "issue__process", "actor", "summit"),
    ),
    Kind(
        "outcomes",
        "Outcomes",
        lambda processes: Outcome.objects.filter(summit__process__in=processes).order_by(
            "-summit__starts_on", "-pk"
        ),
        ("text",),
        _where_outcomes,
    ),
    Kind(
        "statements",
        "Quotations and reports",
        _with_signatories,
        ("quote", "original_quote", "translation", "attribution", "note", "signed_by"),
        _where_statements,
        language="language",
    ),
    Kind("sources", "Sources", _sources, ("title", "publisher", "author", "url", "key"), _where_sources),
)
