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


def stretches(text: str, *, leftwards: bool) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it runs from right to left.

    What has no direction of its own, digits among it, goes with what surrounds it: between two letters of one
    direction with them, else ``leftwards`` or not as the whole text does.
    """
    ways = [_way(letter) for letter in text]
    before = leftwards
    pieces: list[tuple[str, bool]] = []
    begin = 0
    while begin < len(text):
        end = begin + 1
        while end < len(text) and ways[end] == ways[begin]:
            end += 1
        after = next((ways[at] for at in range(end, len(text)) if ways[at] is not None), leftwards)
        way = ways[begin]
        if way is None:
            way = before if before == after else leftwards
        else:
            before = way
        if pieces and pieces[-1][1] == way:
            pieces[-1] = (pieces[-1][0] + text[begin:end], way)
        else:
            pieces.append((text[begin:end], way))
        begin = end
    return pieces


def _way(letter: str) -> bool | None:
    """Whether a letter runs from right to left; None where it has no direction of its own."""
    way = bidirectional(letter)
    return way in RIGHT_TO_LEFT if way in STRONG else None
