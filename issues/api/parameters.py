"""What an address may ask for, described: from the filters and forms that read it."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from drf_spectacular.utils import OpenApiParameter

from issues.exports.asking import FILTERS
from issues.exports.tables import Narrowed, Table
from issues.filters.fields import MOST_CHOSEN, MOST_WORDS, Day, Moment, Several, Words
from issues.forms.portion import AT_MOST, BY_DEFAULT

# A character that is no white space, to JavaScript's reading or to ours, and no NUL.
INK = r"[^\s\x00\x1c-\x1f\x85\ufeff]"
NAMED = {"type": "string", "minLength": 1, "maxLength": 80, "pattern": rf"^{INK}+$"}
TITLE = {"type": "string", "minLength": 1, "pattern": rf"^{INK}+( {INK}+)*$"}
DAY = {"type": "string", "format": "date"}
WORDS = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "pattern": rf"^ *{INK}+( +{INK}+){{0,{MOST_WORDS - 1}}} *$",
}
KNOWN = (
    "As known on: the end of a day (2027-03-01) or a time (2027-03-01T12:00Z). "
    "Without it, the record as it is now."
)
# Of which parameters the choices are the same in every process.
ENUMERATED = {
    name
    for filters in FILTERS.values()
    for name, item in filters.base_filters.items()
    if item.extra.get("choices")
}


def of_portion() -> list[OpenApiParameter]:
    """Which portion of a list is asked for."""
    limit = {"type": "integer", "minimum": 1, "maximum": AT_MOST, "default": BY_DEFAULT}
    cursor = {"type": "string", "pattern": r"^[0-9]{1,18}(-[0-9]{1,18}){0,3}$"}
    return [
        _query("limit", limit, "How many rows at most."),
        _query("cursor", cursor, "Where the rows begin: follow `next` of the answer before."),
    ]


def of_table(table: Table) -> list[OpenApiParameter]:
    """What narrows a table."""
    if table.narrowed == Narrowed.NOT:
        return []
    known = _query("known", DAY, KNOWN)
    if table.narrowed == Narrowed.AS_OF:
        return [_query("summit", NAMED, "As of which summit, by its slug; without it, the latest."), known]
    narrowing = list(_of_filters(FILTERS[table.narrowed].base_filters.items()))
    return [*narrowing, known] if table.takes_known else narrowing


def _of_filters(filters: Iterable[tuple[str, django_filters.Filter]]) -> Iterator[OpenApiParameter]:
    for name, item in filters:
        schema = _schema(item)
        says = f"{item.label}." if "enum" in schema else f"{item.label}, by slug."
        if name == "track":
            schema, says = TITLE, "Track, by its name."
        if name == "person":
            says = "Person, by the name of the account; refused where our people are not named."
        if isinstance(item, Day | Moment):
            says = f"{item.label}, between 1900 and 2200."
        elif schema is WORDS:
            says = f"{item.label} that all have to occur, {MOST_WORDS} at most."
        if isinstance(item, Several):
            several = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_CHOSEN}
            yield _query(name, several, f"{says} Repeat it for any of several.", explode=True)
        else:
            yield _query(name, schema, says)


def _schema(item: django_filters.Filter) -> dict[str, Any]:
    choices = item.extra.get("choices")
    if choices:
        return {"type": "string", "enum": [str(key) for key, _ in choices]}
    if isinstance(item, Day | Moment):
        return DAY
    if isinstance(item, Words) or item.field_name == "q" or item.method == "with_words":
        return WORDS
    return NAMED


def _query(name: str, schema: dict[str, Any], says: str, **how: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=says, **how)
