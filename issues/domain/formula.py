"""Texts that a spreadsheet would take for a formula: made harmless in a cell, and read back to the letter."""

import re

# A sign alone makes no formula of “-5 degrees” or “+1 vote”: what could do harm calls a function, a program
# or another sheet, and needs one of four characters for it.
# The wide forms are taken for the narrow ones where an Asian keyboard is in use.
FORMULA = re.compile(r"'*(?:[=@\t\r\n＝＠]|[+\-＋－][\s\S]*[(|!\[（｜！［])")


# What any text begins with that needs a second look: nearly none does.
_SUSPECT = frozenset("'=@\t\r\n+-＝＠＋－")


def defused(text: str) -> str:
    """A text as it may stand in a cell: one that would be a formula gets a leading apostrophe.

    So does one that begins with apostrophes before it, so that :func:`as_written` gives back every text.
    """
    return f"'{text}" if text[:1] in _SUSPECT and FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """The text that :func:`defused` made this of."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell
