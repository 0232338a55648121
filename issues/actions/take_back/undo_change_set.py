"""Undoing a change set as one: what it made is removed, what it changed or removed is as it was before."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, router

from issues.actions.rules.check import breaches, check_finished, check_removal, raise_breaches
from issues.actions.rules.stored import stored_together
from issues.actions.take_back.together import put_back_together, remove_unreferred
from issues.history import ADDED, REMOVED, ChangeSet, Record, Way, among, recording, stored_by_key
from issues.models import (
    DRAFTS,
    RECORDS,
    Cell,
    Evidence,
    Invitation,
    Issue,
    Option,
    Participation,
    Position,
    ProcessMember,
    Scenario,
    ScenarioOutcome,
    Sheet,
    SheetRow,
    Signatory,
    Statement,
)
from issues.queries.history.rows import OLDEST_FIRST, history, row_before
from issues.user import User

MODELS: tuple[type[Record], ...] = (*RECORDS, *DRAFTS)
Touched = dict[type[Record], dict[int, tuple[Any, Any]]]
# A kind, whether its records were new, and the rows of the history that are taken back.
Steps = list[tuple[type[Record], bool, list[Any]]]

COMMAND = "a command"
PRIVATE = "This was done on a coder’s own sheet; only that coder may undo it."


class LaterChange(Exception):
    """A record that the change set touched was changed again since; ``records`` names each of them."""

    def __init__(self, records: list[str]) -> None:
        super().__init__("Later changes stand in the way: " + "; ".join(records))
        self.records = records


def undo(change_set: ChangeSet, *, by: User | None, reason: str, kind: Way = Way.PAGE) -> ChangeSet:
    """Undo a change set, as a new one. Returns the new one.

    Raises LaterChange when anything that it touched was changed since, ValidationError when it is undone
    already, is itself empty, was typed on another’s or a closed sheet, or when what is left breaks a rule.
    """
    # Read before anything is locked: what a change set wrote stays as it is.
    versions = touched(change_set)
    steps = _last_first(versions)
    read = {
        model: stored_by_key(model, [key for key, (first, _) in rows.items() if first.history_type == ADDED])
        for model, rows in versions.items()
    }
    with recording(by=by, reason=reason, kind=kind) as opened:
        current = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
        if current.undone_by_id is not None:
            raise ValidationError({"reason": "This was undone already."})
        refuse_undoing(versions, by)
        _untie(versions)
        _check(versions, _take_back(steps, read))
        if opened.is_empty:
            raise ValidationError({"reason": "There is nothing to undo in this change set."})
        current.undone_by = opened.change_set
        current.save()
    return opened.change_set


@dataclass
class _Done:
    """What an undoing has done so far; ``together`` are the keys of those that were put back at once."""

    removed: list[Record] = field(default_factory=list)
    put_back: list[Record] = field(default_factory=list)
    together: dict[type[Record], list[int]] = field(default_factory=lambda: defaultdict(list))


def _last_first(versions: Touched) -> Steps:
    """The first rows of what is taken back, those of one kind together that were written one after the other.

    The last written first: each undone step leaves what was before it, so nothing is removed while
    something still refers to it, nor put back where something took its place.
    """
    steps = [
        (first.history_date, place, first.history_id, model, first)
        for place, model in enumerate(MODELS)
        for first, _ in versions[model].values()
    ]
    in_turn = (step[3:] for step in sorted(steps, key=lambda step: step[:3], reverse=True))
    return [
        (model, is_new, [first for _, first in some])
        for (model, is_new), some in groupby(
            in_turn, key=lambda step: (step[0], step[1].history_type == ADDED)
        )
    ]


def _untie(versions: Touched) -> None:
    """Let what the change set made refer to what it first did, and to nothing that was made after it.

    An issue is made before its options, of which one is its reference point: that goes before the issue.
    """
    for model, of_model in versions.items():
        links = [one.attname for one in model._meta.concrete_fields if one.is_relation]
        for first, last in of_model.values():
            tied = {
                name: getattr(first, name) for name in links if getattr(first, name) != getattr(last, name)
            }
            if tied and first.history_type == ADDED and last.history_type != REMOVED:
                record = model._default_manager.filter(pk=first.id).first()
                for name, key in tied.items() if record is not None else ():
                    setattr(record, name, key)
                if record is not None:
                    record.save()


def _take_back(steps: Steps, read: dict[type[Record], dict[int, Record]]) -> _Done:
    """Take back every version, step by step."""
    done = _Done()
    for model, is_new, firsts in steps:
        if is_new:
            removed, apart = remove_unreferred(model, [first.id for first in firsts], read[model])
            done.removed += [*removed, *filter(None, (_remove(model, key) for key in apart))]
        else:
            put_back, rest = put_back_together(model, firsts)
            done.together[model] += put_back
            done.put_back += filter(None, (_put_back(model, first) for first in rest))
    return done


def touched(change_set: ChangeSet) -> Touched:
    """By model and key, the first and last version of every record that a change set wrote."""
    versions: Touched = {}
    for model in MODELS:
        of_model = versions.setdefault(model, {})
        for row in history(model).filter(change_set=change_set).order_by(*OLDEST_FIRST):
            first, _ = of_model.get(row.id, (row, row))
            of_model[row.id] = (first, row)
    return versions


def size_of(change_set: ChangeSet) -> int:
    """How many versions a change set wrote. A query for each kind of record."""
    return sum(history(model).filter(change_set=change_set).count() for model in MODELS)


def refuse_undoing(versions: Touched, by: User | None) -> None:
    """Raise LaterChange if any of these records was changed again since, and that was not undone.

    Raise ValidationError where they were typed on another coder's own sheet, or on a sheet that is closed:
    that says what was published.
    """
    keys = {last.sheet_id for model in (Cell, SheetRow) for _, last in versions[model].values()}
    private = history(Sheet).filter(id__in=keys | versions[Sheet].keys()).exclude(coder=None)
    if by is not None and private.exclude(coder=by.pk).exists():
        raise ValidationError({"reason": PRIVATE})
    later = []
    left: dict[int, bool] = {}  # by the key of a change set, whether it left something
    for model, of_model in versions.items():
        last = _changed_since(model, of_model)
        rows = history(model).filter(id__in=among(last), history_id__gt=min(last.values(), default=0))
        for row in rows.select_related("change_set") if last else ():
            if row.history_id <= last[row.id]:
                continue
            if row.change_set_id not in left:
                left[row.change_set_id] = _left_something(row.change_set)
            if left[row.change_set_id]:
                who, why = row.change_set.author or COMMAND, row.change_set.reason
                later.append(f"{_name(row.instance)}, by {who}: {why}")
    if later:
        raise LaterChange(sorted(set(later)))
    closed = models.Q(finished=True) | models.Q(published__isnull=False)
    if Sheet.objects.filter(closed, pk__in=keys).exists():
        raise ValidationError({"reason": "The log sheet on which this was typed is closed; reopen it first."})


def _changed_since(model: type[Record], of_model: dict[int, tuple[Any, Any]]) -> dict[int, int]:
    """The last rows of those records that are not as they were left; what was removed is looked at anyhow."""
    if not of_model:
        return {}
    rows = model._default_manager.filter(pk__in=among(of_model)).order_by()
    now = dict(rows.values_list("pk", "version"))
    return {
        pk: row.history_id
        for pk, (_, row) in of_model.items()
        if row.history_type == REMOVED or now.get(pk) != row.version
    }


def _left_something(change_set: ChangeSet) -> bool:
    """Whether a change set holds and is no undoing: what was undone and its undoing leave nothing."""
    return _holds(change_set) and not hasattr(change_set, "undoes")


def _holds(change_set: ChangeSet) -> bool:
    return change_set.undone_by is None or not _holds(change_set.undone_by)


def _name(record: models.Model) -> str:
    """What a person knows a record by; its key where what it is named after is gone."""
    try:
        return f"{record._meta.verbose_name} “{record}”"
    except ObjectDoesNotExist:
        return f"{record._meta.verbose_name} {record.pk}"


def _remove(model: type[Record], pk: int) -> Record | None:
    """Delete a record that the change set made; what others have hung on it since stands in the way."""
    record = model._default_manager.filter(pk=pk).first()
    if record is None:
        return None
    collector = NestedObjects(using=router.db_for_write(model))
    collector.collect([record])
    found = (item for items in collector.data.values() for item in items if item != record)
    # Who may see a process, and who was asked to, goes with it.
    hanging = [item for item in found if not isinstance(item, ProcessMember | Invitation)]
    if hanging or collector.protected:
        raise LaterChange(sorted(_name(item) for item in [*hanging, *collector.protected]))
    record.delete()
    gone: Record = record
    return gone


def _put_back(model: type[Record], first: Any) -> Record | None:
    """Store a record as it was before the first version that the change set wrote."""
    before = row_before(first)
    if before is None:
        raise _refusal(first.instance, ["There is no earlier version to go back to."])
    if before.history_type == "-":
        return None
    stored = model._default_manager.filter(pk=first.id).first()
    values = {one.attname: getattr(before, one.attname) for one in model._meta.concrete_fields}
    record = stored or model()
    for name, value in values.items():
        if name != "version" or stored is None:
            setattr(record, name, value)
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        raise _refusal(record, error.messages) from error
    record.save()
    return record


def _refusal(record: Record, messages: list[str]) -> ValidationError:
    return ValidationError({"reason": [f"{_name(record)}: {message}" for message in messages]})


def _check(versions: Touched, done: _Done) -> None:
    """See that everything keeps its ground once all is done: what was removed may be the last evidence."""
    for record in done.put_back:
        _check_back(record)
    for model, keys in done.together.items():
        links = [link.name for link in model._meta.fields if isinstance(link, models.ForeignKey)]
        for record in stored_together(model, keys):
            _check_back(record, known=links)
    for record in done.removed:
        if isinstance(record, Participation):
            check_removal(record)
    grounds: tuple[tuple[type[Record], str, type[Record]], ...] = (
        (Evidence, "position_id", Position),
        (Option, "issue_id", Issue),
        (ScenarioOutcome, "scenario_id", Scenario),
        (Signatory, "statement_id", Statement),
    )
    for kind, column, above in grounds:
        rows = [row for pair in versions[kind].values() for row in pair]
        for left in stored_together(above, {getattr(row, column) for row in rows} - {None}):
            check_finished(left)


def _check_back(record: Record, known: Collection[str] = ()) -> None:
    """Refuse a record that breaks a rule as it was put back; what ``known`` fields refer to is there."""
    try:
        record.full_clean(known, validate_unique=False, validate_constraints=False)
    except ValidationError as error:  # what it referred to is gone
        raise _refusal(record, error.messages) from error
    raise_breaches(breaches(record))
    check_finished(record)
