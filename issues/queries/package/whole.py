"""Everything that a process consists of, and nothing else, so that whatever refers finds what it refers to.

Its own records are those that hang on it; the actors, people, places, sources and statements that processes
share come along as far as its own refer to them. What refers to a record of another process is empty here.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from issues.history import Record
from issues.models import (
    RECORDS,
    Actor,
    Assessment,
    Citation,
    Evidence,
    Office,
    Participation,
    Process,
    Scenario,
    Signpost,
    Statement,
    Summit,
    User,
)
from issues.queries.history.owners import BESIDE, HANGS_ON, SHARED
from issues.queries.history.rows import newest
from issues.queries.package.columns import ACT, KINDS, fields
from issues.queries.reading.people import MAY_NAME_US, UNNAMED

AT_ONCE = 5_000
CITING: tuple[type[Record], ...] = (Evidence, Citation, Signpost)
Keys = dict[type[models.Model], set[int]]


class NotThen(LookupError):
    """The process was not on record at the time that is asked about."""


class Whole:
    """A process as it is, or as it was known at a time, record by record.

    ``everything`` adds what not everybody may read: our people by name, and every number that they gave.
    Else they, and who took a copy of a source, are named where the process says so, and their numbers are
    told for questions that are answered.
    """

    def __init__(self, process: Process, known: datetime | None = None, *, everything: bool = False) -> None:
        self.process, self.known, self.everything = process, known, everything
        # Who is told of beside those that records name, with the time of their first act.
        self.authors: dict[int, datetime | None] = {}
        self.is_named = everything or process.names_public
        # How many references to records of other processes are left empty, by kind and column.
        self.left_out: Counter[tuple[type[models.Model], str]] = Counter()
        self.keys: Keys = defaultdict(set)
        self._collect()

    def rows(self, kind: type[models.Model]) -> Iterator[dict[str, Any]]:
        """The records of a kind by the names of their columns, in the order of their keys, in portions."""
        refers = [field for field in fields(kind) if field.is_relation and field.related_model in KINDS]
        people = [field.attname for field in fields(kind) if field.related_model is User]
        untold = [] if self.is_named else [one.attname for one in MAY_NAME_US if one.model is kind]
        for row in self._values(kind, self.keys[kind], [field.attname for field in fields(kind)]):
            row |= dict.fromkeys(untold, "")
            for field in refers:
                key = row[field.attname]
                if key is not None and key not in self.keys[field.related_model]:
                    row[field.attname] = None
                    self.left_out[kind, field.attname] += 1
            for name in people:
                row[name] = self.contributors.get(row[name])
            if kind is Assessment:
                row[ACT] = row["change_set_id"] = self.acts[row["change_set_id"]]
            yield row

    def told(self, kind: type[models.Model], *columns: str) -> Iterator[dict[str, Any]]:
        """Some columns of the records of a kind, as they are or were then, in the order of their keys."""
        return self._values(kind, self.keys[kind], list(columns))

    def count(self, kind: type[models.Model]) -> int:
        """How many records of a kind there are."""
        return len(self.keys[kind])

    @cached_property
    def contributors(self) -> dict[int, int]:
        """By the key of one of our people, their number here; where they are not named they are one."""
        first: dict[int, tuple[bool, Any, int]] = {
            key: (when is None, when, key) for key, when in self.authors.items()
        }
        for kind in KINDS:
            times = {"reviewed_by_id": "reviewed_at", "assessor_id": "made_at"}
            for field in fields(kind):
                if field.related_model is not User:
                    continue
                time = times.get(field.attname)
                columns = [field.attname, *([time] if time else [])]
                for row in self._values(kind, self.keys[kind], columns):
                    key, when = row[field.attname], row[time] if time else None
                    if key is not None:
                        place = (when is None, when, key)
                        first[key] = min(first.get(key, place), place)
        if not self.is_named:
            return dict.fromkeys(first, 1)
        return {key: number for number, key in enumerate(sorted(first, key=lambda key: first[key]), 1)}

    @cached_property
    def names(self) -> dict[int, str]:
        """What our people are called, by their number."""
        if not self.is_named:
            return dict.fromkeys(self.contributors.values(), UNNAMED)
        users = User.objects.in_bulk(self.contributors)
        return {number: users[key].get_full_name() for key, number in self.contributors.items()}

    @cached_property
    def acts(self) -> dict[int, int]:
        """By the key of a change set in which numbers were given, its place among them."""
        given = Assessment.objects.filter(pk__in=self.keys[Assessment]).order_by("change_set")
        keys = given.values_list("change_set", flat=True).distinct()
        return {key: number for number, key in enumerate(keys, 1)}

    def _collect(self) -> None:
        self.keys[Process] = self._there(Process, {self.process.pk})
        if not self.keys[Process]:
            raise NotThen(f"{self.process} was not on record then.")
        for kind in RECORDS:
            if kind in HANGS_ON and kind not in (*SHARED, *BESIDE):
                self.keys[kind] = self._hanging(kind, self.keys)
        self._statements()
        self._close(list(self.keys))
        self._beside()
        self.keys[Assessment] = self._assessments()
        if self.known:
            self._prune()

    def _statements(self) -> None:
        """The statements that its records rest on, or made on its occasions, and what they answer."""
        found = self._hanging(Statement, self.keys)
        for kind in CITING:
            found |= self._refers(kind, self.keys[kind], "statement_id")
        new = found
        while new:
            new = self._free(self._refers(Statement, new, "in_reply_to_id") - found)
            found |= new
        self.keys[Statement] = found

    def _free(self, keys: set[int]) -> set[int]:
        """Of statements that are answered, those that no other process rests on."""
        if not keys:
            return set()
        taken = {
            key for kind in CITING for key in self._column(kind, "statement_id", Q(statement_id__in=keys))
        }
        return self._there(Statement, keys - taken, occasion_id=None)

    def _beside(self) -> None:
        """What hangs on what is shared: signatories; organs, memberships and offices of who takes part."""
        parties = self._refers(Participation, self.keys[Participation], "actor_id")
        organs = set(self._column(Actor, "id", Q(part_of_id__in=parties)))
        self.keys[Actor] |= organs
        within: Keys = self.keys | {Actor: parties}
        for kind in BESIDE:
            reached = within | {Actor: parties | organs} if kind is Office else within
            self.keys[kind] = self._hanging(kind, reached)
        self._close([Actor, *BESIDE])

    def _close(self, kinds: Iterable[type[models.Model]]) -> None:
        """Bring along what is shared and referred to, and what that refers to."""
        waiting = {kind: set(self.keys[kind]) for kind in kinds}
        while waiting:
            kind, keys = waiting.popitem()
            for field in fields(kind):
                target = field.related_model
                if target not in SHARED or target is Statement:
                    continue
                new = self._refers(kind, keys, field.attname) - self.keys[target]
                if new:
                    self.keys[target] |= new
                    waiting.setdefault(target, set()).update(new)

    def _assessments(self) -> set[int]:
        """The numbers that may be told: all, or by named people those for questions that are answered."""
        found = Assessment.objects.filter(scenario__in=self.keys[Scenario], after__in=self.keys[Summit])
        if self.known:
            found = found.filter(made_at__lte=self.known)
        if not self.everything:
            waiting = self._column(Scenario, "set_id", Q(id__in=self.keys[Scenario], resolved=""))
            found = found.exclude(scenario__set__in=set(waiting))
        return set(found.values_list("pk", flat=True)) if self.is_named else set()

    def _prune(self) -> None:
        """Take out what was written in the middle of a change set: a record without one that it hangs on."""
        for kind in KINDS:
            self.keys[kind] = self._there(kind, self.keys[kind])
            needed = [f for f in fields(kind) if f.related_model in KINDS and not f.null]
            for row in list(self._values(kind, self.keys[kind], ["id", *(f.attname for f in needed)])):
                if any(row[f.attname] not in self.keys[f.related_model] for f in needed):
                    self.keys[kind].discard(row["id"])

    def _hanging(self, kind: type[Record], keys: Keys) -> set[int]:
        """The records of a kind that hang on these."""
        found: set[int] = set()
        for column, above in HANGS_ON[kind]:
            for some in _portions(keys[above]):
                found.update(self._column(kind, "id", Q(**{f"{column}__in": some})))
        return found

    def _refers(self, kind: type[models.Model], keys: Collection[int], column: str) -> set[int]:
        """What these records refer to in a column."""
        return {row[column] for row in self._values(kind, keys, [column])} - {None}

    def _column(self, kind: type[Record], column: str, only: Q) -> Iterator[Any]:
        return self._query(kind).filter(only).values_list(column, flat=True).iterator()

    def _there(self, kind: type[models.Model], keys: Collection[int], **only: Any) -> set[int]:
        return {
            key
            for some in _portions(keys)
            for key in self._query(kind).filter(id__in=some, **only).values_list("id", flat=True)
        }

    def _values(
        self, kind: type[models.Model], keys: Collection[int], columns: list[str]
    ) -> Iterator[dict[str, Any]]:
        for some in _portions(keys):
            yield from self._query(kind).filter(id__in=some).order_by("id").values(*columns)

    def _query(self, kind: type[models.Model]) -> QuerySet[Any]:
        """The records of a kind as they are, or the versions of them that were current then."""
        if self.known is None or kind is Assessment:
            return kind._default_manager.order_by()
        return newest(kind, self.known)  # type: ignore[arg-type]


def _portions(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
