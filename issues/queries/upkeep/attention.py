"""What needs attention in a process: counted to a thousand, whatever stands beside it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from issues.domain.coverage import Coverage
from issues.domain.scale import FEWEST_OPTIONS
from issues.history import Revision, among
from issues.models import Cell, Evidence, Issue, Participation, Position, Process, Sheet, Source
from issues.models.issue import KindOfIssue
from issues.models.position import Basis, PositionState, Stance
from issues.models.summit import Summit, SummitStatus
from issues.queries.pages.sources import source_keys
from issues.queries.upkeep.coverage import coverages

# Beyond this a count says “1,000+”: how many more changes nothing for the reader.
MOST = 1001
# Each takes a look at all that it holds, so it is the few that one is at work on.
MOST_COUNTED = 3
MOST_NAMED = 30
# Without these a process cannot be logged.
NEEDED: dict[str, type[Issue] | type[Participation] | type[Summit]] = {
    "issues": Issue,
    "actors": Participation,
    "summit": Summit,
}


class UpToMost(Subquery):
    """How many rows a query has, counted no further than it is sliced."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@dataclass
class Attention:
    """A process and what needs attention in it. ``counts`` are by name; ``lacks`` is what it has none of."""

    process: Process
    counts: dict[str, int]
    meeting: Summit | None = None
    coverage: Coverage = field(default_factory=lambda: Coverage(frozenset(), frozenset()))
    open_sheets: list[Summit] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)


def unsupported() -> Q:
    """Stated positions, not inferred, that no statement supports."""
    support = Evidence.objects.filter(position=OuterRef("pk"), stance=Stance.SUPPORTS)
    return Q(state=PositionState.STATED) & ~Q(basis=Basis.INFERRED) & ~Q(Exists(support))


def without_reference() -> Q:
    """Issues with a scale on which it is not said what holds without an agreement."""
    return Q(reference_point=None) & ~Q(kind=KindOfIssue.TEXT)


def too_few_options() -> Q:
    """Issues with a scale that has less than two options."""
    scarce = Issue.objects.order_by().annotate(n=Count("options")).filter(n__lt=FEWEST_OPTIONS).values("pk")
    return ~Q(kind=KindOfIssue.TEXT) & Q(pk__in=scarce)


def used_in(process: int) -> Q:
    """Sources that bear on a process, or report one that does; their keys are read."""
    return Q(pk__in=among(source_keys(process)))


def checks() -> dict[str, QuerySet[Any]]:
    """By name, the records of the process ``OuterRef("pk")`` that need attention."""
    of_process = Position.objects.filter(issue__process=OuterRef("pk"))
    issues = Issue.objects.filter(process=OuterRef("pk"))
    return {
        "unsupported": of_process.filter(unsupported()),
        "disputed": of_process.filter(disputed=True),
        "unreviewed": of_process.filter(reviewed_by=None),
        "without_reference": issues.filter(without_reference()),
        "too_few_options": issues.filter(too_few_options()),
    }


def lately_recorded(readable: QuerySet[Process]) -> list[Process]:
    """Some of the processes, those first in which something was recorded last, then by name. One query.

    They are those of which the desk tells, those that it names, and one more where there are more.
    """
    last = Revision.objects.filter(of=OuterRef("pk")).values("recorded_at")
    in_order = readable.order_by(Subquery(last).desc(nulls_last=True), "name", "pk")
    return list(in_order[: MOST_COUNTED + MOST_NAMED + 1])


def desk(processes: Collection[Process]) -> list[Attention]:
    """What needs attention in each of these processes. Six queries, and four or five for each."""
    last = Summit.objects.filter(
        process=OuterRef("pk"), kind__in=Summit.MEETINGS, status=SummitStatus.HELD
    ).order_by("-starts_on", "-sequence")
    counted = {f"n_{name}": UpToMost(rows.order_by().values("pk")[:MOST]) for name, rows in checks().items()}
    has = {f"has_{name}": Exists(of.objects.filter(process=OuterRef("pk"))) for name, of in NEEDED.items()}
    looked_at = Process.objects.filter(pk__in=[process.pk for process in processes])
    told = looked_at.annotate(last_meeting=Subquery(last.values("pk")[:1]), **counted, **has)
    rows: dict[int, Any] = {row.pk: row for row in told}
    by_process = {
        process.pk: Attention(
            process,
            {name: getattr(rows[process.pk], f"n_{name}") for name in checks()},
            lacks=[name for name in NEEDED if not getattr(rows[process.pk], f"has_{name}")],
        )
        for process in processes
        if process.pk in rows
    }
    _add_meetings(by_process, [row.last_meeting for row in rows.values() if row.last_meeting])
    _add_open_sheets(by_process)
    _add_unarchived(by_process)
    return list(by_process.values())


def _add_meetings(by_process: dict[int, Attention], meetings: list[int]) -> None:
    """The last meeting held in each process, and how much of it is logged."""
    summits = list(Summit.objects.filter(pk__in=meetings))
    logged = coverages(summits)
    for summit in summits:
        attention = by_process[summit.process_id]
        summit.process = attention.process
        attention.meeting, attention.coverage = summit, logged[summit.pk]


def _add_open_sheets(by_process: dict[int, Attention]) -> None:
    """The occasions whose shared sheet has cells that nobody has published yet, the newest first."""
    typed = Cell.objects.filter(sheet=OuterRef("pk"))
    sheets = Sheet.objects.filter(
        Exists(typed), coder=None, published=None, summit__process__in=by_process
    ).select_related("summit")
    for sheet in sheets.order_by("-summit__starts_on", "-summit__sequence")[:MOST]:
        sheet.summit.process = by_process[sheet.summit.process_id].process
        by_process[sheet.summit.process_id].open_sheets.append(sheet.summit)


def _add_unarchived(by_process: dict[int, Attention]) -> None:
    """How many sources of each process have no archived copy. Four or five queries a process."""
    for process, attention in by_process.items():
        bare = Source.objects.filter(used_in(process), archive_url="").order_by()
        attention.counts["unarchived"] = bare[:MOST].count()
