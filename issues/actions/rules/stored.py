"""Records as they are stored, with what the rules ask of them, in a bounded number of queries."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from issues.actions.rules.check import ASKED
from issues.history import Record, among

AT_ONCE = 500


def stored_together(model: type[Record], keys: Iterable[int]) -> Iterator[Any]:
    """The records under these keys that are stored, with what the rules ask of them, so many at once."""
    relations = [field.name for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    wanted = list(keys)
    if not wanted:
        return
    rows = model._default_manager.filter(pk__in=among(wanted)).select_related(*relations)
    yield from rows.prefetch_related(*ASKED.get(model, ())).order_by("pk").iterator(AT_ONCE)
