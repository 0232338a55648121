"""Finding a source or a person by what a researcher types."""

from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.db.models.lookups import Exact

from issues.domain.address import normalised
from issues.domain.searching import words_of
from issues.history import Record
from issues.models import Actor, Cell, Person, Place, Sheet, SheetRow, Source
from issues.models.fields import lines
from issues.models.source import LONGEST_ADDRESS
from issues.queries.access.shared import tellable
from issues.queries.log_sheet.grid import shelf
from issues.queries.search.addresses import found_at
from issues.queries.search.index import among_rows, keys_having
from issues.queries.search.names import MOST_RANKED, ranked, records_named, said_by

# Of how many sources that may be meant one can choose.
FEW = 8


def looks_like_address(typed: str) -> bool:
    """Whether what was typed is a web address."""
    return normalised(typed).startswith(("http://", "https://"))


def same_letters(column: str, typed: str) -> Q:
    """That a column of a source says what was typed, in whatever case; it has an index for it."""
    return Q(Exact(Upper(column), Upper(Value(typed))))


def find_source(typed: str, sheet: Sheet) -> Source | None:
    """The one source that is meant by its number on the shelf, address, key or title, or None."""
    typed = typed.strip()
    if "\x00" in typed or len(typed) > LONGEST_ADDRESS:
        return None
    if typed.isdecimal():
        return dict(shelf(sheet)).get(int(typed))
    if looks_like_address(typed):
        return found_at(typed)
    by_key = tellable(Source.objects.filter(same_letters("key", typed))).first()
    if by_key is not None:
        return by_key
    titled = list(tellable(Source.objects.filter(same_letters("title", typed)))[:2])
    return titled[0] if len(titled) == 1 else None


def sources_like(typed: str, most: int) -> list[Source]:
    """The sources in whose title, publisher, author, address or key every word occurs: the newest first.

    No more than ``most``. What is not dated comes last; of very many those recorded last are compared. Two
    queries.
    """
    words = words_of(typed) if "\x00" not in typed and len(typed) <= LONGEST_ADDRESS else []
    if not words:
        return []
    found = [
        pk
        for pk, _ in keys_having(said_by(words, ()), among_rows(tellable(Source.objects.all())), MOST_RANKED)
    ]
    newest_first = Source.objects.order_by(F("published_on").desc(nulls_last=True), "-pk")
    return list(newest_first.filter(pk__in=found)[:most])


def sources_meant(typed: str, sheet: Sheet) -> list[Source]:
    """The sources that may be meant: the one that :func:`find_source` finds, else those like it, a few."""
    one = find_source(typed, sheet)
    if one is not None:
        return [one]
    return [] if typed.strip().isdecimal() or looks_like_address(typed) else sources_like(typed, FEW)


def known_source(address: str, key: str, title: str) -> Source | None:
    """The source on record with this address, or with this key and title; None where there is none."""
    if address:
        found = found_at(address) or tellable(Source.objects.filter(archive_url=address)).first()
        if found is not None:
            return found
    if not (key and title):
        return None
    return tellable(Source.objects.filter(same_letters("key", key), same_letters("title", title))).first()


def code_at(sheet: Sheet, actor: int, issue: int, version: int) -> str:
    """What a cell said at a version that someone saw; nothing at version 0."""
    past = Cell.history.filter(sheet=sheet, actor=actor, issue=issue, version=version)
    return past.exclude(history_type="-").values_list("code", flat=True).first() or ""


def source_at(sheet: Sheet, actor: int, version: int) -> str:
    """The key of the source that served a row at a version that someone saw; none at version 0."""
    past = SheetRow.history.filter(sheet=sheet, actor=actor, version=version)
    return past.values_list("source__key", flat=True).first() or ""


def actors_called(typed: str) -> list[Actor]:
    """Every actor of this name, slug or alias, in any process."""
    return list(Actor.objects.filter(pk__in=_keys(typed, Actor, ("name", "short_name", "slug"))))


def people_called(typed: str) -> list[Person]:
    """Every person of this name, slug or alias, those who are named so before those of an alias."""
    return _with_offices(_keys(typed, Person, ("name", "slug")))


def people_like(typed: str) -> list[Person]:
    """The people in whose spellings all that is typed occurs, a few: those named so first."""
    words = words_of(typed)
    if not words:
        return []
    found = ranked([" ".join(words)], said_by(words, ()), among_rows(tellable(Person.objects.all())))
    return _with_offices(found[:FEW])


def _with_offices(keys: list[int]) -> list[Person]:
    people = Person.objects.filter(pk__in=keys).prefetch_related("offices__actor")
    return list(people.order_by("name", "slug"))


def find_place(typed: str) -> Place | None:
    """The one place of this name or alias, or None if there is none or more than one."""
    keys = _keys(typed, Place, ("name",))
    return Place.objects.get(pk=keys[0]) if len(keys) == 1 else None


def _keys(typed: str, model: type[Record], names: tuple[str, ...]) -> list[int]:
    """The keys of the records that are called so, by a name if there are any, else by an alias.

    The index knows no accents, and here they count: what it finds is compared once more.
    """
    wanted = typed.strip().casefold()
    if not wanted or "\x00" in wanted:
        return []
    # A place has its name once in the installation, and whoever types it knows it.
    records = model._default_manager.all() if model is Place else tellable(model._default_manager.all())
    may_be = Q(pk__in=records_named(wanted, among_rows(records)))
    if "slug" in names:
        may_be |= Q(slug__in=(wanted, typed.strip()))
    named, called = [], []
    for pk, aliases, *own in records.filter(may_be).values_list("pk", "aliases", *names):
        if wanted in (name.casefold() for name in own):
            named.append(pk)
        elif wanted in (line.casefold() for line in lines(aliases)):
            called.append(pk)
    return named or called
