"""Records of the audit history in words: names for keys, though what they name may be renamed or deleted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from issues.history import Record
from issues.models import RECORDS, Evidence, Option, Process, Statement
from issues.models.position import Stance

NOTHING = "nothing"
ELSEWHERE = "a record of another process"
LONGEST_QUOTE = 80

_SPEAKS = {Stance.SUPPORTS: "for", Stance.DISPUTES: "against"}

Keys = dict[type[models.Model], set[int]]


def recorded_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a record that a person gives: neither its key nor its version."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


class RecordNames:
    """The names of the records behind some history rows, read in a bounded number of queries.

    At most two a kind of record: those that are stored, and those that are gone. Records of another
    process are not named.
    """

    def __init__(self, process: Process, rows: Iterable[Any]) -> None:
        self._process = process
        self._found: dict[type[models.Model], dict[int, Any]] = defaultdict(dict)
        wanted: Keys = defaultdict(set)
        for row in rows:
            wanted[row.instance_type].add(row.id)
            _add_references(wanted, row.instance_type, row)
        # Each kind refers to those before it in RECORDS only, but for what is in no name.
        for model in reversed(RECORDS):
            self._read(model, wanted)
        keys = wanted[User]
        self._found[User] = User.objects.in_bulk(keys) if keys else {}
        self._join()

    def of(self, model: type[models.Model], pk: int) -> str:
        """What a record is called now, or was called last."""
        record = self._found[model].get(pk)
        if record is None:
            return f"a {model._meta.verbose_name} that is gone"
        owner = _owner(record)
        return _name(record) if owner in (None, self._process.pk) else ELSEWHERE

    def title(self, model: type[models.Model], pk: int) -> str:
        """What a record is called where nothing around it says to what it belongs."""
        record = self._found[model].get(pk)
        name = self.of(model, pk)
        return f"{name} ({record.issue})" if isinstance(record, Option) and name != ELSEWHERE else name

    def stored(self, model: type[models.Model], pk: int) -> Any:
        """The record, where it is still stored."""
        record = self._found[model].get(pk)
        return record if record is not None and not record._state.adding else None

    def words(self, field: Any, value: Any) -> str:
        """The value of a field, as a person would say it."""
        if value is None or value == "":
            return NOTHING
        if isinstance(field, models.ForeignKey):
            return self.of(field.remote_field.model, value)
        return _plain(field, value)

    def _read(self, model: type[Record], wanted: Keys) -> None:
        keys = wanted[model]
        if not keys:
            return
        found = {record.pk: record for record in model._default_manager.filter(pk__in=keys)}
        gone = keys - found.keys()
        if gone:
            rows = model.history.model.objects.filter(id__in=gone, history_type="-")
            for row in rows.order_by("history_date", "history_id"):
                found[row.id] = row.instance
        for record in found.values():
            _add_references(wanted, model, record)
        self._found[model] = found

    def _join(self) -> None:
        """Give each record those that it refers to, so that its name asks for nothing."""
        for model, records in list(self._found.items()):
            for field in _references(model):
                others = self._found[field.remote_field.model]
                for record in records.values():
                    other = others.get(getattr(record, field.attname))
                    if other is not None:
                        field.set_cached_value(record, other)


def _references(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _add_references(wanted: Keys, model: type[models.Model], row: Any) -> None:
    for field in _references(model):
        pk = getattr(row, field.attname)
        if pk is not None:
            wanted[field.remote_field.model].add(pk)


def _owner(record: Any) -> int | None:
    """The process that a record belongs to; None for those that belong to none."""
    for name in ("process_id", "issue.process_id", "summit.process_id"):
        value = record
        try:
            for part in name.split("."):
                value = getattr(value, part, None)
        except ObjectDoesNotExist:
            continue
        if value is not None:
            return int(value)
    return None


def _name(record: Any) -> str:
    try:
        if isinstance(record, Statement):
            return f"{_clipped(record.quote or record.note)} ({record.source.publisher})"
        if isinstance(record, Evidence):
            target = record.position or record.event or record.outcome
            return f"{_name(record.statement)} {_SPEAKS[Stance(record.stance)]} {target}"
        return str(record)
    except ObjectDoesNotExist:
        return f"a {record._meta.verbose_name}"


def _clipped(quote: str) -> str:
    return f"“{quote}”" if len(quote) <= LONGEST_QUOTE else f"“{quote[:LONGEST_QUOTE]}…”"


def _plain(field: Any, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return value.isoformat() if isinstance(value, date) else str(value)
