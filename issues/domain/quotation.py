"""Quotation marks around words that may have marks of their own, in whatever language."""

from issues.domain.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE

# Marks that begin a quotation, each with those that end it, which depends on the language: „ … “ in German,
# ” … ” in Swedish, » … « in Danish.
DOUBLE = {
    "“": '”"',
    "”": '”"',
    "„": '“”„"',
    "‟": '”"',
    '"': '"”',
    "«": "»",
    "»": "«»",
    "〝": "〞〟",
    "〞": "〞",
    "〟": "〟",
    "＂": "＂",
    "『": "』",
    "《": "》",
    "❝": "❞",
    "⹂": "“”⹂",
}
SINGLE = {
    "‘": "’'",
    "’": "’'",
    "‚": "‘’'",
    "‛": "’'",
    "'": "'’",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "〈": "〉",
    "＇": "＇",
    "❛": "❜",
}
DOUBLE_ENDS, SINGLE_ENDS = "".join(DOUBLE.values()), "".join(SINGLE.values())
# What is an apostrophe as well.
APOSTROPHES = "’'"
# What may follow the last mark and what shows nothing.
AFTER = ".,;:!?…。，、！？؟،؛۔։"
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\ufeff" + (
    FIRST_STRONG_ISOLATE + POP_ISOLATE
)


def quoted(words: str) -> str:
    """Words between quotation marks, to the letter; those that are between marks already stay as they are.

    They are between marks if their last mark closes what the first one opens, and none before it does. Where
    a double mark of their own stands at an end, the marks around them are single ones, so that no two of a
    kind stand side by side; double ones where a single one stands at the other end.
    """
    if not words:
        return ""
    bare = words.strip().strip(UNSEEN).strip()
    whole = bare.rstrip(AFTER + UNSEEN + " ")
    if len(bare) > 1 and _is_one_quotation(whole):
        return words
    ends = bare[:1], bare[-1:]
    if _has(ends, DOUBLE, DOUBLE_ENDS) and not _has(ends, SINGLE, SINGLE_ENDS):
        return f"‘{words}’"
    return f"“{words}”"


def _has(ends: tuple[str, str], begin: dict[str, str], end: str) -> bool:
    return any(one and (one in begin or one in end) for one in ends)


def _is_one_quotation(words: str) -> bool:
    """Whether the first sign is a mark that the last one closes, and none before it."""
    first = words[:1]
    ends = (DOUBLE | SINGLE).get(first)
    if ends is None or words[-1] not in ends or len(words) == 1:
        return False
    inner = range(1, len(words) - 1)
    opening = {at for at in inner if _opens(words, at, first, ends)}
    last, depth = max(opening, default=0), 1
    for at in inner:
        if at in opening:
            depth += 1
        elif words[at] in ends and _closes(words, at, first, last):
            depth -= 1
        if not depth:
            return False
    # Each paragraph of a quotation begins with a double mark; a single one may be an apostrophe: ‘Tis.
    return depth == 1 or first in DOUBLE


def _opens(words: str, at: int, first: str, ends: str) -> bool:
    """Whether another quotation of the same marks begins here."""
    if words[at] != first:
        return False
    return first not in ends or (not words[at - 1].isalnum() and words[at + 1].isalnum())


def _closes(words: str, at: int, first: str, last: int) -> bool:
    """Whether a sign that may end it does, and is no apostrophe; ``last`` is where one opens last."""
    if words[at] == first and words[at + 1].isalnum():
        return False
    if words[at] not in APOSTROPHES:
        return True
    if words[at - 1].isspace() or words[at + 1].isalnum():
        return False
    # One at the end of a word is an apostrophe if nothing is opened after it: ‘the Ardens’ river’.
    return at < last
