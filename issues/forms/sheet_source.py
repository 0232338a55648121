"""A new source for the sheet: typed, or read from an address or an entry of a reference manager."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.domain.address import normalised
from issues.forms.days import DAY
from issues.forms.lines import Lines
from issues.importing.reading.grid import ReadError
from issues.importing.reading.references import KIND, reader_of
from issues.models import Source
from issues.models.fields import Precision
from issues.models.source import LONGEST_ADDRESS, SourceKind
from issues.queries.log_sheet.source_lookup import known_source, looks_like_address

NO_ENTRY = "This is neither a web address nor an entry as RIS, BibTeX or CSL-JSON."
# How exactly a day is known, by how many of its parts are given.
PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)
# What reference managers call a news report; of everything else a person says how close it is to the words.
NEWS = {"news", "newspaperarticle", "article-newspaper"}
# A field of one line turns the line ends of RIS into blanks.
RUN_ON = re.compile(r"\s+(?=[A-Z][A-Z0-9]  - ?)")


class SourceForm(forms.ModelForm):
    """A new source, completed in place. ``known`` is the one that is on record, where it is."""

    class Meta:
        model = Source
        fields = (
            *("url", "title", "publisher", "author", "kind", "published_on", "published_on_precision"),
            *("archive_url", "accessed_on", "language"),
        )
        widgets = {"published_on": DAY, "accessed_on": DAY}
        labels = {"published_on_precision": "Published, known to the", "archive_url": "Archived copy"}
        help_texts = {"kind": "How close it is to the words."}

    url = forms.URLField(label="Address", required=False, max_length=LONGEST_ADDRESS, assume_scheme="https")
    archive_url = forms.URLField(
        label="Archived copy", required=False, max_length=LONGEST_ADDRESS, assume_scheme="https"
    )
    published_on_precision = forms.ChoiceField(
        label="Published, known to the", choices=Precision.choices, required=False, initial=Precision.DAY
    )
    known: Source | None = None

    def clean_url(self) -> str | None:
        """The address in the one way in which we write it, once in all its forms; none is allowed."""
        address = normalised(self.cleaned_data["url"]) or None
        self.known = known_source(address or "", "", "")
        if self.known is not None:
            raise ValidationError(f"This address is on record: go back and type “{self.known.key}”.")
        return address

    def clean_published_on_precision(self) -> str:
        """The day, where nothing is said."""
        return self.cleaned_data["published_on_precision"] or Precision.DAY


class EntryForm(forms.Form):
    """An address, or one entry of a reference manager. ``known`` is the source on record that it is."""

    entry = forms.CharField(
        label="Address or entry",
        max_length=20_000,
        widget=Lines(rows=4),
        help_text="One entry as RIS, BibTeX or CSL-JSON, as reference managers copy it; a web address fills "
        "the address alone.",
    )
    known: Source | None = None
    use_required_attribute = False  # the fields beneath it are saved without it

    def clean_entry(self) -> dict[str, Any]:
        """What it says, by the fields of a source."""
        said = read_entry(self.cleaned_data["entry"])
        self.known = known_source(normalised(said.get("url", "")), said.pop("key", ""), said.get("title", ""))
        return said


def is_entry(text: str) -> bool:
    """Whether a text is an entry of a reference manager."""
    return reader_of(text) is not None


def read_entry(text: str) -> dict[str, Any]:
    """The one entry of a text by the fields of a source, with its ``key``. Raises ValidationError."""
    text = text.strip()
    if looks_like_address(text) and not re.search(r"\s", text):
        return {"url": text}
    reader = reader_of(text)
    if reader is None:
        raise ValidationError(NO_ENTRY)
    if text.startswith("TY  - "):
        text = RUN_ON.sub("\n", text)
        text += "" if re.search(r"^ER  -", text, re.MULTILINE) else "\nER  - "
    try:
        entries = reader(text)
    except ReadError as error:
        raise ValidationError(str(error)) from error
    if len(entries) != 1:
        raise ValidationError(f"There are {len(entries)} entries here; paste one.")
    entry = {name: " ".join(value.split()) for name, value in entries[0].items()}
    return _fields(entry)


def _fields(entry: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: entry[name]
        for name in ("key", "title", "publisher", "author", "url", "archive_url", "language")
        if entry.get(name)
    }
    words = entry.get("keywords", "").split("; ")
    kind = next((word.removeprefix(KIND) for word in words if word.startswith(KIND)), "")
    if kind in SourceKind.values:
        said["kind"] = kind
    elif entry.get("type", "").lower() in NEWS:
        said["kind"] = SourceKind.NEWS
    if entry.get("date"):
        parts = entry["date"].split("-")[:3]
        said["published_on"] = "-".join((*parts, *["01"] * (3 - len(parts))))
        said["published_on_precision"] = PRECISIONS[len(parts) - 1]
    if entry.get("accessed"):
        said["accessed_on"] = entry["accessed"]
    return said
