"""The base of everything historied, and the doors through which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.dispatch import receiver
from simple_history.signals import pre_create_historical_record

from issues.checks import all_hold
from issues.domain.spelling import is_unseen
from issues.history import bulk
from issues.history.among import among
from issues.history.recording import Recording, UnrecordedChange, open_recording
from issues.history.rows import ADDED, HistoryQuerySet, HistoryRow, RecordHistory, VersionManager

NUL = "This text contains a NUL character; remove it."
UNSEEN = "This text shows nothing; type it again, or leave it empty."
BY_ACTIONS = "This would change records without a history; save or delete each, or use bulk_create."


class StaleVersion(Exception):
    """Someone changed the record after it was read; ``current`` is the record as it is now."""

    def __init__(self, current: Record) -> None:
        super().__init__(f"{current} was changed in the meantime.")
        self.current = current


@receiver(pre_create_historical_record, dispatch_uid="stamp_history_row")
def stamp(sender: type[models.Model], history_instance: Any, **kwargs: Any) -> None:
    """Give a new history row the change set of the open recording."""
    opened, record = open_recording(), kwargs["instance"]
    history_instance.change_set = opened.change_set
    opened.note(history_instance.history_type, type(record), [record.pk], lambda: [record])


class RecordQuerySet(models.QuerySet[Any]):
    """Records: read, looked up by natural key, and written so that each leaves its history."""

    def get_by_natural_key(self, *key: Any) -> Any:
        """The record with this natural key; raises DoesNotExist."""
        return self.get(**dict(zip(self.model.key_paths, key, strict=True)))

    def bulk_create(
        self, objs: Iterable[Any], batch_size: int | None = bulk.AT_ONCE, *args: Any, **kwargs: Any
    ) -> list[Any]:
        """Store new records and the first row of the history of each, inside an open recording.

        Raises UnrecordedChange outside of one, and where conflicts are to be written over or passed by.
        """
        if args or any(kwargs.values()):
            raise UnrecordedChange("What stands there already is changed by an action, not written over.")
        opened, stored = open_recording(), list(objs)
        if bulk.can_insert(stored):
            bulk.insert(self.model, stored)
        else:
            stored = super().bulk_create(stored, batch_size)
        _record_as_new(self.model, stored, opened)
        return stored

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: it would leave no history."""
        raise UnrecordedChange(BY_ACTIONS)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: it would leave no history."""
        raise UnrecordedChange(BY_ACTIONS)

    def delete(self) -> NoReturn:
        """Refuse: what hangs on each, and whether it may go, is asked of each."""
        raise UnrecordedChange(BY_ACTIONS)

    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise UnrecordedChange(BY_ACTIONS)


class Record(models.Model):
    """Base of everything historied: a version for edit conflicts, a history, a natural key."""

    # Look-ups from the record to the words that name it, e.g. ("process__slug", "slug").
    key_paths: ClassVar[tuple[str, ...]] = ()
    # By which columns rows of the history are looked for.
    history_indexes: ClassVar[tuple[str, ...]] = ()
    # Whether the history is kept for ever; that of drafts is for as long as a setting says.
    history_is_kept: ClassVar[bool] = True

    version = models.PositiveIntegerField(default=1, editable=False)

    # Whether validation has just found that no check constraint is broken.
    _checks_hold = False

    objects = RecordQuerySet.as_manager()
    history = RecordHistory(
        inherit=True,
        bases=[HistoryRow],
        history_manager=VersionManager,
        historical_queryset=HistoryQuerySet,
    )

    class Meta:
        abstract = True
        # What Django itself writes with: related managers, for one.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the record; a change of a stored one counts its version up."""
        _refuse_unrecorded(self)
        if not self._state.adding:
            keep_what_was_found(type(self), [self.pk])
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what would leave no history, before anything is stored."""
        if args or kwargs.get("raw") or hasattr(self, "skip_history_when_saving"):
            raise UnrecordedChange(f"{_kind(self)} would be stored without a history.")
        _refuse_unrecorded(self)
        super().save_base(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record, inside an open recording."""
        _refuse_unrecorded(self)
        keep_what_was_found(type(self), [self.pk])
        return super().delete(*args, **kwargs)

    def natural_key(self) -> tuple[Any, ...]:
        """What names this record in a fixture, in the order of ``key_paths``."""
        return tuple(_follow(self, path) for path in self.key_paths)

    def clean_fields(self, exclude: Any = None) -> None:
        """Refuse by field NUL characters, which SQLite would store and PostgreSQL would raise on, and what
        nobody could see.
        """
        skipped = set(exclude or ())
        said = {
            field.name: text
            for field in self._meta.concrete_fields
            if field.name not in skipped and isinstance(text := self.__dict__.get(field.attname), str)
        }
        wrong = {name: NUL for name, text in said.items() if "\x00" in text}
        wrong |= {name: UNSEEN for name, text in said.items() if name not in wrong and is_unseen(text)}
        if wrong:
            raise ValidationError(wrong)
        super().clean_fields(exclude=exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Ask of all checks at once whether they hold, and one by one only where one does not."""
        self._checks_hold = all_hold(self, exclude or ())
        super().validate_constraints(exclude=exclude)

    def get_constraints(self) -> Any:
        """The constraints that are still to be validated, by model."""
        found = super().get_constraints()
        if not self._checks_hold:
            return found
        return [
            (model, [one for one in constraints if not isinstance(one, models.CheckConstraint)])
            for model, constraints in found
        ]


R = TypeVar("R", bound=Record)


def locked(model: type[R], pk: int, version: int) -> R:
    """The stored record, locked until the transaction ends.

    Raises StaleVersion when it is no longer at ``version``, DoesNotExist when it is gone.
    """
    current = cast(R, model._default_manager.select_for_update(of=("self",)).get(pk=pk))
    if current.version != version:
        raise StaleVersion(current)
    return current


def state_of(records: Iterable[Record]) -> str:
    """The versions of records that are edited as one, for an edit to say which it saw."""
    return " ".join(sorted(f"{record._meta.model_name}.{record.pk}.{record.version}" for record in records))


def _follow(record: models.Model, path: str) -> Any:
    """The value at the end of a look-up path; None where a relation on the way is empty."""
    value: Any = record
    for name in path.split("__"):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def record_as_loaded(model: type[Record]) -> int:
    """Write the first history row of every record of a model that has none, as fixtures leave them.

    Call it inside :func:`recording`. Returns how many rows it wrote.
    """
    opened = open_recording()
    known = cast(Any, model.history).model.objects.values("id")
    unrecorded = list(model._default_manager.exclude(pk__in=known).order_by("pk"))
    _record_as_new(model, unrecorded, opened)
    return len(unrecorded)


def _record_as_new(model: type[Record], records: Sequence[Record], opened: Recording) -> None:
    """Write the first history row of each of these records, many at once."""
    if records:
        keys = [record.pk for record in records]
        bulk.write_history(model, keys, ADDED, opened.change_set)
        opened.note(ADDED, model, keys, lambda: records)


def keep_what_was_found(model: type[Record], keys: Sequence[int]) -> None:
    """Before their first edit, record those without a history as they are stored, as ``loaddata`` left them.

    Their rows are of a change set of their own, so that undoing the edit leads back to it. Drafts have no
    past to keep.
    """
    if not model.history_is_kept:
        return
    rows: Any = cast(Any, model.history).model.objects.order_by()
    known = models.Exists(rows.filter(id=models.OuterRef("pk")))
    found = model._default_manager.filter(~known, pk__in=among(keys)).values_list("pk", flat=True)
    if found:
        bulk.write_history(model, list(found), ADDED, open_recording().found)


def _kind(record: Record) -> str:
    """A record by kind and key: what it is named after may be missing."""
    return f"{record._meta.verbose_name} {record.pk or '(new)'}"


def _refuse_unrecorded(record: Record) -> None:
    """Raise UnrecordedChange where no recording is open."""
    try:
        open_recording()
    except UnrecordedChange as error:
        raise UnrecordedChange(
            f"A change of {_kind(record)} was not recorded: make it inside recording(by=…, reason=…)."
        ) from error
