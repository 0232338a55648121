"""Words of pages: what changed between two texts, word by word; how much of how many."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Beyond this many words and blanks a text is compared as one piece: nobody reads more, and it takes seconds.
MOST_PIECES = 6_000
# Texts that have less in common than this share of their words and blanks are another text, not an edit.
LEAST_ALIKE = 0.5
# A run of unchanged words longer than this is shortened to its ends.
LONGEST_RUN = 40
ENDS = 12


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words with the blanks around them, and what became of them."""

    fate: Fate
    text: str


def word_changes(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; what was replaced is removed first, then added.

    The kept and removed pieces together are ``old``, the kept and added ones ``new``.
    """
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    if max(len(before), len(after)) > MOST_PIECES:
        return _pieces((Fate.REMOVED, old), (Fate.ADDED, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return _pieces((Fate.REMOVED, old), (Fate.ADDED, new))
    pieces: list[Piece] = []
    removed = added = ""
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        was, became = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal" and (was.strip() or not (removed or added)):
            pieces += _pieces((Fate.REMOVED, removed), (Fate.ADDED, added), (Fate.KEPT, was))
            removed = added = ""
        else:  # A blank between two changed words belongs to the change.
            removed, added = removed + was, added + became
    return [*pieces, *_pieces((Fate.REMOVED, removed), (Fate.ADDED, added))]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, with long unchanged runs cut to the words beside a change."""
    last = len(pieces) - 1
    return [
        Piece(piece.fate, _cut(piece.text, at_start=place == 0, at_end=place == last))
        if piece.fate is Fate.KEPT
        else piece
        for place, piece in enumerate(pieces)
    ]


def _cut(text: str, *, at_start: bool, at_end: bool) -> str:
    words = re.findall(r"\S+\s*", text)
    if len(words) <= LONGEST_RUN:
        return text
    head = "" if at_start else "".join(words[:ENDS])
    tail = "" if at_end else "".join(words[-ENDS:])
    return f"{head}… {tail}"


def _pieces(*parts: tuple[Fate, str]) -> list[Piece]:
    return [Piece(fate, text) for fate, text in parts if text]


def moved_in_words(moved: int, stated: int, uncertain: int = 0) -> str:
    """How many of the stated positions moved, as a clause; of ``uncertain`` ones it is not known."""
    if stated > 1:
        return f"{moved or 'none'} of {stated} positions moved on the scale"
    if moved:
        return "the one position moved on the scale"
    if uncertain or not stated:
        return "no position is known to have moved on the scale"
    return "the one position did not move on the scale"
