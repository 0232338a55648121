"""Columns of lists that answer a question of their own, read for the rows of a page at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from issues.admin.lists.change_list import RecordChangeList
from issues.admin.lists.filters import ChoiceFilter, Choices
from issues.models import Evidence, Issue, Office, Option, Participation, Source, Statement, Summit
from issues.models.summit import SummitStatus
from issues.queries.upkeep.coverage import coverages

MISSING = "missing"


class FilledChangeList(RecordChangeList):
    """A list that reads for the rows of its page what its columns need beside the records."""

    def get_results(self, request: HttpRequest) -> None:
        """The records of this page with what their columns say."""
        super().get_results(request)
        model_admin: Any = self.model_admin
        model_admin.fill(list(self.result_list))


class FilledList(admin.ModelAdmin):
    """A list with columns of its own."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that fills its columns."""
        return FilledChangeList

    def fill(self, rows: Sequence[Any]) -> None:
        """Give each row what its columns say, in a constant number of queries."""
        raise NotImplementedError


class SourceColumns(FilledList):
    """What rests on a source, and whether a copy of it is kept."""

    def fill(self, rows: Sequence[Any]) -> None:
        """Two queries."""
        sources = [row.pk for row in rows]
        statements = _counted(Statement.objects.filter(source__in=sources), "source")
        uses = _counted(Evidence.objects.filter(statement__source__in=sources), "statement__source")
        for row in rows:
            row.statement_count, row.use_count = statements.get(row.pk, 0), uses.get(row.pk, 0)

    @admin.display(description="uses")
    def uses(self, source: Any) -> str:
        """How often its statements support or dispute something."""
        if not source.statement_count:
            return "no statement"
        said = f"{source.statement_count} statement{'' if source.statement_count == 1 else 's'}"
        return f"{source.use_count} in {said}"

    @admin.display(description="archived copy", ordering="archive_url")
    def archived(self, source: Source) -> str:
        """Whether it can still be read when the page is gone."""
        return "archived" if source.archive_url else MISSING


class SummitColumns(FilledList):
    """How much of a meeting is logged."""

    def fill(self, rows: Sequence[Any]) -> None:
        """Three queries."""
        found = coverages(rows)
        for row in rows:
            row.coverage = found[row.pk]

    @admin.display(description="logged")
    def logged(self, summit: Any) -> str:
        """“14 of 16”; nothing for what is no meeting or was not held."""
        if not summit.is_meeting or summit.status != SummitStatus.HELD:
            return ""
        return f"{len(summit.coverage.logged)} of {len(summit.coverage.expected)}"


class IssueColumns(FilledList):
    """Whether an issue is set up, and whether it is still on the table."""

    def fill(self, rows: Sequence[Any]) -> None:
        """One query."""
        found = _counted(Option.objects.filter(issue__in=[row.pk for row in rows]), "issue")
        for row in rows:
            row.option_count = found.get(row.pk, 0)

    @admin.display(description="options")
    def option_count(self, issue: Any) -> str:
        """How many there are."""
        return str(issue.option_count) if issue.has_scale else "no scale"

    @admin.display(description="reference point", ordering="reference_point__value")
    def reference(self, issue: Issue) -> str:
        """What holds if nothing is agreed."""
        if not issue.has_scale:
            return ""
        return str(issue.reference_point) if issue.reference_point else MISSING

    @admin.display(description="open", ordering="closed_on")
    def on_the_table(self, issue: Issue) -> str:
        """Open, closed since, or opening on."""
        today = timezone.now().date()
        if issue.closed_on and issue.closed_on < today:
            return f"closed on {issue.closed_on:%-d %b %Y}"
        if issue.opened_on and issue.opened_on > today:
            return f"opens on {issue.opened_on:%-d %b %Y}"
        return f"open until {issue.closed_on:%-d %b %Y}" if issue.closed_on else "open"


class ActorColumns(FilledList):
    """What an actor takes part in."""

    def fill(self, rows: Sequence[Any]) -> None:
        """One query."""
        found: dict[int, list[str]] = defaultdict(list)
        taking_part = Participation.objects.filter(actor__in=[row.pk for row in rows])
        for item in taking_part.select_related("process").order_by("process__name"):
            found[item.actor_id].append(f"{item.get_role_display()} in {item.process}")
        for row in rows:
            row.role_names = found[row.pk]

    @admin.display(description="roles")
    def roles(self, actor: Any) -> str:
        """“party in Waters of the Lenna”."""
        return "; ".join(actor.role_names)


class PersonColumns(FilledList):
    """Which posts a person held."""

    def fill(self, rows: Sequence[Any]) -> None:
        """One query."""
        found: dict[int, list[str]] = defaultdict(list)
        offices = Office.objects.filter(person__in=[row.pk for row in rows]).select_related("actor")
        for office in offices.order_by("since", "pk"):
            since, until = (f"{day.year}" if day else "" for day in (office.since, office.until))
            years = f" ({since}–{until})" if since or until else ""
            found[office.person_id].append(f"{office.title}, {office.actor}{years}")
        for row in rows:
            row.office_names = found[row.pk]

    @admin.display(description="offices")
    def held(self, person: Any) -> str:
        """“Minister of Water, Ministry of Water (2030–)”."""
        return "; ".join(person.office_names)


class UseFilter(ChoiceFilter):
    """Sources by whether anything rests on them."""

    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("some", "used"), ("none", "not used")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The sources with or without a statement that serves as evidence."""
        used = Exists(Evidence.objects.filter(statement__source=OuterRef("pk")))
        return queryset.filter(used if value == "some" else ~used)


class OpenFilter(ChoiceFilter):
    """Issues by whether they are on the table today."""

    title = "on the table"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("yes", "open"), ("no", "closed")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The issues that have closed, or have not."""
        closed = Q(closed_on__lt=timezone.now().date())
        return queryset.filter(closed) if value == "no" else queryset.exclude(closed)


class MeetingFilter(ChoiceFilter):
    """Meetings as against statements and documents."""

    title = "occasion"
    parameter_name = "occasion"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Both."""
        return [("meeting", "meetings"), ("other", "statements and documents")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The occasions at a table, or away from it."""
        meetings = Q(kind__in=Summit.MEETINGS)
        return queryset.filter(meetings if value == "meeting" else ~meetings)


def _counted(rows: QuerySet[Any], by: str) -> dict[int, int]:
    """How many rows there are by a foreign key."""
    return dict(rows.order_by().values(by).annotate(n=Count("pk")).values_list(by, "n"))
