"""A negotiation world of a given size, written in bulk; speed is measured on it."""

from datetime import date, timedelta
from random import Random

from issues.history import Way, recording
from issues.models import (
    Actor,
    Evidence,
    Issue,
    Option,
    Participation,
    Position,
    Process,
    Source,
    Statement,
    Summit,
)

ISSUES, ACTORS, SUMMITS = 25, 8, 20
A_PROCESS = ISSUES * ACTORS * SUMMITS
VALUES = (0.0, 25.0, 50.0, 75.0, 100.0)
BATCH = 2_000


def make_world(positions: int) -> None:
    """Fill an empty database with about this many positions, in processes of up to 4,000, with a history."""
    made = 0
    while made < positions:
        wanted = min(A_PROCESS, positions - made)
        with recording(by=None, reason="Made for the benchmark.", kind=Way.COMMAND):
            _make_process(made, wanted)
        made += wanted


def _make_process(number: int, positions: int) -> None:
    random = Random(number)  # noqa: S311 -- data, not secrets
    process = Process(name=f"Process {number}", slug=f"process-{number}", visibility="public")
    Process.objects.bulk_create([process])
    actors = Actor.objects.bulk_create(
        [
            Actor(name=f"Actor {n} of {number}", slug=f"actor-{number}-{n}", kind="state")
            for n in range(ACTORS)
        ]
    )
    Participation.objects.bulk_create(
        Participation(process=process, actor=actor, role="party" if n < 3 else "mediator", order=n)
        for n, actor in enumerate(actors)
    )
    issues = Issue.objects.bulk_create(
        Issue(process=process, name=f"Issue {n}", slug=f"issue-{n}", question="How much?", order=n)
        for n in range(ISSUES)
    )
    options = Option.objects.bulk_create(
        [Option(issue=issue, label=f"Option {value:g}", value=value) for issue in issues for value in VALUES]
    )
    by_issue = [options[start : start + len(VALUES)] for start in range(0, len(options), len(VALUES))]
    summits = Summit.objects.bulk_create(
        Summit(
            process=process,
            slug=f"round-{n}",
            name=f"Round {n}",
            starts_on=date(2020, 1, 1) + timedelta(days=45 * n),
        )
        for n in range(SUMMITS)
    )
    cells = [(s, a, i) for s in summits for a in actors for i in range(ISSUES)]
    stated = Position.objects.bulk_create(
        [
            Position(
                summit=summit,
                actor=actor,
                issue=issues[i],
                option=random.choice(by_issue[i]),
                summary="A sentence as long as a sentence of a coder usually is, and not longer.",
            )
            for summit, actor, i in cells[:positions]
        ],
        batch_size=BATCH,
    )
    # A source covers what one actor said at one summit.
    heard = dict.fromkeys((position.summit_id, position.actor_id) for position in stated)
    sources = Source.objects.bulk_create(
        Source(key=f"source-{number}-{n}", title=f"Communiqué {n}", publisher=f"Agency {n % 40}", kind="news")
        for n in range(len(heard))
    )
    of = dict(zip(heard, sources, strict=True))
    statements = Statement.objects.bulk_create(
        [
            Statement(
                source=of[position.summit_id, position.actor_id],
                ref=f"p{position.pk}",
                quote="Words as long as a quotation usually is.",
                said_on=position.summit.starts_on,
            )
            for position in stated
        ],
        batch_size=BATCH,
    )
    Evidence.objects.bulk_create(
        [Evidence(statement=s, position=p) for s, p in zip(statements, stated, strict=True)],
        batch_size=BATCH,
    )
