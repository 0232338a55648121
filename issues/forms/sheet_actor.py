"""An actor who joins the talks on the sheet of a meeting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.models import Actor
from issues.models.actor import ActorKind, ParticipationRole
from issues.queries.log_sheet.source_lookup import actors_called


class SheetActorForm(forms.Form):
    """An actor of any process, by a name on record, or a new one."""

    name = forms.CharField(
        max_length=200, help_text="In any spelling on record; who is not on record is added to it."
    )
    kind = forms.ChoiceField(
        choices=[("", "as it is on record"), *ActorKind.choices],
        required=False,
        help_text="Only of who is new.",
    )
    role = forms.ChoiceField(choices=ParticipationRole.choices, initial=ParticipationRole.STAKEHOLDER)
    watched = forms.BooleanField(
        required=False, help_text="Its silence is a finding at every meeting from now on."
    )

    def clean(self) -> dict[str, Any]:
        """Find who is meant; who is new needs a kind."""
        cleaned = super().clean() or {}
        name = cleaned.get("name", "")
        found = actors_called(name) if name else []
        if len(found) > 1:
            names = "; ".join(f"{actor.name} ({actor.slug})" for actor in found)
            message = (
                f"{len(found)} actors are called “{name}”: {names}. Type the one in brackets that you mean."
            )
            self.add_error("name", ValidationError(message))
        if name and not found and not cleaned.get("kind"):
            self.add_error("kind", f"Nobody on record is called “{name}”: say what kind of actor that is.")
        cleaned["actor"] = found[0] if found else Actor(name=name, kind=cleaned.get("kind") or "")
        return cleaned
