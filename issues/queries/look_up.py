"""Finding a source or a person by what a researcher types."""

from issues.domain.address import normalised, variants
from issues.models import Cell, Person, Sheet, SheetRow, Source
from issues.models.fields import lines
from issues.queries.sheet import shelf

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
    """The one person of this name, slug or alias, or None if there is none or more than one.

    Read and compared here, because SQLite knows the capitals of Latin letters only.
    """
    wanted = typed.strip().casefold()
    named, called = [], []
    for pk, name, slug, aliases in Person.objects.values_list("pk", "name", "slug", "aliases"):
        if wanted in (name.casefold(), slug.casefold()):
            named.append(pk)
        elif wanted in (line.casefold() for line in lines(aliases)):
            called.append(pk)
    found = named or called
    return Person.objects.get(pk=found[0]) if len(found) == 1 else None
