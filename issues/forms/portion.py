"""Which portion of a list is asked for: how many rows, after which."""

from django import forms

AT_MOST = 1_000
BY_DEFAULT = 100
LARGEST_KEY = 2**63 - 1


class PortionForm(forms.Form):
    """How many rows, and the row after which they begin: as the answer before said it, in its ``next``."""

    limit = forms.IntegerField(required=False, min_value=1, max_value=AT_MOST, label="Limit")
    cursor = forms.CharField(required=False, max_length=80, label="Cursor")

    def clean_limit(self) -> int:
        """How many rows; as many as usual where it is not said."""
        limit: int | None = self.cleaned_data["limit"]
        return limit or BY_DEFAULT

    def clean_cursor(self) -> tuple[int, ...]:
        """The key of the row after which they begin; empty for the first."""
        typed: str = self.cleaned_data["cursor"]
        parts = typed.split("-") if typed else []
        keys = tuple(int(part) for part in parts if part.isascii() and part.isdigit())
        if len(keys) != len(parts) or any(key > LARGEST_KEY for key in keys):
            raise forms.ValidationError("This is no cursor of ours: take it from “next”.", code="invalid")
        return keys


def cursor_of(key: tuple[int, ...]) -> str:
    """The cursor that :class:`PortionForm` reads."""
    return "-".join(map(str, key))
