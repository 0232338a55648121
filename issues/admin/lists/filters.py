"""Filters of the lists. Long ones offer what the chosen process has; an unknown value is refused."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from issues.admin.base.forms import is_key
from issues.models import Evidence, Participation, Process
from issues.models.actor import ParticipationRole
from issues.models.position import PositionState, Stance
from issues.queries.upkeep.attention import unsupported

MOST_CHOICES = 300
Choices = list[tuple[str, str]]


class RelatedFilter(admin.RelatedFieldListFilter):
    """Django's own, but a value in the address counts even where there is nothing to choose from."""

    def has_output(self) -> bool:
        """Whether it is shown and applied."""
        return bool(super().has_output() or self.used_parameters)


class ChoiceFilter(admin.SimpleListFilter):
    """A filter with few values of its own."""

    # Where the values lead in the records that are listed.
    path: ClassVar[str] = ""

    def has_output(self) -> bool:
        """Whether it is shown and applied."""
        return bool(self.lookup_choices) or self.value() is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The records with the chosen value."""
        value = self.value()
        if value is None:
            return queryset
        if not self.is_known(value):
            raise IncorrectLookupParameters(f"{self.title}: {value}")
        return self.chosen(queryset, value)

    def is_known(self, value: str) -> bool:
        """Whether a value can be chosen."""
        return value in {str(choice) for choice, _ in self.lookup_choices}

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The records with this value."""
        return queryset.filter(**{self.path: value})


class KeyFilter(ChoiceFilter):
    """A filter by another record; any key may stand in the address, though not all can be listed."""

    def is_known(self, value: str) -> bool:
        """Whether a value can be the key of a record."""
        return is_key(value)


class ProcessFilter(KeyFilter):
    """By process."""

    title = "process"
    parameter_name = "process"
    path = "issue__process"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """All processes."""
        return _choices(Process.objects.all())


class OfProcessFilter(KeyFilter):
    """By a record of the chosen process, or of the only one."""

    relation: ClassVar[str] = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What the process has of it; nothing while several processes are mixed."""
        process = _only_process(request)
        return _choices(getattr(process, self.relation).all()) if process else []


class IssueFilter(OfProcessFilter):
    """By issue."""

    title = "issue"
    parameter_name = "issue"
    path = "issue"
    relation = "issues"


class SummitFilter(OfProcessFilter):
    """By summit."""

    title = "summit"
    parameter_name = "summit"
    path = "summit"
    relation = "summits"


class TrackFilter(OfProcessFilter):
    """By track."""

    title = "track"
    parameter_name = "track"
    path = "summit__track"
    relation = "tracks"


class ActorFilter(OfProcessFilter):
    """By actor."""

    title = "actor"
    parameter_name = "actor"
    path = "actor"
    relation = "participations"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Who takes part in the process."""
        process = _only_process(request)
        if process is None:
            return []
        rows = process.participations.select_related("actor").order_by("actor__name")[:MOST_CHOICES]
        return [(str(row.actor_id), str(row.actor)) for row in rows]


class RoleFilter(ChoiceFilter):
    """By the actor's role in the process."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The roles."""
        return list(ParticipationRole.choices)

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The positions of actors with this role."""
        role = Participation.objects.filter(
            process=OuterRef("issue__process"), actor=OuterRef("actor"), role=value
        )
        return queryset.filter(Exists(role))


class PlacementFilter(ChoiceFilter):
    """Placed on the scale or not; only what was stated can be."""

    title = "placement"
    parameter_name = "placement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("placed", "placed"), ("unplaced", "unplaced")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The stated positions with or without a placement."""
        unplaced = Q(option__isnull=True, value__isnull=True)
        stated = queryset.filter(state=PositionState.STATED)
        return stated.filter(unplaced if value == "unplaced" else ~unplaced)


class EvidenceFilter(ChoiceFilter):
    """Whether a statement supports it."""

    title = "evidence"
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("some", "has evidence"), ("none", "no evidence"), ("missing", "evidence missing")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The positions with or without support, or without the support that they need."""
        if value == "missing":
            return queryset.filter(unsupported())
        support = Exists(Evidence.objects.filter(position=OuterRef("pk"), stance=Stance.SUPPORTS))
        return queryset.filter(support if value == "some" else ~support)


class ReviewFilter(ChoiceFilter):
    """Whether a second person has read it."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("done", "reviewed"), ("open", "not reviewed")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The positions that were or were not reviewed."""
        return queryset.filter(reviewed_by__isnull=value == "open")


def _choices(records: Iterable[Any]) -> Choices:
    rows: Any = records
    return [(str(record.pk), str(record)) for record in rows[:MOST_CHOICES]]


def _only_process(request: HttpRequest) -> Process | None:
    """The process that is chosen, or the only one there is; read once a request."""
    if not hasattr(request, "only_process"):
        chosen = request.GET.get("process", "")
        if chosen:
            found = list(Process.objects.filter(pk=chosen)) if is_key(chosen) else []
        else:
            found = list(Process.objects.all()[:2])
        request.only_process = found[0] if len(found) == 1 else None  # type: ignore[attr-defined]
    process: Process | None = request.only_process  # type: ignore[attr-defined]
    return process
