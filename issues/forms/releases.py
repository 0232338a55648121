"""What is said when a release is made, withdrawn, or given its DOI."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import lazystr

from issues.clock import zone_here
from issues.domain.characters import FORBIDDEN
from issues.domain.time_zone import UTC_NAME
from issues.forms.matrix import KnownForm
from issues.forms.typed_times import InZoneHere, at_the_moment
from issues.models.release import Release

PRINTABLE = RegexValidator(
    FORBIDDEN, "Take out the control characters, which no repository reads.", inverse_match=True
)


class ReleaseForm(KnownForm):
    """A release: its number, title and notes, and the time of the record that it is made of."""

    number = Release._meta.get_field("number").formfield()
    title = Release._meta.get_field("title").formfield()
    notes = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text="What changed."
    )
    known = forms.CharField(
        required=False,
        max_length=40,
        label="The record as known on",
        help_text=lazystr(InZoneHere("A day or a time in {zone}, like 2027-03-01; empty: as it is now.")),
    )
    field_order = ("number", "title", "notes", "known")

    def __init__(self, data: Any = None, *, taken: frozenset[str] = frozenset(), **given: Any) -> None:
        super().__init__(data, **given)
        self.taken = taken
        for name in ("title", "notes"):
            self.fields[name].validators.append(PRINTABLE)

    def clean_known(self) -> datetime | None:
        """The time, read in the zone that stands beside the field; None for now."""
        if zone_here().key != UTC_NAME:
            self.cleaned_data["known"] = at_the_moment("known", self.cleaned_data["known"], zone_here())
        return super().clean_known()

    def clean_number(self) -> str:
        """The number, which is given once."""
        number: str = self.cleaned_data["number"]
        if number in self.taken:
            raise forms.ValidationError("There is a release with this number already.")
        return number


class WithdrawForm(forms.Form):
    """Why a release should no longer be used."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Why it is withdrawn")


class DoiForm(forms.Form):
    """By which DOI a release can be found."""

    doi = Release._meta.get_field("doi").formfield()
    concept_doi = Release._meta.get_field("concept_doi").formfield()
