"""Names as parts of addresses: readable, in whatever script they are written."""

import re
import unicodedata

# What divides words and is no blank: “Serbia–Kosovo”, “Arden/Belmar”, “Middle East·North Africa”.
_DIVIDES = "/|\\·•:+=&_"
_DROPPED = re.compile(r"[^\w-]+")
_RUNS = re.compile(r"-+")


def slug_of(name: str, longest: int = 70) -> str:
    """A name for an address: its letters and digits in small letters, words divided by hyphens.

    Letters of every script stay; signs between two words divide them, other signs fall. Empty where there
    is neither a letter nor a digit.
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    divided = "".join("-" if _is_between(sign) else sign for sign in plain)
    return _RUNS.sub("-", _DROPPED.sub("", divided)).strip("-")[:longest].rstrip("-")


def _is_between(sign: str) -> bool:
    return sign.isspace() or sign in _DIVIDES or unicodedata.category(sign) == "Pd"
