"""What the keeper of a merge takes over from the duplicates, so that they are found again under its name."""

from collections.abc import Sequence
from typing import Any

from issues.domain.former import spelling
from issues.history import Record
from issues.models import Actor, Person, Source

# What is taken over where the keeper has nothing. A precision goes with its date.
FILLED: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Actor: (("part_of",),),
    Source: (
        ("url",),
        ("archive_url",),
        ("author",),
        ("published_on", "published_on_precision"),
        ("accessed_on",),
        ("cited_via",),
    ),
}


def joined(keeper: Any, losers: Sequence[Any]) -> dict[str, Any]:
    """The fields of the keeper that change, with their new values."""
    values: dict[str, Any] = {}
    group = [keeper, *losers]
    if isinstance(keeper, Actor | Person):
        values["aliases"] = "\n".join(_aliases(keeper, losers))
    for names in FILLED.get(type(keeper), ()):
        giver = next((loser for loser in losers if getattr(loser, names[0]) not in (None, "", *group)), None)
        if not getattr(keeper, names[0]) and giver is not None:
            values |= {name: getattr(giver, name) for name in names}
    if isinstance(keeper, Source):
        values["note"] = _note(keeper, losers, values.get("url") or keeper.url)
    return {name: value for name, value in values.items() if getattr(keeper, name) != value}


def _aliases(keeper: Any, losers: Sequence[Any]) -> list[str]:
    """The spellings of all of them, each once, without the keeper's own names."""
    own = {keeper.name.casefold(), getattr(keeper, "short_name", "").casefold()}
    spellings = keeper.aliases.splitlines()
    for loser in losers:
        spellings += [loser.name, getattr(loser, "short_name", ""), *loser.aliases.splitlines()]
    kept: dict[str, str] = {}
    for line in map(str.strip, spellings):
        kept.setdefault(spelling(line), line)
    return [line for name, line in kept.items() if name and name.casefold() not in own]


def _note(keeper: Source, losers: Sequence[Source], address: str | None) -> str:
    """The keeper's note, and under which other titles and addresses the document was recorded."""
    told = [keeper.note] if keeper.note else []
    for loser in losers:
        other = [loser.url] if loser.url and loser.url != address else []
        if other or (loser.publisher, loser.title) != (keeper.publisher, keeper.title):
            told.append(" ".join([f"Also recorded as “{loser}”", *other]) + ".")
        if loser.note and loser.note != keeper.note:
            told.append(loser.note)
    return "\n".join(told)
