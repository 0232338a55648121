"""What if an actor cared more, or could bring more to bear? Read from the address, by actor."""

from collections.abc import Sequence
from typing import Any

from django import forms

from issues.models import Actor

MOST_SALIENCE = 100.0
LEAST_CAPABILITY, MOST_CAPABILITY = 0.01, 10.0


class WhatIfForm(forms.Form):
    """A salience and a capability for each actor; an empty one keeps what was recorded."""

    def __init__(self, data: Any, *, actors: Sequence[Actor]) -> None:
        super().__init__(data)
        self.actors = actors
        for actor in actors:
            self.fields[_salience_field(actor)] = forms.FloatField(
                required=False, min_value=0, max_value=MOST_SALIENCE, label=f"Salience of {actor}"
            )
            self.fields[_capability_field(actor)] = forms.FloatField(
                required=False,
                min_value=LEAST_CAPABILITY,
                max_value=MOST_CAPABILITY,
                label=f"Capability of {actor}",
            )

    def supposed(self) -> dict[str, tuple[float | None, float | None]]:
        """By slug, the salience and the capability that are supposed."""
        return {
            actor.slug: (
                self.cleaned_data[_salience_field(actor)],
                self.cleaned_data[_capability_field(actor)],
            )
            for actor in self.actors
        }


def _salience_field(actor: Actor) -> str:
    return f"salience-{actor.slug}"


def _capability_field(actor: Actor) -> str:
    return f"capability-{actor.slug}"
