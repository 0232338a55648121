"""Search in any script: SQLite folds the case of ASCII only, so other scripts are asked for in each case."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

from issues.domain.address import variants
from issues.models.source import LONGEST_ADDRESS
from issues.queries.log_sheet.source_lookup import looks_like_address
from issues.queries.search.addresses import has_address

LONGEST = 200
MOST_WORDS = 10


def matching(queryset: QuerySet[Any], fields: Sequence[str], term: str) -> QuerySet[Any]:
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


def at_address(queryset: QuerySet[Any], path: str, term: str) -> QuerySet[Any] | None:
    """The records whose source is at an address, however it is written; None where none is.

    ``path`` leads to the source, and ends in ``__`` where it leads anywhere.
    """
    term = term.strip()
    if len(term) > LONGEST_ADDRESS or "\x00" in term or not looks_like_address(term):
        return None
    there = has_address(term, path) | Q((f"{path}archive_url__in", [term, *variants(term)]))
    exact = queryset.filter(there)
    return exact if exact.exists() else None


def _words(term: str) -> list[str]:
    words = list(smart_split(term[:LONGEST]))[:MOST_WORDS]
    return [
        unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] else word for word in words
    ]


def _cases(word: str) -> list[str]:
    if word.isascii():
        return [word]
    return list(dict.fromkeys([word, word.lower(), word.upper(), word.capitalize()]))
