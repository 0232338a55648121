"""The addresses of sources, and which of them no longer answer."""

from django.db.models import Q, QuerySet

from issues.models import Process, Source
from issues.models.link_check import LinkCheck, dead
from issues.queries.pages.sources import of_process


def addresses(process: Process | None = None) -> list[str]:
    """The addresses of all sources, or of those of a process, each once, hosts taking turns."""
    sources = of_process(process) if process else Source.objects.all()
    found = sources.exclude(url=None).order_by("pk").values_list("url", flat=True)
    return [url for url in dict.fromkeys(found) if url]


def is_dead() -> Q:
    """The condition that the address of a source no longer answers, as it was last asked."""
    return Q(url__in=LinkCheck.objects.filter(dead()).values("address"))


def sources_at(address: str) -> QuerySet[Source]:
    """The sources with this address."""
    return Source.objects.filter(url=address)


def check_of(source: Source) -> LinkCheck | None:
    """What the address of a source answered when it was last asked; None where it never was. One query."""
    return LinkCheck.objects.filter(address=source.url).first() if source.url else None
