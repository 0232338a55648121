"""A negotiation world of a given size, written in bulk and grown from size to size, to measure on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Min

from issues.actions.record.search_entries import tidy
from issues.history import CHANGED, Way, change_many, recording
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

VALUES = (0.0, 25.0, 50.0, 75.0, 100.0)
BATCH = 2_000
PARTIES = 3
# One position in so many is corrected after it was recorded, so that what was known before is something else.
CORRECTED = 20
SYLLABLES = ("ba", "de", "fi", "go", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")
# No word has a “w”, so that what has one is found nowhere. A quotation has a dozen of six hundred words.
WORDS = sorted({"".join(Random(seed).choices(SYLLABLES, k=3)) for seed in range(700)})[:600]  # noqa: S311


@dataclass(frozen=True)
class Shape:
    """How many issues, actors and summits a process has; each actor says something of all at each."""

    issues: int
    actors: int
    summits: int

    @property
    def positions(self) -> int:
        """How many positions a full process holds."""
        return self.issues * self.actors * self.summits

    def __str__(self) -> str:
        return f"{self.issues} × {self.actors} × {self.summits}"


USUAL, DEEP = Shape(25, 8, 20), Shape(50, 20, 50)


def make_world(positions: int) -> None:
    """Have the database hold about this many positions, in processes of up to 4,000, with their history.

    What is there already stays, and counts. The first process is the same whatever the size.
    """
    made, number = Position.objects.count(), Process.objects.count()
    while made < positions:
        wanted = min(USUAL.positions, positions - made)
        _make_process(f"process-{number}", number, USUAL, wanted)
        made, number = made + wanted, number + 1


def make_deep() -> Process:
    """A process of 50,000 positions beside the others."""
    _make_process("deep", Process.objects.count(), DEEP, DEEP.positions)
    return Process.objects.get(slug="deep")


def measured() -> Process:
    """The process that is measured at every size: the first, which is full and says the same in each."""
    return Process.objects.get(slug="process-0")


def before_corrections(process: Process) -> datetime:
    """The last moment before any position of the process was corrected."""
    rows: Any = Position.history.filter(issue__process=process, history_type=CHANGED)
    first: datetime = rows.aggregate(first=Min("history_date"))["first"]
    return first - timedelta(microseconds=1)


def settle() -> None:
    """What an installation does by itself, or its operator after much was stored, is done before measuring.

    SQLite joins the parts of its index of search; PostgreSQL does what autovacuum would have done by then.
    """
    tidy()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _make_process(slug: str, number: int, shape: Shape, positions: int) -> None:
    random = Random(number)  # noqa: S311 -- data, not secrets
    with recording(by=None, reason="Made for the benchmark.", kind=Way.COMMAND):
        process = Process(name=f"{_name(random)} process {number}", slug=slug, visibility="public")
        Process.objects.bulk_create([process])
        stated = _state(random, process, number, shape, positions)
        _cite(random, number, stated)
    with recording(by=None, reason="Corrected for the benchmark.", kind=Way.COMMAND):
        _correct(stated)


def _state(random: Random, process: Process, number: int, shape: Shape, positions: int) -> list[Position]:
    """Store what stands around the positions, and so many of them."""
    actors = Actor.objects.bulk_create(
        [
            Actor(name=f"{_name(random)} {n} of {number}", slug=f"actor-{number}-{n}", kind="state")
            for n in range(shape.actors)
        ]
    )
    Participation.objects.bulk_create(
        Participation(process=process, actor=actor, role="party" if n < PARTIES else "mediator", order=n)
        for n, actor in enumerate(actors)
    )
    issues = Issue.objects.bulk_create(
        Issue(process=process, name=f"Issue {n}", slug=f"issue-{n}", question="How much?", order=n)
        for n in range(shape.issues)
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
        for n in range(shape.summits)
    )
    cells = [(s, a, i) for s in summits for a in actors for i in range(len(issues))]
    return Position.objects.bulk_create(
        [
            Position(summit=summit, actor=actor, issue=issues[i], **_said(random, by_issue[i]))
            for summit, actor, i in cells[:positions]
        ],
        batch_size=BATCH,
    )


def _said(random: Random, options: Sequence[Option]) -> dict[str, Any]:
    """Mostly a place; now and then silence, a withdrawal, a finer place, a red line, how much it matters."""
    chance = random.random()
    if chance < 0.05:
        return {"state": Position.State.SILENT}
    if chance < 0.07:
        return {"state": Position.State.WITHDRAWN, "summary": "It no longer holds what it held."}
    said: dict[str, Any] = {
        "option": random.choice(options),
        "summary": "A sentence as long as a sentence of a coder usually is, and not longer.",
    }
    if chance < 0.15:
        said["value"] = float(random.randrange(101))
    elif chance < 0.25:
        low = random.choice(VALUES[:3])
        said |= {"red_line": Position.RedLine.DECLARED, "accepts_from": low, "accepts_to": low + 50}
    elif chance < 0.35:
        said["salience"] = float(random.randrange(101))
    return said


def _cite(random: Random, number: int, stated: Sequence[Position]) -> None:
    """Give each position that says something a quotation; a source has what an actor said at a summit."""
    said = [position for position in stated if position.state != Position.State.SILENT]
    heard = dict.fromkeys((position.summit, position.actor) for position in said)
    sources = Source.objects.bulk_create(
        Source(
            key=f"source-{number}-{n}",
            title=f"{_name(random)}: {' '.join(random.choices(WORDS, k=3))} communiqué {n} of {actor.name}",
            publisher=f"{WORDS[n % 40].capitalize()} Agency",
            kind="news",
            published_on=summit.starts_on,
        )
        for n, (summit, actor) in enumerate(heard)
    )
    of = dict(zip(heard, sources, strict=True))
    statements = Statement.objects.bulk_create(
        [
            Statement(
                source=of[position.summit, position.actor],
                ref=f"p{position.pk}",
                quote=f"{' '.join(random.choices(WORDS, k=12)).capitalize()}.",
                said_on=position.summit.starts_on,
            )
            for position in said
        ],
        batch_size=BATCH,
    )
    Evidence.objects.bulk_create(
        [Evidence(statement=s, position=p) for s, p in zip(statements, said, strict=True)], batch_size=BATCH
    )


def _correct(stated: Iterable[Position]) -> None:
    """Place some positions elsewhere than they were placed at first."""
    wrong = [one for one in stated if one.option and one.value is None][::CORRECTED]
    changes = {
        one.pk: {"option_id": None, "value": (one.option.value + 25) % 125} for one in wrong if one.option
    }
    change_many(Position, changes, {one.pk: one.version for one in wrong})


def _name(random: Random) -> str:
    return random.choice(WORDS).capitalize()
