"""Sources by an address: their own, or another at which the same document stands or stood."""

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from issues.domain.address import variants
from issues.models import Source
from issues.queries.access.shared import tellable
from issues.queries.upkeep.marks import digest_of, of_kind, place_of

LINE = Value("\n", output_field=TextField())


def has_address(address: str, path: str = "") -> Q:
    """The condition that a source has an address, in whichever way it is written. One query.

    ``path`` leads to the source, and ends in ``__`` where it leads anywhere. The few that have such a mark
    are asked for at once, so that no list of other addresses is read in vain; what the open recording wrote
    has its marks when that closes.
    """
    ways = list(dict.fromkeys(variants(address)))
    digests = {digest_of(place_of(way)) for way in ways}
    marked = list(of_kind(Source).filter(digest__in=digests).values_list("record", flat=True))
    found = Q((f"{path}url__in", ways))
    others = Concat(LINE, F(f"{path}other_urls"), LINE)
    for way in ways if marked else ():
        has = Q(GreaterThan(StrIndex(others, Value(f"\n{way}\n", output_field=TextField())), 0))
        found |= Q((f"{path}pk__in", marked)) & has
    return found


def found_at(address: str) -> Source | None:
    """The source at an address, its own before another's other one; None where there is none."""
    found = list(tellable(Source.objects.filter(has_address(address))).order_by("pk"))
    ways = variants(address)
    return next((source for source in found if source.url in ways), found[0] if found else None)


def held_by_another(source: Source) -> list[tuple[str, str, Source]]:
    """The addresses of a source that are on record for another: its field, the address, and whose it is.

    That no two have the same first address is the rule of the database. One query, none without an address.
    """
    if not source.addresses:
        return []
    there = Q()
    for address in source.addresses:
        there |= has_address(address)
    found = []
    for other in Source.objects.filter(there).exclude(pk=source.pk):
        for address in source.addresses:
            is_own = address == source.url
            theirs = other.other_urls.splitlines() if is_own else other.addresses
            if not set(variants(address)).isdisjoint(theirs):
                found.append(("url" if is_own else "other_urls", address, other))
    return found
