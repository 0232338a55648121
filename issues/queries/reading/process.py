"""What the fold reads of a process: its occasions, issues, actors and positions, narrow and in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile

from django.db.models import Prefetch

from issues.domain.fold import Folded, fold
from issues.domain.gap import Gap, TableIssue, gaps
from issues.domain.order import Order
from issues.domain.position import Entry, IssueTerms, Occasion, as_of, in_order
from issues.domain.scale import IssueKind
from issues.models import Actor, Issue, Option, Participation, Position, Process, Summit
from issues.models.actor import ParticipationRole
from issues.models.summit import SummitStatus
from issues.queries.reading.around_as_recorded import attach_options, attach_weights
from issues.queries.reading.as_recorded import record_starts
from issues.queries.reading.entries import entries_as_recorded, entries_of


@dataclass(frozen=True)
class Reading:
    """A process as the fold needs it. ``summits`` and ``issues`` are in their order, by id.

    ``known`` is the time at which the record is asked about; None is now.
    """

    process: Process
    summits: Mapping[int, Summit]
    issues: Mapping[int, Issue]
    participations: tuple[Participation, ...]
    entries: tuple[Entry, ...]
    known: datetime | None = None

    @cached_property
    def occasions(self) -> tuple[Occasion, ...]:
        """The summits in order, as the domain sees them."""
        return tuple(summit.occasion for summit in self.summits.values())

    @cached_property
    def meetings(self) -> dict[int, Occasion]:
        """The occasions by key, among them those that others run parallel to."""
        return {occasion.id: occasion for occasion in self.occasions}

    @cached_property
    def order(self) -> Order:
        """What is known of the order of all that was stated."""
        return Order(self.occasions, self.entries)

    @cached_property
    def terms(self) -> dict[int, IssueTerms]:
        """What the fold needs to know of each issue."""
        return {
            issue.pk: IssueTerms(IssueKind(issue.kind), issue.opened_on, issue.closed_on)
            for issue in self.issues.values()
        }

    @cached_property
    def actors(self) -> dict[int, Actor]:
        """Those who take part, by key, in the order of the process."""
        return {item.actor_id: item.actor for item in self.participations}

    @cached_property
    def parties(self) -> frozenset[int]:
        """The actors whose role is party."""
        return frozenset(
            item.actor_id for item in self.participations if item.role == ParticipationRole.PARTY
        )

    @cached_property
    def watched(self) -> frozenset[int]:
        """The actors whose silence would be a finding."""
        return frozenset(item.actor_id for item in self.participations if item.watched)

    @cached_property
    def latest(self) -> Summit | None:
        """The last meeting that was held and of which something is published, at it or parallel to it.

        While nothing is published of any, the last that was held; None where none was.
        """
        held = [summit for summit in self.summits.values() if summit.status == SummitStatus.HELD]
        tables = [self._table(summit) for summit in held if self.is_published(summit)]
        return tables[-1] if tables else self._table(held[-1]) if held else None

    @cached_property
    def unlogged(self) -> list[Summit]:
        """The meetings that were held and of which nothing is published yet, in order."""
        return [
            summit
            for summit in self.summits.values()
            if summit.status == SummitStatus.HELD and summit.is_meeting and not self.is_published(summit)
        ]

    def is_published(self, summit: Summit) -> bool:
        """Whether an occasion was held and anything is published of it, said there or parallel to it."""
        return summit.status == SummitStatus.HELD and summit.pk in self._published

    @cached_property
    def _published(self) -> frozenset[int]:
        """The occasions at which something was said, and the meetings to which those are parallel."""
        said = {entry.occasion for entry in self.entries}
        tables = {self.summits[pk].parallel_to_id for pk in said if pk in self.summits}
        return frozenset(said | {pk for pk in tables if pk is not None})

    def _table(self, summit: Summit) -> Summit:
        """The meeting that a statement is parallel to, if it was held; else the occasion itself."""
        table = self.summits.get(summit.parallel_to_id or 0)
        return table if table is not None and table.status == SummitStatus.HELD else summit

    def by_slug(self, slug: str) -> Summit | None:
        """The summit with this slug, or None."""
        return next((summit for summit in self.summits.values() if summit.slug == slug), None)

    def as_of(self, summit: Summit) -> Folded:
        """Everything stated up to a summit and parallel to it, folded; of a parallel, as of its meeting."""
        meeting = self.summits[summit.occasion.table]
        if meeting.pk not in self._as_of:
            first = as_of(self.occasions, meeting.pk)
            self._as_of[meeting.pk] = self.whole.until(first, self.terms, meeting.starts_on)
        return self._as_of[meeting.pk]

    @cached_property
    def _as_of(self) -> dict[int | None, Folded]:
        """What was folded already, by meeting, the whole under None: a page asks several times for one."""
        return {}

    def before(self, summit: Summit) -> Folded:
        """Everything stated before a summit, folded: at its table what is earlier in the order."""
        earlier = takewhile(lambda occasion: occasion.id != summit.pk, in_order(self.occasions))
        return self.folded(earlier, summit.starts_on)

    def folded(self, occasions: Iterable[Occasion], on: date | None = None) -> Folded:
        """What was stated at some of the occasions, folded; ``on`` is the day that is asked about."""
        return fold(occasions, self.entries, self.terms, self.parties, on, self.order)

    def begin_folding(self) -> None:
        """Have copies of this reading share what is folded of it, from now on."""
        self._as_of  # noqa: B018 -- so it is there to be shared
        self.order  # noqa: B018

    @cached_property
    def gaps(self) -> dict[TableIssue, Gap]:
        """The gap of the parties before and after each meeting, by meeting and issue, where two moved."""
        return gaps(self.whole, self.terms, self.parties)

    @cached_property
    def record_starts(self) -> datetime | None:
        """When the first position of the process was recorded here. One query."""
        return record_starts(self.issues)

    @property
    def whole(self) -> Folded:
        """Everything stated, folded."""
        if None not in self._as_of:
            self._as_of[None] = self.folded(self.occasions)
        return self._as_of[None]


def read(process: Process, known: datetime | None = None) -> Reading:
    """Read a process in five queries, whatever it holds; as it was known at a time, in eleven."""
    around = structure(process)
    if known is None:
        positions = Position.objects.filter(issue__process=process)
        entries = entries_of(positions.order_by("summit__starts_on", "summit__sequence", "pk"))
    else:
        attach_options(around.issues.values(), known)
        attach_weights(around.participations, known)
        actors = [item.actor_id for item in around.participations]
        entries = entries_as_recorded(around.issues, around.summits, actors, known)
    return replace(around, entries=tuple(entries), known=known)


def structure(process: Process) -> Reading:
    """A process as :func:`read` reads it, without what was said. Four queries."""
    return Reading(
        process=process,
        summits={summit.pk: summit for summit in _summits(process)},
        issues={issue.pk: issue for issue in _issues(process)},
        participations=tuple(
            Participation.objects.filter(process=process)
            .select_related("actor")
            .order_by("order", "actor__name")
        ),
        entries=(),
    )


def _summits(process: Process) -> list[Summit]:
    found = Summit.objects.filter(process=process).select_related("place").order_by("pk")
    by_key = {summit.pk: summit for summit in found}
    for summit in by_key.values():
        summit.process = process
    return [by_key[item.id] for item in in_order(summit.occasion for summit in by_key.values())]


def _issues(process: Process) -> list[Issue]:
    options = Prefetch("options", queryset=Option.objects.order_by("value"))
    found = list(Issue.objects.filter(process=process).order_by("order", "name").prefetch_related(options))
    for issue in found:
        issue.process = process
    return found
