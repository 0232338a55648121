"""What is on record beside a file: plain values, in a fixed number of queries, before anything is locked."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from issues.domain.address import variants
from issues.domain.position import Occasion
from issues.domain.span import Period
from issues.history import ChangeSet, Record
from issues.importing.matching import Directory, Known
from issues.models import (
    Actor,
    Evidence,
    Issue,
    Membership,
    Office,
    Option,
    Participation,
    Person,
    Place,
    Position,
    Process,
    Signatory,
    Source,
    Statement,
    Summit,
)
from issues.models.fields import lines
from issues.models.position import Stance
from issues.queries.access.shared import tellable

# What a file may say of a position, of a statement, and of a source, by the names of their columns.
POSITION = (
    *("state", "option_id", "value", "summary", "red_line", "accepts_from", "accepts_to", "salience"),
    *("condition", "basis", "confidence", "note"),
)
WORDS = ("quote", "language", "translation", "speaker_id", "said_on", "said_on_precision", "locator")
# What is read whole, whatever process it belongs to.
WHOLE = (Actor, Membership, Office, Person, Place, Signatory, Source, Statement)
Cell = tuple[int, int, int]  # the keys of issue, actor and summit


@dataclass(frozen=True, slots=True)
class StoredOption:
    """An alternative on the scale of an issue."""

    pk: int
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class StoredIssue:
    """What matters of an issue: its scale, and when it was on the table."""

    name: str
    kind: str
    options: tuple[StoredOption, ...]
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class StoredWords:
    """A statement that supports a position; ``signed`` are those who signed it, of a joint one."""

    pk: int
    version: int
    source: int
    organ: int | None
    fields: dict[str, Any]
    signed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredPosition:
    """A position, what it says, and the words that support it."""

    pk: int
    version: int
    fields: dict[str, Any]
    words: list[StoredWords] = field(default_factory=list)


@dataclass
class Stored:
    """A process as it is on record. ``sign`` changes with every change that could bear on a plan."""

    process: int
    sign: str
    directories: dict[str, Directory]
    issues: dict[int, StoredIssue]
    summits: dict[int, Occasion]
    participants: frozenset[int]
    sources_by_url: dict[str, int]
    positions: dict[Cell, StoredPosition]
    bears_on: dict[int, int]  # by the key of a statement, how much rests on it
    # By coalition its members, each with its time.
    members: dict[int, list[tuple[int, Period]]] = field(default_factory=dict)
    last_change: int = 0  # the key of the last change set that was there

    def source_at(self, url: str) -> int | None:
        """The source at an address, in whichever way it is written; None where none is on record."""
        ways = variants(url) if url else []
        return next((self.sources_by_url[way] for way in ways if way in self.sources_by_url), None)


def sign_of(process: Process) -> str:
    """A sign of everything that a plan rests on: another after every change of it, by whichever way."""
    kinds: tuple[QuerySet[Any], ...] = (
        Issue.objects.filter(process=process),
        Option.objects.filter(issue__process=process),
        Summit.objects.filter(process=process),
        Participation.objects.filter(process=process),
        Position.objects.filter(issue__process=process),
        Evidence.objects.filter(position__issue__process=process),
        *(model._default_manager.all() for model in WHOLE),
    )
    return " ".join(_sign(rows) for rows in kinds)


def _sign(rows: QuerySet[Any]) -> str:
    found = rows.order_by().aggregate(count=Count("pk"), versions=Sum("version"), last=Max("pk"))
    return f"{found['count']}.{found['versions'] or 0}.{found['last'] or 0}"


def stored(process: Process) -> Stored:
    """The process as it is now."""
    # First: what changes while the rest is read is noticed then.
    last_change = ChangeSet.objects.aggregate(last=Max("pk"))["last"] or 0
    sign = sign_of(process)
    words, bears_on = _words(process)
    places = tellable(Place.objects.order_by("pk"))
    told_of = tellable(Source.objects.order_by("pk"))
    sources = list(told_of.values_list("pk", "key", "title", "url", "other_urls"))
    return Stored(
        process=process.pk,
        sign=sign,
        directories={
            "issue": Directory("issue", _known(Issue.objects.filter(process=process), "slug", "aliases")),
            "actor": actors_called(),
            "summit": Directory("summit", _known(Summit.objects.filter(process=process), "slug")),
            "speaker": Directory("person", _known(tellable(Person.objects.all()), "slug", "aliases")),
            "place": Directory(
                "place",
                [
                    Known(pk, name, name, tuple(lines(aliases)))
                    for pk, name, aliases in places.values_list("pk", "name", "aliases")
                ],
            ),
            "source": Directory("source", [Known(pk, key, title) for pk, key, title, *_ in sources]),
        },
        issues=_issues(process),
        summits={summit.pk: summit.occasion for summit in Summit.objects.filter(process=process)},
        participants=frozenset(
            Participation.objects.filter(process=process).order_by().values_list("actor", flat=True)
        ),
        sources_by_url={other: pk for pk, *_, others in sources for other in others.splitlines()}
        | {url: pk for pk, _, _, url, _ in sources if url},
        positions={
            (row["issue_id"], row["actor_id"], row["summit_id"]): StoredPosition(
                row["pk"], row["version"], {name: row[name] for name in POSITION}, words.get(row["pk"], [])
            )
            for row in Position.objects.filter(issue__process=process)
            .order_by()
            .values("pk", "version", "issue_id", "actor_id", "summit_id", *POSITION)
        },
        bears_on=bears_on,
        members=_members(),
        last_change=last_change,
    )


def actors_called() -> Directory:
    """All actors on record by all that they are called."""
    return Directory("actor", _known(tellable(Actor.objects.all()), "slug", "aliases", "short_name"))


def _known(rows: QuerySet[Record], slug: str, *spellings: str) -> list[Known]:
    return [
        Known(pk, key, name, tuple(spelling for text in texts for spelling in lines(text)))
        for pk, key, name, *texts in rows.order_by("pk").values_list("pk", slug, "name", *spellings)
    ]


def _issues(process: Process) -> dict[int, StoredIssue]:
    options: dict[int, list[StoredOption]] = defaultdict(list)
    rows = Option.objects.filter(issue__process=process).order_by("issue", "value")
    for issue, pk, label, value in rows.values_list("issue_id", "pk", "label", "value"):
        options[issue].append(StoredOption(pk, label, value))
    return {
        pk: StoredIssue(name, kind, tuple(options[pk]), opened_on, closed_on)
        for pk, name, kind, opened_on, closed_on in Issue.objects.filter(process=process).values_list(
            "pk", "name", "kind", "opened_on", "closed_on"
        )
    }


def _members() -> dict[int, list[tuple[int, Period]]]:
    found: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    for one in tellable(Membership.objects.all()).order_by("coalition", "member", "pk"):
        found[one.coalition_id].append((one.member_id, one.period))
    return dict(found)


def _words(process: Process) -> tuple[dict[int, list[StoredWords]], dict[int, int]]:
    """By position the statements that support it, and how much rests on each of these."""
    found: dict[int, list[StoredWords]] = defaultdict(list)
    shared: dict[int, StoredWords] = {}
    signed: dict[int, set[int]] = defaultdict(set)
    of_process = Signatory.objects.filter(statement__evidence__position__issue__process=process)
    for statement, actor in of_process.order_by().values_list("statement", "actor"):
        signed[statement].add(actor)
    rows = (
        Evidence.objects.filter(position__issue__process=process, stance=Stance.SUPPORTS)
        .order_by("pk")
        .values(
            "position_id",
            "statement_id",
            "statement__version",
            "statement__source_id",
            "statement__organ_id",
            *(f"statement__{name}" for name in WORDS),
        )
    )
    for row in rows:
        pk = row["statement_id"]
        if pk not in shared:
            shared[pk] = StoredWords(
                pk,
                row["statement__version"],
                row["statement__source_id"],
                row["statement__organ_id"],
                {name: row[f"statement__{name}"] for name in WORDS},
                frozenset(signed[pk]),
            )
        found[row["position_id"]].append(shared[pk])
    resting = Evidence.objects.filter(
        statement__in=Evidence.objects.filter(position__issue__process=process).values("statement")
    )
    counts = resting.order_by().values("statement").annotate(count=Count("pk"))
    return found, dict(counts.values_list("statement", "count"))
