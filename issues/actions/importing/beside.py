"""The records that positions of a file need and that are not there yet: actors, people, summits, sources."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from issues.actions.record.new import NEW
from issues.actions.record.short_ids import source_stem
from issues.clock import common_day
from issues.domain.slug import slug_of
from issues.history import Record
from issues.importing.new import New, Ref
from issues.models import Actor, Participation, Person, Process, Signatory, Source, Summit
from issues.models.summit import SummitStatus

LONGEST_SLUG = 70


@dataclass
class Made:
    """The keys of the new records by what they were in the plan."""

    keys: dict[New, int] = field(default_factory=dict)

    def key(self, ref: Ref) -> int:
        """The key of a record, made or known."""
        return self.keys[ref] if isinstance(ref, New) else ref

    def value(self, value: Any) -> Any:
        """A value of a field, which may be a record."""
        return self.keys[value] if isinstance(value, New) else value


@dataclass
class Prepared:
    """New records that wait to be stored, kind by kind with what each was in the plan, and who takes part."""

    process: Process
    by_kind: dict[str, list[New]]
    records: list[tuple[str, type[Record], list[Any]]] = field(default_factory=list)


def prepare(wanted: Iterable[New], process: Process) -> Prepared:
    """Make new records and check them, before anything is locked.

    They are right as long as the record is as it was: names and short ids that are free are free among those.
    """
    by_kind: dict[str, list[New]] = defaultdict(list)
    for one in wanted:
        by_kind[one.kind].append(one)
    found = Prepared(process, by_kind)
    for kind, model, build in (
        ("actor", Actor, _actors),
        ("speaker", Person, _people),
        ("summit", Summit, _summits),
        ("source", Source, _sources),
    ):
        if by_kind[kind]:
            records = build(by_kind[kind], process)
            for record in records:
                record.clean_fields(exclude=("process",))
            found.records.append((kind, model, records))
    return found


def make(prepared: Prepared) -> Made:
    """Store new records in bulk, inside an open recording."""
    made = Made()
    for kind, model, records in prepared.records:
        stored = model._default_manager.bulk_create(records)
        made.keys |= {one: record.pk for one, record in zip(prepared.by_kind[kind], stored, strict=True)}
    _take_part(prepared.by_kind["actor"], prepared.by_kind["role"], prepared.process, made)
    return made


def sign(signed: Iterable[tuple[int, Ref]], made: Made) -> None:
    """Store who signed joint statements, each once, by the key of the statement."""
    wanted = dict.fromkeys((statement, made.key(actor)) for statement, actor in signed)
    Signatory.objects.bulk_create(
        [Signatory(statement_id=statement, actor_id=actor) for statement, actor in wanted]
    )


def _take_part(new: list[New], known: list[New], process: Process, made: Made) -> None:
    """Give actors their roles in the process, after those who are there."""
    roles = [(made.key(one), one.fields["role"]) for one in new]
    roles += [(one.fields["actor"], one.fields["role"]) for one in known]
    if not roles:
        return
    last = Participation.objects.filter(process=process).aggregate(last=Max("order"))["last"] or 0
    Participation.objects.bulk_create(
        [
            Participation(
                process=process,
                actor_id=actor,
                role=role,
                order=last + number,
                watched=role in Participation.WATCHED_ROLES,
            )
            for number, (actor, role) in enumerate(roles, 1)
        ]
    )


def _actors(wanted: list[New], process: Process) -> list[Actor]:
    free = Free([*Actor.objects.order_by().values_list("slug", flat=True), NEW])
    return [
        Actor(name=one.fields["name"], kind=one.fields["kind"], slug=free.slug(one.fields["name"], "actor"))
        for one in wanted
    ]


def _people(wanted: list[New], process: Process) -> list[Person]:
    free = Free(Person.objects.order_by().values_list("slug", flat=True))
    return [Person(name=one.fields["name"], slug=free.slug(one.fields["name"], "person")) for one in wanted]


def _summits(wanted: list[New], process: Process) -> list[Summit]:
    """New occasions, each after those of its day."""
    there = Summit.objects.filter(process=process)
    free = Free([*there.values_list("slug", flat=True), NEW])
    last: dict[Any, int] = defaultdict(int)
    last.update(there.order_by().values_list("starts_on").annotate(Max("sequence")))
    found = []
    for one in wanted:
        day = one.fields["starts_on"]
        last[day] += 1
        found.append(
            Summit(
                process=process,
                slug=free.slug(one.fields["name"], f"summit-{day}"),
                sequence=last[day],
                status=SummitStatus.PLANNED if day > common_day() else SummitStatus.HELD,
                **one.fields,
            )
        )
    return found


def _sources(wanted: list[New], process: Process) -> list[Source]:
    free = Free(Source.objects.order_by().values_list("key", flat=True))
    return [
        Source(
            key=free.number(source_stem(one.fields["publisher"], one.fields.get("published_on"))),
            **one.fields,
        )
        for one in wanted
    ]


class Free:
    """Short ids that are new among those that are taken, of which there may be many."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self.last: dict[str, int] = defaultdict(lambda: 1)

    def slug(self, name: str, otherwise: str) -> str:
        """A slug made of a name."""
        return self.number(slug_of(name, LONGEST_SLUG) or otherwise)

    def number(self, stem: str) -> str:
        """The stem, with the first number behind it that makes it new."""
        found = stem
        while found in self.taken:
            self.last[stem] += 1
            found = f"{stem}-{self.last[stem]}"
        self.taken.add(found)
        return found
