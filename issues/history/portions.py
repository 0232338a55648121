"""Many things in portions of a size that a statement of a database takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def portions(records: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """These, so many at once."""
    for start in range(0, len(records), size):
        yield records[start : start + size]
