"""The archived copies of a source: those on record, each to be corrected or taken off, and new ones."""

from collections.abc import Mapping
from typing import Any

from django import forms

from issues.actions.record.snapshots import Copies
from issues.forms.correction import May
from issues.forms.lines import Lines
from issues.forms.refusals import add_stale
from issues.forms.rows import RowForm, RowsFormSet, keys_posted, rows_of
from issues.forms.ruled import RuledForm
from issues.forms.typed_times import time_field
from issues.models import Snapshot, Source
from issues.models.source import LONGEST_ADDRESS

FIELDS = ("url", "taken_at", "taken_by", "note")
TWICE = "“{url}” is an archived copy of this source already."
GONE = "Nothing was saved: while you had it open, {count} was taken off this source{said}. Look at the rest."


def _address(**kwargs: Any) -> forms.URLField:
    return forms.URLField(label="Address", max_length=LONGEST_ADDRESS, assume_scheme="https", **kwargs)


class CopyForm(RuledForm):
    """One archived copy on record."""

    url = _address()
    taken_at = time_field("Taken at")
    off = forms.BooleanField(required=False, label="No longer a copy of it")

    class Meta:
        model = Snapshot
        fields = FIELDS
        widgets = {"note": Lines(2)}

    def __init__(self, *args: Any, number: int, may: May, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        if not may("delete_snapshot"):
            del self.fields["off"]
        if not may("change_snapshot"):
            for name in FIELDS:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any] | None:
        """Refuse to take off a copy from which a statement was read."""
        cleaned = super().clean()
        read = list(self.instance.statements.order_by("ref")[:5]) if self.cleaned_data.get("off") else []
        if read:
            told = ", ".join(one.ref for one in read)
            self.add_error(
                "off", f"It was read for statement {told}; say there first what else it was read from."
            )
        return cleaned

    def kept(self) -> tuple[Snapshot, Mapping[str, Any] | None]:
        """The copy at the version that was seen, with what differs; None where it is taken off."""
        seen = Snapshot(pk=self.instance.pk, version=self.opened or 0)
        if self.cleaned_data.get("off"):
            return seen, None
        return seen, {name: self.cleaned_data[name] for name in self.changed_data if name in FIELDS}

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong with it: the id of the field, and of which copy."""
        where = f"Archived copy {self.number}"
        found = [("", f"{where}: {error}") for error in self.non_field_errors()]
        for field in self:
            found += [(field.id_for_label, f"{where}, {field.label}: {error}") for error in field.errors]
        return found


class CopyRow(RowForm):
    """One more archived copy."""

    url = _address(required=False)
    taken_at = time_field("Taken at")
    taken_by = forms.CharField(
        required=False, max_length=200, help_text="Who took it: an archive on the web, a library."
    )
    note = forms.CharField(required=False, max_length=5_000, widget=Lines(2))

    seldom = ("note",)

    def clean(self) -> dict[str, Any]:
        """A copy stands somewhere."""
        cleaned = super().clean() or {}
        if self.has_changed() and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", "Give the address of the copy.")
        return cleaned


class CopyRows(RowsFormSet):
    """Further archived copies."""

    noun, nouns = "new copy", "copies"
    title = "Archived copies to add"
    help = "Where a copy of this document as it was at a time is kept. The newest is shown."
    called: Mapping[str, tuple[str, ...]] = {
        "url": ("address", "link", "copy"),
        "taken_at": ("taken", "when", "date"),
        "taken_by": ("by", "archive"),
        "note": (),
    }


class KeptCopies:
    """The archived copies on record, one form each: those that were posted are read, others are shown."""

    def __init__(self, data: Any, *, source: Source, may: May) -> None:
        self.data = data or {}
        posted = keys_posted(self.data, "copy-", "-opened_version")
        stored = list(source.snapshots.order_by("taken_at", "pk"))
        self.forms = [
            CopyForm(
                data if item.pk in posted else None,
                instance=item,
                prefix=f"copy-{item.pk}",
                number=number,
                may=may,
            )
            for number, item in enumerate(stored, 1)
        ]
        self.gone = sorted(posted - {item.pk for item in stored})

    @property
    def asked(self) -> list[CopyForm]:
        """Those that were posted."""
        return [form for form in self.forms if form.is_bound]

    def tell_gone(self, form: forms.BaseForm) -> None:
        """Say above the form of the source which copies are no longer there, with what was typed of them."""
        if self.gone:
            said = [str(self.data.get(f"copy-{key}-url", ""))[:100] for key in self.gone]
            count = "an archived copy" if len(said) == 1 else f"{len(said)} archived copies"
            told = GONE.format(count=count, said=f": {', '.join(filter(None, said))}" if any(said) else "")
            add_stale(form, told)

    def tell_twice(self, rows: RowsFormSet | None) -> None:
        """Refuse an address that would be there twice, at its field; all forms are valid by now."""
        taken = {form.initial["url"] for form in self.forms if not form.is_bound}
        for form in self.asked:
            if not form.cleaned_data.get("off"):
                _once(form, form.cleaned_data["url"], taken)
        for _, row in rows.rows if rows is not None else ():
            _once(row, row.cleaned_data["url"], taken)

    def copies(self, rows: RowsFormSet | None) -> Copies:
        """How the copies change, as it is typed."""
        new = [row.cleaned_data for _, row in rows.rows] if rows is not None else []
        made = [Snapshot(**{name: given[name] for name in FIELDS}) for given in new]
        return Copies([form.kept() for form in self.asked], made)


def _once(form: forms.BaseForm, url: str, taken: set[str]) -> None:
    if url in taken:
        form.add_error("url", TWICE.format(url=url[:100]))
    taken.add(url)


def copy_rows(data: Any, *, is_checked: bool) -> RowsFormSet:
    """The rows of new copies, as they are posted; not checked while more of them are asked for."""
    return rows_of(CopyRow, CopyRows, 1)(data, prefix="copies", is_checked=is_checked)
