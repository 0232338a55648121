"""Quotation marks around words that may have marks of their own, in whatever language."""

from issues.domain.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE

# Marks that stand at the beginning or end of a quotation; which one opens depends on the language: „ … “ in
# German, ” … ” in Swedish, » … « in Danish.
DOUBLE = '“”„‟"«»〝〞〟＂『』《》❝❞⹂'
SINGLE = "‘’‚‛'‹›「」〈〉＇❛❜"
# What may follow the last mark and what shows nothing.
AFTER = ".,;:!?…。，、！？؟،؛۔։"
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\ufeff" + (
    FIRST_STRONG_ISOLATE + POP_ISOLATE
)


def quoted(words: str) -> str:
    """Words between quotation marks, to the letter; those that are between marks already stay as they are.

    Where a double mark of their own stands at one end alone, the marks around them are single ones, so that
    no two of a kind stand side by side.
    """
    if not words:
        return ""
    bare = words.strip().strip(UNSEEN).strip()
    first, last = bare[:1], bare.rstrip(AFTER + UNSEEN + " ")[-1:]
    marks = DOUBLE + SINGLE
    if len(bare) > 1 and first and last and first in marks and last in marks:
        return words
    if (first and first in DOUBLE) or (bare[-1:] and bare[-1:] in DOUBLE):
        return f"‘{words}’"
    return f"“{words}”"
