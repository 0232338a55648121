"""Carrying out a plan: exactly what it says, in bulk, as one change set, or nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from issues.actions.importing.beside import Made, make, prepare, sign
from issues.actions.importing.spellings import keep
from issues.actions.importing.tables import store_table
from issues.actions.record.correct import REVIEW
from issues.history import ChangeSet, Record, Way, among, change_many, recording
from issues.history.portions import portions
from issues.importing.item import CORRECTED, MOVED, NEW, REFUSED, STORED, Item, Key, Plan, Statement
from issues.importing.new import New, Ref
from issues.importing.resolve import WITHOUT_QUOTE
from issues.importing.stored import sign_of
from issues.models import Evidence, Import, Position, Process
from issues.models import Statement as StatementRecord
from issues.user import User

HAS_REFUSED = "Some rows are refused. Mend them, or say that the others are brought in without them."
NOTHING = "Nothing in this file differs from what is recorded."
TAKEN = "Something else was stored in its place a moment ago."
MOST_TOLD = 5
# How many positions are records in memory at a time.
AT_ONCE = 5_000
# Source, body, occasion and signatories of a statement, each a key or to be made, and its fields.
Words = tuple[Any, ...]
# A correction takes back the review of what it corrects.
NO_REVIEW = dict.fromkeys(Position._meta.get_field(name).attname for name in REVIEW)  # type: ignore[union-attr]


class ChangedMeanwhile(Exception):
    """The record is no longer as it was when the plan was made; ``changes`` say what was done since."""

    def __init__(self, changes: list[str]) -> None:
        super().__init__("The record was changed meanwhile: " + ("; ".join(changes) or TAKEN))
        self.changes = changes


@dataclass(frozen=True, slots=True)
class File:
    """Which file a plan is of: its name, its SHA-256, and the mapping by which it was read.

    ``second_name`` and ``second_digest`` are of the file that was joined to it, if one was.
    """

    name: str
    digest: str
    mapping: dict[str, Any]
    second_name: str = ""
    second_digest: str = ""


def carry_out(
    plan: Plan,
    *,
    process: Process,
    file: File,
    by: User | None,
    reason: str,
    without_refused: bool = False,
    draft: Import | None = None,
) -> ChangeSet:
    """Store what a plan says, and with the change set the file, its mapping and the row of each position.

    ``draft`` is the file as it was uploaded, if it was; its content is not kept. Raises ValidationError
    without a reason, where nothing would change, and where rows are refused unless that was said to be
    right; ChangedMeanwhile where the record is no longer what the plan was made for: then nothing is stored.
    """
    if not without_refused and any(item.result == REFUSED for item in plan.items):
        raise ValidationError({"without_refused": HAS_REFUSED})
    if not plan.changes_something:
        raise ValidationError({"reason": NOTHING})
    deed = None if plan.table else _Deed(plan, process)
    try:
        with recording(by=by, reason=reason, kind=Way.IMPORT) as opened:
            if sign_of(process) != plan.record:
                raise ChangedMeanwhile(_since(plan.last_change))
            rows = deed.run() if deed else store_table(plan, process)
            keep(plan.spellings)
            done = draft or Import(process=process, by=by)
            done.file_name, done.digest, done.mapping = file.name, file.digest, file.mapping
            done.second_name, done.second_digest, done.second = file.second_name, file.second_digest, b""
            done.content, done.rows, done.change_set = b"", rows, opened.change_set
            done.save()
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise ValidationError(f"The database refused it: {error}") from error
        raise ChangedMeanwhile(_since(plan.last_change)) from error
    return opened.change_set


def _since(last: int) -> list[str]:
    """What was done since a change set, in words."""
    later = ChangeSet.objects.filter(pk__gt=last).order_by("-pk")[:MOST_TOLD]
    return [f"“{one.reason}”, by {one.who}" for one in later]


class _Portion:
    """Some positions of a plan with their words, made ready to be stored.

    ``later`` are the references to records that are still to be made, by record and column.
    """

    def __init__(self, items: Sequence[Item], deed: "_Deed") -> None:
        self.items = items
        self.later: list[tuple[Record, str, New]] = []
        self.new = [(item, self._position(item)) for item in items if item.result in (NEW, MOVED)]
        self.statements: list[tuple[Words, StatementRecord]] = []
        self.resting = [
            (item, statement, deed.words_of(item, statement, self), Evidence())
            for item in items
            for statement in item.statements
            if statement.is_new_here
        ]

    def _position(self, item: Item) -> Position:
        issue, actor, summit = _key(item)
        record = Position(**item.fields, issue_id=issue)
        self.refer(record, actor_id=actor, summit_id=summit)
        return record

    def refer(self, record: Record, **to: Any) -> None:
        """Let columns of a record refer to what is known, now, or to what is made, when it is."""
        for column, ref in to.items():
            if isinstance(ref, New):
                self.later.append((record, column, ref))
            else:
                setattr(record, column, ref)


class _Deed:
    """One carrying out; new records first, then positions and their words, then corrections.

    What can be made of the plan alone is made before anything is locked: what is beside the positions, and
    the first portion of these. The others are made one after the other, so that a large file is never in
    memory as records. Positions go by their occasions, of which words are one only among their own.
    """

    def __init__(self, plan: Plan, process: Process) -> None:
        by_occasion: dict[Ref, list[Item]] = defaultdict(list)
        for item in plan.items:
            if item.result in STORED:
                by_occasion[_key(item)[2]].append(item)
        self.items = [item for some in by_occasion.values() for item in some]
        self.beside = prepare(plan.made, process)
        self.occasion: Ref | None = None
        self.known: dict[Words, StatementRecord | int] = {}
        self.free = _Refs()
        self.first = _Portion(self.items[:AT_ONCE], self)

    def run(self) -> dict[str, list[int]]:
        """Store it all. Returns the rows of the file by the key of each position."""
        made = make(self.beside)
        rows = self._store(self.first, made)
        del self.first
        for some in portions(self.items[AT_ONCE:], AT_ONCE):
            rows |= self._store(_Portion(some, self), made)
        self._correct(made)
        return rows

    def words_of(self, item: Item, statement: Statement, portion: _Portion) -> StatementRecord | int:
        """The statement on which a position rests, or its key; one to be made is added to the portion."""
        if statement.stored is not None:
            return statement.stored.pk
        _, actor, occasion = _key(item)
        if occasion != self.occasion:
            self.occasion, self.known = occasion, {}
        given = statement.words
        by_nobody = item.fields["basis"] == "reported" or given.signed
        organ = None if by_nobody else given.organ or actor
        words = given.source, organ, occasion, given.signed, given.fields
        if words not in self.known:
            fields = dict(given.fields)
            note = "" if fields.get("quote") else WITHOUT_QUOTE
            self.known[words] = record = StatementRecord(note=note)
            refs = {"source_id": given.source, "organ_id": organ, "occasion_id": occasion}
            portion.refer(record, **refs, **fields)
            portion.statements.append((words, record))
        return self.known[words]

    def _store(self, portion: _Portion, made: Made) -> dict[str, list[int]]:
        """Store positions, then the words that are new, once for all of an actor, and what rests on them."""
        for record, column, ref in portion.later:
            setattr(record, column, made.key(ref))
        Position.objects.bulk_create([position for _, position in portion.new])
        keys = {id(item): position.pk for item, position in portion.new}
        keys |= {id(item): item.stored.pk for item in portion.items if item.stored}
        waiting = [record for _, record in portion.statements]
        self.free.give(waiting)
        StatementRecord.objects.bulk_create(waiting)
        for item, _, words, evidence in portion.resting:
            evidence.position_id = keys[id(item)]
            evidence.statement_id = words if isinstance(words, int) else words.pk
        sign(_signed(portion), made)
        Evidence.objects.bulk_create([evidence for *_, evidence in portion.resting])
        self.known |= {said: record.pk for said, record in portion.statements if said in self.known}
        return {str(keys[id(item)]): item.rows for item in portion.items}

    def _correct(self, made: Made) -> None:
        """Correct what stands: words once for all the positions that rest on them, then the positions."""
        words: dict[int, dict[str, Any]] = {}
        codings: dict[int, dict[str, Any]] = {}
        seen: dict[tuple[type[Record], int], int] = {}
        for item in (item for item in self.items if item.result == CORRECTED):
            for statement in item.statements:
                if statement.stored is not None and statement.changes:
                    after = {name: made.value(value) for name, (_, value) in statement.changes.items()}
                    words[statement.stored.pk] = after
                    seen[StatementRecord, statement.stored.pk] = statement.stored.version
            if item.changes and item.stored:
                after = {name: value for name, (_, value) in item.changes.items()}
                codings[item.stored.pk] = after | NO_REVIEW
                seen[Position, item.stored.pk] = item.stored.version
        for model, changes in ((StatementRecord, words), (Position, codings)):
            change_many(model, changes, {key: seen[model, key] for key in changes})


def _key(item: Item) -> Key:
    assert item.key is not None  # noqa: S101 -- only what is refused has none
    return item.key


def _signed(portion: _Portion) -> Iterator[tuple[int, Ref]]:
    """The keys of joint statements with those who are to stand among their signatories."""
    for _, statement, _, evidence in portion.resting:
        if statement.stored is None and statement.words.signed:
            yield from ((evidence.statement_id, one) for one in statement.words.signed)
    for item in portion.items:
        for statement in item.statements:
            if statement.stored is not None and statement.is_newly_signed:
                yield statement.stored.pk, _key(item)[1]


class _Refs:
    """Short ids of new statements that are free in their sources, counted on from portion to portion."""

    def __init__(self) -> None:
        self.taken: dict[int, set[str]] = {}
        self.last: dict[int, int] = defaultdict(int)

    def give(self, statements: list[StatementRecord]) -> None:
        """Give each its own."""
        new = {one.source_id for one in statements} - self.taken.keys()
        self.taken |= {source: set() for source in new}
        rows = StatementRecord.objects.filter(source__in=among(new)).order_by() if new else None
        for source, ref in rows.values_list("source_id", "ref") if rows is not None else ():
            self.taken[source].add(ref)
        for one in statements:
            self.last[one.source_id] += 1
            while f"s{self.last[one.source_id]}" in self.taken[one.source_id]:
                self.last[one.source_id] += 1
            one.ref = f"s{self.last[one.source_id]}"
