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

    Of very many those that were recorded first. Three queries at most; what they read follows what is shared,
    not what is stored.
    """
    second = of_kind(model).filter(nth__gt=1).order_by("pk")
    shared = set(second.values_list("digest", flat=True)[:MOST_SHARED])
    if not shared:
        return []
    marks = of_kind(model).filter(digest__in=shared).order_by("record")
    pairs = list(marks.values_list("record", "digest")[:MOST_SHARED])
    records = tellable(model._default_manager.filter(pk__in={pk for pk, _ in pairs}))
    above = dict(records.values_list("pk", "part_of" if model is Actor else "pk"))
    holders: dict[str, set[int]] = defaultdict(set)
    for pk, digest in pairs:
        if pk in above:
            holders[digest].add(pk)
    return sorted({pk for some in holders.values() for pk in some if _is_shared(pk, some, above)})


def _is_shared(pk: int, holders: set[int], above: dict[int, int | None]) -> bool:
    """Whether another has it, too; an organ may go by the name of what it is part of."""
    return any(other != pk and above[pk] != other and above[other] != pk for other in holders)
