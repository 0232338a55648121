"""Many things in portions of a size that a statement of a database takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from issues.history.record import Record

T = TypeVar("T")


def portions(records: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """These, so many at once."""
    for start in range(0, len(records), size):
        yield records[start : start + size]


def keys_of_all(kind: type[Record], size: int) -> Iterator[list[int]]:
    """The keys of every record of a kind in order, so many at once; each query begins after the last."""
    after = 0
    keys = kind._default_manager.order_by("pk").values_list("pk", flat=True)
    while some := list(keys.filter(pk__gt=after)[:size]):
        yield some
        after = some[-1]
