"""The details of a cell beside its code, and further quotations. People and sources are named."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory

from issues.actions.log_sheet.cell import DETAILS
from issues.forms.lines import Lines
from issues.forms.sheet import source_named
from issues.models import Actor, Attendance, Cell, Office, Person, Sheet, Source
from issues.models.sheet import CellRedLine
from issues.models.source import LONGEST_ADDRESS, Claim
from issues.queries.log_sheet.quotations import named_in, quotations_of
from issues.queries.log_sheet.source_lookup import people_called, people_like

NEW = "new"
MOST_QUOTATIONS = 20
SPEAKER_HELP = "Any spelling on record; someone new is made here. Empty: nobody is named."
LOCATOR_HELP = "Where in the source: “p. 4”, “12:40”, “answer to the third question”."


class SpokenForm(forms.Form):
    """Who speaks and in which source: a person by name, one of several, or someone new with an office."""

    speaker = forms.CharField(required=False, max_length=200, help_text=SPEAKER_HELP)
    speaker_is = forms.CharField(required=False, max_length=90, label="Who is meant")
    speaker_office = forms.CharField(
        required=False, max_length=200, label="Office of who is new", help_text="“foreign minister”"
    )
    source = forms.CharField(
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"data-source": True, "autocomplete": "off"}),
        help_text="Where it is another than the row's: any part of its title, publisher or address, "
        "or its number or key.",
    )
    # Those among whom one chooses, and whether one has to: nobody or several are called so.
    candidates: tuple[Person, ...] = ()
    asks_who = False
    sheet: Sheet
    actor: Actor

    def clean_source(self) -> Source | None:
        """The source that is meant."""
        typed = self.cleaned_data["source"]
        return source_named(typed, self.sheet) if typed else None

    def clean_speaker_office(self) -> str:
        """Settle who speaks, for which all three fields are needed: a person, or a new one's office."""
        office: str = self.cleaned_data["speaker_office"]
        typed = self.cleaned_data.get("speaker", "")
        found = (people_called(typed) or self._at_the_table(typed)) if typed else []
        self.asks_who = bool(typed) and len(found) != 1
        self.candidates = tuple(found or people_like(typed)) if self.asks_who else ()
        chosen = self.cleaned_data.get("speaker_is", "")
        if self.asks_who and chosen == NEW:
            new = Person(name=typed)
            as_office = Office(person=new, actor=self.actor, title=office)
            self.cleaned_data["speaker"] = as_office if office else new
        elif self.asks_who:
            self.cleaned_data["speaker"] = next((one for one in self.candidates if one.slug == chosen), None)
            if self.cleaned_data["speaker"] is None:
                self.add_error("speaker", _not_one(typed, found, self.candidates))
        else:
            self.cleaned_data["speaker"] = found[0] if found else None
        return office

    def _at_the_table(self, typed: str) -> list[Person]:
        """Who sat there for the actor or an organ of it, where nobody else is like what is typed."""
        like = people_like(typed)
        of_it = Q(actor=self.actor) | Q(actor__part_of=self.actor)
        seated = Attendance.objects.filter(of_it, summit=self.sheet.summit_id, person__in=like)
        return like if len(like) == 1 and seated.exists() else []

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Who may be meant, and someone new; nobody where it is clear."""
        if not self.asks_who:
            return []
        return [*((one.slug, _told(one)) for one in self.candidates), (NEW, "someone new of this name")]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """Its fields without those that ask who is meant, which stand together."""
        return [field for field in self if field.name not in ("speaker_is", "speaker_office")]


class DetailsForm(SpokenForm, forms.ModelForm):
    """What a cell says beside its code.

    ``language`` is that of the source, which is offered until something is quoted.
    """

    class Meta:
        model = Cell
        fields = tuple(name for name in DETAILS if name != "quotations")
        widgets = {
            name: Lines(rows)
            for name, rows in (("summary", 2), ("quote", 4), ("translation", 3), ("note", 2))
        }
        help_texts = {
            "summary": "What is wanted, in one sentence of ours.",
            "quote": "To the letter, in the language in which it was printed.",
            "locator": LOCATOR_HELP,
            "accepts_from": "The lowest value that the speaker would accept, 0 to 100; empty: no lower limit "
            "was said.",
            "accepts_to": "The highest value that the speaker would accept; empty: no upper limit was said.",
            "salience": "How much the issue matters to the actor, 0 (not at all) to 100 (above all else); "
            "empty: not coded.",
            "basis": "Inferred needs a note that gives the reason.",
        }

    field_order = (*DETAILS[: DETAILS.index("speaker") + 1], "speaker_is", "speaker_office")

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.actor = self.instance.sheet, self.instance.actor
        given = kwargs.get("initial") or {}
        if "speaker" not in given:
            self.initial["speaker"] = self.instance.speaker.name if self.instance.speaker else ""
            self.initial["source"] = self.instance.source.key if self.instance.source else ""
        self.fields["claimed_as"].choices = [("", "nothing"), *Claim.choices]  # type: ignore[attr-defined]
        if language and not self.instance.quote and "language" not in given:
            self.initial["language"] = language

    def _post_clean(self) -> None:
        """Check the rest of the cell; who is new is stored, and checked, with it."""
        speaker = self.cleaned_data.get("speaker")
        is_new = speaker is not None and speaker._state.adding
        if is_new:
            self.cleaned_data["speaker"] = None
        super()._post_clean()  # type: ignore[misc]
        if is_new:
            self.cleaned_data["speaker"] = speaker

    def details(self) -> dict[str, Any]:
        """The cleaned details, as the action takes them."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def clean(self) -> dict[str, Any]:
        """Limits belong to a declared red line."""
        cleaned = super().clean() or {}
        has_limits = cleaned.get("accepts_from") is not None or cleaned.get("accepts_to") is not None
        if has_limits and self.instance.red_line != CellRedLine.DECLARED:
            self.add_error("accepts_from", "Limits belong to a declared red line: put ! after the code.")
        return cleaned


class QuotationForm(SpokenForm):
    """A quotation beside the first. One in which nothing is quoted is none."""

    quote = forms.CharField(required=False, widget=Lines(4))
    language = forms.CharField(required=False, max_length=20)
    translation = forms.CharField(required=False, widget=Lines(3))
    locator = forms.CharField(required=False, max_length=120, help_text=LOCATOR_HELP)

    field_order = ("quote", "language", "translation", "speaker", "speaker_is", "speaker_office", "locator")

    def __init__(self, *args: Any, sheet: Sheet, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.actor = sheet, actor

    def clean(self) -> dict[str, Any]:
        """Words belong to a quotation."""
        cleaned = super().clean() or {}
        said = ("translation", "speaker", "locator", "source")
        if not cleaned.get("quote") and "quote" in cleaned and any(cleaned.get(name) for name in said):
            self.add_error("quote", "Quote something, or empty the other fields of this quotation.")
        return cleaned

    def quotation(self) -> dict[str, Any]:
        """What it says, as the action takes it; empty where nothing is quoted."""
        cleaned = self.cleaned_data
        if not cleaned.get("quote"):
            return {}
        return {
            "quote": cleaned["quote"],
            "language": cleaned["language"] or "en",
            "translation": cleaned["translation"],
            "locator": cleaned["locator"],
            "speaker": cleaned["speaker"],
            "source": cleaned["source"],
        }


class _Quotations(BaseFormSet):
    def clean(self) -> None:
        """Refuse a number of quotations that cannot be: nothing posted would be read, and all be lost."""
        if self.total_form_count() < 0:
            raise ValidationError("The number of quotations is none.")


QuotationForms = formset_factory(
    QuotationForm,
    _Quotations,
    extra=0,
    max_num=MOST_QUOTATIONS,
    validate_max=True,
    absolute_max=2 * MOST_QUOTATIONS,
)


def initial_quotations(cell: Cell) -> list[dict[str, Any]]:
    """The further quotations of a cell, as their forms show them."""
    named = named_in([cell])
    return [
        {
            **one.stored,
            "speaker": _name(named.people, one.speaker_id),
            "source": getattr(named.sources.get(one.source_id or 0), "key", ""),
        }
        for one in quotations_of(cell)
    ]


def _name(people: Mapping[int, Person], key: int | None) -> str:
    return people[key].name if key and key in people else ""


def _told(person: Person) -> str:
    """A person with the offices that tell namesakes apart."""
    offices = ", ".join(f"{office.title} ({office.actor})" for office in person.offices.all())
    return f"{person.name}, {offices}" if offices else f"{person.name} ({person.slug})"


def _not_one(typed: str, found: list[Person], like: tuple[Person, ...]) -> ValidationError:
    if found:
        return ValidationError(f"{len(found)} people on record are called “{typed}”: choose who is meant.")
    also = ", or someone whose name is like it" if like else ""
    return ValidationError(f"Nobody on record is called “{typed}”: say whether that is someone new{also}.")
