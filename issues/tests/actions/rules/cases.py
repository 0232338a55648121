"""One case for each breach that a rule can find: a record that commits it, and one like it that does not.

Records are those of the universe, changed in memory, or new ones that are not stored. Breaches that the
actions would not let in are made with ``queryset.update``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from issues.history import Record, Way, recording
from issues.models import (
    Actor,
    Event,
    EventIssue,
    Issue,
    Option,
    Participation,
    Position,
    PositionLink,
    Signatory,
    Snapshot,
    Source,
    Summit,
    Track,
)
from issues.tests.factories import (
    make_actor,
    make_issue,
    make_party,
    make_position,
    make_process,
    make_snapshot,
    make_source,
    make_summit,
    make_track,
)
from issues.tests.past import past
from issues.tests.universe import Universe

Make = Callable[[Universe], Record]


@dataclass(frozen=True)
class Case:
    """A rule by the name of its function, the field that it names, words of its message."""

    rule: str
    field: str
    says: str
    breaks: Make
    keeps: Make


def made(make: Callable[..., Any], **fields: Any) -> Any:
    """A stored record, made past the actions."""
    with recording(by=None, reason="case", kind=Way.COMMAND):
        return make(**fields)


def changed(record: Any, **fields: Any) -> Any:
    """A fresh copy of a stored record, changed in memory."""
    fresh = type(record)._default_manager.get(pk=record.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh


def _position(u: Universe, **fields: Any) -> Position:
    return Position(**{"issue": u.flow, "actor": u.belmar, "summit": u.spring} | fields)


def _option_of_text(u: Universe) -> Position:
    past(Issue.objects.filter(pk=u.data.pk)).update(kind="text")
    return _position(u, issue=Issue.objects.get(pk=u.data.pk), option=u.data.options.get(value=50.0))


def _linked(u: Universe, issue: Issue, **fields: Any) -> Position:
    """A position that is linked to the data issue, moved onto another issue."""
    position = u.at("arden", "flow", "ford")
    made(PositionLink.objects.create, position=position, issue=u.data)
    return changed(position, issue=issue, option=None, **fields)


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
        "_position",
        "option",
        "another issue, “Data sharing”",
        lambda u: _position(u, option=u.data.options.get(value=50.0)),
        lambda u: _position(u, option=u.flow.options.get(value=50.0)),
    ),
    Case(
        "_position",
        "summit",
        "another process",
        lambda u: _position(u, summit=made(make_summit)),
        lambda u: _position(u, summit=made(make_summit, process=u.process)),
    ),
    Case(
        "_position",
        "actor",
        "Ministry of Water does not take part",
        lambda u: _position(u, actor=u.ministry),
        lambda u: _position(u, actor=made(make_party, process=u.process)),
    ),
    Case(
        "_position",
        "actor",
        "does not take part",
        lambda u: _position(u, actor=made(make_party, process=made(make_process))),
        lambda u: _position(u, actor=u.fishers),
    ),
    Case(
        "_position_without_scale",
        "value",
        "no scale",
        lambda u: _position(u, issue=u.preamble, value=0.0),
        lambda u: _position(u, issue=u.preamble),
    ),
    Case("_position_without_scale", "option", "no scale", _option_of_text, lambda u: _position(u, value=1.0)),
    Case(
        "_position_without_scale",
        "accepts_to",
        "has no limits",
        lambda u: _position(u, issue=u.preamble, red_line="declared", accepts_to=40.0),
        lambda u: _position(u, issue=u.preamble, red_line="declared"),
    ),
    Case(
        "_position",
        "issue",
        "remove the link first",
        lambda u: _linked(u, u.data),
        lambda u: _linked(u, u.treaty, summit=u.delta),
    ),
    Case(
        "_position",
        "issue",
        "closed on 31 December 2031, before the summit",
        lambda u: _position(u, issue=u.treaty),
        lambda u: _position(u, issue=u.treaty, summit=u.delta),
    ),
    Case(
        "_issue",
        "closed_on",
        "after this day",
        lambda u: changed(u.flow, closed_on=date(2031, 12, 9)),
        lambda u: changed(u.flow, closed_on=date(2031, 12, 10)),
    ),
    Case(
        "_link",
        "issue",
        "its own process",
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=made(make_issue)),
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=u.preamble),
    ),
    Case(
        "_link",
        "issue",
        "another issue than its own",
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=u.flow),
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=u.data),
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


# A stored record of each kind that hangs on something, and another thing to hang it on.
MOVES: dict[tuple[type[Record], str], tuple[Make, Make]] = {
    (Event, "process"): (lambda u: u.events["bridge"], lambda u: made(make_process)),
    (Issue, "process"): (lambda u: u.flow, lambda u: made(make_process)),
    (Option, "issue"): (lambda u: u.flow.options.get(value=50.0), lambda u: u.treaty),
    (Participation, "process"): (lambda u: _part(u), lambda u: made(make_process)),
    (Participation, "actor"): (lambda u: _part(u), lambda u: made(make_actor)),
    (Signatory, "statement"): (
        lambda u: u.statements["joint"].signatories.get(actor=u.arden),
        lambda u: u.statements["report"],
    ),
    (Snapshot, "source"): (lambda u: made(make_snapshot), lambda u: made(make_source)),
    (Summit, "process"): (lambda u: u.weir, lambda u: made(make_process)),
    (Track, "process"): (lambda u: u.weir.track, lambda u: made(make_process)),
}


def _part(u: Universe) -> Participation:
    return Participation.objects.get(actor=u.arden)
