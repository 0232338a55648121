"""Who is invited, as what; and what whoever follows the link says of themselves."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.db.models import QuerySet

from issues.actions.accounts.invite import may_give
from issues.models import Process
from issues.models.invitation import InstallationRole
from issues.models.process_member import Role
from issues.user import User


class InvitationForm(forms.Form):
    """Offers the roles that whoever invites may give, and the processes in which they may."""

    email = forms.EmailField(label="Address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    group = forms.ChoiceField(
        label="Role", required=False, help_text="In the installation: in every process that is not private."
    )
    process = forms.ModelChoiceField(
        Process.objects.none(), label="Process", required=False, empty_label="none", to_field_name="slug"
    )
    role = forms.ChoiceField(label="As", choices=[("", "none"), *Role.choices], required=False)

    def __init__(self, data: Any, by: User, processes: QuerySet[Process], *, gives_groups: bool) -> None:
        super().__init__(data)
        roles = InstallationRole.choices if gives_groups else []
        offered = [(value, says) for value, says in roles if may_give(by, value)]
        if len(offered) > 1:
            self.fields["group"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["group"]
        self.fields["process"].queryset = processes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a process and a role together. Raises ValidationError at the one that is missing."""
        typed: dict[str, Any] = super().clean() or {}
        if "group" not in self.fields and not typed.get("process"):
            self.add_error("process", "Say to which process you invite.")
        if typed.get("process") and not typed.get("role"):
            self.add_error("role", "Say what they are in this process.")
        if typed.get("role") and not typed.get("process"):
            self.add_error("process", "Say in which process they have this role.")
        return typed


class JoinForm(SetPasswordForm):
    """A name, as the history tells it, and a password, which is judged beside name and address."""

    name = forms.CharField(
        max_length=150,
        label="Your name",
        help_text="As the history tells it, in any script.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "new_password1", "new_password2"]

    def __init__(self, data: Any, email: str) -> None:
        super().__init__(User(username=email, email=email), data)
        self.fields["new_password1"].label = "Password"
        self.fields["new_password2"].label = "Password, once more"

    def clean_name(self) -> str:
        """The name, which the password must not resemble."""
        name: str = self.cleaned_data["name"].strip()
        self.user.name = name
        return name
