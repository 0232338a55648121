"""Carrying out a plan: exactly what it says, in bulk, as one change set, or nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from issues.actions.importing.beside import Made, make, sign
from issues.actions.importing.spellings import keep
from issues.actions.importing.tables import store_table
from issues.actions.record.correct import REVIEW
from issues.history import ChangeSet, Record, Way, change_many, recording
from issues.importing.item import CORRECTED, MOVED, NEW, REFUSED, Item, Key, Plan, Statement
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
# Source, body, occasion and signatories of a statement, each a key or to be made, and its fields by name.
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


class _Deed:
    """One carrying out; new records first, then positions and their words, then corrections.

    What can be made of the plan alone is made here, before anything is locked.
    """

    def __init__(self, plan: Plan, process: Process) -> None:
        self.new = [item for item in plan.items if item.result in (NEW, MOVED)]
        self.corrected = [item for item in plan.items if item.result == CORRECTED]
        self.plan, self.process = plan, process
        self.positions = [Position(**item.fields) for item in self.new]
        self.statements: dict[Words, StatementRecord] = {}
        self.resting = [
            (item, statement, self._words(item, statement), Evidence())
            for item in (*self.new, *self.corrected)
            for statement in item.statements
            if statement.is_new_here
        ]

    def run(self) -> dict[str, list[int]]:
        """Store it all. Returns the rows of the file by the key of each position."""
        made = make(self.plan.made, self.process)
        for item, position in zip(self.new, self.positions, strict=True):
            issue, actor, summit = _key(item)
            position.issue_id, position.actor_id = issue, made.key(actor)
            position.summit_id = made.key(summit)
        Position.objects.bulk_create(self.positions)
        keys = {id(item): position.pk for item, position in zip(self.new, self.positions, strict=True)}
        keys |= {id(item): item.stored.pk for item in self.corrected if item.stored}
        self._support(keys, made)
        self._correct(made)
        return {str(keys[id(item)]): item.rows for item in (*self.new, *self.corrected)}

    def _support(self, keys: dict[int, int], made: Made) -> None:
        """Store the words that are new, once for all positions of an actor, and what rests on them."""
        for refs, record in self.statements.items():
            for name, ref in (*zip(("source_id", "organ_id", "occasion_id"), refs, strict=False), *refs[4:]):
                setattr(record, name, made.value(ref))
        waiting = list(self.statements.values())
        _number(waiting)
        StatementRecord.objects.bulk_create(waiting)
        sign(self._signed(), made)
        for item, statement, words, evidence in self.resting:
            evidence.position_id = keys[id(item)]
            evidence.statement_id = statement.stored.pk if statement.stored else self.statements[words].pk
        Evidence.objects.bulk_create([evidence for *_, evidence in self.resting])

    def _signed(self) -> Iterator[tuple[int, Ref]]:
        """The keys of joint statements with those who are to stand among their signatories."""
        for _, statement, words, _ in self.resting:
            if statement.stored is None:
                yield from ((self.statements[words].pk, one) for one in statement.words.signed)
        for item in (*self.new, *self.corrected):
            for statement in item.statements:
                if statement.stored is not None and statement.is_newly_signed and item.key is not None:
                    yield statement.stored.pk, item.key[1]

    def _words(self, item: Item, statement: Statement) -> Words:
        """What tells a statement that is to be made from others, which is prepared on the way."""
        _, actor, occasion = _key(item)
        signed = frozenset(statement.words.signed)
        by_nobody = item.fields["basis"] == "reported" or signed
        organ = None if by_nobody else statement.words.organ or actor
        fields = dict(statement.words.fields)
        words = statement.source, organ, occasion, signed, *sorted(fields.items())
        if statement.stored is None and words not in self.statements:
            note = "" if fields.get("quote") else WITHOUT_QUOTE
            known = {name: value for name, value in fields.items() if not isinstance(value, New)}
            self.statements[words] = StatementRecord(note=note, **known)
        return words

    def _correct(self, made: Made) -> None:
        """Correct what stands: words once for all the positions that rest on them, then the positions."""
        words: dict[int, dict[str, Any]] = {}
        codings: dict[int, dict[str, Any]] = {}
        seen: dict[tuple[type[Record], int], int] = {}
        for item in self.corrected:
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


def _number(statements: list[StatementRecord]) -> None:
    """Give new statements short ids that are free in their sources."""
    taken: dict[int, set[str]] = defaultdict(set)
    sources = list({one.source_id for one in statements})
    for start in range(0, len(sources), 500):
        rows = StatementRecord.objects.filter(source__in=sources[start : start + 500]).order_by()
        for source, ref in rows.values_list("source_id", "ref"):
            taken[source].add(ref)
    last: dict[int, int] = defaultdict(int)
    for one in statements:
        last[one.source_id] += 1
        while f"s{last[one.source_id]}" in taken[one.source_id]:
            last[one.source_id] += 1
        one.ref = f"s{last[one.source_id]}"
