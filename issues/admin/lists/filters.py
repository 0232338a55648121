"""Filters of the lists. Long ones offer what the chosen process has; an unknown value is refused."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from issues.admin.base.forms import is_key
from issues.clock import today
from issues.models import Actor, Evidence, Participation, Process, Summit
from issues.models.actor import ParticipationRole
from issues.models.position import PositionState, Stance
from issues.queries.access.readable import readable
from issues.queries.access.shared import seen_by
from issues.queries.upkeep.attention import MOST, too_few_options, unsupported, used_in, without_reference
from issues.queries.upkeep.duplicates import likely_duplicates
from issues.queries.upkeep.links import is_dead

MOST_CHOICES = 300
MOST_LANGUAGES = 30
Choices = list[tuple[str, str]]
# What a value of a filter asks of the records of a model.
Condition = Callable[[type[Any]], Q]


class RelatedFilter(admin.RelatedFieldListFilter):
    """Django's own, but a value in the address counts even where there is nothing to choose from."""

    def has_output(self) -> bool:
        """Whether it is shown and applied."""
        return bool(super().has_output() or self.used_parameters)

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        """What there is to choose from, of what this person may see."""
        records = field.remote_field.model._default_manager.order_by(
            *self.field_admin_ordering(field, request, model_admin)
        )
        return [(record.pk, str(record)) for record in seen_by(request.user, records)]


class ChoiceFilter(admin.SimpleListFilter):
    """A filter with values of its own, which are refused where they are unknown."""

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
        return queryset.filter(self.condition(queryset.model, value))

    def is_known(self, value: str) -> bool:
        """Whether a value can be chosen."""
        return value in {str(choice) for choice, _ in self.lookup_choices}

    def condition(self, model: type[Any], value: str) -> Q:
        """What a value asks of the records of a model."""
        raise NotImplementedError


def choices(words: str, *values: tuple[str, str, Condition], parameter: str = "") -> type[ChoiceFilter]:
    """A filter by a few conditions, each with its value in the address and its words."""
    conditions = {value: condition for value, _, condition in values}

    class Filter(ChoiceFilter):
        title, parameter_name = words, parameter or words

        def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
            return [(value, label) for value, label, _ in values]

        def condition(self, model: type[Any], value: str) -> Q:
            return conditions[value](model)

    return Filter


class LanguageFilter(ChoiceFilter):
    """By language, of those in which there is anything: each is one step in an index."""

    title = parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The languages that there are."""
        found: list[str] = []
        tags = model_admin.model._default_manager.order_by("language").values_list("language", flat=True)
        while len(found) < MOST_LANGUAGES and (
            tag := tags.filter(language__gt=max(found, default="")).first()
        ):
            found.append(tag)
        return [(tag, tag) for tag in found]

    def condition(self, model: type[Any], value: str) -> Q:
        """In this language."""
        return Q(language=value)


class KeyFilter(ChoiceFilter):
    """A filter by another record; any key may stand in the address, though not all can be listed."""

    # Where the keys lead in the records that are listed.
    path: ClassVar[str] = ""

    def is_known(self, value: str) -> bool:
        """Whether a value can be the key of a record."""
        return is_key(value)

    def condition(self, model: type[Any], value: str) -> Q:
        """That a record leads to this one."""
        return Q(**{self.path: value})


class ProcessFilter(KeyFilter):
    """By process."""

    title = parameter_name = "process"
    path = "issue__process"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """All processes, or as many as can be listed."""
        return _listed(readable(request.user))


class UsedInFilter(ProcessFilter):
    """Sources by the process that rests on them."""

    def condition(self, model: type[Any], value: str) -> Q:
        """That this process uses a source."""
        return used_in(int(value))


def of_process(name: str, offered: Callable[[Process], Iterable[Any]], at: str = "") -> type[KeyFilter]:
    """A filter by a record of the chosen process, or of the only one; nothing while several are mixed."""

    class Filter(KeyFilter):
        title = parameter_name = name
        path = at or name

        def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
            process = _only_process(request)
            return _listed(offered(process)) if process else []

    return Filter


IssueFilter = of_process("issue", lambda process: process.issues.all())
SummitFilter = of_process("summit", lambda process: process.summits.all())
TrackFilter = of_process("track", lambda process: process.tracks.all(), at="summit__track")
ActorFilter = of_process(
    "actor", lambda process: Actor.objects.filter(participations__process=process).order_by("name")
)

_ROLES = Participation.objects.filter(process=OuterRef("issue__process"), actor=OuterRef("actor"))
RoleFilter = choices(
    "role",
    *(
        (role, str(words), lambda model, role=role: Q(Exists(_ROLES.filter(role=role))))
        for role, words in ParticipationRole.choices
    ),
)
_STATED, _UNPLACED = Q(state=PositionState.STATED), Q(option__isnull=True, value__isnull=True)
PlacementFilter = choices(
    "placement",
    ("placed", "placed", lambda model: _STATED & ~_UNPLACED),
    ("unplaced", "unplaced", lambda model: _STATED & _UNPLACED),
)
_SUPPORTED = Q(Exists(Evidence.objects.filter(position=OuterRef("pk"), stance=Stance.SUPPORTS)))
EvidenceFilter = choices(
    "evidence",
    ("some", "has evidence", lambda model: _SUPPORTED),
    ("none", "no evidence", lambda model: ~_SUPPORTED),
    ("missing", "evidence missing", lambda model: unsupported()),
)
ReviewFilter = choices(
    "review",
    ("done", "reviewed", lambda model: Q(reviewed_by__isnull=False)),
    ("open", "not reviewed", lambda model: Q(reviewed_by__isnull=True)),
)
DuplicatesFilter = choices(
    "duplicates",
    ("likely", "likely duplicates", lambda model: Q(pk__in=likely_duplicates(model)[:MOST])),
)
LinksFilter = choices("links", ("dead", "address no longer answers", lambda model: is_dead()))
_USED = Q(Exists(Evidence.objects.filter(statement__source=OuterRef("pk"))))
UseFilter = choices(
    "use",
    ("some", "used", lambda model: _USED),
    ("none", "not used", lambda model: ~_USED),
)
OpenFilter = choices(
    "on the table",
    ("yes", "open", lambda model: ~Q(closed_on__lt=today())),
    ("no", "closed", lambda model: Q(closed_on__lt=today())),
    parameter="open",
)
ReferenceFilter = choices(
    "reference point",
    ("none", "missing", lambda model: without_reference()),
    ("some", "chosen", lambda model: Q(reference_point__isnull=False)),
    parameter="reference",
)
OptionsFilter = choices("options", ("few", "less than two", lambda model: too_few_options()))
_MEETING = Q(kind__in=Summit.MEETINGS)
MeetingFilter = choices(
    "occasion",
    ("meeting", "meetings", lambda model: _MEETING),
    ("other", "statements and documents", lambda model: ~_MEETING),
)


def _listed(records: Iterable[Any]) -> Choices:
    rows: Any = records
    return [(str(record.pk), str(record)) for record in rows[:MOST_CHOICES]]


def _only_process(request: HttpRequest) -> Process | None:
    """The process that is chosen, or the only one there is; read once a request."""
    if not hasattr(request, "only_process"):
        chosen = request.GET.get("process", "")
        if chosen:
            processes = list(readable(request.user).filter(pk=chosen)) if is_key(chosen) else []
        else:
            processes = list(readable(request.user)[:2])
        request.only_process = processes[0] if len(processes) == 1 else None  # type: ignore[attr-defined]
    process: Process | None = request.only_process  # type: ignore[attr-defined]
    return process
