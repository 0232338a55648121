"""New processes, summits and sources as they are made in the flow, with short ids of what is known."""

from django.db.models import Max

from issues.actions.record.log import add
from issues.actions.record.short_ids import free, source_key
from issues.domain.slug import slug_of
from issues.models import Process, Source, Summit
from issues.models.process import TAKEN

# What the address of a new summit's form ends with; no summit may be called so.
NEW = "new"


def add_process(process: Process) -> Process:
    """Store a new process, its slug made of its name. Raises ValidationError."""
    stem = slug_of(process.name) or "process"
    process.slug = free(stem, {*Process.objects.values_list("slug", flat=True), *TAKEN})
    return add(process)


def add_summit(summit: Summit) -> Summit:
    """Store a new summit after those of its day, its slug made of its name, and its place if that is new.

    Raises ValidationError.
    """
    of_process = Summit.objects.filter(process=summit.process)
    summit.slug = free(
        slug_of(summit.name) or f"summit-{summit.starts_on}",
        {*of_process.values_list("slug", flat=True), NEW},
    )
    last = of_process.filter(starts_on=summit.starts_on).aggregate(last=Max("sequence"))["last"]
    summit.sequence = (last or 0) + 1
    if summit.place is not None and summit.place._state.adding:
        summit.place = add(summit.place)
    return add(summit)


def add_source(source: Source) -> Source:
    """Store a new source, its key made of publisher and date. Raises ValidationError."""
    source.key = source_key(source.publisher, source.published_on)
    return add(source)
