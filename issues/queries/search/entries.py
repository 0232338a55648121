"""Which records are searched by which of their words: what a row of the index says of its record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from issues.domain.searching import actor_behind, key_of, person_behind
from issues.history import Record, among, keys_of_all
from issues.models import (
    Actor,
    Issue,
    Outcome,
    Person,
    Place,
    Position,
    SearchEntry,
    Signatory,
    Source,
    Statement,
    Summit,
)
from issues.models.fields import lines
from issues.models.search_entry import entry_key, last_entry_key

Kind = type[Record]
Signers = Mapping[int, Collection[int]]
AT_ONCE = 2_000


@dataclass(frozen=True)
class Searched:
    """What a kind of record is searched by: its names, other texts of it, and who is behind its words.

    ``number`` is stored in every row of the index and is never given to another kind.
    """

    number: int
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All that is read of a record."""
        return (*self.names, *self.texts, *self.people, *self.actors)


SEARCHED: dict[Kind, Searched] = {
    Actor: Searched(1, ("name", "short_name", "aliases")),
    Person: Searched(2, ("name", "aliases")),
    Place: Searched(3, ("name", "aliases")),
    Issue: Searched(4, ("name", "aliases"), ("question", "low_label", "high_label")),
    Summit: Searched(5, ("name",), ("summary",)),
    Source: Searched(6, ("title",), ("publisher", "author", "url", "other_urls", "key")),
    Outcome: Searched(7, (), ("text",)),
    Position: Searched(8, (), ("summary", "condition", "note")),
    Statement: Searched(
        9,
        (),
        ("quote", "original_quote", "translation", "attribution", "note"),
        ("speaker_id", "reported_by_person_id"),
        ("organ_id",),
    ),
}


def key_for(kind: Kind, said: Mapping[str, Any], signers: Collection[int] = ()) -> str:
    """What a record is found by, from its columns and, of a statement, the keys of who signed it."""
    how = SEARCHED[kind]
    people = (person_behind(said[name]) for name in how.people if said[name] is not None)
    actors = [said[name] for name in how.actors if said[name] is not None]
    names = (spelling for name in how.names for spelling in lines(said[name] or ""))
    texts = (said[name] for name in how.texts)
    return key_of(names, texts, [*people, *map(actor_behind, (*actors, *signers))])


def signers_of(statements: Iterable[int]) -> Signers:
    """By statement, the keys of who signed it. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Signatory.objects.filter(statement__in=among(statements)).order_by("statement", "actor")
    for statement, actor in rows.values_list("statement_id", "actor_id"):
        found[statement].append(actor)
    return found


def keys_of_stored(kind: Kind, keys: Iterable[int], *, locked: bool = False) -> dict[int, str]:
    """By record, what those that are stored are found by. One query, of statements two.

    ``locked`` keeps them as they are until the transaction ends.
    """
    rows = kind._default_manager.filter(pk__in=among(keys)).order_by("pk")
    rows = rows.select_for_update(of=("self",)) if locked else rows
    found = list(rows.values("pk", *SEARCHED[kind].columns))
    signers = signers_of(row["pk"] for row in found) if kind is Statement else {}
    return {row["pk"]: key_for(kind, row, signers.get(row["pk"], ())) for row in found}


def differing(kind: Kind) -> Iterator[int]:
    """The keys of the records of a kind that the index does not tell as they are, the gone ones last.

    Two queries for some thousand records, of statements three.
    """
    number = SEARCHED[kind].number
    for keys in keys_of_all(kind, AT_ONCE):
        entries = SearchEntry.objects.filter(pk__in=among(entry_key(number, key) for key in keys))
        stored = {pk - entry_key(number, 0): key for pk, key in entries.values_list("pk", "key")}
        current = keys_of_stored(kind, keys)
        yield from (key for key in keys if current.get(key, "") != stored.get(key, ""))
    yield from (pk - entry_key(number, 0) for pk in gone(kind).values_list("pk", flat=True).iterator())


def gone(kind: Kind) -> Any:
    """The rows of the index of which there is no record any more."""
    number = SEARCHED[kind].number
    before = entry_key(number, 0)
    record = kind._default_manager.filter(pk=OuterRef("record"))
    rows = SearchEntry.objects.filter(pk__range=(before, last_entry_key(number))).order_by("pk")
    return rows.annotate(record=F("pk") - before).filter(~Exists(record))
