"""Search in names, aliases, summaries, quotations, translations and sources, in any spelling or script.

The index finds the records (:mod:`index`); their texts are read for those that are shown, to mark the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from issues.domain.searching import words_of
from issues.domain.spelling import found_in, search_key
from issues.history import among
from issues.models import Process
from issues.queries.search import names
from issues.queries.search.entries import SEARCHED
from issues.queries.search.index import FEW, all_having, keys_having, those_among
from issues.queries.search.kinds import ANY_DAY, KINDS, Days, Kind

HITS_A_GROUP = 8
HITS_A_PAGE = 50
# Of more than so many it is said that there are more, and not how many.
MOST_COUNTED = 100
MOST_NEAR = 5
ROUND_A_HIT = 120

Words = list[str]


@dataclass(frozen=True)
class Piece:
    """Some of a text, and whether it is what was searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Hit:
    """A record that was found: its name, an excerpt of another text where the words are there, its page.

    ``links`` are names beside it with where they lead.
    """

    name: list[Piece]
    excerpt: list[Piece]
    beside: str
    address: str
    language: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """What was found of one kind: a part of it, how many there are, and where the next part begins.

    ``number`` is None for more than are counted; ``before`` is the key of the last that is shown, None where
    nothing follows.
    """

    kind: Kind
    hits: list[Hit]
    number: int | None
    before: int | None

    @property
    def has_more(self) -> bool:
        """Whether something follows."""
        return self.before is not None


@dataclass(frozen=True)
class Result:
    """Everything that was found; ``also`` are the other spellings that were searched for, ``near`` names."""

    groups: list[Group] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)


def search(
    processes: QuerySet[Process],
    typed: str,
    only: Kind | None = None,
    days: Days = ANY_DAY,
    before: int | None = None,
) -> Result:
    """What is found in these processes, of some days where any are given: the first of each kind or one.

    A name is found by every spelling that is known of it, and so are the texts that use another one and the
    words of those who are called so. ``before`` is the key of the last of that kind that was shown. The
    number of queries depends on the kinds in which something is found, not on how much.
    """
    words = words_of(typed)
    if not words:
        return Result()
    name = " ".join(words)
    within = among(processes.order_by().values_list("pk", flat=True))
    also = list(dict.fromkeys(other for kind in KINDS for other in _other_spellings(kind, name, within)))
    spelled = [name, *also]
    every = list(dict.fromkeys(word for one in spelled for word in words_of(one)))
    people = names.behind(every, within)
    wanted = [every for one in spelled for every in names.said_by(words_of(one), people)]
    few = None if only else all_having(wanted, FEW)
    groups = []
    for kind in [only] if only else KINDS:
        of, is_named = kind.within(within, days), bool(SEARCHED[kind.model].names)
        if few is not None:
            rows = those_among(few.get(SEARCHED[kind.model].number, ()), of)
            found = names.in_order(spelled, rows) if is_named else [pk for pk, _ in rows]
        elif is_named:
            found = names.ranked(spelled, wanted, of, many=only is None)
        else:
            found = [pk for pk, _ in keys_having(wanted, of, MOST_COUNTED + 1, before, many=only is None)]
        groups.append(_group(kind, within, spelled, found, before, HITS_A_PAGE if only else HITS_A_GROUP))
    with_hits = [group for group in groups if group.hits]
    return Result(with_hits, also, [] if with_hits else _near(name, within))


def _other_spellings(kind: Kind, name: str, processes: RawSQL) -> list[str]:
    return names.other_spellings(name, kind.within(processes), kind.aliases) if kind.aliases else []


def _near(name: str, processes: RawSQL) -> list[str]:
    """Names that are written nearly so."""
    found = (
        names.similar_names(name, kind.within(processes), kind.aliases) for kind in KINDS if kind.aliases
    )
    return list(dict.fromkeys(one for some in found for one in some))[:MOST_NEAR]


def _group(
    kind: Kind,
    processes: RawSQL,
    spelled: Sequence[str],
    found: list[int],
    before: int | None,
    size: int,
) -> Group:
    """A part of the records that were found of a kind, in their order."""
    is_ranked = bool(SEARCHED[kind.model].names)
    after = found.index(before) + 1 if is_ranked and before in found else 0
    keys = found[after : after + size]
    if not keys:
        return Group(kind, [], 0, None)
    wanted = [words_of(one) for one in spelled]
    columns = ["pk", *kind.texts, *([kind.language] if kind.language else [])]
    texts = {row[0]: row for row in kind.told().filter(pk__in=keys).values_list(*columns)}
    places, links = kind.places(keys, processes), kind.links(keys, processes)
    hits = [
        _hit(kind, texts[pk], wanted, *places.get(pk, ("", "")), links.get(pk, []))
        for pk in keys
        if pk in texts
    ]
    number = len(found) if len(found) <= MOST_COUNTED else None
    return Group(kind, hits, number, keys[-1] if len(found) > after + size else None)


def _hit(
    kind: Kind,
    row: tuple[Any, ...],
    wanted: Sequence[Words],
    address: str,
    beside: str,
    links: list[tuple[str, str]],
) -> Hit:
    texts = [text or "" for text in row[1 : 1 + len(kind.texts)]]
    language = row[-1] if kind.language else ""
    every = [word for words in wanted for word in words]
    name, others = texts[0], texts[1:]
    matching = next((text for text in others if found_in(text, every)), "")
    if not name:
        name, matching = matching, ""
        language = ""
    elif found_in(name, every):
        matching = "" if all(word in search_key(name) for word in wanted[0]) else matching
    return Hit(_pieces(name, every), _pieces(matching, every), beside, address, language, links)


def _pieces(text: str, words: Words) -> list[Piece]:
    """A text around its first hit, in pieces."""
    if not text:
        return []
    places = found_in(text, words)
    start = max(0, places[0][0] - ROUND_A_HIT) if places else 0
    end = min(len(text), (places[0][1] if places else 0) + 2 * ROUND_A_HIT)
    pieces, at = [Piece("… ", False)] if start else [], start
    for first, last in places:
        if first >= end:
            break
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    rest = text[at : max(at, end)]
    pieces.append(Piece(rest + (" …" if max(at, end) < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]
