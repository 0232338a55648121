"""What a reader searches for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet

from issues.forms.matrix import PageForm
from issues.models import Process
from issues.queries.old_addresses import process_called
from issues.queries.search.find import words_of
from issues.queries.search.kinds import KINDS

LONGEST = 200
MOST_WORDS = 12


class SearchForm(PageForm):
    """The words, in one process or in all; and where one kind is asked for, which page of it."""

    q = forms.CharField(
        required=False,
        label="Search",
        max_length=LONGEST,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": f"Search for at most {LONGEST} characters."},
    )
    kind = forms.ChoiceField(
        required=False, choices=[(kind.slug, kind.title) for kind in KINDS], label="Kind"
    )

    process = forms.CharField(required=False, max_length=80, label="Process")

    def __init__(self, data: Any, processes: QuerySet[Process]) -> None:
        super().__init__(data)
        self.processes = processes

    def clean_process(self) -> Process | None:
        """The one of the processes with this slug, or that had it last; None where none is asked for."""
        slug = self.cleaned_data["process"]
        found = process_called(slug, self.processes) if slug else None
        if slug and found is None:  # the page has no field of it to lead to
            self.add_error(None, ValidationError(f"Process: there is no process “{slug}”.", code="unknown"))
        return found

    def clean_q(self) -> str:
        """The words as typed, if they are few enough to ask for."""
        typed: str = self.cleaned_data["q"]
        if len(words_of(typed)) > MOST_WORDS:
            raise ValidationError(f"Search for at most {MOST_WORDS} words.", code="many")
        return typed
