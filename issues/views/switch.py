"""The way from one process to the others, in the head of every page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from issues.models import Process
from issues.queries.access.readable import readable
from issues.queries.access.standing import Reader

MOST = 200


@dataclass(frozen=True)
class ToRead:
    """The first of the processes that somebody may read, by name; where there are more, the keys of all."""

    shown: list[Process]
    more: tuple[int, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        return bool(self.more)

    @property
    def told(self) -> tuple[Any, ...]:
        """All that a page can tell of it."""
        return (*((one.pk, one.name, one.slug) for one in self.shown), *self.more)


def switch(request: HttpRequest) -> dict[str, Any]:
    """The processes to switch to, for templates; asked for where a head is shown, in one query."""
    reader = getattr(request, "user", AnonymousUser())
    return {"site_processes": SimpleLazyObject(lambda: to_read(request, reader))}


def to_read(request: HttpRequest, reader: Reader) -> ToRead:
    """The processes that a reader of a request may read; asked for once."""
    known: dict[int | None, ToRead] = request.__dict__.setdefault("to_read", {})
    if reader.pk not in known:
        known[reader.pk] = _to_read(reader)
    return known[reader.pk]


def _to_read(reader: Reader) -> ToRead:
    listed = readable(reader).order_by("name", "pk")
    found = list(listed.only("name", "slug")[: MOST + 1])
    return ToRead(found[:MOST], tuple(listed.values_list("pk", flat=True)) if len(found) > MOST else ())
