"""Spellings compared without case and accents, so that a name written twice is noticed and any finds it."""

import re
import unicodedata
from collections.abc import Iterable


def folded(name: str) -> str:
    """A name without case, accents and doubled blanks: “Düşanbe ” and “dusanbe” are the same."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", letters.casefold()).split())


# Signs that Unicode counts among letters and marks, and that show nothing: fillers, joiners and variation.
FILLERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))


def is_unseen(text: str) -> bool:
    """Whether a text shows nothing at all, though there is something in it: blanks, joiners, fillers."""
    return bool(text) and all(sign in FILLERS or unicodedata.category(sign) in _UNSEEN for sign in text)


class _Keys(dict[int, str]):
    """What each letter is to a search, worked out once a letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKD", PLAIN.get(letter.lower(), letter)).casefold()
        kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
        self[code] = unicodedata.normalize("NFKC", kept)
        return self[code]


# Letters that keyboards of other languages lack and that lose no accent when they are decomposed.
PLAIN = {"ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
_KEYS = _Keys()


def search_key(text: str) -> str:
    """A text as search compares it: without case and accents, special letters as others type them.

    Letter by letter, so that a place in it leads back to the text: see :func:`found_in`.
    """
    return text.lower() if text.isascii() else text.translate(_KEYS)


def found_in(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where in a text these words, as :func:`search_key` writes them, occur: starts and ends, in order.

    Places that touch or overlap are one; the accents of the last letter belong to it.
    """
    key, origin = [], []
    for place, letter in enumerate(text):
        for sign in search_key(letter):
            key.append(sign)
            origin.append(place)
    joined = "".join(key)
    places = sorted(
        (origin[match.start()], origin[match.end() - 1] + 1)
        for word in words
        if word
        for match in re.finditer(re.escape(word), joined)
    )
    merged: list[tuple[int, int]] = []
    for start, end in places:
        while end < len(text) and not search_key(text[end]):
            end += 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
