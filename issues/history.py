"""The one place where the audit history is wired.

Every change of a record happens inside :func:`recording`, which opens one change set for it: who, when,
why and by which way. A change outside of one is refused, so that no row of the history is ever without an
author or a reason. Fixtures are the exception that Django makes: ``loaddata`` writes no history, and
``manage.py demo`` writes it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from issues.checks import all_hold
from issues.user import User
from issues.writers import turn


class UnrecordedChange(RuntimeError):
    """A record was about to change outside of a change set."""


class StaleVersion(Exception):
    """Someone changed the record after it was read; ``current`` is the record as it is now."""

    def __init__(self, current: Record) -> None:
        super().__init__(f"{current} was changed in the meantime.")
        self.current = current


class Way(models.TextChoices):
    """By which way a change came in."""

    PAGE = "page", "on a page"
    ADMIN = "admin", "in the admin"
    IMPORT = "import", "by an import"
    COMMAND = "command", "by a command"


class ChangeSet(models.Model):
    """One sitting: the changes that one person made at one time for one reason."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="change_sets",
        help_text="Empty for a command that ran without a person.",
    )
    time = models.DateTimeField(auto_now_add=True, db_index=True)
    reason = models.TextField()
    kind = models.CharField(max_length=10, choices=Way)
    undone_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undoes"
    )

    class Meta:
        ordering = ("-time", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="change_set_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="command") | Q(user__isnull=False), name="change_set_has_author"
            ),
            models.CheckConstraint(condition=Q(kind__in=Way.values), name="change_set_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} ({self.get_kind_display()})"


class Recording:
    """An open change set. It is stored with the first change, so that changing nothing leaves no trace."""

    def __init__(self, *, by: User | None, reason: str, kind: Way) -> None:
        self._draft = ChangeSet(user=by, reason=reason.strip(), kind=kind)
        # What was written so far: how ("+", "~" or "-"), the key, which deleting takes, and the record.
        self.written: list[tuple[str, int, Record]] = []

    @property
    def change_set(self) -> ChangeSet:
        """The stored change set of this sitting."""
        if self.is_empty:
            self._draft.save()
        return self._draft

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been changed yet."""
        return self._draft._state.adding

    def forget(self) -> None:
        """Store the change set anew with the next change: the stored one was rolled back."""
        self._draft.pk = None
        self._draft._state.adding = True


# What follows from any change, whoever makes it and wherever; done before a recording closes.
_consequences: list[Callable[[Recording], None]] = []


def before_closing(act: Callable[[Recording], None]) -> Callable[[Recording], None]:
    """Have this done at the end of every recording, as part of it. A rule that no writer can forget."""
    _consequences.append(act)
    return act


_open: ContextVar[Recording | None] = ContextVar("open_recording", default=None)


@contextmanager
def recording(*, by: User | None, reason: str, kind: Way = Way.PAGE) -> Iterator[Recording]:
    """Record every change inside as one change set, in one transaction.

    ``by`` is None only for a command that ran without a person. Inside another recording the outer one
    goes on: one sitting is one change set. Raises ValidationError when the reason is empty.
    """
    outer = _open.get()
    if outer is not None:
        was_empty, written = outer.is_empty, len(outer.written)
        try:
            with transaction.atomic():
                yield outer
        except BaseException:
            del outer.written[written:]
            if was_empty:
                outer.forget()
            raise
        return
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason of this change."})
    opened = Recording(by=by, reason=reason, kind=kind)
    token = _open.set(opened)
    try:
        with turn(), transaction.atomic():
            yield opened
            for act in _consequences:
                act(opened)
    finally:
        _open.reset(token)


@receiver(pre_create_historical_record, dispatch_uid="stamp_history_row")
def stamp(sender: type[models.Model], history_instance: Any, **kwargs: Any) -> None:
    """Give a new history row the author, the reason and the change set of the open recording."""
    opened = _open.get()
    if opened is None:
        raise UnrecordedChange(
            f"A change of {kwargs['instance']!r} was not recorded: make it inside recording(by=…, reason=…)."
        )
    change_set = opened.change_set
    history_instance.change_set = change_set
    history_instance.history_user = change_set.user
    history_instance.history_change_reason = change_set.reason
    record = kwargs["instance"]
    opened.written.append((history_instance.history_type, record.pk, record))


class HistoryRow(models.Model):
    """What every history row carries beside simple-history's own columns."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class RecordQuerySet(models.QuerySet[Any]):
    """Look-up by natural key, for fixtures."""

    def get_by_natural_key(self, *key: Any) -> Any:
        """The record with this natural key; raises DoesNotExist."""
        return self.get(**dict(zip(self.model.key_paths, key, strict=True)))


class Record(models.Model):
    """Base of everything historied: a version for edit conflicts, a history, a natural key."""

    # Look-ups from the record to the words that name it, e.g. ("process__slug", "slug").
    key_paths: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)

    # Whether validation has just found that no check constraint is broken.
    _checks_hold = False

    objects = RecordQuerySet.as_manager()
    history = HistoricalRecords(inherit=True, bases=[HistoryRow])

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the record; a change of a stored one counts its version up."""
        if not self._state.adding:
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[Any, ...]:
        """What names this record in a fixture, in the order of ``key_paths``."""
        return tuple(_follow(self, path) for path in self.key_paths)

    def clean_fields(self, exclude: Any = None) -> None:
        """Refuse NUL characters by field, which SQLite would store and PostgreSQL would raise on."""
        skipped = set(exclude or ())
        nul = {
            field.name: "This text contains a NUL character; remove it."
            for field in self._meta.concrete_fields
            if field.name not in skipped and "\x00" in str(self.__dict__.get(field.attname, ""))
        }
        if nul:
            raise ValidationError(nul)
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
    opened = _open.get()
    if opened is None:
        raise UnrecordedChange("Record what was loaded inside recording(by=…, reason=…).")
    rows: Any = model.history.model
    known = rows.objects.values("id")
    unrecorded = list(model._default_manager.exclude(pk__in=known).order_by("pk"))
    if not unrecorded:
        return 0
    change_set, now = opened.change_set, timezone.now()
    rows.objects.bulk_create(
        [
            rows(
                history_date=now,
                history_type="+",
                history_user=change_set.user,
                history_change_reason=change_set.reason,
                change_set=change_set,
                **{field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields},
            )
            for record in unrecorded
        ],
        batch_size=500,
    )
    return len(unrecorded)
