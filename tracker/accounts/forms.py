"""Forms of allauth in our words, and what this installation does otherwise."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as factors
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.http import HttpRequest

LABELS = {
    "login": "User name or address",
    "email": "Address",
    "oldpassword": "Password until now",
    "password": "Password",
    "password1": "New password",
    "password2": "New password, once more",
    "code": "Code",
}


class InOurWords:
    """Says each thing once: no placeholder repeats a label."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account.LoginForm):
    """The name goes under the name that every password manager and the log of attempts know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""  # the page leads to a new one

    def add_prefix(self, field_name: str) -> str:
        """What a field is called where it is sent."""
        return "username" if field_name == "login" else super().add_prefix(field_name)


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """Another password for the one until now."""


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    """A password for whoever has none."""


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    """A password by a link that was sent."""


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    """One's password, to show that it is oneself."""


class CodeForm(InOurWords, factors.AuthenticateForm):
    """A code, to sign in."""


class CodeAgainForm(InOurWords, factors.ReauthenticateForm):
    """A code, to show that it is oneself."""


class FirstCodeForm(InOurWords, ActivateTOTPForm):
    """The first code of an app."""


class ResetForm(InOurWords, account.ResetPasswordForm):
    """Writes to every address alike, so that no answer tells by its time whether there is an account."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link, or word that there is no account; the address."""
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class PasskeyForm(InOurWords, AddWebAuthnForm):
    """For signing in by the passkey alone, unless somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "To know it again."
        alone = self.fields["passwordless"]
        alone.label, alone.initial = "It signs you in alone", True
        alone.help_text = "Without a password. Some keys of metal and plastic cannot: then leave this out."
