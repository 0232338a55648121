"""What a position, an outcome or an event rests on: the statements that are linked to it, and new ones."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.actions.record.support import Support
from issues.forms.correction import May
from issues.forms.days import DAY
from issues.forms.lines import Lines
from issues.forms.named import person_field, statement_field
from issues.forms.refusals import add_stale, errors_on
from issues.forms.rows import RowForm, RowsFormSet, keys_posted, rows_of
from issues.models import Evidence, Source, Statement
from issues.models.position import Stance
from issues.models.source import LONGEST_ADDRESS, SourceKind
from issues.queries.search.called import sources_called

UNKNOWN = "No source on record is called “{typed}”. Give its title and publisher beside it to add it."
UNKNOWN_TO_STAY = "No source on record is called “{typed}”, and adding sources is not for this account."
NOWHERE = "Say where the words are printed."
SEVERAL = "Several sources have “{typed}” in their title or publisher: {several}. Type the short id of one."
MEANWHILE = "Someone changed the evidence meanwhile. Below is what it is now; look at it again."


class KeptEvidence(forms.Form):
    """The statements that something rests on by now: each may be taken for the other side, or off it."""

    def __init__(self, data: Any, *, stored: Sequence[Evidence], may: May, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.stored = stored
        for item in stored:
            if may("change_evidence"):
                self.fields[f"stance-{item.pk}"] = forms.ChoiceField(
                    choices=Stance.choices, initial=item.stance, label="What it does"
                )
            if may("delete_evidence"):
                self.fields[f"off-{item.pk}"] = forms.BooleanField(required=False, label="No longer evidence")
            self.fields[f"version-{item.pk}"] = forms.IntegerField(
                initial=item.version, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1
            )

    @property
    def rows(self) -> list[tuple[Evidence, Any, Any, Any]]:
        """Each piece of evidence with its fields; None for one that is not for this person."""
        return [
            (item, self._field("stance", item), self._field("off", item), self._field("version", item))
            for item in self.stored
        ]

    def _field(self, name: str, item: Evidence) -> forms.BoundField | None:
        return self[f"{name}-{item.pk}"] if f"{name}-{item.pk}" in self.fields else None

    def clean(self) -> None:
        """Refuse what was shown before somebody else's change."""
        late = [item for item in self.stored if self.cleaned_data.get(f"version-{item.pk}") != item.version]
        shown = keys_posted(self.data, self.add_prefix("version-"))
        if late or shown - {item.pk for item in self.stored}:
            seen: Any = self.data.copy()  # type: ignore[attr-defined]
            for item in late:
                seen[self.add_prefix(f"version-{item.pk}")] = item.version
            self.data = seen
            add_stale(self, MEANWHILE)

    def kept(self) -> list[tuple[Evidence, Stance | None]]:
        """Each piece of evidence that is changed with its new stance; None where it is taken off."""
        said = [
            (
                item,
                None
                if self.cleaned_data.get(f"off-{item.pk}")
                else Stance(self.cleaned_data.get(f"stance-{item.pk}", item.stance)),
            )
            for item in self.stored
        ]
        return [(item, stance) for item, stance in said if stance != item.stance]


class EvidenceRow(RowForm):
    """One more statement: one on record, or new words in a source, which may be new too."""

    statement = statement_field(
        label="A statement on record",
        help_text="Its source, a space and its own short id: “mfa-2023 s2”.",
        widget=forms.TextInput(attrs={"list": "statements"}),
    )
    source = forms.CharField(
        required=False,
        max_length=LONGEST_ADDRESS,
        label="Or new words in a source",
        help_text="Its address, short id, or any part of its title or publisher.",
        widget=forms.TextInput(attrs={"list": "sources"}),
    )
    quote = forms.CharField(required=False, max_length=20_000, label="Quote as printed", widget=Lines(3))
    stance = forms.ChoiceField(choices=Stance.choices, initial=Stance.SUPPORTS, label="What it does")
    speaker = person_field(
        help_text="A name, surname or alias on record.", widget=forms.TextInput(attrs={"list": "people"})
    )
    locator = forms.CharField(required=False, max_length=120, help_text="Page, paragraph, minute.")
    language = forms.CharField(max_length=20, initial="en", help_text="A language tag: en, ru, hy.")
    translation = forms.CharField(required=False, max_length=20_000, widget=Lines(2))
    note = forms.CharField(
        required=False, max_length=5_000, label="What is reported", help_text="Where nothing is quoted."
    )
    title = forms.CharField(required=False, max_length=400, label="Title of a new source")
    publisher = forms.CharField(required=False, max_length=200, label="Publisher of it")
    published_on = forms.DateField(required=False, widget=DAY, label="Published on")
    kind = forms.ChoiceField(
        required=False, choices=[("", "a news report, if nothing is said"), *SourceKind.choices], label="Kind"
    )

    seldom = ("translation", "note", "title", "publisher", "published_on", "kind")
    OF_WORDS = ("source", "quote", "speaker", "locator", "language", "translation", "note")
    OF_SOURCE = ("title", "publisher", "published_on", "kind")
    WORDS = ("source", "quote", "note", "translation", "speaker", "locator", "title", "publisher")

    def clean(self) -> dict[str, Any]:
        """A statement on record, or words and where they are printed."""
        cleaned = super().clean() or {}
        given = [name for name in self.WORDS if cleaned.get(name)]
        if "statement" in self.errors or (cleaned.get("statement") and not given):
            return cleaned
        if cleaned.get("statement"):
            raise ValidationError(
                {"statement": "Choose a statement on record, or quote new words; not both."}
            )
        if given or self.has_changed():
            self._words(cleaned)
        return cleaned

    def support(self) -> Support | None:
        """The statement, stored or new, and its stance; None for an empty row."""
        cleaned, stance = self.cleaned_data, self.cleaned_data.get("stance")
        if not stance or not self.has_changed():
            return None
        return Support(cleaned.get("statement") or cleaned["new"], Stance(stance))

    def _words(self, cleaned: dict[str, Any]) -> None:
        if not (cleaned.get("quote") or cleaned.get("note")):
            self.add_error("quote", "Give the quotation, or say below what is reported.")
        source = self._source(cleaned)
        if source is None or self.errors:
            return
        names = ("quote", "note", "language", "translation", "speaker", "locator")
        cleaned["new"] = Statement(source=source, **{name: cleaned[name] for name in names})

    def _source(self, cleaned: dict[str, Any]) -> Source | None:
        typed, title = cleaned.get("source", "").strip(), cleaned.get("title", "")
        found = sources_called(typed) if typed else []
        if len(found) == 1 and not title:
            return found[0]
        if len(found) > 1 and not title:
            several = ", ".join(f"{one.title} [{one.key}]" for one in found[:5])
            self.add_error("source", SEVERAL.format(typed=typed[:80], several=several))
        elif found and typed.startswith(("http://", "https://")):
            self.add_error("source", f"This address is on record, as “{found[0]}”: leave the title empty.")
        elif "title" not in self.fields:
            self.add_error("source", UNKNOWN_TO_STAY.format(typed=typed[:80]) if typed else NOWHERE)
        elif not (title and cleaned.get("publisher")):
            missing = "source" if not title else "publisher"
            told = UNKNOWN.format(typed=typed[:80]) if typed else NOWHERE
            self.add_error(missing, told if missing == "source" else "Say who published the new source.")
        else:
            return self._new_source(typed, cleaned)
        return None

    def _new_source(self, typed: str, cleaned: dict[str, Any]) -> Source:
        names = ("title", "publisher", "published_on", "kind", "language")
        given = {name: cleaned.get(name) for name in names}
        source = Source(url=typed or None, **{**given, "kind": given["kind"] or SourceKind.NEWS})
        with errors_on(self, {"url": "source"}):
            source.full_clean(exclude=["key"])
        return source


class EvidenceRows(RowsFormSet):
    """The statements that come to something."""

    noun = "statement"
    title = "Evidence to add"

    def __init__(self, *args: Any, may: May, **kwargs: Any) -> None:
        self.may = may
        super().__init__(*args, **kwargs)

    @property
    def help(self) -> str:  # type: ignore[override]
        """What may be typed by whoever asks."""
        if not self.may("add_statement"):
            return "A statement on record; recording new words is not for this account."
        if not self.may("add_source"):
            return "A statement on record, or new words in a source on record."
        return "A statement on record, or new words and where they are printed; a new source needs its title."

    def add_fields(self, form: Any, index: int | None) -> None:
        """Ask for new words, and for a new source, of those alone who may add them."""
        super().add_fields(form, index)
        lacking = () if self.may("add_source") else form.OF_SOURCE
        lacking = lacking if self.may("add_statement") else (*form.OF_WORDS, *form.OF_SOURCE)
        for name in lacking:
            del form.fields[name]
        form.seldom = tuple(name for name in form.seldom if name in form.fields)

    def supports(self) -> list[Support]:
        """What is said in the rows."""
        return [one for _, row in self.rows if (one := row.support()) is not None]  # type: ignore[attr-defined]


def evidence_rows(data: Any, *, may: May, is_checked: bool) -> RowsFormSet:
    """The rows, as they are posted; not checked while more of them are asked for."""
    kind: Any = rows_of(EvidenceRow, EvidenceRows, 1)
    made: RowsFormSet = kind(data, prefix="evidence", is_checked=is_checked, may=may)
    return made
