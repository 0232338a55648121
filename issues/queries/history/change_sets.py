"""The audit history of a process by change set: each sitting in a sentence, and record by record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet, Value

from issues.domain.change import Change, ChangeKind
from issues.history import ChangeSet, Record, Way
from issues.models import EventIssue, Evidence, Option, Position, PositionLink, Statement
from issues.models.summit import Attendance
from issues.queries.history.scope import Scope, history, scope
from issues.queries.pages.matrix import LINE_CHANGES
from issues.queries.reading.process import Reading

CHANGE_SETS_A_PAGE = 50
MOST_NAMES = 3

ADDED, CHANGED, REMOVED = "+", "~", "-"
KINDS = (
    ChangeKind.MOVED,
    ChangeKind.NEW,
    ChangeKind.PLACED,
    ChangeKind.WITHDRAWN,
    ChangeKind.REAFFIRMED,
    ChangeKind.RESTATED,
    ChangeKind.SILENT,
)
# What comes with a position is not told beside it.
IMPLIED = (PositionLink, Evidence, Statement)
# An edit of these is a correction of what is recorded of a position.
CORRECTED = (Position, Evidence, Statement, Option)
NOUNS = {
    Evidence: ("piece of evidence", "pieces of evidence"),
    Attendance: ("seat at the table", "seats at the table"),
    EventIssue: ("issue of an event", "issues of events"),
}

Counts = dict[tuple[type[Record], str], int]


@dataclass(frozen=True)
class Phrase:
    """One thing that was done: the verb, the names of what it was done to, and how much or what."""

    verb: str
    names: tuple[str, ...] = ()
    detail: str = ""


@dataclass
class Logged:
    """What a change set wrote of positions."""

    added: dict[int, int] = field(default_factory=dict)  # the summit, by position
    corrected: set[int] = field(default_factory=set)
    reviewed: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    of: dict[int, tuple[int, int, int]] = field(default_factory=dict)  # actor, issue and summit, by position


@dataclass
class Sitting:
    """A change set as one sentence: who did what, and why."""

    change_set: ChangeSet
    counts: Counts
    phrases: list[Phrase]

    @property
    def who(self) -> str:
        """Whose it is; a command may run without a person."""
        return self.change_set.user.get_username() if self.change_set.user else "A command"

    @property
    def stop(self) -> str:
        """What stands between what was done and why: a colon, unless there is one already."""
        return "." if any(phrase.names and phrase.detail for phrase in self.phrases) else ":"

    @property
    def undoes(self) -> ChangeSet | None:
        """The change set that it undid."""
        return undone(self.change_set)

    @property
    def records(self) -> int:
        """How many versions of records it wrote in the process."""
        return sum(self.counts.values())


def undone(change_set: ChangeSet) -> ChangeSet | None:
    """The change set that this one undid, or None."""
    return getattr(change_set, "undoes", None)


def page_of(
    change_sets: QuerySet[ChangeSet], before: ChangeSet | None = None
) -> tuple[list[ChangeSet], bool]:
    """The newest change sets, or those older than one; and whether there are more. One query."""
    if before is not None:
        older = change_sets.filter(time__lt=before.time) | change_sets.filter(
            time=before.time, pk__lt=before.pk
        )
        change_sets = older
    found = list(change_sets.select_related("user", "undoes", "undone_by__user")[: CHANGE_SETS_A_PAGE + 1])
    return found[:CHANGE_SETS_A_PAGE], len(found) > CHANGE_SETS_A_PAGE


def sittings(reading: Reading, change_sets: Sequence[ChangeSet]) -> list[Sitting]:
    """Each of these change sets in a sentence. Two queries beside the reading.

    The kinds of change are those that the record tells today, of the positions that were logged then.
    """
    rows = scope(reading.process)
    counts = _counts(rows, change_sets)
    typed = [item for item in change_sets if item.kind in (Way.PAGE, Way.ADMIN)]
    logged = _logged(rows, typed)
    changes = {change.entry.id: change for change in reading.whole.changes}
    return [
        Sitting(
            change_set,
            counts[change_set.pk],
            _phrases(change_set, counts[change_set.pk], logged.get(change_set.pk), changes, reading),
        )
        for change_set in change_sets
    ]


def _counts(rows: Scope, change_sets: Sequence[ChangeSet]) -> dict[int, Counts]:
    """How many rows of each kind of record each change set added, changed and removed. One query."""
    models = list(rows)
    first, *others = (
        history(model)
        .filter(rows[model], change_set__in=[item.pk for item in change_sets])
        .values("change_set_id", "history_type")
        .annotate(written=Count("pk"), place=Value(place))
        .values_list("change_set_id", "history_type", "written", "place")
        for place, model in enumerate(models)
    )
    found: dict[int, Counts] = {item.pk: {} for item in change_sets}
    for pk, how, written, place in sorted(first.union(*others, all=True), key=lambda row: row[3]):
        found[pk][models[place], how] = written
    return found


def _logged(rows: Scope, change_sets: Sequence[ChangeSet]) -> dict[int, Logged]:
    """What was written of positions, by change set. One query."""
    found: dict[int, Logged] = {}
    versions = (
        history(Position)
        .filter(rows[Position], change_set__in=[item.pk for item in change_sets])
        .order_by("history_date", "history_id")
        .values_list(
            "change_set_id", "id", "history_type", "reviewed_by_id", "summit_id", "actor_id", "issue_id"
        )
    )
    for pk, position, how, reviewed_by, summit, actor, issue in versions:
        wrote = found.setdefault(pk, Logged())
        wrote.of[position] = (actor, issue, summit)
        if how == ADDED:
            wrote.added[position] = summit
        elif how == REMOVED:
            wrote.removed.add(position)
        elif position not in wrote.added:
            # A correction takes the review back, so what is reviewed in the end was only reviewed.
            (wrote.reviewed if reviewed_by else wrote.corrected).add(position)
    return found


def _phrases(
    change_set: ChangeSet,
    counts: Counts,
    logged: Logged | None,
    changes: dict[int, Change],
    reading: Reading,
) -> list[Phrase]:
    if change_set.kind in (Way.COMMAND, Way.IMPORT):
        return _in_bulk(change_set, counts)
    phrases = []
    before = undone(change_set)
    if before is not None:
        phrases.append(Phrase("undid", (f"“{before.reason}”",)))
    left = dict(counts)
    if logged is not None:
        phrases += _of_positions(logged, changes, reading, is_undo=before is not None)
        left = {key: number for key, number in counts.items() if key not in _told_already(logged)}
    for verb, how, models in (
        ("added", ADDED, None),
        ("corrected", CHANGED, CORRECTED),
        ("edited", CHANGED, None),
        ("removed", REMOVED, None),
    ):
        chosen = {
            model: number
            for (model, kind), number in left.items()
            if kind == how and (model in models if models else how != CHANGED or model not in CORRECTED)
        }
        if chosen:
            phrases.append(Phrase(verb, detail=", ".join(counted(*pair) for pair in chosen.items())))
    return phrases


def _told_already(logged: Logged) -> set[tuple[type[Record], str]]:
    told: set[tuple[type[Record], str]] = {(Position, how) for how in (ADDED, CHANGED, REMOVED)}
    if logged.added:
        told |= {(model, ADDED) for model in IMPLIED}
    if logged.removed:
        told |= {(model, REMOVED) for model in IMPLIED}
    return told


def _of_positions(
    logged: Logged, changes: dict[int, Change], reading: Reading, *, is_undo: bool
) -> list[Phrase]:
    phrases = []
    if logged.added:
        summits = [item.name for pk, item in reading.summits.items() if pk in set(logged.added.values())]
        more = len(summits) - MOST_NAMES
        names = (*summits[:MOST_NAMES], *([f"{more} more"] if more > 0 else []))
        phrases.append(Phrase("restored" if is_undo else "logged", names, _told(logged.added, changes)))
    for verb, positions in (
        ("corrected", logged.corrected),
        ("reviewed", logged.reviewed - logged.corrected),
        ("removed", logged.removed),
    ):
        name = _name(reading, logged.of[next(iter(positions))]) if len(positions) == 1 else ""
        if name:
            phrases.append(Phrase(verb, (name,)))
        elif positions:
            phrases.append(Phrase(verb, detail=counted(Position, len(positions))))
    return phrases


def _name(reading: Reading, of: tuple[int, int, int]) -> str:
    """What a position is called, from what it is of; empty where any of that is gone."""
    actors = {item.actor_id: item.actor for item in reading.participations}
    parts = (actors.get(of[0]), reading.issues.get(of[1]), reading.summits.get(of[2]))
    return f"{parts[0]} on {parts[1]} at {parts[2]}" if all(parts) else ""


def _told(positions: Iterable[int], changes: dict[int, Change]) -> str:
    """What positions that were logged together are to the fold: 4 moved, 10 reaffirmed."""
    found = [changes.get(pk) for pk in positions]
    kinds = Counter(change.kind for change in found if change)
    lines = Counter(change.red_line for change in found if change and change.red_line in LINE_CHANGES)
    gone = found.count(None)
    return ", ".join(
        [
            *(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind]),
            *(
                f"{lines[line]} red line{'s' * (lines[line] > 1)} {line}"
                for line in LINE_CHANGES
                if lines[line]
            ),
            *([f"{gone} removed since"] if gone else []),
        ]
    )


def _in_bulk(change_set: ChangeSet, counts: Counts) -> list[Phrase]:
    """What a file or a command did, in figures."""
    verbs = {ADDED: "loaded", CHANGED: "changed", REMOVED: "removed"}
    if change_set.kind == Way.IMPORT:
        verbs[ADDED] = "imported"
    totals = Counter[str]()
    for (_model, how), number in counts.items():
        totals[how] += number
    return [
        Phrase(verb, detail=f"{totals[how]:,} record{'s' * (totals[how] != 1)}")
        for how, verb in verbs.items()
        if totals[how]
    ]


def counted(model: type[Record], number: int) -> str:
    """A number of records in words: 1 position, 1,220 statements."""
    one, many = NOUNS.get(model, (str(model._meta.verbose_name), str(model._meta.verbose_name_plural)))
    return f"{number:,} {one if number == 1 else many}"
