"""Judging how the options of issues bear on those of others, in one grid."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from issues.actions.scenarios.judge import Pair, impact_field
from issues.domain.consistency import STRONGEST
from issues.domain.scale import signed
from issues.forms.lines import Lines
from issues.models import Issue, Option
from issues.queries.reading.process import Reading
from issues.queries.scenarios.consistency import Influence

Known = Mapping[tuple[int, int], int]
NOT_IN_RANGE = f"Type a whole number from −{STRONGEST} to +{STRONGEST}, or nothing."


class PairForm(forms.Form):
    """Which issue bears on which, read from the address; without them it is about all."""

    def __init__(self, data: QueryDict | None, reading: Reading) -> None:
        super().__init__(data)
        self.issues = {issue.slug: issue for issue in reading.issues.values() if issue.has_scale}
        choices = [("", "every issue"), *((slug, issue.name) for slug, issue in self.issues.items())]
        self.fields["from"] = forms.ChoiceField(choices=choices, label="How", required=False)
        self.fields["on"] = forms.ChoiceField(choices=choices, label="bears on", required=False)

    def clean(self) -> dict[str, str]:
        """Two different issues, where two are named."""
        cleaned = super().clean() or {}
        if cleaned.get("from") and cleaned.get("from") == cleaned.get("on"):
            self.add_error("on", "Choose two different issues.")
        return cleaned

    def bearing(self) -> list[Issue]:
        """The issues that bear."""
        return self._chosen("from")

    def borne_on(self) -> list[Issue]:
        """Those that they bear on."""
        return self._chosen("on")

    def _chosen(self, name: str) -> list[Issue]:
        slug = self.cleaned_data[name]
        return [self.issues[slug]] if slug else list(self.issues.values())


@dataclass(frozen=True)
class Field:
    """A field of the grid: what is typed in it, what is wrong with it, and what others judged."""

    name: str
    row: Option
    column: Option
    typed: str
    error: str
    others: str
    differs: bool


class JudgementForm(forms.Form):
    """A grid of one person's judgements: options that bear down, options that they bear on across.

    Nothing in a field is no judgement. ``seen`` carries what the grid showed, so that what was judged in
    another window meanwhile is seen as such. What others judged stands beside one's own, once that is given.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=2000, widget=Lines(rows=2), help_text="Why you judge so.")

    def __init__(
        self,
        data: QueryDict | None,
        *,
        rows: Sequence[Issue],
        columns: Sequence[Issue],
        own: Known,
        influences: Mapping[tuple[int, int], Influence],
        author: int,
    ) -> None:
        super().__init__(None if data is None else data.dict(), initial={"seen": _as_seen(own)})
        self.of, self.on, self._own = rows, columns, own
        self._influences, self._author = influences, author
        self.wrong: dict[str, str] = {}
        self._given: dict[Pair, int | None] = {}

    def clean(self) -> None:
        """Read the fields; what was not sent stays as it was seen."""
        is_told = "seen" in self.data
        self._seen = _read_seen(self.cleaned_data.get("seen", "")) if is_told else dict(self._own)
        for row, column in self._pairs():
            name = impact_field(row, column)
            typed = self.data.get(name)
            try:
                impact = self._was(row, column) if typed is None else _impact(typed)
            except ValueError:
                self.wrong[name] = NOT_IN_RANGE
            else:
                self._given[row, column] = impact
        if self.wrong:
            self.add_error(None, ValidationError("Some fields hold no judgement.", code="cells"))

    def refuse(self, error: ValidationError) -> None:
        """Tell at its field what the action refuses; from here on what is stored counts as seen."""
        self.wrong |= {name: " ".join(errors.messages) for name, errors in _by_field(error)}
        self.add_error(None, ValidationError("Some fields were not stored.", code="cells"))
        self.data = {**self.data, "seen": _as_seen(self._own)}

    def impacts(self) -> dict[Pair, int | None]:
        """What was judged otherwise than it was shown, None where nothing is."""
        return {pair: impact for pair, impact in self._given.items() if impact != self._was(*pair)}

    def seen_of(self) -> dict[Pair, int | None]:
        """What the grid showed when it was opened, None where nothing."""
        return {pair: self._was(*pair) for pair in self._given}

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong: the id of its field, if any, and the words."""
        labels = {impact_field(row, column): f"{row} on {column}" for row, column in self._pairs()}
        wrong = [(name, f"{labels[name]}: {why}") for name, why in self.wrong.items() if name in labels]
        wrong = wrong or [("", str(error)) for error in self.non_field_errors()]
        return wrong + [(self["reason"].id_for_label, f"Reason: {error}") for error in self["reason"].errors]

    def grid(self) -> Iterator[tuple[Issue, list[tuple[Option, list[tuple[Issue, list[Field]]]]]]]:
        """Issue by issue its options, each with its fields by the issue borne on; none on its own."""
        for of in self.of:
            yield of, [(row, [(on, self._fields(of, row, on)) for on in self.on]) for row in of.options.all()]

    def _fields(self, of: Issue, row: Option, on: Issue) -> list[Field]:
        return [] if of.pk == on.pk else [self._field(row, item) for item in on.options.all()]

    def _field(self, row: Option, column: Option) -> Field:
        name, own = impact_field(row, column), self._own.get((row.pk, column.pk))
        typed = self.data.get(name) if self.is_bound else None
        found = self._influences.get((row.pk, column.pk)) if own is not None else None
        others = [item.impact for item in found.given if item.author_id != self._author] if found else []
        return Field(
            name,
            row,
            column,
            ("" if own is None else signed(own)) if typed is None else typed,
            self.wrong.get(name, ""),
            ", ".join(map(signed, others)),
            any(impact != own for impact in others),
        )

    def _was(self, row: Option, column: Option) -> int | None:
        return self._seen.get((row.pk, column.pk))

    def _pairs(self) -> Iterator[Pair]:
        columns = [(on.pk, option) for on in self.on for option in on.options.all()]
        for of in self.of:
            for row in of.options.all():
                yield from ((row, column) for on, column in columns if on != of.pk)


def _impact(typed: str) -> int | None:
    """What is typed in a field. Raises ValueError for what is no judgement."""
    plain = typed.strip().replace("−", "-")
    impact = int(plain) if plain else None
    if impact is not None and not -STRONGEST <= impact <= STRONGEST:
        raise ValueError(typed)
    return impact


def _as_seen(own: Known) -> str:
    return " ".join(f"{row}:{column}:{impact}" for (row, column), impact in sorted(own.items()))


def _read_seen(text: str) -> dict[tuple[int, int], int]:
    """What a grid showed; what cannot be read was not seen."""
    found = {}
    for part in text.split():
        with suppress(ValueError):
            row, column, impact = map(int, part.split(":"))
            found[row, column] = impact
    return found


def _by_field(error: ValidationError) -> Iterator[tuple[str, ValidationError]]:
    for name, errors in getattr(error, "error_dict", {}).items():
        yield name, ValidationError(errors)
