"""New processes, summits, people and sources as they are made in the flow, with short ids."""

from django.db.models import Max

from issues.actions.record.log import add
from issues.actions.record.short_ids import free, source_key
from issues.domain.slug import slug_of
from issues.models import Actor, Person, Process, Source, Summit
from issues.models.process import TAKEN

# What the address of a form for a new one ends with; no summit, actor or issue may be called so.
NEW = "new"


def add_process(process: Process) -> Process:
    """Store a new process, its slug made of its name. Raises ValidationError."""
    stem = slug_of(process.name) or "process"
    process.slug = free(stem, {*Process.objects.values_list("slug", flat=True), *TAKEN})
    return add(process)


def add_summit(summit: Summit) -> Summit:
    """Store a new summit after those of its day, its slug made of its name, and its place and track if new.

    Raises ValidationError.
    """
    of_process = Summit.objects.filter(process=summit.process)
    summit.slug = free(
        slug_of(summit.name) or f"summit-{summit.starts_on}",
        {*of_process.values_list("slug", flat=True), NEW},
    )
    summit.sequence = next_sequence(summit)
    store_around(summit)
    return add(summit)


def store_around(summit: Summit) -> None:
    """Store the track and the place of an occasion, where they are new."""
    if summit.track is not None and summit.track._state.adding:
        summit.track = add(summit.track)
    if summit.place is not None and summit.place._state.adding:
        summit.place = add(summit.place)


def next_sequence(summit: Summit) -> int:
    """The place behind the occasions of its day."""
    on_its_day = Summit.objects.filter(process=summit.process_id, starts_on=summit.starts_on)
    last: int | None = on_its_day.aggregate(last=Max("sequence"))["last"]
    return (last or 0) + 1


def add_person(person: Person) -> Person:
    """Store a new person, their slug made of their name. Raises ValidationError."""
    stem = slug_of(person.name) or "person"
    person.slug = free(stem, Person.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return add(person)


def add_actor(actor: Actor) -> Actor:
    """Store a new actor, their slug made of their name. Raises ValidationError."""
    stem = slug_of(actor.name) or "actor"
    taken = Actor.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    actor.slug = free(stem, {*taken, NEW})
    return add(actor)


def add_source(source: Source) -> Source:
    """Store a new source, its key made of publisher and date. Raises ValidationError."""
    source.key = source_key(source.publisher, source.published_on)
    return add(source)
