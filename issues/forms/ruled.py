"""A form of one record: the rules on its fields, and the version that it was opened with."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.functional import cached_property

from issues.actions.rules.check import Breach, breaches
from issues.forms.edit_conflict import describe

OWN = ("opened_version", "ties_seen", "change_reason", "confirmed")
NO_VERSION = "This form does not say which version it was opened with; open it again."


class RuledForm(forms.ModelForm):
    """A form of one record: it runs the rules of ``actions`` and never overwrites what it did not show."""

    opened_version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "opened_version" in self.fields:
            self.initial["opened_version"] = self.instance.version

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields of the record that differ from what is stored; some have a reason of their own."""
        stored = {field.name for field in self._meta.model._meta.fields}
        return [name for name in super().changed_data if name in stored or name not in (*OWN, "reason")]

    @property
    def opened(self) -> int | None:
        """The version that the person saw."""
        return self.cleaned_data.get("opened_version")

    def clean(self) -> dict[str, Any] | None:
        """Refuse a form that was opened before someone else's change. The stored record is locked by now."""
        cleaned = super().clean()
        if not self.instance._state.adding and not self.is_removal:
            if self.opened is None:
                raise ValidationError(NO_VERSION)
            if self.opened != self.instance.version:
                raise ValidationError([ValidationError(said, code="stale") for said in describe(self)])
        return cleaned

    @property
    def is_removal(self) -> bool:
        """Whether this row of an inline is marked to be removed."""
        return bool(self.cleaned_data.get("DELETE"))

    def broken(self) -> list[Breach]:
        """The rules that the record would break beside other records."""
        return breaches(self.instance)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.is_removal or not self.has_changed():
            return
        try:
            wrong = self.broken()
        except ObjectDoesNotExist:  # A required relation is missing, and its field says so.
            return
        for name, message in wrong:
            self.add_error(name if name in self.fields else None, message)
