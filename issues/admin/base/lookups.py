"""What the look-up fields of forms offer: what belongs to the process at hand, where the form knows it.

A form tells what is chosen in it already by parameters of the address: ``of_issue=3`` while a summit is
looked up. Without them everything is offered.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest

from issues.admin.base.forms import is_key
from issues.models import Option, Participation, Position, Source, Statement
from issues.queries.history.record_history import KINDS

# Where the process is of what is chosen already, by its field, in the order in which they are believed.
GIVERS = {
    "process": "pk",
    "issue": "process",
    "summit": "process",
    "position": "issue__process",
    "event": "process",
    "outcome": "summit__process",
}
# Where the process is of what is looked up.
SCOPED = {name: path for name, path in GIVERS.items() if name != "process"}
SCOPED |= {"option": "issue__process", "track": "process"}
LONGEST = 100
# The parameter of a form's address that names the source of the record before.
SOURCE = "source"
# As many statements of that source stand in the field itself; its look-up has them all.
MOST_OFFERED = 50


class RecordLookUp(AutocompleteJsonView):
    """Django's own, scoped, and with words that tell one statement from another."""

    def get_queryset(self) -> QuerySet[Any]:
        """What is found, within what the form is about."""
        return within(super().get_queryset(), self.source_field, self.request.GET)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """One of the records offered."""
        return {"id": str(getattr(obj, to_field_name)), "text": words(obj)}


def within(queryset: QuerySet[Any], field: Any, known: Mapping[str, str]) -> QuerySet[Any]:
    """The records that can be meant in this field, beside what is chosen in the form already."""
    chosen = {name: known.get(f"of_{name}", "") for name in (*GIVERS, "source")}
    chosen = {name: key for name, key in chosen.items() if is_key(key)}
    if queryset.model is Statement and "source" in chosen:
        first = Case(When(source=chosen["source"], then=Value(0)), default=Value(1))
        return queryset.order_by(first, "source", "ref")
    if queryset.model is Option and "issue" in chosen:
        return queryset.filter(issue=chosen["issue"])
    giver = next((name for name in GIVERS if name in chosen), None)
    if giver is None:
        return queryset
    process = KINDS[giver]._default_manager.filter(pk=chosen[giver]).values(GIVERS[giver])
    if field.model is Position and field.name == "actor":
        taking_part = Participation.objects.filter(process__in=process)
        return queryset.filter(pk__in=taking_part.values("actor"))
    path = SCOPED.get(queryset.model._meta.model_name)
    return queryset.filter(**{f"{path}__in": process}) if path else queryset


def words(record: Any) -> str:
    """A record as a look-up offers it: a statement with how it begins."""
    if not isinstance(record, Statement):
        return str(record)
    said = " ".join((record.quote or record.note).split())
    return f"{record}: {said if len(said) <= LONGEST else said[: LONGEST - 1] + '…'}"


def source_carried_over(request: HttpRequest) -> Source | None:
    """The source that the last position rests on, which the address names."""
    key = request.GET.get(SOURCE, "")
    return Source.objects.filter(pk=key).first() if is_key(key) else None


def statements_carried_over(request: HttpRequest) -> list[Statement]:
    """The first statements of that source; read once a request."""
    if not hasattr(request, "statements"):
        key = request.GET.get(SOURCE, "")
        rows = Statement.objects.filter(source=int(key)) if is_key(key) else Statement.objects.none()
        statements = list(rows.select_related("source").order_by("ref")[:MOST_OFFERED])
        request.statements = statements  # type: ignore[attr-defined]
    offered: list[Statement] = request.statements  # type: ignore[attr-defined]
    return offered
