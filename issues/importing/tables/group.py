"""Rows of a table that are of one record: which it is, what they say of it, and what becomes of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from issues.domain.former import spelling
from issues.domain.span import reduced
from issues.domain.spelling import folded
from issues.importing.item import CORRECTED, NEW, REFUSED, SAME, Item
from issues.importing.mapping import Mapping, Problem, Said
from issues.importing.mapping.tables import CHOICES_OF, DATES_OF, NAME_OF, PEOPLE, RECORD_OF, SOURCES
from issues.importing.matching import Directory, Unmatched
from issues.importing.new import New, Ref
from issues.importing.resolve import NEW_ONE
from issues.importing.spellings import Spelling
from issues.importing.stored import Stored
from issues.models.fields import lines

IS_SLUG = re.compile(r"[-\w]+")
# The fields that are no texts: one that could not be read says nothing.
TYPED = {"value", "capability"}.union(*DATES_OF.values(), *CHOICES_OF.values())
DIVIDED = re.compile(r"[;\r\n]+")
TAKEN = ("new",)  # which is another page's address
NO_DAY = "is no day; leave it empty where it is not known"
NOT_ITS_SLUG = (
    "is the name of {0}, whose short name is another: say in names which is meant, {1} or + for a new one"
)


@dataclass(frozen=True)
class Write:
    """One record to be stored or, where it has a key, to be corrected; a value may be a record to be made."""

    kind: str
    made: New | None
    pk: int | None
    fields: dict[str, Any]


@dataclass
class Group:
    """The rows of one record. ``new`` is what it would be made as; ``pk`` its key where it is on record."""

    name: str
    rows: list[Said]
    pk: int | None = None
    new: New | None = None
    writes: list[Write] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    answered: set[Spelling] = field(default_factory=set)

    @property
    def ref(self) -> Ref:
        """The record, or what it is to be made as."""
        if self.new is not None:
            return self.new
        assert self.pk is not None  # noqa: S101 -- it is one of both
        return self.pk

    @property
    def has_problems(self) -> bool:
        """Whether anything is wrong with any of its rows."""
        return any(said.problems for said in self.rows)

    def problem(self, name: str, message: str, ask: str = "") -> None:
        """Note what is wrong with all of it at its first row."""
        self.rows[0].problem(name, message, ask)

    def one(self, name: str) -> Any:
        """What the rows say of a field, in which they have to agree; None where they say nothing."""
        by_value: dict[Any, list[Said]] = {}
        for said in self.rows:
            value = _said(said, name)
            if value is not None:
                by_value.setdefault(value, []).append(said)
        if len(by_value) > 1:
            for value, some in by_value.items():
                others = ", ".join(
                    str(one.row) for other, of in by_value.items() if other != value for one in of
                )
                for said in some:
                    said.problem(name, f"contradicts row {others}, which says otherwise of the same record")
        return next(iter(by_value), None)

    def day(self, name: str, otherwise: str = NO_DAY) -> date | None:
        """A day that has to be exact; what is known to the month or the year is noted as a problem."""
        when = self.one(name)
        if when is None:
            return None
        if when.precision != "day":
            self.problem(name, otherwise)
        day: date = when.day
        return day

    def many(self, name: str) -> list[str]:
        """All that the rows list in a field, divided by semicolons and line breaks."""
        parts = (part.strip() for said in self.rows for part in DIVIDED.split(said.texts.get(name, "")))
        return list(dict.fromkeys(filter(None, parts)))

    def compare(
        self, kind: str, before: dict[str, Any] | None, pk: int | None, given: dict[str, Any], of: str = ""
    ) -> None:
        """Store what rows give, or correct what differs from the record; ``of`` says of which in words."""
        if before is None or pk is None:
            self.writes.append(Write(kind, self.new if kind == _kind(self) else None, None, given))
            self.words += [
                f"{_told(name)}: {self._value(given, name)}"
                for name in given
                if name not in ("name", "title") and not name.endswith("_precision")
            ]
            return
        differing = {name: value for name, value in given.items() if before[name] != value}
        if differing:
            self.writes.append(Write(kind, None, pk, differing))
            after = before | given
            names = dict.fromkeys(name.removesuffix("_precision") for name in differing)
            self.words += [
                f"{of}{_told(name)}: {_value(before, name)} → {self._value(after, name)}" for name in names
            ]

    def _value(self, fields: dict[str, Any], name: str) -> str:
        """A value that is given, a record by what the file calls it."""
        called = self.one(name.removesuffix("_id")) if name.endswith("_id") else None
        return str(called) if called is not None else _value(fields, name)

    def item(self) -> Item:
        """What would become of the record."""
        rows = sorted({said.row for said in self.rows})
        if self.has_problems:
            problems = tuple(dict.fromkeys(one for said in self.rows for one in said.problems))
            return Item(rows, (self.name,), REFUSED, problems=problems)
        result = NEW if self.new else CORRECTED if self.writes else SAME
        return Item(
            rows, (self.name,), result, fields={"writes": self.writes, "words": "; ".join(self.words)}
        )


def _said(said: Said, name: str) -> Any:
    """What a row says of a field: a date, a number, one of a few words, or a text."""
    for of in (said.dates, said.numbers, said.choices):
        if name in of:
            return of[name]
    return None if name in TYPED else said.texts.get(name)


def _kind(group: Group) -> str:
    return group.new.kind if group.new else ""


def grouped(rows: Iterable[Said], mapping: Mapping, stored: Stored) -> list[Group]:
    """Rows by the record that each means; what is not known by any spelling is new, what is near is asked."""
    own = NAME_OF[mapping.table]
    found: dict[Any, Group] = {}
    for said in rows:
        ref = _meant(said, own, mapping, stored)
        key = ref if ref is not None else ("row", said.row)
        name = said.texts.get(own) or said.texts.get("slug", "")
        group = found.setdefault(key, Group(name, []))
        group.rows.append(said)
        if isinstance(ref, New):
            group.new = ref
        elif ref is not None:
            group.pk = ref
            if name in mapping.names.get(directory_of(mapping.table), {}):
                group.answered.add(Spelling(directory_of(mapping.table), ref, name))
    groups = list(found.values())
    _tell_apart(groups, own)
    return groups


def _tell_apart(groups: list[Group], own: str) -> None:
    """Refuse new records of one name of which a slug tells only some apart."""
    by_name: dict[str, list[Group]] = {}
    for group in groups:
        if group.new:
            by_name.setdefault(folded(group.name), []).append(group)
    for same in by_name.values():
        for group in same if len(same) > 1 else ():
            if not group.rows[0].texts.get("slug") and not group.rows[0].texts.get("url"):
                group.problem(own, "is the name of several in this file: give each of its rows a slug")


def _meant(said: Said, own: str, mapping: Mapping, stored: Stored) -> Ref | None:
    """The record of a row, by its slug or its name; None with its problem where that is not known."""
    kind = directory_of(mapping.table)
    directory = stored.directories[kind]
    name, slug = said.texts.get(own, ""), said.texts.get("slug", "")
    if slug in directory.by_slug and slug:
        return directory.by_slug[slug].pk
    url = said.texts.get("url", "") if mapping.table == SOURCES else ""
    if (at_address := stored.source_at(url)) is not None:
        return at_address
    if not name:
        said.problem(own, "is missing")
        return None
    if slug and (not IS_SLUG.fullmatch(slug) or slug in TAKEN):
        said.problem("slug", "is no short name: write letters, digits and -, without blanks")
        return None
    answer = mapping.names.get(kind, {}).get(name, "")
    # Documents of one title are others where their addresses are.
    key = slug or url or folded(name)
    if url and not answer:
        return New(RECORD_OF[mapping.table], key, {"name": name, "slug": slug})
    if answer == NEW_ONE:
        return New(RECORD_OF[mapping.table], key, {"name": name, "slug": slug})
    try:
        known = directory.find(name, answer)
    except Unmatched as error:
        # A slug of its own tells it from those that are only called nearly so, and from namesakes.
        other = "" if answer else _called_otherwise(said, directory)
        if answer or other or (error.near and not slug):
            said.problem(own, other or str(error), f"names.{kind}")
            return None
        return New(RECORD_OF[mapping.table], key, {"name": name, "slug": slug})
    if slug and not answer:
        said.problem("slug", NOT_ITS_SLUG.format(known.name, known.slug), f"names.{kind}")
        return None
    return known.pk


def _called_otherwise(said: Said, directory: Directory) -> str:
    """What to ask of a record that is not known by its name, but by a spelling that its row gives beside."""
    for text in (*DIVIDED.split(said.texts.get("aliases", "")), said.texts.get("short_name", "")):
        same = directory.spelled(text)
        if same:
            told = ", ".join(f"{one.name} ({one.slug})" for one in same)
            return f"is not known here, but as “{text.strip()}”, which it is called too, {told} is: say which"
    return ""


def directory_of(table: str) -> str:
    """The kind by which names of a table's records are matched and answered."""
    return {PEOPLE: "speaker", SOURCES: "source"}.get(table, NAME_OF[table])


def known_or_listed(
    group: Group, name: str, text: str, kind: str, mapping: Mapping, stored: Stored, listed: dict[str, Ref]
) -> Ref | None:
    """The record that a text of a row means: one on record, or another of the same file."""
    if folded(text) in listed:
        return listed[folded(text)]
    said = next((one for one in group.rows if text in one.texts.get(name, "")), group.rows[0])
    answer = mapping.names.get(kind, {}).get(text, "")
    try:
        found = stored.directories[kind].find(text, answer).pk
        if answer:
            group.answered.add(Spelling(kind, found, text))
        return found
    except Unmatched as error:
        column = said.columns.get(name, name)
        said.problems.append(Problem(said.row, column, text, str(error), f"names.{kind}"))
        return None


def aliases(group: Group, before: str, name: str) -> dict[str, str]:
    """The spellings on record with those that are new; nothing where none is."""
    there = {folded(line) for line in (*lines(before), name)}
    more = [text for text in group.many("aliases") if folded(spelling(text)) not in there]
    return {"aliases": "\n".join([*filter(None, before.splitlines()), *more])} if more else {}


def _told(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _value(fields: dict[str, Any], name: str) -> str:
    """A value of a record in words: a day as exactly as it is known."""
    value = fields[name]
    if value is None or value == "":
        return "nothing"
    if name.endswith("_id"):
        return "another"
    if f"{name}_precision" in fields:
        return reduced(value, fields[f"{name}_precision"])
    return f"{value:g}" if isinstance(value, float) else str(value).replace("\n", "; ")
