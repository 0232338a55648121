"""Whose position a row is: an actor's, that of each who signed, that of a coalition or of its members."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from issues.domain.spelling import folded
from issues.importing.mapping import Said
from issues.importing.mapping.columns import AS_ONE, EACH_MEMBER, SIGNED
from issues.importing.new import New, Ref

if TYPE_CHECKING:
    from issues.importing.resolve import Resolver

SEPARATOR = ";"
# Of how many a statement is joint.
FEWEST = 2
REPORTED = "is reported, and what is reported of several is no joint statement"
# Of how many parts a name may be that holds the separator.
MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor whose position a row is, the row as it is told of it, and the coalition that spoke for it."""

    said: Said
    actor: Ref
    organ: int | None = None


class Speakers:
    """Finds whose positions rows are, and counts those of coalitions."""

    def __init__(self, resolver: "Resolver") -> None:
        self.resolver, self.stored, self.mapping = resolver, resolver.stored, resolver.mapping
        self.coalitions = self.members = 0

    def of(self, said: Said, summit: Ref | None) -> list[Speaker]:
        """Whose position a row is; none, with problems on it, where that is not known.

        Those of one row share its problems until it is resolved.
        """
        named = list(self._named(said))
        found: dict[Ref, Speaker] = {}
        for one in named:
            actor = self.resolver.actor(one)
            if actor is None:
                continue
            for speaker in self._spoken_for(one, actor, summit):
                if self.resolver.takes_part(speaker.said, speaker.actor):
                    found.setdefault(speaker.actor, speaker)
        if said.problems:
            return []
        return [replace(one, said=one.said.settled()) for one in found.values()]

    def signed(self, said: Said, speakers: list[Speaker], has_words: bool) -> tuple[Ref, ...]:
        """All who signed the words of a row; nobody where they are of one alone."""
        if SIGNED not in said.texts or len({one.organ or one.actor for one in speakers}) < FEWEST:
            return ()
        if said.choices.get("basis") == "reported":
            said.problem("basis", REPORTED)
        elif not has_words:
            said.problem(SIGNED, "signed words of which no source is given")
        return tuple(sorted((one.actor for one in speakers), key=str))

    def notes(self) -> list[str]:
        """How many positions the rows of coalitions are, or may be."""
        if not self.coalitions:
            return []
        one, each = _count(self.coalitions, "position"), _count(self.members, "position")
        rows = _count(self.coalitions, "row")
        if self.mapping.coalitions == EACH_MEMBER:
            return [f"{rows} of coalitions: {each}, one for each member on that day."]
        if self.mapping.coalitions == AS_ONE:
            return [f"{rows} of coalitions: {one} of the coalitions themselves."]
        return [
            f"{rows} of coalitions that have members: as one ({AS_ONE}) {one}, "
            f"for each member on that day ({EACH_MEMBER}) {each}. Say which."
        ]

    def _named(self, said: Said) -> Iterator[Said]:
        """A row as it is told of each actor that it names."""
        if SIGNED not in said.texts:
            yield said
            return
        names = self._split(said.texts[SIGNED])
        if not names:
            said.problem(SIGNED, "is missing: nobody signed")
        columns = {**said.columns, "actor": said.columns[SIGNED]}
        for name in names:
            yield replace(said, texts=said.texts | {"actor": name}, columns=columns)

    def _split(self, text: str) -> list[str]:
        """The names in a cell, by line breaks and the separator, which a known name may hold itself."""
        separator = self.mapping.separator or SEPARATOR
        found = []
        for line in re.split(r"[\r\n]+", text):
            parts = line.split(separator)
            while parts:
                taken = next(
                    (
                        count
                        for count in range(min(len(parts), MOST_PARTS), 1, -1)
                        if self._is_known(separator.join(parts[:count]))
                    ),
                    1,
                )
                found.append(separator.join(parts[:taken]).strip())
                parts = parts[taken:]
        return list(dict.fromkeys(filter(None, found)))

    def _is_known(self, name: str) -> bool:
        directory = self.stored.directories["actor"]
        answers = self.mapping.names.get("actor", {})
        return folded(name) in directory.by_spelling or name.strip() in answers

    def _spoken_for(self, said: Said, actor: Ref, summit: Ref | None) -> list[Speaker]:
        """The actor itself, or the members that it had on the day of an occasion, as was said."""
        memberships = [] if isinstance(actor, New) else self.stored.members.get(actor, [])
        if not memberships or isinstance(actor, New):
            return [Speaker(said, actor)]
        if summit is None:
            return []  # which has its problem
        day = self._day(summit)
        members = list(dict.fromkeys(member for member, time in memberships if time.may_hold_on(day)))
        self.coalitions += 1
        self.members += len(members)
        if self.mapping.coalitions == AS_ONE:
            return [Speaker(said, actor)]
        if self.mapping.coalitions != EACH_MEMBER:
            said.problem(
                "actor",
                "is a coalition: say whether its row is one position of it, or one for each member on "
                f"that day ({len(members)})",
                "coalitions",
            )
        elif not members:
            said.problem("actor", "is a coalition that had no member on that day", "coalitions")
        names = self.stored.directories["actor"].by_key
        return [
            Speaker(replace(said, texts=said.texts | {"actor": names[member].name}), member, actor)
            for member in (members if self.mapping.coalitions else ())
        ]

    def _day(self, summit: Ref) -> date:
        if isinstance(summit, New):
            day: date = summit.fields["starts_on"]
            return day
        return self.stored.summits[summit].starts_on


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
