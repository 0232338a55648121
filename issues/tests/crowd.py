"""Processes of any size for tests of query counts and paging: everything said has words behind it."""

from issues.history import Way, recording
from issues.models import (
    Actor,
    Event,
    Evidence,
    Option,
    Outcome,
    Participation,
    Position,
    PositionLink,
    Process,
    Statement,
    Summit,
)
from issues.tests.factories import (
    make_issue,
    make_person,
    make_place,
    make_process,
    make_source,
    make_summit,
    make_track,
)
from issues.tests.past import past


def make_crowd(*, summits: int, actors: int, issues: int = 2, name: str = "crowd") -> Process:
    """A public process in which every actor states every issue at every summit, each time elsewhere.

    Written in bulk, past the audit history: it is there to be read.
    """
    with recording(by=None, reason="crowd", kind=Way.COMMAND):
        process = make_process(slug=name, visibility="public")
        on = [make_issue(process=process, order=n) for n in range(issues)]
        other = make_issue(process=process, kind="text", order=99)
        place, track, person = make_place(), make_track(process=process), make_person()
        at = [make_summit(process=process, place=place, track=track) for _ in range(summits)]
        source = make_source(cited_via=make_source())
    who = past(Actor.objects).bulk_create(
        [Actor(name=f"{name} {n:03}", slug=f"{name}-{n:03}", kind="state") for n in range(actors)]
    )
    past(Participation.objects).bulk_create(
        [
            Participation(process=process, actor=actor, order=n, role="mediator" if n == 1 else "party")
            for n, actor in enumerate(who)
        ]
    )
    options = {issue.pk: list(Option.objects.filter(issue=issue)) for issue in on}
    positions = past(Position.objects).bulk_create(
        [
            Position(
                issue=issue,
                actor=actor,
                summit=summit,
                option=options[issue.pk][(place_ + n) % 5],
                summary=f"Said at {summit}.",
            )
            for place_, summit in enumerate(at)
            for n, actor in enumerate(who)
            for issue in on
        ]
    )
    past(PositionLink.objects).bulk_create([PositionLink(position=item, issue=other) for item in positions])
    _evidence(positions, at, Statement(source=source, ref="only", quote="We said so.", speaker=person), on[0])
    return process


def _evidence(positions: list[Position], summits: list[Summit], statement: Statement, issue: object) -> None:
    past(Statement.objects).bulk_create([statement])
    process = summits[0].process
    outcomes = past(Outcome.objects).bulk_create(
        [Outcome(summit=item, ref="o", issue=issue, status="agreed", text="Agreed.") for item in summits]
    )
    events = past(Event.objects).bulk_create(
        [
            Event(process=process, ref=f"e{n}", date=item.starts_on, title="Before it")
            for n, item in enumerate(summits)
        ]
    )
    past(Evidence.objects).bulk_create(
        [
            *(Evidence(statement=statement, position=item) for item in positions),
            *(Evidence(statement=statement, outcome=item) for item in outcomes),
            *(Evidence(statement=statement, event=item) for item in events),
        ]
    )
