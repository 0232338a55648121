"""Search in names, aliases, summaries, quotations, translations and sources, in any spelling or script.

Texts are compared here and not in the database, because no two databases fold case and accents alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from issues.domain.spelling import found_in, search_key
from issues.models.fields import lines
from issues.queries.search.kinds import KINDS, Kind
from issues.queries.search.rows import Processes

HITS_A_GROUP = 8
HITS_A_PAGE = 50
# Beyond this many texts of a kind a search would take seconds; the first ones are searched, and that is said.
MOST_TEXTS = 100_000
# Shorter spellings than this would be found within other words.
SHORTEST_SPELLING = 4
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


@dataclass
class Group:
    """What was found of one kind, and whether there is more."""

    kind: Kind
    hits: list[Hit]
    has_more: bool
    is_cut: bool = False


@dataclass
class Result:
    """Everything that was found; ``also`` are the other spellings that were searched for, ``near`` names."""

    groups: list[Group] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    is_cut: bool = False


def words_of(typed: str) -> Words:
    """The words to search for, as they are compared; without the quotation marks and commas around them."""
    stripped = (word.strip("\"'“”«»„,;()[]") for word in search_key(typed).split())
    return list(dict.fromkeys(word for word in stripped if word))


def search(processes: Processes, typed: str, only: Kind | None = None, page: int = 1) -> Result:
    """What is found in these processes, the first of each kind or a page of one.

    A name is found by every spelling that is known of it, and so are the texts that use another one. The
    number of queries depends on the kinds in which something is found, not on how much.
    """
    words = words_of(typed)
    if not words:
        return Result()
    names = _names(processes)
    also = _other_spellings(typed, names)
    wanted = [words, *(words_of(spelling) for spelling in also)]
    size = HITS_A_PAGE if only else HITS_A_GROUP
    groups = [
        _group(kind, processes, wanted, (page - 1) * size, size) for kind in ([only] if only else KINDS)
    ]
    with_hits = [group for group in groups if group.hits]
    near = [] if with_hits else _nearest(typed, [name for spellings in names for name in spellings])
    return Result(with_hits, also, near, any(group.is_cut for group in groups))


def _names(processes: Processes) -> list[list[str]]:
    """The names of everything that has other spellings, each record's together. A query a kind."""
    return [
        [spelling for text in texts for spelling in lines(text)]
        for kind in KINDS
        if kind.aliases
        for texts in kind.rows(processes).values_list(*kind.aliases)
    ]


def _other_spellings(typed: str, names: Sequence[Sequence[str]]) -> list[str]:
    """The other spellings of what was typed, where it is a name that we know."""
    asked = " ".join(words_of(typed))
    spellings_by_key: dict[str, str] = {}
    for spellings in names:
        keys = {" ".join(words_of(spelling)): spelling for spelling in spellings}
        if asked in keys:
            spellings_by_key |= {key: name for key, name in keys.items() if len(key) >= SHORTEST_SPELLING}
    spellings_by_key.pop(asked, None)
    return list(spellings_by_key.values())


def _nearest(typed: str, names: Sequence[str]) -> list[str]:
    """The names that are written most like what was typed."""
    by_key = {search_key(name): name for name in names}
    close = get_close_matches(search_key(typed), list(by_key), n=MOST_NEAR, cutoff=0.6)
    return [by_key[key] for key in close]


def _group(kind: Kind, processes: Processes, wanted: Sequence[Words], start: int, size: int) -> Group:
    rows = _matching(kind, processes, wanted)
    matches: list[tuple[Any, ...]] = []
    is_cut = False
    for place, row in enumerate(rows):
        if row is None:
            is_cut = True
        elif place >= start:
            matches.append(row)
        if len(matches) > size:
            break
    shown = matches[:size]
    keys = [row[0] for row in shown]
    places, links = (kind.places(keys, processes), kind.links(keys, processes)) if shown else ({}, {})
    hits = [_hit(kind, row, wanted, *places.get(row[0], ("", "")), links.get(row[0], [])) for row in shown]
    return Group(kind, hits, len(matches) > size, is_cut)


def key_of(texts: Iterable[str | None]) -> str:
    """What the words of these texts are looked for in."""
    return search_key("\n".join(filter(None, texts)))


def _matching(kind: Kind, processes: Processes, wanted: Sequence[Words]) -> Iterator[tuple[Any, ...] | None]:
    """The rows in which all words of one of the spellings occur; None at the end where it stopped short."""
    columns = ["pk", *kind.texts, *([kind.language] if kind.language else [])]
    rows = kind.rows(processes).values_list(*columns)[: MOST_TEXTS + 1]
    end = 1 + len(kind.texts)
    for number, row in enumerate(rows.iterator(chunk_size=2000)):
        if number == MOST_TEXTS:
            yield None
            return
        key = key_of(row[1:end])
        if any(all(word in key for word in words) for words in wanted):
            yield row


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
