"""Records of the audit history in words: names for keys, though what they name may be renamed or deleted."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.urls import reverse

from issues.clock import when_in_words
from issues.domain.quotation import quoted
from issues.domain.span import day_in_words
from issues.domain.wording import Piece, shortened, word_changes
from issues.history import ChangeSet, Record
from issues.models import (
    DRAFTS,
    RECORDS,
    Actor,
    Evidence,
    Issue,
    Option,
    Person,
    Position,
    Process,
    Signatory,
    Source,
    Statement,
    Summit,
)
from issues.models.position import Stance
from issues.queries.history.rows import OLDEST_FIRST, history
from issues.queries.reading.people import EVERYONE, MAY_NAME_US, UNTOLD, People
from issues.user import User

NOTHING = "nothing"
ELSEWHERE = "a record of another process"
LONGEST_QUOTE = 80

# Where the process is that a record belongs to.
OWNED_BY = (
    "process_id",
    "issue.process_id",
    "summit.process_id",
    "position.issue.process_id",
    "outcome.summit.process_id",
    "event.process_id",
    "sheet.summit.process_id",
    "set.process_id",
    "scenario.set.process_id",
    "from_option.issue.process_id",
)

_SPEAKS = {Stance.SUPPORTS: "for", Stance.DISPUTES: "against"}

Keys = dict[type[models.Model], set[int]]

# A change of a text at least this long is told word by word.
LONG = 60


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after, in words."""

    label: str
    old: str
    new: str
    is_text: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """What changed in a long text, word by word; nothing for others, which are told whole."""
        if not self.is_text or NOTHING in (self.old, self.new) or max(len(self.old), len(self.new)) < LONG:
            return []
        return shortened(word_changes(self.old, self.new))


def recorded_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a record that a person gives: neither its key nor its version."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def kind_of(row: Any) -> type[Record]:
    """The kind of record that a history row, or a record, is of."""
    kind: type[Record] = getattr(row, "instance_type", type(row))
    return kind


def differing(before: Any, after: Any) -> list[Any]:
    """The fields that a person gives in which two versions of a record differ."""
    return [
        field
        for field in recorded_fields(kind_of(after))
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


class RecordNames:
    """The names of the records behind some history rows or records, read in a bounded number of queries.

    At most two a kind of record: those that are stored, and those that are gone. ``processes`` are the
    keys of the processes whose records may be named, None for all; ``people`` says how ours are told.
    """

    def __init__(
        self, processes: Collection[int] | None, rows: Iterable[Any], people: People = EVERYONE
    ) -> None:
        self._processes, self._people = processes, people
        self._found: dict[type[models.Model], dict[int, Any]] = defaultdict(dict)
        wanted: Keys = defaultdict(set)
        for row in rows:
            wanted[kind_of(row)].add(row.id)
            _add_references(wanted, kind_of(row), row)
        # Each kind refers to those before it in RECORDS only, but for what is in no name.
        for model in reversed((*RECORDS, *DRAFTS)):
            self._read(model, wanted)
        for other in (User, ChangeSet):
            keys = wanted[other]
            self._found[other] = other._default_manager.in_bulk(keys) if keys else {}
        self._join()

    def of(self, model: type[models.Model], pk: int) -> str:
        """What a record is called now, or was called last."""
        record = self._found[model].get(pk)
        if record is None:
            return f"a {model._meta.verbose_name} that is gone"
        if isinstance(record, User):
            return self._people.name(record)
        owner = owner_of(record)
        may_be_named = self._processes is None or owner is None or owner in self._processes
        return _name(record) if may_be_named else ELSEWHERE

    def title(self, model: type[models.Model], pk: int) -> str:
        """What a record is called where nothing around it says to what it belongs."""
        record = self._found[model].get(pk)
        name = self.of(model, pk)
        return f"{name} ({record.issue})" if isinstance(record, Option) and name != ELSEWHERE else name

    def last(self, model: type[models.Model], pk: int) -> Any:
        """The record as it is stored, or as it was last; None where it never was."""
        return self._found[model].get(pk)

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
        return plain(field, value)

    def said(self, field: Any, row: Any) -> str:
        """What a version of a record says in a field; a day as exactly as it is known.

        Words that may name one of ours are told to whom our people are named.
        """
        if field in MAY_NAME_US and getattr(row, field.attname) and not self._people.named:
            return UNTOLD
        value, precision = getattr(row, field.attname), getattr(row, f"{field.attname}_precision", None)
        if precision and isinstance(value, date):
            return day_in_words(value, precision)
        return self.words(field, value)

    def described(self, row: Any) -> str:
        """What a history row or a record is of, and its name: “evidence: …”."""
        kind = kind_of(row)
        return f"{kind._meta.verbose_name}: {self.title(kind, row.id)}"

    def fields(self, row: Any) -> list[tuple[str, str]]:
        """Every field in which a version of a record says something, and what, in words."""
        return [
            (str(field.verbose_name).capitalize(), self.said(field, row))
            for field in recorded_fields(kind_of(row))
            if getattr(row, field.attname) not in (None, "")
        ]

    def changes(self, before: Any, after: Any, but: Collection[str] = ()) -> list[FieldChange]:
        """The fields that differ between two versions of a record, but for some, in words."""
        return [
            FieldChange(
                str(field.verbose_name).capitalize(),
                self.said(field, before),
                self.said(field, after),
                isinstance(field, models.TextField),
            )
            for field in differing(before, after)
            if field.name not in but
        ]

    def _read(self, model: type[Record], wanted: Keys) -> None:
        keys = wanted[model]
        if not keys:
            return
        found = {record.pk: record for record in model._default_manager.filter(pk__in=keys)}
        gone = keys - found.keys()
        if gone:
            rows = history(model).filter(id__in=gone, history_type="-")
            for row in rows.order_by(*OLDEST_FIRST):
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


def owner_of(record: Any) -> int | None:
    """The process that a record belongs to; None for those that belong to none."""
    for name in OWNED_BY:
        value = record
        try:
            for part in name.split("."):
                value = getattr(value, part, None)
        except ObjectDoesNotExist:
            continue
        if value is not None:
            return int(value)
    return None


def address_of(record: Any, process: Process | None = None) -> str:
    """The page of a stored record that has one, those that processes share in this one; empty for none."""
    if record is None:
        return ""
    if isinstance(record, Position):
        return f"{record.issue.get_absolute_url()}#position-{record.pk}"
    if isinstance(record, Process | Summit | Issue):
        return record.get_absolute_url()
    if isinstance(record, Option):
        return record.issue.get_absolute_url()
    if process is not None and isinstance(record, Actor):
        return reverse("actor", args=[process.slug, record.slug])
    if process is not None and isinstance(record, Person):
        return reverse("person", args=[process.slug, record.slug])
    if process is not None and isinstance(record, Source):
        return reverse("source", args=[process.slug, record.pk])
    if process is not None and isinstance(record, Statement):
        return reverse("source", args=[process.slug, record.source_id]) + f"#statement-{record.pk}"
    return ""


def _name(record: Any) -> str:
    try:
        if isinstance(record, Statement):
            return f"{_clipped(record.quote or record.note)} ({record.source.publisher})"
        if isinstance(record, Signatory):
            return f"{record.actor} in {_name(record.statement)}"
        if isinstance(record, Evidence):
            target = record.position or record.event or record.outcome
            return f"{_name(record.statement)} {_SPEAKS[Stance(record.stance)]} {target}"
        return str(record)
    except ObjectDoesNotExist:
        return f"a {record._meta.verbose_name}"


def _clipped(quote: str) -> str:
    return quoted(quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…")


def plain(field: Any, value: Any) -> str:
    """A value that is no reference, as a person would say it."""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, datetime):
        return when_in_words(value)
    return day_in_words(value) if isinstance(value, date) else str(value)
