"""One case for each breach that a rule can find: a record that commits it, and one like it that does not.

Records are those of the universe, changed in memory, or new ones that are not stored. Breaches that the
actions would not let in are made with ``queryset.update``."""

from datetime import date
from itertools import pairwise

from issues.history import Record, Way, recording
from issues.models import (
    Actor,
    EventIssue,
    Issue,
    Option,
    Position,
    Source,
    Summit,
)
from issues.tests.actions.rules.case import Case, changed, made
from issues.tests.factories import (
    make_actor,
    make_issue,
    make_position,
    make_snapshot,
    make_summit,
    make_track,
)
from issues.tests.past import past
from issues.tests.universe import Universe


def _moved_to(u: Universe, day: date) -> Summit:
    """The last summit on another day, with a position on the issue that closes in 2031."""
    made(make_position, issue=u.treaty, actor=u.belmar, summit=u.delta)
    return changed(u.delta, starts_on=day)


def _circle(u: Universe, model: type[Record], relation: str, *records: Record) -> Record:
    """The last of the records, each of which lies in the one before, with the first put into it."""
    for above, below in pairwise(records):
        past(model._default_manager.filter(pk=below.pk)).update(**{relation: above.pk})
    return changed(records[0], **{relation: changed(records[-1])})


def _above_a_circle(u: Universe) -> Record:
    """A new actor under two that lie in each other: their breach, not its own."""
    past(Actor.objects.filter(pk=u.arden.pk)).update(part_of=u.ministry)
    return Actor(name="Bureau", slug="bureau", kind="organ", part_of=Actor.objects.get(pk=u.ministry.pk))


def _sub_issue(u: Universe) -> Issue:
    return made(make_issue, process=u.process, parent=u.flow)


def _addressed(source: Source) -> Source:
    """A stored source that has an address."""
    past(Source.objects.filter(pk=source.pk)).update(url="https://example.org/gazette")
    source.refresh_from_db()
    return source


def _within_its_month(u: Universe, day: date) -> Summit:
    vague = {"starts_on": date(2031, 4, 1), "starts_on_precision": "month"}
    summit: Summit = changed(u.aside, **vague, order_on=day, order_note="It answers Spring.")
    return summit


def _valued(u: Universe) -> Issue:
    """An issue on which a position is placed by a value alone."""
    issue: Issue = made(make_issue, process=u.process)
    with recording(by=None, reason="case", kind=Way.COMMAND):
        Position.objects.create(issue=issue, actor=u.arden, summit=u.ford, value=1.0)
    return issue


CASES = [
    Case(
        "_read_from",
        "snapshot",
        "of another source",
        lambda u: changed(u.statements["arden-1"], snapshot=made(make_snapshot)),
        lambda u: changed(
            u.statements["arden-1"],
            snapshot=made(make_snapshot, source=Source.objects.get(pk=u.statements["arden-1"].source_id)),
        ),
    ),
    Case(
        "_issue",
        "closed_on",
        "after this day",
        lambda u: changed(u.flow, closed_on=date(2031, 12, 9)),
        lambda u: changed(u.flow, closed_on=date(2031, 12, 10)),
    ),
    Case(
        "_issue",
        "parent",
        "another process",
        lambda u: changed(u.flow, parent=made(make_issue)),
        lambda u: changed(u.flow, parent=u.data),
    ),
    Case(
        "_issue",
        "parent",
        "within itself",
        lambda u: _circle(u, Issue, "parent", u.flow, u.data, u.treaty),
        lambda u: changed(_sub_issue(u), parent=_sub_issue(u)),
    ),
    Case(
        "_issue",
        "reference_point",
        "an option of this issue",
        lambda u: changed(u.flow, reference_point=u.data.options.get(value=50.0)),
        lambda u: changed(u.flow, reference_point=u.flow.options.get(value=50.0)),
    ),
    Case(
        "_issue",
        "kind",
        "needs its scale",
        lambda u: changed(u.treaty, kind="text"),
        lambda u: changed(u.treaty, kind="preference"),
    ),
    Case(
        "_issue",
        "kind",
        "needs its scale",
        lambda u: changed(_valued(u), kind="text"),
        lambda u: changed(made(make_issue, process=u.process), kind="text"),
    ),
    Case(
        "_option",
        "issue",
        "no scale",
        lambda u: Option(issue=u.preamble, value=0.0, label="none"),
        lambda u: Option(issue=u.flow, value=10.0, label="a tenth"),
    ),
    Case(
        "occasion",
        "track",
        "another process",
        lambda u: changed(u.weir, track=made(make_track)),
        lambda u: changed(u.weir, track=made(make_track, process=u.process)),
    ),
    Case(
        "occasion",
        "parallel_to",
        "another process",
        lambda u: changed(u.aside, parallel_to=made(make_summit)),
        lambda u: changed(u.aside, parallel_to=u.delta),
    ),
    Case(
        "occasion",
        "parallel_to",
        "the meeting itself",
        lambda u: changed(u.spring, parallel_to=u.aside),
        lambda u: changed(u.spring, parallel_to=u.weir),
    ),
    Case(
        "occasion",
        "parallel_to",
        "parallel to this one",
        lambda u: changed(u.weir, parallel_to=u.mill),
        lambda u: Summit(
            process=u.process, slug="other", name="Other", starts_on="2031-09-11", parallel_to=u.weir
        ),
    ),
    Case(
        "_outcome",
        "issue",
        "another process",
        lambda u: changed(u.outcomes["half"], issue=made(make_issue)),
        lambda u: changed(u.outcomes["half"], issue=u.data),
    ),
    Case(
        "_outcome",
        "placement",
        "no scale",
        lambda u: changed(u.outcomes["half"], issue=u.preamble),
        lambda u: changed(u.outcomes["half"], issue=u.preamble, placement=None),
    ),
    Case(
        "_event_issue",
        "issue",
        "another process",
        lambda u: EventIssue(event=u.events["rally"], issue=made(make_issue)),
        lambda u: EventIssue(event=u.events["rally"], issue=u.flow),
    ),
    Case(
        "actor",
        "part_of",
        "part of itself",
        lambda u: _circle(u, Actor, "part_of", u.arden, u.ministry, made(make_actor)),
        _above_a_circle,
    ),
    Case(
        "actor",
        "kind",
        "remove them first",
        lambda u: changed(u.lower_basin, kind="state"),
        lambda u: changed(u.cadria, kind="organ"),
    ),
    Case(
        "occasion",
        "starts_on",
        "had closed by then",
        lambda u: _moved_to(u, date(2040, 1, 1)),
        lambda u: _moved_to(u, date(2031, 12, 31)),
    ),
    Case(
        "occasion",
        "order_on",
        "within the month",
        lambda u: _within_its_month(u, date(2031, 5, 1)),
        lambda u: _within_its_month(u, date(2031, 4, 30)),
    ),
    Case(
        "_source",
        "cited_via",
        "via itself",
        lambda u: _circle(u, Source, "cited_via", u.sources["record"], u.sources["gazette"]),
        lambda u: changed(u.sources["record"], cited_via=u.sources["leaflet"]),
    ),
    Case(
        "_source",
        "other_urls",
        "on record already",
        lambda u: changed(u.sources["record"], other_urls=_addressed(u.sources["gazette"]).url),
        lambda u: changed(u.sources["record"], other_urls="https://example.org/nobody-has-this"),
    ),
]
