"""The deed of a table of records: what its plan says, one record after the other, each by the rules."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from issues.actions.importing.beside import Free, free_slugs
from issues.actions.record.correct import correct
from issues.actions.record.log import add
from issues.actions.record.new import add_summit
from issues.actions.record.short_ids import source_stem
from issues.actions.rules.check import check_finished
from issues.history import Record
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

# In this order, so that what others refer to is there; the last two of each kind correct what is there then.
MODELS: dict[str, type[Record]] = {
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
ORDER = list(MODELS)


def store_table(plan: Plan, process: Process) -> dict[str, list[int]]:
    """Store a table, inside an open recording. Returns the rows by kind and key of each record.

    Raises ValidationError, with its row, for whatever a rule refuses.
    """
    return _Table(process).run([item for item in plan.items if item.result in STORED])


class _Table:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.made: dict[New, Any] = {}
        self.slugs: dict[str, Any] = {}
        self.last = {
            kind: model.objects.filter(process=process).count()
            for kind, model in (("issue", Issue), ("participation", Participation))
        }

    def run(self, items: list[Item]) -> dict[str, list[int]]:
        """Every write of every item, those first on which others rest."""
        rows: dict[str, list[int]] = {}
        writes = [(write, item) for item in items for write in item.fields["writes"]]
        issues: dict[int, Item] = {}
        for write, item in sorted(writes, key=lambda one: ORDER.index(one[0].kind)):
            record = self._told(item, lambda write=write: self._write(write))
            rows[f"{record._meta.model_name}:{record.pk}"] = item.rows
            if write.kind in ("issue", "option"):
                issues[record.pk if isinstance(record, Issue) else record.issue_id] = item
        for pk, item in issues.items():
            self._told(item, lambda pk=pk: check_finished(Issue.objects.get(pk=pk)))
        return rows

    def _told(self, item: Item, act: Any) -> Any:
        """Do something, and say the rows where a rule refuses it."""
        try:
            return act()
        except ValidationError as error:
            where = f"row {', '.join(map(str, item.rows))}, {item.names[0]}"
            raise ValidationError([f"{where}: {message}" for message in error.messages]) from error

    def _write(self, write: Write) -> Any:
        fields = {name: self._value(value) for name, value in write.fields.items()}
        if write.kind in ("reference", "part_of"):
            return self._refer(write.kind, fields)
        model = MODELS[write.kind]
        if write.pk is not None:
            current = model._default_manager.get(pk=write.pk)
            if write.kind == "summit":
                fields |= self._place_in_order(current, fields)
            return correct(current, fields, alone=False)
        record = model(**self._new(write, fields))
        if isinstance(record, Summit) and not record.slug:
            stored: Record = add_summit(record)
        else:
            stored = add(record, alone=False)
        if write.made is not None:
            self.made[write.made] = stored
        return stored

    def _value(self, value: Any) -> Any:
        return self.made[value].pk if isinstance(value, New) else value

    def _new(self, write: Write, fields: dict[str, Any]) -> dict[str, Any]:
        """What a new record says beside what its row does: where it belongs, its slug, its place."""
        fields = {("issue_id" if name == "issue" else name): value for name, value in fields.items()}
        if write.kind in ("issue", "summit", "participation"):
            fields["process"] = self.process
        if write.kind in self.last:
            self.last[write.kind] += 1
            fields["order"] = self.last[write.kind]
        if write.kind == "participation":
            fields["watched"] = fields["role"] in Participation.WATCHED_ROLES
        if write.made is not None and write.kind in ("issue", "actor", "person", "summit"):
            said = write.made.fields["slug"]
            if said or write.kind != "summit":
                fields["slug"] = said or self._free(write.kind).slug(fields["name"], write.kind)
            if write.kind == "summit" and said:
                fields["sequence"] = self._sequence(fields["starts_on"])
        if write.kind == "source" and write.made is not None:
            stem = source_stem(fields["publisher"], fields.get("published_on"))
            fields["key"] = write.made.fields["slug"] or self._keys.number(stem)
            fields["url"] = fields.get("url") or None
        return fields

    @cached_property
    def _keys(self) -> Free:
        return Free(Source.objects.order_by().values_list("key", flat=True))

    def _free(self, kind: str) -> Any:
        if kind not in self.slugs:
            self.slugs[kind] = free_slugs(MODELS[kind], self.process if kind == "issue" else None)
        return self.slugs[kind]

    def _sequence(self, day: Any) -> int:
        there = Summit.objects.filter(process=self.process, starts_on=day).order_by("-sequence")
        return (there.values_list("sequence", flat=True).first() or 0) + 1

    def _place_in_order(self, summit: Any, fields: dict[str, Any]) -> dict[str, int]:
        """An occasion whose day is corrected stands after those of that day."""
        day = fields.get("starts_on", summit.starts_on)
        return {} if day == summit.starts_on else {"sequence": self._sequence(day)}

    def _refer(self, kind: str, fields: dict[str, Any]) -> Any:
        """What can be said of a record only when another is there."""
        if kind == "part_of":
            return correct(Actor.objects.get(pk=fields["actor"]), {"part_of_id": fields["part_of_id"]})
        issue = Issue.objects.get(pk=fields["issue"])
        option = issue.options.get(value=fields["value"])
        return correct(issue, {"reference_point_id": option.pk}, alone=False)
