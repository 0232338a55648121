"""Evidence, by itself and inline on what it supports."""

from typing import Any

from django.contrib import admin

from issues.actions.rules.check import NO_EVIDENCE, Breach, needs_evidence, removal
from issues.admin.base.forms import RecordForm, RecordFormSet
from issues.admin.base.lookups import kept_statements, words
from issues.admin.base.record import RecordAdmin, RecordInline
from issues.models import Evidence
from issues.models.position import Stance


class PositionEvidenceFormSet(RecordFormSet):
    """What a position rests on: for most, at least one statement that supports it."""

    def together(self) -> list[str]:
        """Whether anything supports the position that this form will leave."""
        if not needs_evidence(self.instance):
            return []
        return [] if any(row.stance == Stance.SUPPORTS for row in self.surviving) else [NO_EVIDENCE]


class EvidenceInline(RecordInline):
    """The statements that something rests on."""

    model = Evidence
    fields = ("statement", "stance")
    extra = 1


class PositionEvidenceInline(EvidenceInline):
    """The statements that a position rests on."""

    fk_name = "position"
    formset = PositionEvidenceFormSet
    list_select_related = ("statement__source", "position__issue", "position__actor", "position__summit")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The look-up of statements, with those of a source that the address asks to keep."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "statement" and request is not None:
            offered = {str(statement.pk): words(statement) for statement in kept_statements(request)}
            getattr(field.widget, "widget", field.widget).offered = offered
        return field


class EventEvidenceInline(EvidenceInline):
    """The statements that tell of an event."""

    fk_name = "event"
    list_select_related = ("statement__source", "event")


class OutcomeEvidenceInline(EvidenceInline):
    """The statements that tell of an outcome."""

    fk_name = "outcome"
    list_select_related = ("statement__source", "outcome__summit")


class EvidenceForm(RecordForm):
    """One piece of evidence by itself."""

    def breaches(self) -> list[Breach]:
        """Its rules, and whether the position that it supported so far would lose its ground."""
        found = super().breaches()
        evidence: Evidence = self.instance
        if evidence._state.adding:
            return found
        stored = Evidence.objects.get(pk=evidence.pk)
        moved = stored.position_id != evidence.position_id
        if moved or evidence.stance != Stance.SUPPORTS:
            field = "position" if moved else "stance"
            found += [(field, message) for _, message in removal(stored)]
        return found


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    """Which statement supports or disputes what."""

    form = EvidenceForm
    list_display = ("statement", "stance", "position", "event", "outcome")
    list_filter = ("stance",)
    list_select_related = (
        "statement__source",
        "position__issue",
        "position__actor",
        "position__summit",
        "event",
        "outcome__summit",
    )
    search_fields = (
        "statement__ref",
        "statement__quote",
        "statement__source__key",
        "statement__source__title",
        "position__actor__name",
        "position__actor__aliases",
        "position__issue__name",
        "position__issue__aliases",
    )
