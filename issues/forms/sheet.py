"""Forms of the log sheet: the details of a cell, a new summit, a new source, the note of a publication."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.forms.lines import Lines
from issues.models import Sheet, Source
from issues.queries.log_sheet.source_lookup import (
    looks_like_address,
    sources_meant,
)

NEW_ADDRESS = "Not on record yet."


class PublicationForm(forms.Form):
    """The note that goes with a publication, or the reason of reopening or undoing it."""

    note = forms.CharField(label="Note", max_length=2000, widget=Lines(rows=2))


def source_named(typed: str, sheet: Sheet) -> Source:
    """The one source that is meant. Raises ValidationError, which says whether none or several are."""
    found = sources_meant(typed, sheet)
    if len(found) == 1:
        return found[0]
    if found:
        some = "; ".join(f"{source.key} ({source})" for source in found)
        raise ValidationError(f"Several sources have “{typed[:80]}” in them; type the key of one: {some}.")
    if looks_like_address(typed):
        raise ValidationError(NEW_ADDRESS, code="new")
    raise ValidationError(f"No source is called “{typed[:80]}”.")


def cell_name(actor: int, issue: int) -> str:
    """The name of a cell's field in the sheet's form."""
    return f"code-{actor}-{issue}"


_CELL = re.compile(r"^code-(\d{1,18})-(\d{1,18})$")


def version_in(typed: str) -> int | None:
    """The version that a form says was seen, None if it is no number that could be one."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def key_in(typed: str) -> int:
    """A primary key from a form; 0, which no record has, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


def typed_cells(data: Any) -> list[tuple[int, int, str, int | None]]:
    """The cells in a posted sheet: actor, issue, what was typed, the version that was seen."""
    cells = []
    for name in data:
        match = _CELL.match(name)
        if match is None:
            continue
        actor, issue = int(match[1]), int(match[2])
        version = version_in(data.get(f"version-{actor}-{issue}", "0"))
        cells.append((actor, issue, str(data.get(name, "")), version))
    return cells
