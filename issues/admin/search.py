"""Search in any script: SQLite folds the case of ASCII only, so other scripts are asked for in each case."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

LONGEST = 200
MOST_WORDS = 10


def found(queryset: QuerySet[Any], fields: Sequence[str], term: str) -> QuerySet[Any]:
    """The records in which every word of the term occurs in one of the fields."""
    if not fields:
        return queryset
    for word in _words(term):
        queryset = queryset.filter(
            Q.create(
                [(f"{field}__icontains", case) for field in fields for case in _cases(word)], connector=Q.OR
            )
        )
    return queryset


def _words(term: str) -> list[str]:
    words = list(smart_split(term[:LONGEST]))[:MOST_WORDS]
    return [
        unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] else word for word in words
    ]


def _cases(word: str) -> list[str]:
    if word.isascii():
        return [word]
    return list(dict.fromkeys([word, word.lower(), word.upper(), word.capitalize()]))
