"""The tables of who takes part, when they met and on what: summits, actors with their posts, issues."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from issues.exports.tables.column import Asked, Column, Kind, known_day, now_table, slug_of
from issues.models import Membership, Office, Option, Participation, Summit

N, W, Y, D, K = Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.DAY, Kind.KNOWN_DAY

SUMMITS = now_table(
    "summits",
    "every summit and occasion, in order",
    lambda asked: _summits(asked),
    Column("slug", "the summit in addresses", lambda s: s.slug),
    Column("name", "what it is called", lambda s: s.name),
    Column("kind", "leaders, ministers, working level, a statement", lambda s: s.kind),
    Column("status", "held, planned or not held", lambda s: s.status),
    Column(
        "date",
        "its day, as exactly as it is known",
        lambda s: known_day(s.starts_on, s.starts_on_precision),
        K,
    ),
    Column("first_day", "the first day that its day may be", lambda s: s.span.first, D),
    Column("ends_on", "its last day, where it took several", lambda s: s.ends_on, D),
    Column("sequence", "its place within the day", lambda s: s.sequence, W),
    Column("place", "where it was", lambda s: s.place and s.place.name),
    Column("parallel_to", "the meeting that it ran beside", lambda s: slug_of(s.parallel_to)),
    Column("summary", "what it was about", lambda s: s.summary),
)


def _summits(asked: Asked) -> Iterator[Summit]:
    """The summits with the meetings that they are parallel to, which are read already."""
    for summit in asked.reading.summits.values():
        summit.parallel_to = asked.reading.summits.get(summit.parallel_to_id or 0)
        yield summit


ACTORS = now_table(
    "actors",
    "everyone who takes part, with role and weight",
    lambda asked: asked.reading.participations,
    Column("slug", "the actor in addresses", lambda p: p.actor.slug),
    Column("name", "what it is called", lambda p: p.actor.name),
    Column("short_name", "its short name", lambda p: p.actor.short_name),
    Column("aliases", "other names", lambda p: "; ".join(p.actor.aliases.splitlines())),
    Column("kind", "state, organisation, coalition, body, movement", lambda p: p.actor.kind),
    Column("role", "its role in the process", lambda p: p.role),
    Column("capability", "what it can bring to bear, relative to the others", lambda p: p.capability, N),
    Column("watched", "whether its silence counts as a finding", lambda p: p.watched, Y),
)


def _taking_part(asked: Asked) -> QuerySet[Any]:
    return Participation.objects.filter(process=asked.process).order_by().values("actor")


# For how long a membership or an office holds.
HELD = (
    Column(
        "since", "since when, as exactly as it is known", lambda r: known_day(r.since, r.since_precision), K
    ),
    Column(
        "until", "until when, as exactly as it is known", lambda r: known_day(r.until, r.until_precision), K
    ),
)
MEMBERSHIPS = now_table(
    "memberships",
    "which coalitions those who take part belong to or consist of, and when",
    lambda asked: (
        Membership.objects.filter(Q(coalition__in=_taking_part(asked)) | Q(member__in=_taking_part(asked)))
        .select_related("coalition", "member")
        .order_by("coalition__slug", "member__slug", "pk")
    ),
    Column("coalition", "the coalition in addresses", lambda m: m.coalition.slug),
    Column("coalition_name", "what the coalition is called", lambda m: m.coalition.name),
    Column("member", "the member in addresses", lambda m: m.member.slug),
    Column("member_name", "what the member is called", lambda m: m.member.name),
    *HELD,
)


OFFICES = now_table(
    "offices",
    "who held which post of those who take part, or of their bodies, and when",
    lambda asked: (
        Office.objects.filter(Q(actor__in=_taking_part(asked)) | Q(actor__part_of__in=_taking_part(asked)))
        .select_related("person", "actor")
        .order_by("actor__slug", "person__slug", "pk")
    ),
    Column("person", "the person in addresses", lambda o: o.person.slug),
    Column("person_name", "what the person is called", lambda o: o.person.name),
    Column("actor", "the actor in addresses", lambda o: o.actor.slug),
    Column("title", "the post", lambda o: o.title),
    *HELD,
)


ISSUES = now_table(
    "issues",
    "every issue with its scale",
    lambda asked: asked.reading.issues.values(),
    Column("slug", "the issue in addresses", lambda i: i.slug),
    Column("name", "what it is called", lambda i: i.name),
    Column("question", "what it asks", lambda i: i.question),
    Column("kind", "preference, stage or text", lambda i: i.kind),
    Column("low_label", "what 0 means", lambda i: i.low_label),
    Column("high_label", "what 100 means", lambda i: i.high_label),
    Column("opened_on", "since when it is on the table", lambda i: i.opened_on, D),
    Column("closed_on", "until when it was", lambda i: i.closed_on, D),
)


OPTIONS = now_table(
    "options",
    "the options of every issue, with their places on its scale",
    lambda asked: [option for issue in asked.reading.issues.values() for option in _in_order(issue)],
    Column("issue", "the issue in addresses", lambda o: o.issue.slug),
    Column("option", "what the option says", lambda o: o.label),
    Column("value", "its place on the scale, 0 to 100", lambda o: o.value, N),
    Column(
        "reference_point", "whether it is the status quo", lambda o: o.issue.reference_point_id == o.pk, Y
    ),
)


def _in_order(issue: Any) -> Iterator[Option]:
    for option in issue.options.all():
        option.issue = issue
        yield option
