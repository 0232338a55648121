"""A span of summits: what changed from the first to the last, what was agreed, what happened meanwhile."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from issues.domain.fold import Folded
from issues.domain.measures import distance
from issues.domain.scale import IssueKind
from issues.domain.span import Span, span
from issues.models import Event, Issue, Outcome, Summit
from issues.queries.pages.named_changes import NamedChange, named_changes
from issues.queries.pages.summit_brief import MINOR, Agreed, grouped_outcomes, heading, outcomes
from issues.queries.reading.around_as_recorded import events_as_recorded, outcomes_as_recorded
from issues.queries.reading.process import Reading
from issues.queries.reading.words import evidence


@dataclass(frozen=True)
class Told:
    """An occasion of the span: what was agreed at it, and what changed, of an issue after the other."""

    summit: Summit
    agreed: list[Agreed]
    changes: list[NamedChange]


@dataclass(frozen=True)
class Drawn:
    """How far apart the same ``n`` parties were on an issue before the span and at its end, in points."""

    issue: Issue
    before: float
    after: float
    n: int


@dataclass(frozen=True)
class SpanBrief:
    """What a span of summits brought; ``distances`` where the same parties are placed at both its ends."""

    first: Summit
    last: Summit
    told: list[Told]
    distances: list[Drawn]
    events: list[Event]

    @property
    def moved(self) -> int:
        """How many positions moved on the scale, of those whose order is known."""
        return sum(item.change.listed_as == "moved" for told in self.told for item in told.changes)

    @property
    def stated(self) -> int:
        """How many positions were stated."""
        return sum(item.change.entry.state == "stated" for told in self.told for item in told.changes)


def span_brief(reading: Reading, first: Summit, last: Summit) -> SpanBrief:
    """From a summit to another, what runs parallel to them included. Eight queries beside the reading."""
    order = list(reading.summits)
    tables = {pk: summit.occasion.table for pk, summit in reading.summits.items()}
    within = [pk for pk in order if tables[pk] in {tables[first.pk], tables[last.pk]}]
    begin, end = order.index(within[0]), order.index(within[-1])
    spanned = order[begin : end + 1]
    places = {pk: place for place, pk in enumerate(spanned)}
    folded = reading.as_of(last)
    issues = {pk: place for place, pk in enumerate(reading.issues)}
    actors = {item.actor_id: place for place, item in enumerate(reading.participations)}
    changes = [
        change
        for change in folded.changes
        if change.entry.occasion in places and change.entry.actor in actors
    ]
    changes.sort(
        key=lambda change: (
            places[change.entry.occasion],
            issues[change.entry.issue],
            actors[change.entry.actor],
        )
    )
    named = {
        pk: list(items)
        for pk, items in groupby(named_changes(reading, changes), key=lambda item: item.summit.pk)
    }
    agreed = _outcomes(reading, spanned)
    return SpanBrief(
        first,
        last,
        [
            Told(reading.summits[pk], grouped_outcomes(agreed.get(pk, [])), named.get(pk, []))
            for pk in spanned
            if pk in agreed or pk in named
        ],
        _distances(reading, reading.before(first), folded),
        _events(reading, Span(first.span.first, last.span.last)),
    )


def is_minor(item: NamedChange) -> bool:
    """Whether a change left everything as it was."""
    return heading(item.change) in MINOR


def _outcomes(reading: Reading, summits: Collection[int]) -> dict[int, list[Outcome]]:
    if reading.known is not None:
        found = outcomes_as_recorded(summits, reading.issues.values(), reading.known)
    else:
        found = list(outcomes(summits))
    by_summit: dict[int, list[Outcome]] = {}
    for outcome in found:
        by_summit.setdefault(outcome.summit_id, []).append(outcome)
    return by_summit


def _distances(reading: Reading, before: Folded, after: Folded) -> list[Drawn]:
    """Only where the same parties are placed at both ends do the two figures compare."""
    drawn = []
    for pk, issue in reading.issues.items():
        if issue.kind != IssueKind.PREFERENCE:
            continue
        then = {
            party: value for party in reading.parties if (value := before.of(party, pk).value) is not None
        }
        now = {party: value for party in reading.parties if (value := after.of(party, pk).value) is not None}
        was, became = distance(list(then.values())), distance(list(now.values()))
        if was is not None and became is not None and then.keys() == now.keys():
            drawn.append(Drawn(issue, was.value, became.value, became.n))
    return drawn


def _events(reading: Reading, days: Span) -> list[Event]:
    """What happened in the span, or may have, as exactly as its day is known."""
    if reading.known is not None:
        found = events_as_recorded(reading.process, reading.known)
    else:
        first = days.first.replace(month=1, day=1)
        found = list(
            Event.objects.filter(process=reading.process, date__gte=first, date__lte=days.last)
            .prefetch_related(Prefetch("evidence", queryset=evidence()))
            .order_by("date", "ref")
        )
    return [event for event in found if span(event.date, event.date_precision).overlaps(days)]
