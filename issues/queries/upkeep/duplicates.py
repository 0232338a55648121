"""Records that are likely one and the same: one name, whatever its case and accents, or one address."""

from collections import defaultdict

from issues.history import Record
from issues.models import Actor
from issues.queries.access.shared import tellable
from issues.queries.upkeep.marks import of_kind

# So many shared marks are looked at: beyond a thousand duplicates nobody counts on.
MOST_SHARED = 2_000


def likely_duplicates(model: type[Record]) -> list[int]:
    """The keys of the actors, people or sources that share a name or an address with another.

    Of very many those that were recorded first. One query, of actors two; what they read follows what is
    shared, not what is stored.
    """
    second = of_kind(model).filter(nth__gt=1).order_by("pk").values("digest")[:MOST_SHARED]
    records = tellable(model._default_manager.all()).order_by()
    marks = of_kind(model).filter(digest__in=second, record__in=records.values("pk"))
    holders: dict[str, set[int]] = defaultdict(set)
    for pk, digest in marks.order_by("record").values_list("record", "digest")[:MOST_SHARED]:
        holders[digest].add(pk)
    shared = [some for some in holders.values() if len(some) > 1]
    above: dict[int, int | None] = {}
    if shared and model is Actor:
        above |= Actor.objects.filter(pk__in=set().union(*shared)).values_list("pk", "part_of")
    return sorted({pk for some in shared for pk in some if _is_shared(pk, some, above)})


def _is_shared(pk: int, holders: set[int], above: dict[int, int | None]) -> bool:
    """Whether another has it, too; an organ may go by the name of what it is part of."""
    return any(other != pk and above.get(pk) != other and above.get(other) != pk for other in holders)
