"""Columns of lists that answer a question of their own, read for the rows of a page at once.

A list is filled by one function, in a constant number of queries; its columns say what that left at a row.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet

from issues.clock import today
from issues.domain.span import day_in_words
from issues.models import Evidence, Issue, Office, Option, Participation, Source, Statement
from issues.models.summit import SummitStatus
from issues.queries.access.shared import tellable
from issues.queries.upkeep.coverage import coverages

MISSING = "missing"


def fill_sources(rows: Sequence[Any]) -> None:
    """How many statements a source has, and how often they are evidence. Two queries."""
    sources = [row.pk for row in rows]
    statements = _counted(tellable(Statement.objects.filter(source__in=sources)), "source")
    used = _counted(tellable(Evidence.objects.filter(statement__source__in=sources)), "statement__source")
    for row in rows:
        row.statement_count, row.use_count = statements.get(row.pk, 0), used.get(row.pk, 0)


@admin.display(description="uses")
def uses(source: Any) -> str:
    """How often its statements support or dispute something."""
    if not source.statement_count:
        return "no statement"
    many = "" if source.statement_count == 1 else "s"
    return f"{source.use_count} in {source.statement_count} statement{many}"


@admin.display(description="archived copy", ordering="archive_url")
def archived(source: Source) -> str:
    """Whether it can still be read when the page is gone."""
    return "archived" if source.archive_url else MISSING


def fill_summits(rows: Sequence[Any]) -> None:
    """How much of each meeting is logged. Three queries."""
    coverage = coverages(rows)
    for row in rows:
        row.coverage = coverage[row.pk]


@admin.display(description="logged")
def logged(summit: Any) -> str:
    """“14 of 16”; nothing for what is no meeting or was not held."""
    if not summit.is_meeting or summit.status != SummitStatus.HELD:
        return ""
    return f"{len(summit.coverage.logged)} of {len(summit.coverage.expected)}"


def fill_issues(rows: Sequence[Any]) -> None:
    """How many options an issue has. One query."""
    options_of = _counted(Option.objects.filter(issue__in=[row.pk for row in rows]), "issue")
    for row in rows:
        row.options_counted = options_of.get(row.pk, 0)


@admin.display(description="options")
def options(issue: Any) -> str:
    """How many options it has, where it has a scale."""
    return str(issue.options_counted) if issue.has_scale else "no scale"


@admin.display(description="reference point", ordering="reference_point__value")
def reference(issue: Issue) -> str:
    """What holds if nothing is agreed."""
    return str(issue.reference_point or MISSING) if issue.has_scale else ""


@admin.display(description="open", ordering="closed_on")
def on_the_table(issue: Issue) -> str:
    """Open, closed since, or opening on."""
    day = today()
    if issue.closed_on and issue.closed_on < day:
        return f"closed on {day_in_words(issue.closed_on)}"
    if issue.opened_on and issue.opened_on > day:
        return f"opens on {day_in_words(issue.opened_on)}"
    return f"open until {day_in_words(issue.closed_on)}" if issue.closed_on else "open"


def fill_actors(rows: Sequence[Any]) -> None:
    """“party in Waters of the Lenna”, for each process that an actor takes part in. One query."""
    roles_of: dict[int, list[str]] = defaultdict(list)
    taking_part = tellable(Participation.objects.filter(actor__in=[row.pk for row in rows]))
    for item in taking_part.select_related("process").order_by("process__name"):
        roles_of[item.actor_id].append(f"{item.get_role_display()} in {item.process}")
    for row in rows:
        row.roles = "; ".join(roles_of[row.pk])


def fill_people(rows: Sequence[Any]) -> None:
    """“Minister of Water, Ministry of Water (2030–)”, for each post that a person held. One query."""
    posts_of: dict[int, list[str]] = defaultdict(list)
    offices = tellable(Office.objects.filter(person__in=[row.pk for row in rows])).select_related("actor")
    for office in offices.order_by("since", "pk"):
        since, until = (f"{day.year}" if day else "" for day in (office.since, office.until))
        years = f" ({since}–{until})" if since or until else ""
        posts_of[office.person_id].append(f"{office.title}, {office.actor}{years}")
    for row in rows:
        row.held = "; ".join(posts_of[row.pk])


@admin.display(description="roles")
def roles(actor: Any) -> str:
    """As what an actor takes part in which process."""
    return str(actor.roles)


@admin.display(description="offices")
def held(person: Any) -> str:
    """Which posts a person held, and when."""
    return str(person.held)


def _counted(rows: QuerySet[Any], by: str) -> dict[int, int]:
    """How many rows there are by a foreign key."""
    return dict(rows.order_by().values(by).annotate(n=Count("pk")).values_list(by, "n"))
