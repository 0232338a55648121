"""The audit history of a process by change set: each in a sentence, and record by record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from issues.domain.change import Change, ChangeKind
from issues.history import ADDED, CHANGED, REMOVED, ChangeSet, ProcessChange, Record, Way
from issues.models import EventIssue, Evidence, Option, Position, PositionLink, Process, Signatory, Statement
from issues.models.summit import Attendance
from issues.queries.history.rows import history
from issues.queries.history.scope import Scope, scope
from issues.queries.pages.matrix_cell import LINE_CHANGES
from issues.queries.reading.people import EVERYONE, People
from issues.queries.reading.process import Reading

CHANGE_SETS_A_PAGE = 50
MOST_NAMES = 3

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
IMPLIED = (PositionLink, Evidence, Statement, Signatory)
# An edit of these is a correction of what is recorded of a position.
CORRECTED = (Position, Evidence, Statement, Option)
NOUNS = {
    Evidence: ("piece of evidence", "pieces of evidence"),
    Attendance: ("seat at the table", "seats at the table"),
    EventIssue: ("issue of an event", "issues of events"),
}

Counts = dict[tuple[type[Record], str], int]
TOLD_FIRST = tuple(scope(Process(pk=0)))


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


@dataclass
class ChangeSetSummary:
    """A change set as one sentence: what was done, and why; whose it is its author says."""

    change_set: ChangeSet
    counts: Counts
    phrases: list[Phrase]

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
        """How many records it wrote in the process."""
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
    found = list(change_sets.select_related("undoes", "undone_by")[: CHANGE_SETS_A_PAGE + 1])
    return found[:CHANGE_SETS_A_PAGE], len(found) > CHANGE_SETS_A_PAGE


def summaries(
    reading: Reading, change_sets: Sequence[ChangeSet], people: People = EVERYONE
) -> list[ChangeSetSummary]:
    """Each of these change sets in a sentence. Two queries beside the reading.

    The kinds of change are those that the record tells today, of the positions that were logged then.
    """
    filed = _filed(reading.process, change_sets)
    typed = [item for item in change_sets if item.kind in (Way.PAGE, Way.ADMIN)]
    logged = _logged(scope(reading.process), typed)
    changes = {change.entry.id: change for change in reading.whole.changes}
    around = (reading, changes, people)
    return [
        ChangeSetSummary(
            change_set,
            _counts(filed.get(change_set.pk)),
            _phrases(change_set, filed.get(change_set.pk), logged.get(change_set.pk), around),
        )
        for change_set in change_sets
    ]


def _filed(process: Process, change_sets: Sequence[ChangeSet]) -> dict[int, ProcessChange]:
    """What each change set wrote in a process. One query."""
    filed = ProcessChange.objects.filter(process=process, change_set__in=[item.pk for item in change_sets])
    return {item.change_set_id: item for item in filed}


def _counts(filed: ProcessChange | None) -> Counts:
    """How many records a change set wrote, by kind of record and how, in the order of telling."""
    written = filed.written if filed else {}
    return {
        (model, how): versions
        for model in TOLD_FIRST
        for how, versions in written.get(str(model._meta.model_name), {}).items()
    }


def _logged(rows: Scope, change_sets: Sequence[ChangeSet]) -> dict[int, Logged]:
    """What was written of positions, by change set. One query."""
    found: dict[int, Logged] = {}
    versions = (
        history(Position)
        .filter(rows[Position], change_set__in=[item.pk for item in change_sets])
        .order_by("history_date", "history_id")
        .values_list("change_set_id", "id", "history_type", "reviewed_by_id", "summit_id")
    )
    for pk, position, how, reviewed_by, summit in versions:
        wrote = found.setdefault(pk, Logged())
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
    filed: ProcessChange | None,
    logged: Logged | None,
    around: tuple[Reading, dict[int, Change], People],
) -> list[Phrase]:
    reading, changes, people = around
    counts = _counts(filed)
    if change_set.kind in (Way.COMMAND, Way.IMPORT):
        return _in_bulk(change_set, counts)
    phrases = []
    before = undone(change_set)
    if before is not None:
        phrases.append(Phrase("undid", (f"“{people.reason(before)}”",)))
    left = dict(counts)
    if logged is not None:
        subject = filed.subject if filed else ""
        phrases += _of_positions(logged, changes, reading, subject, is_undo=before is not None)
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
    logged: Logged, changes: dict[int, Change], reading: Reading, subject: str, *, is_undo: bool
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
        name = subject if len(positions) == 1 else ""
        if name:
            phrases.append(Phrase(verb, (name,)))
        elif positions:
            phrases.append(Phrase(verb, detail=counted(Position, len(positions))))
    return phrases


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
