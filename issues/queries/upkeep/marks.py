"""By what records may turn out to be one: a name, whatever its case and accents, or an address."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from issues.domain.address import listed
from issues.domain.spelling import folded
from issues.history import Record, among, keys_of_all
from issues.models import Actor, Mark, Person, Source
from issues.models.fields import lines

Kind = type[Record]
AT_ONCE = 2_000


@dataclass(frozen=True)
class Marked:
    """Of which columns the marks of a kind are made, and how.

    ``number`` is stored in every mark and is never given to another kind.
    """

    number: int
    columns: tuple[str, ...]
    of: Callable[..., Iterable[str]]


def spellings(*texts: str) -> set[str]:
    """Names of one a line, as they are compared."""
    return {folded(name) for text in texts for name in lines(text)} - {""}


def place_of(address: str) -> str:
    """An address without what may differ where the same document is meant."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def _of_source(url: str | None, others: str, publisher: str, title: str, day: object) -> Iterator[str]:
    yield f"{folded(publisher)}\n{folded(title)}\n{day}"
    yield from (place_of(address) for address in listed(f"{url or ''}\n{others}"))


MARKED: dict[Kind, Marked] = {
    Actor: Marked(1, ("name", "short_name", "aliases"), spellings),
    Person: Marked(2, ("name", "aliases"), spellings),
    Source: Marked(3, ("url", "other_urls", "publisher", "title", "published_on"), _of_source),
}


def digest_of(mark: str) -> str:
    """A mark as it is stored: of one length, however long an address is."""
    return blake2b(mark.encode(), digest_size=16).hexdigest()


def marks_of(kind: Kind, keys: Iterable[int], *, locked: bool = False) -> dict[int, set[str]]:
    """The digests of what the records that there are of these say. One query.

    ``locked`` keeps them as they are until the transaction ends.
    """
    how = MARKED[kind]
    rows = kind._default_manager.filter(pk__in=among(keys)).order_by("pk")
    rows = rows.select_for_update(of=("self",)) if locked else rows
    said = rows.values_list("pk", *how.columns)
    return {pk: {digest_of(mark) for mark in how.of(*columns)} for pk, *columns in said}


def stored_marks(kind: Kind, keys: Iterable[int]) -> defaultdict[int, dict[str, int]]:
    """The digests that are stored of records, each with the key of its mark. One query."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = of_kind(kind).filter(record__in=among(keys))
    for pk, digest, mark in rows.values_list("record", "digest", "pk"):
        found[pk][digest] = mark
    return found


def of_kind(kind: Kind) -> QuerySet[Mark]:
    """All marks of a kind."""
    return Mark.objects.filter(kind=MARKED[kind].number)


def without_record(kind: Kind) -> QuerySet[Any]:
    """The marks of which there is no record any more."""
    return of_kind(kind).filter(~Exists(kind._default_manager.filter(pk=OuterRef("record"))))


def wrongly_marked(kind: Kind) -> Iterator[int]:
    """The keys of the records whose marks are not what they say, the gone ones last.

    Two queries for some thousand records.
    """
    for keys in keys_of_all(kind, AT_ONCE):
        stored, said = stored_marks(kind, keys), marks_of(kind, keys)
        yield from (key for key in keys if said.get(key, set()) != stored[key].keys())
    yield from without_record(kind).order_by("record").values_list("record", flat=True).distinct()
