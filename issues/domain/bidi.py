"""Text that runs from right to left, and what keeps it from moving what stands beside it."""

from unicodedata import bidirectional

# Which way a letter runs, by its bidirectional class (Unicode Standard Annex 9).
RIGHT_TO_LEFT = ("R", "AL")
STRONG = ("L", *RIGHT_TO_LEFT)
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def runs_right_to_left(text: str) -> bool:
    """Whether a text begins, after what has no direction of its own, with a letter that runs to the left."""
    first = next((way for letter in text if (way := bidirectional(letter)) in STRONG), "L")
    return first in RIGHT_TO_LEFT


def has_right_to_left(text: str) -> bool:
    """Whether any letter of a text runs from right to left."""
    return any(bidirectional(letter) in RIGHT_TO_LEFT for letter in text)


def isolated(text: str) -> str:
    """A name as it may stand in a sentence: what runs to the left is kept from moving its neighbours."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if has_right_to_left(text) else text
