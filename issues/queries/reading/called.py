"""Who or what is meant by a name that a person types: one record, several, or none."""

from typing import Any

from django.db.models import Q, QuerySet

from issues.domain.address import normalised, variants
from issues.domain.spelling import search_key
from issues.history import Record
from issues.models import Actor, Attendance, Office, Person, Process, Source, Statement
from issues.models.fields import lines

# What is told of several that are meant.
MOST_TOLD = 5
# The longest address on record; nothing longer names anything.
LONGEST = 700
# A shorter part of a title would be found in too many.
SHORTEST_PART = 3


def people_called(typed: str) -> list[Any]:
    """The people of this name, slug or alias; else those of whose name it is a word, as a surname is."""
    return _called(typed, Person, ("name", "slug"))


def people_around(process: Process) -> QuerySet[Person]:
    """The people whom a process knows: who sat at its tables, and who hold an office of who takes part."""
    sat = Attendance.objects.filter(summit__process=process).order_by().values("person")
    serve = Office.objects.filter(actor__in=taking_part(process).order_by().values("pk")).values("person")
    found = Person.objects.filter(Q(pk__in=sat) | Q(pk__in=serve.order_by()))
    return found.prefetch_related("offices").order_by("name")


def taking_part(process: Process, *also: int | None) -> QuerySet[Actor]:
    """Who takes part in a process, and their organs, by name; and those under the keys ``also``."""
    own = Actor.objects.filter(participations__process=process).order_by().values("pk")
    some = Q(pk__in=own) | Q(part_of__in=own) | Q(pk__in=[key for key in also if key is not None])
    return Actor.objects.filter(some).order_by("name")


def sources_called(typed: str) -> list[Any]:
    """The sources with this address, key or title; else those of whose title or publisher it is a part."""
    typed = typed.strip()
    if "\x00" in typed or not 0 < len(typed) <= LONGEST:
        return []
    if normalised(typed).startswith(("http://", "https://")):
        return list(Source.objects.filter(url__in=variants(typed))[:1])
    exact = Source.objects.filter(Q(key__iexact=typed) | Q(title__iexact=typed))
    found = list(exact[: MOST_TOLD + 1])
    if found or len(typed) < SHORTEST_PART:
        return found
    part = Source.objects.filter(Q(title__icontains=typed) | Q(publisher__icontains=typed))
    return list(part.order_by("-published_on", "key")[: MOST_TOLD + 1])


def statements_called(typed: str) -> list[Any]:
    """The statement that is named by the key of its source and its own short id: “gazette-2031 s1”."""
    key, _, ref = typed.strip().rpartition(" ")
    if "\x00" in typed or len(typed) > LONGEST:
        return []
    return list(Statement.objects.filter(source__key=key.strip(), ref=ref).select_related("source")[:1])


def _called(typed: str, model: type[Record], names: tuple[str, ...]) -> list[Any]:
    """By a name rather than by an alias, by the whole of it rather than by a word.

    Compared here, because no two databases fold capitals and accents alike.
    """
    wanted = search_key(typed.strip())
    if not wanted:
        return []
    found: dict[int, list[int]] = {0: [], 1: [], 2: []}
    for pk, aliases, *own in model._default_manager.values_list("pk", "aliases", *names):
        keys = [search_key(name) for name in own]
        others = [search_key(line) for line in lines(aliases)]
        if wanted in keys:
            found[0].append(pk)
        elif wanted in others:
            found[1].append(pk)
        elif any(wanted in key.split() for key in (*keys[:1], *others)):
            found[2].append(pk)
    keys_found = next((some for some in found.values() if some), [])
    return list(model._default_manager.filter(pk__in=keys_found[: MOST_TOLD + 1]).order_by("pk"))
