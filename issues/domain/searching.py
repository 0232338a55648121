"""What search looks in and for: words without case and accents, between blanks.

The key of a record is one text: each spelling of its name on a line of its own, a tab, then its other words.
To be found is to have a *needle* in it, a text of three signs or more, so that an index of all trigrams, the
same on every database, leads to it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from issues.domain.spelling import FILLERS, search_key

GRAM = 3
# From which length on a word may be written otherwise by one sign, and by two.
ONE_OTHER, TWO_OTHER = 4, 8
_TEXTS = "\n\t"
# Who is behind some words is in their key as a sign for the kind and two for the number; of a private area
# of Unicode, so that no text says the same.
_PERSON, _ACTOR = "\ue000", "\ue001"
_DIGITS, _BASE = 0xE100, 0xF900 - 0xE100
# Written without blanks between words: kana, and ideographs with their extensions.
_WITHOUT_BLANKS = ((0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class _Spaced(dict[int, str]):
    """What each letter is in a key, worked out once a letter."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(_placed, search_key(chr(code))))
        return self[code]


def _placed(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf" or sign in FILLERS:
        return ""
    if category[0] in "ZC" and category != "Cn":
        return " "
    stands_alone = category[0] in "PSC" or any(low <= ord(sign) <= high for low, high in _WITHOUT_BLANKS)
    return f" {sign} " if stands_alone else sign


_SPACED = _Spaced()


def spaced(text: str) -> str:
    """A text as it is compared, with one blank between words.

    Signs that are no letters or digits, and ideographs, are words of their own; what shows nothing is left
    out.
    """
    return " ".join(text.translate(_SPACED).split())


def key_of(names: Iterable[str], texts: Iterable[str | None], behind: Iterable[str] = ()) -> str:
    """What a record is found by: its spellings, its other words, who is behind them. Empty for none."""
    spellings = dict.fromkeys(map(spaced, names))
    named = "".join(f"\n {one} " for one in spellings if one)
    said = " ".join(filter(None, (spaced(text) for text in texts if text)))
    who = "".join(dict.fromkeys(behind))
    return f"{named}{_TEXTS} {said} {who}" if named or said or who else ""


def person_behind(key: int) -> str:
    """The needle of the words of a person."""
    return _numbered(_PERSON, key)


def actor_behind(key: int) -> str:
    """The needle of the words of an actor."""
    return _numbered(_ACTOR, key)


def _numbered(kind: str, key: int) -> str:
    if key >= _BASE**2:
        raise ValueError(f"{key} is beyond what a key of search can name.")
    return kind + chr(_DIGITS + key // _BASE) + chr(_DIGITS + key % _BASE)


def words_of(typed: str) -> list[str]:
    """The words to search for, each once; without the quotation marks and commas around them."""
    stripped = (word.strip("\"'“”«»„,;()[]") for word in search_key(typed).split())
    return list(dict.fromkeys(word for word in stripped if spaced(word)))


def needle(word: str) -> str:
    """What has to be in a key: one sign as a word, two at the start of a word, three and more anywhere."""
    placed = spaced(word)
    if len(placed) >= GRAM:
        return placed
    return f" {placed} " if len(placed) == 1 else f" {placed}"


def whole_name(typed: str) -> str:
    """What is in the key of a record that has this name."""
    return f"\n {spaced(typed)} \n"


def start_of_name(typed: str) -> str:
    """What is in the key of a record one of whose names begins so."""
    return f"\n {spaced(typed)}"


def names_in(key: str) -> list[str]:
    """The spellings in a key, as they are compared."""
    return [one.strip() for one in key.partition(_TEXTS)[0].split("\n") if one.strip()]


def grams(text: str) -> list[str]:
    """The trigrams, next to each other, that together are a needle; each once."""
    starts = [*range(0, len(text) - GRAM, GRAM), len(text) - GRAM]
    return list(dict.fromkeys(text[start : start + GRAM] for start in starts))


def may_differ_by(word: str) -> int:
    """By how many signs a word of a name may be written otherwise and still be meant."""
    return 0 if len(word) < ONE_OTHER else 1 if len(word) < TWO_OTHER else 2


def pieces(word: str) -> list[str]:
    """Parts of a word one of which is in whatever is written otherwise by no more signs than may be."""
    padded = f" {word} "
    parts = may_differ_by(word) + 1
    ends = [round(len(padded) * part / parts) for part in range(parts + 1)]
    return [padded[start:end] for start, end in pairwise(ends)]


def is_similar(typed: str, name: str) -> bool:
    """Whether each word of what was typed is a word of the name, or written otherwise by few signs."""
    words = spaced(name).split()
    return all(any(_is_near(word, other) for other in words) for word in spaced(typed).split())


def _is_near(word: str, other: str) -> bool:
    most = may_differ_by(word)
    return word == other or (abs(len(word) - len(other)) <= most and _distance(word, other) <= most)


def _distance(one: str, other: str) -> int:
    """How many signs are another, more, fewer or swapped with the next."""
    before: Sequence[int] = ()
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        earlier, before = before, row
        row = [at]
        for place, theirs in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (sign != theirs))
            if at > 1 < place and sign == other[place - 2] and one[at - 2] == theirs:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
    return row[-1]
