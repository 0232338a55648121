"""Finding a source or a person by what a researcher types."""

from typing import Any, TypeVar, cast

from django.db.models import Q, QuerySet

from issues.domain.address import normalised, variants
from issues.history import Record
from issues.models import Actor, Cell, Person, Place, Process, Sheet, SheetRow, Source
from issues.models.fields import lines
from issues.queries.log_sheet.grid import shelf

R = TypeVar("R", bound=Record)

# The longest address on record; nothing longer names a source.
LONGEST = 700


def looks_like_address(typed: str) -> bool:
    """Whether what was typed is a web address."""
    return normalised(typed).startswith(("http://", "https://"))


def find_source(typed: str, sheet: Sheet) -> Source | None:
    """The one source that is meant by its number on the shelf, address, key or title, or None."""
    typed = typed.strip()
    if "\x00" in typed or len(typed) > LONGEST:
        return None
    if typed.isdecimal():
        return dict(shelf(sheet)).get(int(typed))
    if looks_like_address(typed):
        return Source.objects.filter(url__in=variants(typed)).first()
    by_key = Source.objects.filter(key__iexact=typed).first()
    if by_key is not None:
        return by_key
    titled = list(Source.objects.filter(title__iexact=typed)[:2])
    return titled[0] if len(titled) == 1 else None


def code_at(sheet: Sheet, actor: int, issue: int, version: int) -> str:
    """What a cell said at a version that someone saw; nothing at version 0."""
    past = Cell.history.filter(sheet=sheet, actor=actor, issue=issue, version=version)
    return past.exclude(history_type="-").values_list("code", flat=True).first() or ""


def source_at(sheet: Sheet, actor: int, version: int) -> str:
    """The key of the source that served a row at a version that someone saw; none at version 0."""
    past = SheetRow.history.filter(sheet=sheet, actor=actor, version=version)
    return past.values_list("source__key", flat=True).first() or ""


def find_person(typed: str) -> Person | None:
    """The one person of this name, slug or alias, or None if there is none or more than one."""
    return _called(typed, Person, ("name", "slug"))


def find_actor(typed: str, process: Process) -> Actor | None:
    """The one actor that is called so and takes part in a process, or is an organ of one that does."""
    taking_part = Actor.objects.filter(participations__process=process)
    found = Actor.objects.filter(Q(pk__in=taking_part) | Q(part_of__in=taking_part)).order_by()
    return _called(typed, Actor, ("name", "short_name", "slug"), found)


def find_place(typed: str) -> Place | None:
    """The one place of this name or alias, or None if there is none or more than one."""
    return _called(typed, Place, ("name",))


def _called(
    typed: str, model: type[R], names: tuple[str, ...], among: QuerySet[Any] | None = None
) -> R | None:
    """The one record, of all or among some, that is called so, by a name rather than by an alias.

    Read and compared here, because SQLite knows the capitals of Latin letters only.
    """
    wanted = typed.strip().casefold()
    named, called = [], []
    found = model._default_manager.all() if among is None else among
    for pk, aliases, *own in found.values_list("pk", "aliases", *names):
        if wanted in (name.casefold() for name in own):
            named.append(pk)
        elif wanted in (line.casefold() for line in lines(aliases)):
            called.append(pk)
    keys = named or called
    return cast(R, model._default_manager.get(pk=keys[0])) if len(keys) == 1 else None
