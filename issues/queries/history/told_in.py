"""Which processes tell of what several share without owning it: a host, an office, who is replied to."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import ForeignKey

from issues.history import ADDED, Written, among
from issues.models import RECORDS, Actor, Position
from issues.queries.history.owners import BESIDE, DRAWS_IN, HANGS_ON, SHARED, Keys, Kind, Owners
from issues.queries.history.rows import history


def _references(*kinds: Kind) -> Iterable[tuple[Kind, str, Kind]]:
    """Kind, column and shared kind of every reference of some kinds that :mod:`owners` does not go by.

    Whoever takes a position takes part, by which an actor belongs to the process as it is.
    """
    for kind in (kind for kind in kinds if kind is not Position):
        known = {column for column, _ in (*DRAWS_IN.get(kind, ()), *HANGS_ON.get(kind, ()))}
        for field in kind._meta.concrete_fields:
            told = field.remote_field.model if isinstance(field, ForeignKey) else None
            if told in SHARED and (field.attname not in known or (kind in BESIDE and told is Actor)):
                yield kind, field.attname, told


# By shared kind, what may tell of it; and what comes along with a shared record, by what else it tells of.
REFERENCES: tuple[tuple[Kind, str, Kind], ...] = (*_references(*RECORDS), (Actor, "part_of_id", Actor))
TOLD_BY: dict[Kind, tuple[tuple[Kind, str], ...]] = {
    shared: tuple((kind, column) for kind, column, told in REFERENCES if told is shared) for shared in SHARED
}
TELLS_OF: dict[Kind, tuple[tuple[str, Kind], ...]] = {
    beside: tuple((column, told) for _, column, told in _references(beside)) for beside in BESIDE
}


def told_in(written: Iterable[Written]) -> set[int]:
    """The processes that may tell of what a recording changed, beside those to which it belongs.

    Nothing else tells yet of what was made just now. A bounded number of queries a kind.
    """
    shared, beside = _changed(written)
    owners, found = Owners(), set[int]()
    for kind, keys in beside.items():
        for column, told in TELLS_OF[kind]:
            others = history(kind).filter(id__in=among(keys), **{f"{column}__isnull": False})
            found |= owners.of_any(told, set(others.values_list(column, flat=True).distinct()))
    for kind, keys in shared.items():
        for telling, column in TOLD_BY[kind]:
            rows = history(telling).filter(**{f"{column}__in": among(keys)})
            found |= owners.of_any(telling, set(rows.values_list("id", flat=True).distinct()))
    return found


def _changed(written: Iterable[Written]) -> tuple[Keys, Keys]:
    shared: Keys = defaultdict(set)
    beside: Keys = defaultdict(set)
    for one in written:
        is_new = one.how == ADDED and all(record.version == 1 for record in one.records)
        if one.model in BESIDE:
            beside[one.model].update(one.keys)
        elif one.model in SHARED and not is_new:
            shared[one.model].update(one.keys)
    return shared, beside
