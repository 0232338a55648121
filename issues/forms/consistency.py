"""Judging how the options of one issue bear on those of another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from issues.actions.scenarios.judge import MEANWHILE, Pair, impact_field
from issues.domain.consistency import STRONGEST
from issues.domain.scale import signed
from issues.forms.lines import Lines
from issues.models import Issue, Option
from issues.queries.reading.process import Reading

CHOICES = [("", "–")] + [(str(n), signed(n)) for n in range(-STRONGEST, STRONGEST + 1)]


class PairForm(forms.Form):
    """Which issue bears on which, read from the address."""

    def __init__(self, data: Any, reading: Reading) -> None:
        super().__init__(data)
        self.issues = {issue.slug: issue for issue in reading.issues.values() if issue.has_scale}
        choices = [(slug, issue.name) for slug, issue in self.issues.items()]
        self.fields["from"] = forms.ChoiceField(choices=choices, label="How")
        self.fields["on"] = forms.ChoiceField(choices=choices, label="bears on")
        self.fields["on"].initial = choices[1][0] if len(choices) > 1 else None

    def clean(self) -> dict[str, Any]:
        """Two different issues."""
        cleaned = super().clean() or {}
        if cleaned.get("from") and cleaned.get("from") == cleaned.get("on"):
            self.add_error("on", "Choose two different issues.")
        return cleaned

    def pair(self) -> tuple[Issue, Issue]:
        """The issue that bears, and the one that it bears on."""
        return self.issues[self.cleaned_data["from"]], self.issues[self.cleaned_data["on"]]


class JudgementForm(forms.Form):
    """A grid: options that bear down, options that they bear on across.

    Each field carries what it showed, so that what someone else judged meanwhile is seen as such.
    """

    reason = forms.CharField(
        max_length=2000,
        widget=Lines(rows=2),
        help_text="Why you judge so.",
    )

    def __init__(self, data: Any, *, pair: tuple[Issue, Issue], known: Mapping[tuple[int, int], int]) -> None:
        self.sent = None if data is None else data.copy()
        super().__init__(self.sent)
        self.pair = pair
        for down, across in self._pairs():
            self.fields[impact_field(down, across)] = forms.TypedChoiceField(
                choices=CHOICES,
                required=False,
                coerce=int,
                empty_value=None,
                initial=known.get((down.pk, across.pk), ""),
                label=f"{down} on {across}",
                show_hidden_initial=True,
            )

    @property
    def rows(self) -> list[tuple[Option, list[BoundField]]]:
        """Each option that bears, with its fields in the order of the other issue's options."""
        of, on = self.pair
        return [
            (down, [self[impact_field(down, across)] for across in on.options.all()])
            for down in of.options.all()
        ]

    def impacts(self) -> dict[Pair, int | None]:
        """What was judged otherwise than it was shown, None where nothing is."""
        seen = self.seen()
        given = {pair: self.cleaned_data[impact_field(*pair)] for pair in self._pairs()}
        return {pair: impact for pair, impact in given.items() if impact != seen[pair]}

    def seen(self) -> dict[Pair, int | None]:
        """What the grid showed when it was opened, None where nothing."""
        return {pair: self._shown(impact_field(*pair)) for pair in self._pairs()}

    def show_meanwhile(self) -> None:
        """From here on what is judged now counts as seen, where that was refused to be written over."""
        for pair in self._pairs():
            name = impact_field(*pair)
            if self.sent is not None and self.has_error(name, MEANWHILE):
                self.sent[self[name].html_initial_name] = self.fields[name].initial

    def _shown(self, name: str) -> int | None:
        try:
            shown: int | None = self.fields[name].clean(self.data.get(self[name].html_initial_name))
        except ValidationError:
            return None
        return shown

    def _pairs(self) -> list[Pair]:
        of, on = self.pair
        return [(down, across) for down in of.options.all() for across in on.options.all()]
