"""What a reader searches for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet

from issues.domain.searching import words_of
from issues.forms.days import day_field
from issues.forms.matrix import NowForm
from issues.forms.portion import LARGEST_KEY
from issues.models import Process
from issues.queries.old_addresses import process_called
from issues.queries.search.kinds import KINDS, Days

LONGEST = 200
MOST_WORDS = 12


class SearchForm(NowForm):
    """The words, in one process or in all, of one kind or any, of some days; and after which of a kind."""

    q = forms.CharField(
        required=False,
        label="Any name, spelling or words, in any script",
        max_length=LONGEST,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": f"Search for at most {LONGEST} characters."},
    )
    kind = forms.ChoiceField(
        required=False,
        choices=[("", "everything"), *((kind.slug, kind.title.lower()) for kind in KINDS)],
        label="Kind",
    )
    process = forms.CharField(required=False, max_length=80, label="Process")
    since = day_field("From")
    until = day_field("Until")
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY >> 23, label="After")

    def __init__(self, data: Any, processes: QuerySet[Process], offered: Sequence[tuple[str, str]]) -> None:
        """``offered`` are those to choose from, by slug and name; of none, and of one, there is no list."""
        super().__init__(data)
        self.processes = processes
        if len(offered) > 1:
            self.fields["process"].widget = forms.Select(choices=[("", "all"), *offered])
        else:
            self.fields["process"].widget = forms.HiddenInput()

    @property
    def days(self) -> Days:
        """The first and the last day of what is searched."""
        return self.cleaned_data.get("since"), self.cleaned_data.get("until")

    @property
    def is_narrowed(self) -> bool:
        """Whether less than everything is searched."""
        return any(self.data.get(name) for name in ("kind", "process", "since", "until"))

    def clean_process(self) -> Process | None:
        """The one of the processes with this slug, or that had it last; None where none is asked for."""
        slug = self.cleaned_data["process"]
        found = process_called(slug, self.processes) if slug else None
        if slug and found is None:
            # Where there is no list to choose from, the page has no field to lead to.
            at = None if self["process"].is_hidden else "process"
            self.add_error(at, ValidationError(f"There is no process “{slug}”.", code="unknown"))
        return found

    def clean_q(self) -> str:
        """The words as typed, if they are few enough to ask for."""
        typed: str = self.cleaned_data["q"]
        if len(words_of(typed)) > MOST_WORDS:
            raise ValidationError(f"Search for at most {MOST_WORDS} words.", code="many")
        return typed

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round."""
        cleaned = super().clean() or self.cleaned_data
        first, last = self.days
        if first is not None and last is not None and last < first:
            self.add_error("until", ValidationError("This is before the first day.", code="order"))
        return cleaned
