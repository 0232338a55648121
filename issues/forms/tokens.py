"""A token to be made: what it is for, what it may read, until when."""

from datetime import date
from typing import Any

from django import forms

from issues.actions.accounts.tokens import may_read_drafts
from issues.clock import utc_day
from issues.models.token import Scope
from issues.user import User


class TokenForm(forms.Form):
    """Drafts are offered to those who may read them."""

    name = forms.CharField(max_length=80, label="What it is for", help_text="To know it again.")
    scope = forms.ChoiceField(label="It may", choices=Scope.choices, initial=Scope.PUBLISHED)
    expires_on = forms.DateField(
        required=False,
        label="Last day",
        help_text="It ends with this day, in UTC. Empty: until it is revoked.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        if not may_read_drafts(user):
            self.fields["scope"].choices = [  # type: ignore[attr-defined]
                (value, says) for value, says in Scope.choices if value != Scope.DRAFTS
            ]

    def clean_expires_on(self) -> date | None:
        """The last day, or None. Raises ValidationError for one that is over."""
        last: date | None = self.cleaned_data["expires_on"]
        if last is not None and last < utc_day():
            raise forms.ValidationError("This day is over in UTC.", code="over")
        return last
