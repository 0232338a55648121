"""Who may see a process, and what each of its members may do: what owners say."""

from typing import Any

from django import forms

from issues.models import Process
from issues.models.process import Visibility
from issues.models.process_member import Role
from issues.user import User

NOBODY = "There is no open account of this name."


def reason_field() -> forms.CharField:
    """Why, as the record of who sees a process tells it."""
    return forms.CharField(label="Why", max_length=500, help_text="It is kept, with your name and the time.")


class VisibilityForm(forms.Form):
    """Whether a process is its members’, for all who sign in, or for everyone."""

    visibility = forms.ChoiceField(
        label="It may be read by", choices=Visibility.choices, widget=forms.RadioSelect
    )
    reason = reason_field()
    opened_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, process: Process) -> None:
        initial = {"visibility": process.visibility, "opened_version": process.version}
        super().__init__(data, initial=initial, prefix="show")


class GiveForm(forms.Form):
    """A role for somebody with an account, in the place of the one that they have in the process."""

    user = forms.CharField(label="Account", max_length=150, help_text="By user name.")
    role = forms.ChoiceField(label="As", choices=Role.choices)
    reason = reason_field()

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="give")

    def clean_user(self) -> User:
        """The open account of this name. Raises ValidationError."""
        found = User.objects.filter(username=self.cleaned_data["user"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(NOBODY, code="unknown")
        return found


class EndForm(forms.Form):
    """The end of somebody's role."""

    user = forms.ModelChoiceField(User.objects.none(), widget=forms.HiddenInput)
    reason = reason_field()

    def __init__(self, data: Any, process: Process) -> None:
        super().__init__(data, prefix="end")
        members = User.objects.filter(process_roles__process=process, process_roles__until=None)
        self.fields["user"].queryset = members  # type: ignore[attr-defined]
