"""History rows: what a record said in each version, and of which change set the version is."""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar, NoReturn, Protocol

from django.db import models
from django.db.models import QuerySet
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from issues.history.change_set import ChangeSet

ADDED, CHANGED, REMOVED = "+", "~", "-"


class RewrittenHistory(TypeError):
    """A stored row of the history was about to change or to go."""


class VersionRow(Protocol):
    """What may be asked of a row of any history, beside the fields of its record."""

    id: int
    version: int
    history_id: int
    history_date: datetime
    history_type: str
    change_set: ChangeSet
    change_set_id: int
    instance: Any
    instance_type: Any

    def __getattr__(self, name: str) -> Any: ...


class HistoryQuerySet(HistoricalQuerySet):
    """Rows of the history, which are made and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what a record said is never written over."""
        raise RewrittenHistory("The history is not written over.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, as :meth:`update` does."""
        raise RewrittenHistory("The history is not written over.")

    def delete(self) -> NoReturn:
        """Refuse: what a record said stays."""
        raise RewrittenHistory("The history stays.")

    def prune(self) -> int:
        """Remove rows of drafts, whose history is kept for a time only. Returns how many.

        Raises RewrittenHistory for any other record.
        """
        if self.model.instance_type.history_is_kept:
            raise RewrittenHistory("The history stays.")
        return int(QuerySet(self.model).filter(pk__in=self.values("pk"))._raw_delete(self.db))


class HistoryRow(models.Model):
    """What every history row carries beside simple-history's own columns."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row. Raises RewrittenHistory for a stored one."""
        if not self._state.adding:
            raise RewrittenHistory("The history is not written over.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what a record said stays."""
        raise RewrittenHistory("The history stays.")


class VersionManager(HistoryManager):
    """The manager of a history; the library makes its class anew each time that a history is asked for."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[QuerySet[Any]], class_name: str | None = None) -> Any:
        """This manager with the methods of a queryset."""
        return super().from_queryset(queryset_class, class_name)


class RecordHistory(HistoricalRecords):
    """The history of a record: author and reason stand once, in the change set, and few columns are indexed.

    The library gives every row its own user and reason, and an index to every foreign key. Ours has
    that of the change set, one by which the newest version of a record is found, and those of the model's
    ``history_indexes``: the columns by which the rows of a process or of a record's parts are found.
    """

    def copy_fields(self, model: Any) -> dict[str, Any]:
        """The fields of a record, indexed where it says so."""
        fields: dict[str, Any] = super().copy_fields(model)
        for name, field in fields.items():
            field.db_index = name in model.history_indexes
        return fields

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        """The library's own columns, but who and why."""
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        # The library sets both on a new row; they are read of the change set.
        extra["history_user"] = property(lambda row: row.change_set.user, _not_here)
        extra["history_change_reason"] = property(lambda row: row.change_set.reason, _not_here)
        extra["history_id"] = models.BigAutoField(primary_key=True)
        return extra

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        """The library's own, and the index by which the newest version of a record is found."""
        options: dict[str, Any] = super().get_meta_options(model)
        name = f"{model._meta.model_name}_versions"
        options["indexes"] = [models.Index(fields=("id", "history_date", "history_id"), name=name)]
        return options


def _not_here(row: Any, value: Any) -> None:
    """What the change set says is not repeated."""
