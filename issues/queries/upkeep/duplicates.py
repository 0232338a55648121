"""Records that are likely one and the same: one name, whatever its case and accents, or one address."""

from collections import defaultdict
from collections.abc import Iterable

from issues.domain.address import listed
from issues.domain.spelling import folded
from issues.history import Record
from issues.models import Actor, Person, Source
from issues.models.fields import lines
from issues.queries.access.shared import tellable

Marks = Iterable[tuple[int, str]]  # a record's key, and what it shares with its duplicates


def likely_duplicates(model: type[Record]) -> list[int]:
    """The keys of the actors, people or sources that share a name or an address with another. One query."""
    if model is Actor:
        return _of_actors()
    return _sharing(_of_people() if model is Person else _of_sources())


def _of_actors() -> list[int]:
    """An organ may go by the name of what it is part of; it is no duplicate of it."""
    above, marks = {}, []
    for pk, part_of, *names in tellable(Actor.objects.all()).values_list(
        "pk", "part_of", "name", "short_name", "aliases"
    ):
        above[pk] = part_of
        marks += [(pk, mark) for mark in _spellings(*names)]
    return _sharing(marks, above)


def _of_people() -> Marks:
    for pk, name, aliases in tellable(Person.objects.all()).values_list("pk", "name", "aliases"):
        yield from ((pk, mark) for mark in _spellings(name, aliases))


def _of_sources() -> Marks:
    rows = tellable(Source.objects.all()).values_list(
        "pk", "url", "other_urls", "publisher", "title", "published_on"
    )
    for pk, url, others, publisher, title, day in rows:
        yield pk, f"{folded(publisher)}\n{folded(title)}\n{day}"
        for address in listed(f"{url or ''}\n{others}"):
            yield pk, address.partition("://")[2].removeprefix("www.").rstrip("/")


def _spellings(*texts: str) -> set[str]:
    return {folded(name) for text in texts for name in lines(text)} - {""}


def _sharing(marks: Marks, above: dict[int, int | None] | None = None) -> list[int]:
    """The keys that share a mark with another that they do not belong to."""
    holders: dict[str, set[int]] = defaultdict(set)
    for pk, mark in marks:
        holders[mark].add(pk)
    family = above or {}
    sharing = {
        pk
        for pks in holders.values()
        for pk in pks
        if any(other != pk and family.get(pk) != other and family.get(other) != pk for other in pks)
    }
    return sorted(sharing)
