"""The deed of a table of records: exactly what its plan says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from issues.actions.importing.beside import Free
from issues.actions.record.correct import correct
from issues.actions.record.new import NEW
from issues.actions.record.short_ids import source_stem
from issues.actions.rules.check import check_finished
from issues.importing.item import STORED, Item, Plan
from issues.importing.new import New
from issues.importing.tables.group import Write
from issues.models import (
    Actor,
    Issue,
    Membership,
    Office,
    Option,
    Participation,
    Person,
    Place,
    Process,
    Source,
    Summit,
)

# In this order, so that what others refer to is there.
MODELS: dict[str, Any] = {
    "place": Place,
    "issue": Issue,
    "option": Option,
    "reference": Issue,
    "actor": Actor,
    "part_of": Actor,
    "participation": Participation,
    "membership": Membership,
    "person": Person,
    "office": Office,
    "summit": Summit,
    "source": Source,
}
# What is said of a record only when another is there.
REFER = ("reference", "part_of")
SLUGS = ("issue", "actor", "person", "summit")
OF_PROCESS = ("issue", "summit", "participation")


def store_table(plan: Plan, process: Process) -> dict[str, list[int]]:
    """Store a table, inside an open recording. Returns the rows by kind and key of each record.

    Raises ValidationError, with its row, for whatever a rule refuses.
    """
    return _Table(process).run([item for item in plan.items if item.result in STORED])


class _Table:
    """One carrying out: kind by kind, what is new in bulk, then what is corrected."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.made: dict[New, Any] = {}
        self.free: dict[str, Free] = {}
        self.last: dict[Any, int] = {}  # by kind, or by day of summits, the last place in the order

    def run(self, items: list[Item]) -> dict[str, list[int]]:
        """Every write of every item, those first on which others rest."""
        rows: dict[str, list[int]] = {}
        by_kind: dict[str, list[tuple[Write, Item]]] = {kind: [] for kind in MODELS}
        for item in items:
            for write in item.fields["writes"]:
                by_kind[write.kind].append((write, item))
        for kind, writes in by_kind.items():
            for record, item in (*self._make(kind, writes), *self._change(kind, writes)):
                rows[f"{record._meta.model_name}:{record.pk}"] = item.rows
        self._finish(by_kind)
        return rows

    def _make(self, kind: str, writes: list[tuple[Write, Item]]) -> list[tuple[Any, Item]]:
        """What is new of a kind."""
        model = MODELS[kind]
        links = [field.name for field in model._meta.fields if field.is_relation]
        found: list[tuple[Any, Item]] = []
        new = [(write, item) for write, item in writes if write.pk is None and kind not in REFER]
        for write, item in new:
            record = model(**self._new(write))
            with _told(item):
                record.clean_fields(exclude=links)
            found.append((record, item))
        stored = model._default_manager.bulk_create([record for record, _ in found])
        for (write, _), record in zip(new, stored, strict=True):
            if write.made is not None:
                self.made[write.made] = record
        return found

    def _change(self, kind: str, writes: list[tuple[Write, Item]]) -> list[tuple[Any, Item]]:
        """What is corrected of a kind."""
        found = []
        for write, item in writes:
            if write.pk is not None or kind in REFER:
                with _told(item):
                    found.append((self._correct(write), item))
        return found

    def _finish(self, by_kind: dict[str, list[tuple[Write, Item]]]) -> None:
        """Check of the issues that were touched that each has the options that it needs."""
        touched = {id(item): item for kind in ("issue", "option") for _, item in by_kind[kind]}
        for item in touched.values():
            writes = [write.fields for write in item.fields["writes"]]
            issues = {self._value(fields["issue"]) for fields in writes if "issue" in fields}
            for issue in Issue.objects.filter(pk__in=issues):
                with _told(item):
                    check_finished(issue)

    def _value(self, value: Any) -> Any:
        return self.made[value].pk if isinstance(value, New) else value

    def _fields(self, write: Write) -> dict[str, Any]:
        return {name: self._value(value) for name, value in write.fields.items()}

    def _new(self, write: Write) -> dict[str, Any]:
        """What a new record says beside what its row does: where it belongs, its slug, its place."""
        fields, kind = self._fields(write), write.kind
        if "issue" in fields:
            fields["issue_id"] = fields.pop("issue")
        if kind in OF_PROCESS:
            fields["process"] = self.process
        if kind in ("issue", "participation"):
            there = MODELS[kind]._default_manager.filter(process=self.process)
            fields["order"] = self._next(kind, there, "order")
        if kind == "participation":
            fields["watched"] = fields["role"] in Participation.WATCHED_ROLES
        if kind == "summit":
            fields["sequence"] = self._sequence(fields["starts_on"])
        if write.made is not None and kind in SLUGS:
            slug = write.made.fields["slug"]
            fields["slug"] = slug or self._free(kind).slug(fields["name"], kind)
        if write.made is not None and kind == "source":
            stem = source_stem(fields["publisher"], fields.get("published_on"))
            fields["key"] = write.made.fields["slug"] or self._free(kind).number(stem)
            fields["url"] = fields.get("url") or None
        return fields

    def _next(self, key: Any, there: Any, name: str) -> int:
        """The next place in an order."""
        if key not in self.last:
            self.last[key] = there.aggregate(last=Max(name))["last"] or 0
        self.last[key] += 1
        return self.last[key]

    def _sequence(self, day: Any) -> int:
        return self._next(day, Summit.objects.filter(process=self.process, starts_on=day), "sequence")

    def _free(self, kind: str) -> Free:
        if kind not in self.free:
            there = MODELS[kind]._default_manager.order_by()
            there = there.filter(process=self.process) if kind in OF_PROCESS else there
            name = "key" if kind == "source" else "slug"
            self.free[kind] = Free([*there.values_list(name, flat=True), NEW])
        return self.free[kind]

    def _correct(self, write: Write) -> Any:
        fields = self._fields(write)
        if write.kind == "part_of":
            return correct(Actor.objects.get(pk=fields["actor"]), {"part_of_id": fields["part_of_id"]})
        if write.kind == "reference":
            issue = Issue.objects.get(pk=fields["issue"])
            option = issue.options.get(value=fields["value"])
            return correct(issue, {"reference_point_id": option.pk}, alone=False)
        current = MODELS[write.kind]._default_manager.get(pk=write.pk)
        if isinstance(current, Summit) and fields.get("starts_on", current.starts_on) != current.starts_on:
            fields["sequence"] = self._sequence(fields["starts_on"])
        return correct(current, fields, alone=False)


@contextmanager
def _told(item: Item) -> Iterator[None]:
    """Say the rows where a rule refuses something."""
    try:
        yield
    except ValidationError as error:
        where = f"row {', '.join(map(str, item.rows))}, {item.names[0]}"
        raise ValidationError([f"{where}: {message}" for message in error.messages]) from error
