"""What the pages of people are asked for: who, said or reported, on which issue, in which order."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from issues.forms.matrix import PageForm
from issues.models import Issue, Participation
from issues.queries.reading.process import Reading

LONGEST = 200


class PeopleForm(PageForm):
    """Words of a name, for whom, and in which order."""

    q = forms.CharField(
        required=False,
        label="Name",
        max_length=LONGEST,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    actor = forms.ChoiceField(required=False, label="In an office of")
    order = forms.ChoiceField(
        required=False,
        label="Order",
        choices=[("", "by name"), ("most", "most statements first"), ("last", "last to speak first")],
    )

    def __init__(self, data: Any, reading: Reading) -> None:
        super().__init__(data)
        actors = [(item.actor.slug, str(item.actor)) for item in reading.participations]
        self.fields["actor"].choices = [("", "anyone"), *actors]  # type: ignore[attr-defined]
        self.reading = reading

    def clean_actor(self) -> Participation | None:
        """The participation of the actor with this slug."""
        slug = self.cleaned_data["actor"]
        return next((item for item in self.reading.participations if item.actor.slug == slug), None)


class PersonForm(PageForm):
    """What was said or what was reported, on one issue or on none, the newest or the oldest first."""

    role = forms.ChoiceField(
        required=False, label="Role", choices=[("said", "said"), ("reported", "reported")]
    )
    issue = forms.CharField(required=False, label="Issue", max_length=80)
    without = forms.ChoiceField(required=False, label="Is empty", choices=[("issue", "no issue")])
    order = forms.ChoiceField(
        required=False, label="Order", choices=[("newest", "newest first"), ("oldest", "oldest first")]
    )

    def __init__(self, data: Any, reading: Reading) -> None:
        super().__init__(data)
        self.reading = reading

    def clean_issue(self) -> Issue | None:
        """The issue with this slug, if one is named."""
        slug = self.cleaned_data["issue"]
        if not slug:
            return None
        issue = next((item for item in self.reading.issues.values() if item.slug == slug), None)
        if issue is None:
            raise forms.ValidationError(f"There is no issue “{slug}” in this process.", code="unknown")
        return issue
