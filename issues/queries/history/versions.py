"""The history of one record in sentences: a sentence a version, the fields that changed, names for keys."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from issues.history import ADDED, CHANGED, REMOVED, ChangeSet, Record
from issues.models import Evidence, Option, Position
from issues.models.position import PositionState, Stance
from issues.queries.history.change_sets import CORRECTED
from issues.queries.history.names import FieldChange, RecordNames, recorded_fields
from issues.queries.history.record_history import KINDS, PARTS, Only, Part, with_before
from issues.queries.history.rows import newest_first
from issues.queries.reading.people import People

VERSIONS_A_PAGE = 50
REVIEW = ("reviewed_by", "reviewed_at")
SPEAKS = {Stance.SUPPORTS: "for it", Stance.DISPUTES: "against it"}


@dataclass(frozen=True)
class Version:
    """One line of a history: who did what to the record or to a part of it, when, why and by which way."""

    row: Any
    did: str
    what: str
    fields: list[FieldChange]
    is_own: bool
    is_current: bool = False
    can_be_undone: bool = False
    # The earlier version that says just the same, where this one brought it back.
    again: Any = None

    @property
    def model(self) -> str:
        """The name of the kind of record, as in the address of its history."""
        return str(self.row.instance_type._meta.model_name)

    @property
    def undoes(self) -> ChangeSet | None:
        """The change set that was undone by this one."""
        return getattr(self.row.change_set, "undoes", None)


@dataclass
class Trail:
    """A page of the history of a record. ``record`` is it as it is now, or as it was last."""

    record: Any
    name: str
    is_deleted: bool
    versions: list[Version] = field(default_factory=list)


def versions(
    model: type[Record],
    key: int,
    listed: Sequence[Any],
    only: Only,
    named: Collection[int] | None,
    people: People,
) -> Trail:
    """The rows that a page of :func:`~issues.queries.history.record_history.trail` names, in words.

    ``named`` are the keys of the processes whose records may be named, None for all; ``people`` says how
    ours are told. A number of queries
    that depends on the kinds of records, not on how many versions there are. Raises IndexError where
    nothing of the record may be seen.
    """
    parts = (Part(model, ""), *PARTS.get(model, ()))
    keys: dict[int, set[int]] = defaultdict(set)
    for _, kind, pk in listed:
        keys[kind].add(pk)
    found = {kind: with_before(part.model, keys[kind], only) for kind, part in enumerate(parts)}
    current = newest_first(model, key).filter(only.get(model, Q()))[:1][0]
    shown = [row for pair in found.values() for rows in pair for row in rows.values()]
    names = RecordNames(named, [current, *shown], people)
    again = _again([found[0][0][pk] for _, kind, pk in listed if kind == 0])
    return Trail(
        record=names.last(model, key) or current.instance,
        name=names.title(model, key),
        is_deleted=names.stored(model, key) is None,
        versions=[
            _version(
                names,
                parts[kind],
                found[kind][0][pk],
                found[kind][1].get(pk),
                current,
                again.get(pk) if kind == 0 else None,
            )
            for _, kind, pk in listed
        ],
    )


def _again(rows: Sequence[Any]) -> dict[int, Any]:
    """By key, of these versions of one record, newest first, the newest earlier one that said just the same.

    None where nothing was said otherwise in between.
    """
    found: dict[int, Any] = {}
    said: dict[tuple[str, ...], Any] = {}
    before: tuple[str, ...] | None = None
    for row in reversed(rows):
        fields = [item for item in recorded_fields(row.instance_type) if item.name not in REVIEW]
        now = tuple(repr(getattr(row, item.attname)) for item in fields)  # some are lists
        if row.history_type == CHANGED and now != before and now in said:
            found[row.history_id] = said[now]
        said[now], before = row, now
    return found


def _version(names: RecordNames, part: Part, row: Any, old: Any, current: Any, again: Any = None) -> Version:
    is_edit = row.history_type == CHANGED and old is not None
    fields = names.changes(old, row, but=REVIEW) if is_edit else []
    if part.relation:
        verb = {ADDED: "added", REMOVED: "removed"}.get(row.history_type, "corrected")
        did = f"{verb} {part.model._meta.verbose_name}"
        what = _part_in_words(names, part, row)
        can = bool(fields) or row.history_type != CHANGED
        return Version(row, did, what, fields, is_own=False, can_be_undone=can)
    is_review = is_edit and row.instance_type is Position and row.reviewed_at and not old.reviewed_at
    return Version(
        row,
        _did(row, old, fields, is_edit=is_edit),
        _standing(names, row),
        fields,
        is_own=True,
        is_current=row.history_id == current.history_id,
        can_be_undone=bool(fields or is_review),
        again=again,
    )


def _standing(names: RecordNames, row: Any) -> str:
    """Where a version of a position lies, to tell it from others: “position 60”."""
    if row.instance_type is not Position or row.state != PositionState.STATED:
        return row.get_state_display() if row.instance_type is Position else ""
    option = names.last(Option, row.option_id) if row.option_id else None
    value = row.value if row.value is not None else option.value if option else None
    return "no position on the scale" if value is None else f"position {value:g}"


def _did(row: Any, old: Any, fields: list[FieldChange], *, is_edit: bool) -> str:
    """What was done to the record itself, as the words after the name of who did it."""
    noun = row.instance_type._meta.verbose_name
    if row.history_type == REMOVED:
        return f"deleted this {noun}"
    if not is_edit:
        return f"restored this {noun}" if old is not None else f"recorded this {noun}"
    told = []
    if fields:
        verb = "corrected" if row.instance_type in CORRECTED else "edited"
        told.append(f"{verb} {_listed([item.label.lower() for item in fields])}")
    if row.instance_type is Position and row.reviewed_at != old.reviewed_at:
        told.append("took back its review" if row.reviewed_at is None else "marked it as reviewed")
    return " and ".join(told) or "saved it without a change"


def _part_in_words(names: RecordNames, part: Part, row: Any) -> str:
    if isinstance(row.instance, Evidence):
        return f"{names.of(KINDS['statement'], row.statement_id)}, {SPEAKS[Stance(row.stance)]}"
    if part.reached_by is not None:
        return names.of(part.model, row.id)
    told = (
        names.said(item, row)
        for item in recorded_fields(part.model)
        if item.name != part.relation and getattr(row, item.attname) not in (None, "")
    )
    return ", ".join(told)


def _listed(words: Sequence[str]) -> str:
    """“value, note and basis”."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
