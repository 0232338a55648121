"""The way from one process to the others, in the head of every page."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from issues.queries.access.readable import readable
from issues.queries.access.standing import Reader

MOST = 200


class Named(NamedTuple):
    """What is told of a process in a list of them."""

    pk: int
    name: str
    slug: str


@dataclass(frozen=True)
class ToRead:
    """The first of the processes that somebody may read, by name; and the keys of the others."""

    shown: list[Named]
    more: tuple[int, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        return bool(self.more)

    @property
    def told(self) -> tuple[Any, ...]:
        """All that a page can tell of it."""
        return (*self.shown, *self.more)


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
    """All of them in one query, as rows and not as records: the head of each page has two hundred."""
    listed = readable(reader).order_by("name", "pk").values_list("pk", "name", "slug")
    found = [Named(*row) for row in listed]
    return ToRead(found[:MOST], tuple(one.pk for one in found[MOST:]))
