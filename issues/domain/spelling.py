"""Spellings compared without case, accents and blanks, so that one name written twice is noticed."""

import unicodedata


def folded(name: str) -> str:
    """A name without case, accents and doubled blanks: “Düşanbe ” and “dusanbe” are the same."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", letters.casefold()).split())
