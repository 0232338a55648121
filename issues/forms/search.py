"""What a reader searches for."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from issues.forms.matrix import PageForm
from issues.queries.search.find import words_of
from issues.queries.search.kinds import KINDS

LONGEST = 200
MOST_WORDS = 12


class SearchForm(PageForm):
    """The words, and where one kind is asked for, which page of it."""

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

    def clean_q(self) -> str:
        """The words as typed, if they are few enough to ask for."""
        typed: str = self.cleaned_data["q"]
        if len(words_of(typed)) > MOST_WORDS:
            raise ValidationError(f"Search for at most {MOST_WORDS} words.", code="many")
        return typed
