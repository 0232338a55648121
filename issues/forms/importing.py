"""What the import pages ask for: a file or a paste, which part of the plan is shown, and the reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from issues.importing.item import RESULTS
from issues.importing.mapping.tables import TABLES
from issues.importing.opened import Beside
from issues.importing.reading import MOST_BYTES
from issues.importing.reading.kinds import too_large
from issues.models import Import, Process

MOST_PASTED = 2_000_000
MOST_PAGES = 100_000


class UploadForm(forms.Form):
    """A file, or cells pasted from a spreadsheet; and as which earlier file it is to be read."""

    file = forms.FileField(required=False, help_text="CSV or XLSX, up to 50 MB.")
    table = forms.ChoiceField(
        required=False, choices=[("", "positions"), *TABLES.items()], label="What is in this file"
    )
    second = forms.FileField(
        required=False,
        label="A second file beside it",
        help_text="Names, dates or sources that go with the rows by a key.",
    )
    pasted = forms.CharField(
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[ProhibitNullCharactersValidator()],
        label="Or paste cells here, with their head row",
    )
    like = forms.ModelChoiceField(
        Import.objects.none(), required=False, label="Read it as", empty_label="a file of its own kind"
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        done = Import.objects.filter(process=process, change_set__isnull=False).defer(
            "content", "second", "rows"
        )
        self.fields["like"].queryset = done  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of both, and not too large to be read."""
        cleaned = self.cleaned_data
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "").strip("\r\n")
        if not self.errors and bool(file) == bool(pasted):
            raise ValidationError("Choose a file, or paste cells: one of both.")
        for name in ("file", "second"):
            given = cleaned.get(name)
            if given and given.size > MOST_BYTES:
                self.add_error(name, too_large(given.size))
        like, table = cleaned.get("like"), cleaned.get("table", "")
        if like and table and like.mapping.get("table", "") != table:
            self.add_error("like", "That file was of another kind: say one of both, or the same.")
        return cleaned

    def content(self) -> tuple[str, bytes]:
        """The name and the bytes of what was given."""
        file = self.cleaned_data["file"]
        if file:
            return str(file.name), file.read()
        return "pasted cells", self.cleaned_data["pasted"].encode()

    def beside(self) -> Beside | None:
        """The second file, where one was given."""
        second = self.cleaned_data["second"]
        return Beside(str(second.name), second.read()) if second else None


class PlanForm(forms.Form):
    """Which part of the plan is shown."""

    result = forms.ChoiceField(
        required=False, choices=[("", "all"), *((one, one) for one in RESULTS)], label="Show"
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES, label="Page")


class ConfirmForm(forms.Form):
    """Why the file is brought in, and whether the refused rows are left out."""

    reason = forms.CharField(max_length=1000, validators=[ProhibitNullCharactersValidator()], label="Reason")
    without_refused = forms.BooleanField(required=False, label="Bring the others in without the refused rows")
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, label="The plan that was seen")
