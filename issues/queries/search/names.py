"""Names as they are found: who or what has one, the best first; and names that are written nearly so."""

from collections.abc import Iterable, Sequence
from itertools import product

from django.db.models.expressions import RawSQL

from issues.domain.searching import (
    actor_behind,
    is_similar,
    may_differ_by,
    names_in,
    needle,
    person_behind,
    pieces,
    spaced,
    start_of_name,
    whole_name,
    words_of,
)
from issues.models.fields import lines
from issues.queries.search.index import Among, Wanted, among_those_of, keys_having
from issues.queries.search.rows import actors_of, people_of

# The newest of those that are found are put in order, and those of which the name begins so.
MOST_RANKED = 1_000
MOST_NAMED = 100
# Of how many people and actors the words are found, too, by a name.
MOST_BEHIND = 40
# How many names are compared, sign by sign, with what was typed.
MOST_COMPARED = 300
# In how many ways the words of a name may be written otherwise, before they are asked for more loosely.
MOST_WAYS = 27
# Shorter spellings than this would be found within other words.
SHORTEST_SPELLING = 4


def ranked(typed: Sequence[str], wanted: Wanted, of: Among, *, many: bool = False) -> list[int]:
    """The keys of the records that have what is wanted, those of the name first.

    Whether it is known that ``many`` rows have it is as in :func:`keys_having`.
    """
    found = keys_having(wanted, of, MOST_RANKED, many=many)
    if len(found) == MOST_RANKED:
        starts = [[[one]] for name in typed if len(one := start_of_name(name)) > 2]
        found += set(keys_having(starts, of, MOST_NAMED)) - set(found) if starts else ()
    return in_order(typed, found)


def in_order(typed: Sequence[str], found: Iterable[tuple[int, str]]) -> list[int]:
    """The keys of records by how well one of several names fits: the key of each, and its key of search.

    The whole name, the start of one, words at the start of words of a name, words within names, other words;
    then the newest.
    """
    places = {pk: min(rank(name, key) for name in typed) for pk, key in found}
    return sorted(places, key=lambda pk: (places[pk], -pk))


def rank(typed: str, key: str) -> int:
    """How well what was typed names the record with this key: 0 for its name, 4 for other words alone."""
    if whole_name(typed) in key:
        return 0
    if start_of_name(typed) in key:
        return 1
    words = [spaced(word) for word in words_of(typed)]
    names = [f" {name} " for name in names_in(key)]
    if any(all(f" {word}" in name for word in words) for name in names):
        return 2
    return 3 if any(all(needle(word) in name for word in words) for name in names) else 4


def records_named(typed: str, of: Among, most: int = MOST_NAMED) -> list[int]:
    """The keys of those of some records one of whose spellings this is."""
    name = spaced(typed)
    return [pk for pk, _ in keys_having([[[whole_name(typed)]]], of, most)] if name else []


def behind(words: Sequence[str], processes: RawSQL) -> list[tuple[list[str], str]]:
    """The people and actors in whose names some of the words are: the names, and the needle of their words.

    Those first who have the most of the words.
    """
    anywhere: Wanted = [[[needle(word)]] for word in words]
    found = [
        (names_in(key), number(pk))
        for number, kind in ((person_behind, people_of), (actor_behind, actors_of))
        for pk, key in keys_having(anywhere, among_those_of(kind, processes), MOST_RANKED)
    ]
    found = [one for one in found if any(_has(one[0], word) for word in words)]
    found.sort(key=lambda one: -sum(_has(one[0], word) for word in words))
    return found[:MOST_BEHIND]


def said_by(words: Sequence[str], people: Sequence[tuple[list[str], str]]) -> Wanted:
    """That each of the words is in a key, or in a name of one of those behind it."""
    return [[[needle(word), *(who for names, who in people if _has(names, word))] for word in words]]


def _has(names: Sequence[str], word: str) -> bool:
    return any(needle(word) in f" {name} " for name in names)


def other_spellings(typed: str, of: Among, columns: Sequence[str]) -> list[str]:
    """The other spellings of those of some records that are named so."""
    keys = records_named(typed, of)
    if not keys:
        return []
    asked, found = spaced(typed), dict[str, str]()
    for texts in of.kind._default_manager.filter(pk__in=keys).values_list(*columns):
        spellings = {spaced(spelling): spelling for text in texts for spelling in lines(text)}
        if asked in spellings:
            found |= {key: name for key, name in spellings.items() if len(key) >= SHORTEST_SPELLING}
    found.pop(asked, None)
    return list(found.values())


def similar_names(typed: str, of: Among, columns: Sequence[str]) -> list[str]:
    """Names of some records that are written nearly so: each word, or one that differs in few signs.

    Of very many that may be meant the newest are compared.
    """
    words = spaced(typed).split()
    if not any(may_differ_by(word) for word in words):
        return []
    parts = [pieces(word) for word in words if may_differ_by(word)]
    # Of three parts two are there where one sign differs, and those are few; one where two do.
    for wanted in (_most_of(parts), [[[*some] for some in parts]]):
        keys = [
            pk
            for pk, key in keys_having(wanted, of, MOST_COMPARED)
            if any(is_similar(typed, name) for name in names_in(key))
        ]
        if keys:
            rows = of.kind._default_manager.filter(pk__in=keys).order_by("-pk")
            texts = [text for some in rows.values_list(*columns) for text in some]
            return [name for text in texts for name in lines(text) if is_similar(typed, name)]
    return []


def _most_of(parts: Sequence[Sequence[str]]) -> Wanted:
    """That of each word all parts but one are there: of two parts one, of three two."""
    ways = [[[*some[:left], *some[left + 1 :]] for left in range(len(some))] for some in parts]
    return [[[part] for some in way for part in some] for way in product(*ways)][:MOST_WAYS]
