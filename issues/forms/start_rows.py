"""The rows of a negotiation that begins: who takes part, what it is about, when they meet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from issues.domain.option_list import OptionProblem, TypedScale, read_scale
from issues.forms.lines import Lines
from issues.forms.rows import RowForm, RowsFormSet, Texts
from issues.importing.mapping import read_date
from issues.importing.mapping.dates import Dated
from issues.importing.mapping.tables import OPTION_AT
from issues.importing.mapping.values import ValueProblem
from issues.importing.reading import ReadError
from issues.models import Actor, Issue, Participation, Summit

ALIASES = "Other spellings, with ; between"
NOT_SAID = ("", "choose")
AT_END = {"low": "low_label", "high": "high_label"}
LONGEST_END, LONGEST_OPTION = 120, 200


class ActorRow(RowForm):
    """Someone who takes part. A spelling on record is that actor; whoever is not on record is made."""

    seldom = ("member_of", "short_name", "aliases")

    name = forms.CharField(max_length=200, label="Name")
    role = forms.ChoiceField(choices=[NOT_SAID, *Participation.Role.choices], label="Role")
    kind = forms.ChoiceField(
        required=False, choices=[NOT_SAID, *Actor.Kind.choices], label="Kind, if it is not on record"
    )
    member_of = forms.CharField(required=False, max_length=1000, label="Member of coalitions, with ; between")
    short_name = forms.CharField(required=False, max_length=60, label="Short name")
    aliases = forms.CharField(required=False, max_length=2000, label=ALIASES)

    def clean_aliases(self) -> str:
        """The spellings, a line each."""
        return "\n".join(divided(self.cleaned_data["aliases"]))


class IssueRow(RowForm):
    """An issue with its scale. ``cleaned_data["scale"]`` is None of an issue without one."""

    seldom = ("reference", "parent", "aliases")

    name = forms.CharField(max_length=200, label="Name")
    question = forms.CharField(max_length=300, label="Question")
    kind = forms.ChoiceField(choices=Issue.Kind.choices, initial=Issue.Kind.PREFERENCE, label="Kind")
    low_label = forms.CharField(required=False, max_length=120, label="What 0 means")
    high_label = forms.CharField(required=False, max_length=120, label="What 100 means")
    options = forms.CharField(
        required=False, max_length=3000, widget=Lines(rows=2), label="Options between, a line each"
    )
    reference = forms.CharField(required=False, max_length=200, label="Option if nothing is agreed")
    parent = forms.CharField(required=False, max_length=200, label="Part of the issue")
    aliases = forms.CharField(required=False, max_length=2000, label=ALIASES)

    def clean_aliases(self) -> str:
        """The spellings, a line each."""
        return "\n".join(divided(self.cleaned_data["aliases"]))

    def clean(self) -> dict[str, Any]:
        """Read the scale, of which each end is typed once."""
        cleaned = super().clean() or {}
        cleaned["scale"] = None
        typed = {name: cleaned.get(name, "") for name in ("options", "low_label", "high_label", "reference")}
        if cleaned.get("kind") == Issue.Kind.TEXT:
            for name in (name for name, text in typed.items() if text):
                self.add_error(name, "An issue of the kind text has no scale and no options.")
        elif cleaned.get("kind") and not self.errors:
            cleaned["scale"] = self._scale(typed["options"], typed["low_label"], typed["high_label"])
        return cleaned

    def _scale(self, options: str, low: str, high: str) -> TypedScale | None:
        try:
            scale = read_scale(options, low, high)
        except OptionProblem as problem:
            self.add_error(AT_END.get(problem.field, "options"), str(problem))
            return None
        for name, words in (("low_label", scale.low), ("high_label", scale.high)):
            if len(words) > LONGEST_END:
                told = (
                    f"The option there has more than {LONGEST_END} letters: say here in fewer what it means."
                )
                self.add_error(name, told)
        if any(len(label) > LONGEST_OPTION for _, label in scale.options):
            self.add_error("options", f"An option has {LONGEST_OPTION} letters at most.")
        return scale


class MeetingRow(RowForm):
    """A meeting. ``cleaned_data["day"]`` is a day as exactly as it was typed."""

    seldom = ("kind", "status")

    name = forms.CharField(max_length=200, label="Name")
    day = forms.CharField(max_length=40, label="Day, month or year")
    place = forms.CharField(required=False, max_length=200, label="Place")
    kind = forms.ChoiceField(choices=Summit.Kind.choices, initial=Summit.Kind.LEADERS, label="Kind")
    status = forms.ChoiceField(
        required=False,
        choices=[("", "as its day says: planned while it is to come, else held"), *Summit.Status.choices],
        label="Status",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["placeholder"] = "2030-03-10, 2030-03, 2030"

    def clean_day(self) -> Dated:
        """The day, with what is known of it."""
        try:
            return read_date(self.cleaned_data["day"])
        except ValueProblem as problem:
            told = str(problem)
            raise forms.ValidationError(
                f"“{self.cleaned_data['day']}” {told if 'write' in told else f'{told}; write 2002-12-31'}."
            ) from problem


class ActorRows(RowsFormSet):
    """Who takes part."""

    noun, title = "actor", "Who takes part"
    help = (
        "Parties and mediators are watched: where they say nothing of an issue, that is a finding. "
        "An actor that is on record already is known by any of its spellings and needs no kind."
    )
    called = {
        "name": ("actor", "country", "state", "party", "organisation", "organization"),
        "role": ("role in process",),
        "kind": ("type", "actor type"),
        "member_of": ("coalition", "coalitions", "group", "groups"),
        "short_name": ("short", "abbreviation", "acronym"),
        "aliases": ("alias", "other names", "other spellings", "spellings"),
    }

    def read_block(self, heads: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> list[Texts]:
        """The texts of each row; without heads a cell behind the name is what it says: a role, a kind."""
        if heads is not None:
            return super().read_block(heads, rows)
        return [self._told(row) for row in rows]

    def _told(self, row: Sequence[str]) -> Texts:
        texts = {"name": row[0].strip()}
        choices = {name: dict(self.form.base_fields[name].choices) for name in ("role", "kind")}  # type: ignore[attr-defined]
        for cell in filter(None, map(str.strip, row[1:])):
            known = [name for name in choices if self.choice(name, cell) in choices[name]]
            name = next(
                (one for one in (*known, "role", "kind", "member_of") if one not in texts), "member_of"
            )
            texts[name] = cell
        return texts


class IssueRows(RowsFormSet):
    """What they negotiate."""

    noun, title = "issue", "What they negotiate"
    help = (
        "Each issue asks one question on a scale of 0 to 100. Type each end once; the options between are "
        "spread evenly, or stand where you say: “25 a quarter”. Letters follow their order."
    )
    called = {
        "name": ("issue", "topic", "item", "title"),
        "question": (),
        "low_label": ("low", "0", "what 0 means", "option 0"),
        "high_label": ("high", "100", "what 100 means", "option 100"),
        "options": (),
        "kind": ("type",),
        "reference": ("reference point", "status quo", "default"),
        "parent": ("part of",),
        "aliases": ("alias", "other names", "other spellings", "spellings"),
        "option": ("option label", "label", "alternative"),
        "value": ("option value", "number"),
    }

    def field_called(self, head: str) -> str | None:
        """Also an option that its column gives the number of: “option 50”."""
        found = super().field_called(head)
        at = OPTION_AT.fullmatch(head.strip())
        return at[1].replace(",", ".") if found is None and at else found

    def read_block(self, heads: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> list[Texts]:
        """One text an issue, of which each option may have a row or a column of its own.

        Without heads what stands behind name, question and ends are the options.
        """
        if heads is None:
            begin = tuple(self.called)[:4]
            return [
                {
                    **dict(zip(begin, map(str.strip, row), strict=False)),
                    "options": "\n".join(filter(None, map(str.strip, row[4:]))),
                }
                for row in rows
            ]
        found: dict[str, Texts] = {}
        name = ""
        for texts in super().read_block(heads, rows):
            name = texts.get("name", name)
            whole = found.setdefault(name, {})
            options = [f"{texts.pop('value', '')} {texts.pop('option')}".strip()] if "option" in texts else []
            numbered = [name for name in texts if name not in self.called]
            options += [f"{name} {texts.pop(name)}" for name in numbered]
            options = [
                *whole.get("options", "").splitlines(),
                *texts.pop("options", "").splitlines(),
                *options,
            ]
            if "value" in texts:
                raise ReadError(f"{texts['value']} is the number of an option without words.")
            whole |= texts | {"options": "\n".join(options)}
        return list(found.values())


class MeetingRows(RowsFormSet):
    """When they meet."""

    noun, title = "meeting", "When they meet"
    help = (
        "The first meeting, and others that are known already. Who sits at the table is said on its own page."
    )
    called = {
        "name": ("meeting", "summit", "occasion", "round"),
        "day": ("date", "when", "starts on", "start"),
        "place": ("city", "venue", "location", "where"),
        "kind": ("type", "level"),
        "status": (),
    }


def divided(text: str) -> list[str]:
    """What stands between semicolons."""
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
