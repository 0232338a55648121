"""What the pages of a record's history ask for: which versions, and why something is taken back."""

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

MOST_PAGES = 100_000
LARGEST_KEY = 10**18 - 1
LARGEST_VERSION = 2**31 - 1


class HistoryForm(forms.Form):
    """Which page of a history, read in which process; and which two versions to compare, once chosen."""

    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES, label="Page")
    first = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, label="One version")
    process = forms.CharField(required=False, max_length=80, label="Process")
    second = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, label="Another version")


class TakeBackForm(forms.Form):
    """Why an edit is undone or a version restored, and which version of the record the person saw."""

    reason = forms.CharField(label="Reason", max_length=1000, validators=[ProhibitNullCharactersValidator()])
    opened_version = forms.IntegerField(
        min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput, label="Version seen"
    )
