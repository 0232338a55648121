"""What the words of a page depend on beside themselves: whose page it is, as of when, and what may be done.

Worked out once a page, because a page shows hundreds of positions.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, reduce
from operator import add
from typing import Any, TypeVar
from urllib.parse import quote

from django.http import HttpRequest
from django.template import Context
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils.safestring import SafeString

from issues.clock import here
from issues.models import Actor, Issue, Process, Summit
from issues.queries.reading.people import NOBODY, People
from issues.templatetags.redlines import only_known

EMPTY = SafeString()
Told = TypeVar("Told", bound=str)


@dataclass
class Shown:
    """A page: its process, the reading that it shows, who is told what, and what is written of it already."""

    process: Process | None
    reading: Any
    people: People
    perms: Any
    request: HttpRequest | None
    written: dict[Hashable, Any] = field(default_factory=dict)
    _around: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def slug(self) -> str:
        """By which addresses name the process; empty where the page is of none."""
        return self.process.slug if self.process else ""

    @cached_property
    def known(self) -> str:
        """What goes on in an address so that the next page shows the record of the same time."""
        return only_known(self.reading)

    @cached_property
    def may_correct(self) -> bool:
        """Whether who reads may correct a position."""
        return bool(self.perms and self.perms["issues"]["change_position"])

    @cached_property
    def may_review(self) -> bool:
        """Whether who reads may review one."""
        return bool(self.perms and self.perms["issues"]["add_position"])

    @cached_property
    def here(self) -> str:
        """Its own address as a parameter says it; empty where nothing leads back to it."""
        return quote(self.request.get_full_path(), safe="/") if self.request else ""

    def address(self, name: str, key: int, *before: str) -> str:
        """The address of a record by its key, the last number that the address names."""
        around = self._around.get(name)
        if around is None:
            head, _, tail = reverse(name, args=[*before, 0]).rpartition("/0")
            around = self._around[name] = (f"{head}/", tail)
        return f"{around[0]}{key}{around[1]}"

    def cell_address(self, summit: Summit, actor: Actor, issue: Issue) -> str:
        """The page of a cell, as ``reverse`` writes it."""
        around = self._around.get(summit.slug)
        if around is None:
            head, _, tail = reverse("cell", args=[self.slug, summit.slug, "a", "i"]).rpartition("/a/i")
            around = self._around[summit.slug] = (f"{head}/", tail)
        return f"{around[0]}{quote(actor.slug)}/{quote(issue.slug)}{around[1]}"

    def once(self, key: Hashable, write: Callable[[], Told]) -> Told:
        """What a page shows in two places, written for the first."""
        found: Told | None = self.written.get(key)
        if found is None:
            found = self.written[key] = write()
        return found


def shown(context: Context | Mapping[str, Any], request: HttpRequest | None) -> Shown:
    """The page that a context is of, for its ``on_page``."""
    people, perms = context.get("people") or NOBODY, context.get("perms")
    return Shown(context.get("process"), context.get("reading"), people, perms, request)


def no_page() -> Shown:
    """What is shown on no page of a process, so that nothing in it leads on."""
    return Shown(None, None, NOBODY, None, None)


def shown_on(context: Context) -> Shown:
    """The page of a context, as its view made it, else as the context says."""
    found = context.get("on_page")
    return found if isinstance(found, Shown) else shown(context, context.get("request"))


def day_of(time: datetime) -> str:
    """The day of a time by the clock of whoever reads: 6 October 2022."""
    return date(here(time), "j F Y")


def joined(*pieces: SafeString) -> SafeString:
    """What is HTML already, one after the other."""
    return reduce(add, pieces, EMPTY)
