"""The way from one process to the others, in the head of every page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from issues.models import Process
from issues.queries.access.readable import readable

MOST = 200


@dataclass(frozen=True)
class ToRead:
    """The first of the processes that somebody may read, by name, and whether there are more."""

    shown: list[Process]
    has_more: bool


def switch(request: HttpRequest) -> dict[str, Any]:
    """The processes to switch to, for templates; asked for where a head is shown, in one query."""
    return {"site_processes": SimpleLazyObject(lambda: _to_read(request))}


def _to_read(request: HttpRequest) -> ToRead:
    user = getattr(request, "user", AnonymousUser())
    found = list(readable(user).only("name", "slug").order_by("name", "pk")[: MOST + 1])
    return ToRead(found[:MOST], len(found) > MOST)
