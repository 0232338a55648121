"""Where a record that was found is: its page, what stands beside its name, and what else it leads to."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from issues.models import (
    Actor,
    Evidence,
    Issue,
    Outcome,
    Participation,
    Person,
    Position,
    Source,
    Statement,
    Summit,
)
from issues.queries.history.names import address_of
from issues.queries.reading.signatories import signatories
from issues.queries.search.people import Links, pages_of_people
from issues.queries.search.rows import Processes, actors_of, bears_on, statements_of, summits_of

# By the key of a record, the page that it is on and what stands beside its name.
Found = dict[int, tuple[str, str]]


def where_actors(keys: list[int], processes: Processes) -> Found:
    """In a process in which the actor takes part, or what it is part of. Two queries."""
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


def where_people(keys: list[int], processes: Processes) -> Found:
    """With everything that the person said, beside the offices held."""
    people = Person.objects.filter(pk__in=keys).prefetch_related("offices__actor")
    held = {office.actor_id for person in people for office in person.offices.all()}
    actors = set(actors_of(processes).filter(pk__in=held).values_list("pk", flat=True)) if held else set()
    pages = pages_of_people(keys, processes)
    places: Found = {}
    for person in people:
        offices = [office for office in person.offices.all() if office.actor_id in actors]
        told = ", ".join(
            ", ".join(filter(None, (office.title, str(office.actor), office.told))) for office in offices[:2]
        )
        address = next((address for _, address in pages.get(person.pk, ())), "")
        places[person.pk] = (address, told)
    return places


def speakers(keys: list[int], processes: Processes) -> Links:
    """Who spoke or reported, with the page of everything said in a process that the statement bears on."""
    slugs = _slugs_of(keys, processes)
    spoken = Statement.objects.filter(pk__in=keys).select_related("speaker", "reported_by_person")
    return {
        item.pk: [
            (who.name, reverse("person", args=[slugs[item.pk], who.slug]))
            for who in (item.speaker, item.reported_by_person)
            if who is not None and item.pk in slugs
        ]
        for item in spoken
    }


def where_places(keys: list[int], processes: Processes) -> Found:
    """At the last occasion there. One query."""
    places: Found = {}
    counts: dict[int, int] = {}
    for summit in summits_of(processes).filter(place__in=keys).select_related("process"):
        pk = summit.place_id or 0
        counts[pk] = counts.get(pk, 0) + 1
        address = places[pk][0] if pk in places else summit.get_absolute_url()
        places[pk] = (address, f"{counts[pk]} occasion{'s' * (counts[pk] > 1)}, the last is linked")
    return places


def where_plain(model: Any, *related: str) -> Callable[[list[int], Processes], Found]:
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


def where_outcomes(keys: list[int], processes: Processes) -> Found:
    """With the occasion that produced it. One query."""
    outcomes = Outcome.objects.filter(pk__in=keys).select_related("summit__process")
    return {item.pk: (item.summit.get_absolute_url(), str(item)) for item in outcomes}


def where_statements(keys: list[int], processes: Processes) -> Found:
    """With its source, in a process that it bears on."""
    slugs = _slugs_of(keys, processes)
    statements = (
        Statement.objects.filter(pk__in=keys)
        .select_related("source", "speaker", "organ")
        .prefetch_related(signatories("signatories"))
    )
    return {item.pk: (_statement_page(item, slugs), _beside(item)) for item in statements}


def _beside(statement: Statement) -> str:
    """Whose words they are and where they stand; who spoke is led to beside it."""
    spoken = statement.speaker and not statement.joint
    return ", ".join(map(str, filter(None, ("" if spoken else statement.said_by, statement.source))))


def where_sources(keys: list[int], processes: Processes) -> Found:
    """In a process on which a statement of it bears, or one of a source that reports it."""
    stated = statements_of(processes).order_by().values("pk")
    found = Source.objects.filter(pk__in=keys).annotate(
        own=Subquery(stated.filter(source=OuterRef("pk"))[:1]),
        via=Subquery(stated.filter(source__cited_via=OuterRef("pk"))[:1]),
    )
    statement_of = {pk: own or via for pk, own, via in found.values_list("pk", "own", "via")}
    slugs = _slugs_of(filter(None, statement_of.values()), processes)
    return {
        pk: (reverse("source", args=[slugs[statement], pk]), "")
        for pk, statement in statement_of.items()
        if statement in slugs
    }


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
