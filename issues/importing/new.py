"""Records that a file needs and that are not there yet."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class New:
    """A record that is not there yet, by kind and by what tells it from others, with its fields."""

    kind: str
    key: str
    fields: Map[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def __str__(self) -> str:
        return str(self.fields.get("name") or self.fields.get("title") or self.key)


# The key of a record, or one that is to be made.
Ref = int | New
