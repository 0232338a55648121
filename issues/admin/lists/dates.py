"""Columns that print a date as exactly as it is known: July 2023, never 1 July 2023."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin

from issues.templatetags.redlines import known_date


def as_known(field: str, description: str = "", *, empty: str = "") -> Callable[[Any], str]:
    """A column of a date that has its precision in a field beside it, ordered by the date."""

    @admin.display(description=description or field.replace("_", " "), ordering=field)
    def column(record: Any) -> str:
        day = getattr(record, field)
        return known_date(day, getattr(record, f"{field}_precision")) if day else empty

    return column


begun, ended = as_known("since", "from"), as_known("until")
