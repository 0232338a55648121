"""Who or what is meant by a name that a person types: one record, several, or none."""

from typing import Any

from django.db.models import Q, QuerySet

from issues.domain.searching import names_in, spaced
from issues.models import Actor, Attendance, Office, Person, Process, Source, Statement
from issues.models.source import LONGEST_ADDRESS
from issues.queries.access.shared import tellable
from issues.queries.log_sheet import source_lookup
from issues.queries.log_sheet.source_lookup import (
    known_source,
    looks_like_address,
    same_letters,
    sources_like,
)
from issues.queries.search.index import Wanted, among_rows, keys_having
from issues.queries.search.names import MOST_RANKED
from issues.queries.search.rows import actors_of

# What is told of several that are meant.
MOST_TOLD = 5


def people_called(typed: str) -> list[Person]:
    """The people of this name, slug or alias; else those with all of its words in their name: a surname."""
    found, wanted = source_lookup.people_called(typed), set(spaced(typed).split())
    if found or not wanted or "\x00" in typed:
        return found
    everyone = tellable(Person.objects.all())
    whole: Wanted = [[[f" {word} "] for word in wanted]]
    keys = [
        pk
        for pk, key in keys_having(whole, among_rows(everyone), MOST_RANKED)
        if any(wanted <= set(name.split()) for name in names_in(key))
    ]
    return list(Person.objects.filter(pk__in=keys[: MOST_TOLD + 1]).order_by("name", "slug"))


def people_around(process: Process) -> QuerySet[Person]:
    """The people whom a process knows: who sat at its tables, and who hold an office of who takes part."""
    sat = Attendance.objects.filter(summit__process=process).order_by().values("person")
    serve = Office.objects.filter(actor__in=taking_part(process).order_by().values("pk")).values("person")
    found = Person.objects.filter(Q(pk__in=sat) | Q(pk__in=serve.order_by()))
    return found.prefetch_related("offices").order_by("name")


def taking_part(process: Process, *also: int | None) -> QuerySet[Actor]:
    """Who takes part in a process, and their organs, by name; and those under the keys ``also``."""
    own = actors_of(Process.objects.filter(pk=process.pk)).order_by().values("pk")
    some = Q(pk__in=own) | Q(pk__in=[key for key in also if key is not None])
    return Actor.objects.filter(some).order_by("name")


def sources_called(typed: str) -> list[Source]:
    """The source with this address, key or title; else those in whose texts every word occurs."""
    typed = typed.strip()
    if "\x00" in typed or not 0 < len(typed) <= LONGEST_ADDRESS:
        return []
    if looks_like_address(typed):
        known = known_source(typed, "", "")
        return [known] if known else []
    named = tellable(Source.objects.filter(same_letters("key", typed) | same_letters("title", typed)))
    exact = list(named[: MOST_TOLD + 1])
    return exact or sources_like(typed, MOST_TOLD + 1)


def statements_called(typed: str) -> list[Any]:
    """The statement that is named by the key of its source and its own short id: “gazette-2031 s1”."""
    key, _, ref = typed.strip().rpartition(" ")
    if "\x00" in typed or len(typed) > LONGEST_ADDRESS:
        return []
    named = Statement.objects.filter(source__key=key.strip(), ref=ref).select_related("source")
    return list(tellable(named)[:1])
