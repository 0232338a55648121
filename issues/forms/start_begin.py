"""What a new negotiation begins with: a template, or the structure of another; never positions."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from issues.forms.start import ACTORS, ISSUES
from issues.importing.stored import actors_called
from issues.models import Actor, Issue, Process
from issues.models.actor import ParticipationRole as Role
from issues.queries.access.readable import readable
from issues.queries.reading.process import read
from issues.user import User

Begin = dict[str, list[dict[str, Any]]]

PARTY, MEDIATOR, OBSERVER = ({"role": role.value} for role in (Role.PARTY, Role.MEDIATOR, Role.OBSERVER))
ARTICLE = {
    "kind": Issue.Kind.STAGE.value,
    "question": "How far has the text of this article come?",
    "low_label": "no text",
    "high_label": "agreed",
    "options": "proposed\nin brackets\nagreed ad referendum",
}
TEMPLATES: dict[str, tuple[str, Begin]] = {
    "two-parties": ("two parties and a mediator", {ACTORS: [PARTY, PARTY, MEDIATOR]}),
    "conference": (
        "a multilateral conference with coalitions",
        {
            ACTORS: [
                *[PARTY | {"kind": Actor.Kind.COALITION.value}] * 2,
                *[PARTY | {"kind": Actor.Kind.STATE.value}] * 6,
                MEDIATOR | {"kind": Actor.Kind.INTERNATIONAL.value},
                OBSERVER | {"kind": Actor.Kind.ORGANISATION.value},
            ]
        },
    ),
    "treaty": ("a treaty text by articles", {ACTORS: [PARTY, PARTY], ISSUES: [ARTICLE] * 6}),
}


class BeginForm(forms.Form):
    """What the address asks to begin with: a template, or the structure of a process that one may read."""

    template = forms.ChoiceField(
        required=False,
        choices=[("", "nothing"), *((key, words) for key, (words, _) in TEMPLATES.items())],
        label="Begin with",
    )
    like = forms.ModelChoiceField(
        Process.objects.none(),
        required=False,
        to_field_name="slug",
        label="or with the structure of",
        empty_label="no other process",
        error_messages={"invalid_choice": "There is no process “%(value)s”."},
    )

    def __init__(self, data: Any, user: User | AnonymousUser) -> None:
        super().__init__(data)
        self.fields["like"].queryset = readable(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of both."""
        cleaned = super().clean() or {}
        if cleaned.get("template") and cleaned.get("like"):
            self.add_error("like", "A template or the structure of another process: one of both.")
        return cleaned

    def rows(self) -> Begin:
        """The rows to begin with."""
        if self.cleaned_data["like"]:
            return structure_of(self.cleaned_data["like"])
        template = self.cleaned_data["template"]
        return TEMPLATES[template][1] if template else {}


def structure_of(process: Process) -> Begin:
    """Who takes part in a process and what it is about, as rows of a form."""
    reading, directory = read(process), actors_called()
    names = {issue.pk: issue.name for issue in reading.issues.values()}
    return {
        ACTORS: [
            {
                # A name that others have, too, would not lead back to its actor.
                "name": one.actor.name if len(directory.called(one.actor.name)) == 1 else one.actor.slug,
                "role": one.role,
            }
            for one in reading.participations
        ],
        ISSUES: [
            {
                **{
                    name: getattr(issue, name)
                    for name in ("name", "question", "kind", "low_label", "high_label")
                },
                "options": "\n".join(f"{one.value:g} {one.label}" for one in issue.options.all()),
                "reference": next(
                    (f"{one.value:g}" for one in issue.options.all() if one.pk == issue.reference_point_id),
                    "",
                ),
                "parent": names.get(issue.parent_id or 0, ""),
                "aliases": "; ".join(issue.aliases.splitlines()),
            }
            for issue in reading.issues.values()
        ],
    }
