"""What the keeper of a merge says afterwards: what was chosen where they differ, and what is joined."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from issues.domain.former import spelling
from issues.history import Record
from issues.models import Actor, Person, Snapshot, Source
from issues.queries.history.names import recorded_fields

PRECISION = "_precision"
# The keeper's own stays: its old address leads on.
NAMED_BY = {"slug", "key"}
# What all of them say is kept: joined, or the earliest of it.
JOINED = {"aliases", "note", "other_urls", "accessed_on"}


@dataclass
class Choice:
    """A field in which the records differ, its date with the precision. ``values`` has a record a value.

    The keeper's comes first; where it says nothing, the first that says something stands unless told.
    """

    field: Any
    columns: tuple[str, ...]
    records: list[Any]

    @property
    def name(self) -> str:
        """Its name in a form."""
        return str(self.field.name)

    @cached_property
    def givers(self) -> list[Any]:
        """One record for each value, the keeper's first."""
        found: dict[tuple[Any, ...], Any] = {}
        for record in self.records:
            found.setdefault(self.value(record), record)
        return list(found.values())

    def value(self, record: Any) -> tuple[Any, ...]:
        """What a record says; how exactly a day is known means nothing where there is none."""
        first, *rest = (getattr(record, column) for column in self.columns)
        return (first, *(rest if first not in (None, "") else (None for _ in rest)))

    def holders(self, giver: Any) -> list[Any]:
        """The records that say the same as one."""
        return [record for record in self.records if self.value(record) == self.value(giver)]

    def standing(self, fields: Mapping[str, int]) -> Any:
        """The record whose value stands."""
        chosen = next((one for one in self.records if one.pk == fields.get(self.name)), None)
        said = (one for one in self.records if self.value(one)[0] not in (None, ""))
        return chosen or next(said, self.records[0])


def choices(keeper: Record, losers: Sequence[Any]) -> list[Choice]:
    """The fields in which the records differ and of which one value can stand.

    Of sources with snapshots the archived copy is the newest of these (``actions.record.snapshots``).
    One query for sources, none for others.
    """
    group = [keeper, *losers]
    own = {record.pk for record in group}
    left_out = NAMED_BY | JOINED
    if isinstance(keeper, Source) and Snapshot.objects.filter(source__in=own).exists():
        left_out |= {"archive_url"}
    fields = {field.name: field for field in recorded_fields(type(keeper))}
    found = []
    for name, field in fields.items():
        if name in left_out or name.endswith(PRECISION):
            continue
        beside = fields.get(f"{name}{PRECISION}")
        choice = Choice(field, (field.attname, *([beside.attname] if beside else [])), group)
        to_itself = field.related_model is type(keeper) and own & {
            getattr(one, field.attname) for one in group
        }
        if len(choice.givers) > 1 and not to_itself:
            found.append(choice)
    return found


def wrong_choices(offered: Sequence[Choice], fields: Mapping[str, int]) -> list[str]:
    """What is wrong with what was chosen: a field in which they do not differ, a record that is none."""
    by_name = {choice.name: choice for choice in offered}
    found = []
    for name, key in fields.items():
        if name not in by_name:
            found.append(f"“{name[:60]}”: the records do not differ in this field; nothing is to be chosen.")
        elif all(record.pk != key for record in by_name[name].records):
            label = str(by_name[name].field.verbose_name).capitalize()
            found.append(f"{label}: choose the value of one of these records.")
    return found


def joined(
    keeper: Any, losers: Sequence[Any], offered: Sequence[Choice], fields: Mapping[str, int]
) -> dict[str, Any]:
    """The columns of the keeper that change, with their new values."""
    group, after = [keeper, *losers], copy(keeper)
    for choice in offered:
        for column in choice.columns:
            setattr(after, column, getattr(choice.standing(fields), column))
    if isinstance(after, Actor | Person):
        after.aliases = "\n".join(_aliases(after, group))
    if isinstance(after, Source):
        addresses = (address for source in group for address in source.addresses)
        after.other_urls = "\n".join(one for one in dict.fromkeys(addresses) if one != after.url)
        after.accessed_on = min((one.accessed_on for one in group if one.accessed_on), default=None)
        after.note = _note(after, group)
    columns = [field.attname for field in recorded_fields(type(keeper))]
    return {name: getattr(after, name) for name in columns if getattr(after, name) != getattr(keeper, name)}


def copies(sources: Sequence[Source]) -> list[str]:
    """The addresses of archived copies of these, each once; none where there is one, which is shown."""
    found = list(dict.fromkeys(source.archive_url for source in sources if source.archive_url))
    return found if len(found) > 1 else []


def _aliases(after: Any, group: Sequence[Any]) -> list[str]:
    """The names and spellings of all of them, each once, without those that it has itself then."""
    own = {after.name.casefold(), getattr(after, "short_name", "").casefold()}
    spellings = group[0].aliases.splitlines()
    for record in group:
        spellings += [record.name, getattr(record, "short_name", ""), *record.aliases.splitlines()]
    kept: dict[str, str] = {}
    for line in map(str.strip, spellings):
        kept.setdefault(spelling(line), line)
    return [line for name, line in kept.items() if name and name.casefold() not in own]


def _note(after: Source, group: Sequence[Source]) -> str:
    """The notes of all of them, each once, and under which other titles the document was recorded."""
    notes = [source.note for source in group if source.note]
    others = dict.fromkeys(str(source) for source in group if str(source) != str(after))
    told = [f"Also recorded as “{name}”." for name in others]
    return "\n".join(
        [*dict.fromkeys(notes), *(line for line in told if not any(line in note for note in notes))]
    )
