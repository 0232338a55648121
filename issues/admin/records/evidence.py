"""Evidence, by itself and inline on what it supports."""

from typing import Any

from django.contrib import admin

from issues.actions.rules.check import NO_EVIDENCE, needs_evidence
from issues.admin.base.forms import RecordFormSet
from issues.admin.base.inline import RecordInline, inline
from issues.admin.base.lookups import statements_carried_over, words
from issues.admin.base.record import RecordAdmin
from issues.models import Evidence
from issues.models.position import Stance

# What the name of a position is made of.
NAMED_BY = ("position__issue", "position__actor", "position__summit")


class PositionEvidenceFormSet(RecordFormSet):
    """What a position rests on: for most, at least one statement that supports it."""

    def together(self) -> list[str]:
        """Whether anything supports the position that this form will leave."""
        if not needs_evidence(self.instance):
            return []
        return [] if any(row.stance == Stance.SUPPORTS for row in self.surviving) else [NO_EVIDENCE]


def evidence_inline(fk_name: str, *named_by: str, **options: Any) -> type[RecordInline]:
    """The statements that something rests on; ``named_by`` is what its name is made of."""
    related = ("statement__source", *named_by)
    return inline(Evidence, fk_name, "statement", "stance", list_select_related=related, extra=1, **options)


class PositionEvidenceInline(evidence_inline("position", *NAMED_BY, formset=PositionEvidenceFormSet)):  # type: ignore[misc]
    """The statements that a position rests on."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The look-up of statements, those of a source that is carried over offered first."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "statement" and request is not None:
            offered = {str(statement.pk): words(statement) for statement in statements_carried_over(request)}
            getattr(field.widget, "widget", field.widget).offered = offered
        return field


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    """Which statement supports or disputes what."""

    list_display = ("statement", "stance", "position", "event", "outcome")
    list_filter = ("stance",)
    list_select_related = ("statement__source", *NAMED_BY, "event", "outcome__summit")
    search_fields = (
        *("statement__ref", "statement__quote", "statement__source__key", "statement__source__title"),
        *("position__actor__name", "position__actor__aliases"),
        *("position__issue__name", "position__issue__aliases"),
    )
