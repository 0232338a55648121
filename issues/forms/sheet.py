"""Forms of the log sheet: the details of a cell, a new summit, a new source, the note of a publication."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.actions.record.occasion import same_occasions, status_by_day
from issues.forms.lines import Lines
from issues.models import Actor, Person, Place, Process, Sheet, Source, Summit, Track
from issues.models.fields import Precision
from issues.models.summit import SummitStatus
from issues.queries.log_sheet.source_lookup import (
    find_actor,
    find_person,
    find_place,
    looks_like_address,
    sources_meant,
)

NEW_ADDRESS = "Not on record yet."


class SummitForm(forms.ModelForm):
    """A new summit, with no more than what is known on its evening."""

    class Meta:
        model = Summit
        fields = (
            *("name", "kind", "starts_on", "starts_on_precision", "ends_on", "status"),
            *("track", "place", "host", "parallel_to"),
        )
        labels = {
            "starts_on": "Date",
            "starts_on_precision": "Date known to the",
            "ends_on": "Last day",
            "parallel_to": "Said elsewhere during",
        }
        help_texts = {
            "name": "As it will be called on every page: “Brussels, 15 July 2023”.",
            "ends_on": "Only where it lasted for more than one.",
            "parallel_to": "Only for a statement made away from the table on the day of a meeting.",
        }
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        }

    status = forms.ChoiceField(
        required=False,
        choices=[("", "as its day says: planned while it is to come, else held"), *SummitStatus.choices],
    )
    attendance = forms.CharField(
        required=False,
        max_length=5000,
        widget=Lines(rows=4),
        label="At the table",
        help_text="A line each: an actor, or an actor, a colon and a person, by a name or alias on record.",
    )
    confirmed = forms.BooleanField(required=False, label="This is another occasion", widget=forms.HiddenInput)
    place = forms.CharField(
        required=False, max_length=200, help_text="In any spelling on record; a new place is added."
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.process = process
        takes_part = Actor.objects.filter(participations__process=process)
        self.fields["host"].queryset = takes_part.order_by("name")  # type: ignore[attr-defined]
        limits: dict[str, Any] = {
            "track": Track.objects.filter(process=process),
            "parallel_to": Summit.objects.filter(process=process, parallel_to=None).order_by("-starts_on"),
        }
        for name, queryset in limits.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean_place(self) -> Place | None:
        """The place of this name, or a new one that is not stored yet."""
        typed = self.cleaned_data["place"]
        return (find_place(typed) or Place(name=typed)) if typed else None

    def clean_attendance(self) -> list[tuple[Actor, Person | None]]:
        """Who is named on each line: an actor that takes part, or an organ of one, and a person."""
        seats = []
        for line in filter(None, map(str.strip, self.cleaned_data["attendance"].splitlines())):
            named, _, person = line.partition(":")
            actor = find_actor(named, self.instance.process)
            if actor is None:
                raise ValidationError(f"Nobody who takes part is called “{named.strip()}”, or several are.")
            who = find_person(person) if person.strip() else None
            if person.strip() and who is None:
                raise ValidationError(f"Nobody on record is called “{person.strip()}”, or several are.")
            seats.append((actor, who))
        return seats

    def clean(self) -> dict[str, Any] | None:
        """Give the occasion the status that its day says, where none is chosen; refuse days out of order."""
        cleaned = super().clean()
        if cleaned and not cleaned.get("status") and cleaned.get("starts_on"):
            day, precision = cleaned["starts_on"], cleaned.get("starts_on_precision") or Precision.DAY
            cleaned["status"] = status_by_day(day, precision)
        first, last = (cleaned or {}).get("starts_on"), (cleaned or {}).get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day lies before the first.")
        return cleaned

    def ask(self) -> list[Summit]:
        """The occasions that this one may be; where there are any, a box asks whether it is another."""
        found = same_occasions(self.instance) if self.has_error("confirmed") else []
        if found:
            self.fields["confirmed"].widget = forms.CheckboxInput()
        return found


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
