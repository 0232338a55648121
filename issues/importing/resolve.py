"""From what a row says to the records that it means: pure, given what is stored."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from issues.domain.address import normalised
from issues.domain.spelling import folded
from issues.importing.mapping import Dated, Mapping, Said, read_date
from issues.importing.mapping.columns import MAKES
from issues.importing.mapping.values import ValueProblem
from issues.importing.matching import Unmatched
from issues.importing.new import New, Ref
from issues.importing.rules import placement
from issues.importing.speakers import Speakers
from issues.importing.spellings import Spelling
from issues.importing.stored import Stored

# The texts of a position and of a statement that are taken as they are.
PLAIN = ("summary", "condition", "note")
SAID_PLAIN = ("quote", "language", "translation", "locator")
# The longest that the record holds, where it has a limit; SQLite would not say so.
LONGEST = {
    "language": 20,
    "locator": 120,
    "source_title": 400,
    "source_publisher": 200,
    "source_url": 700,
    "actor": 200,
    "speaker": 200,
    "summit": 200,
}
# The answer to whom a name means: nobody who is known.
NEW_ONE = "+"
WITHOUT_QUOTE = "Imported from this source without a quotation."


@dataclass(frozen=True, slots=True)
class Words:
    """A statement as a row gives it: only what the row says is in ``fields``.

    ``signed`` are all who signed it, of a joint one; ``organ`` is who speaks, where it is not the actor.
    """

    source: Ref
    fields: tuple[tuple[str, Any], ...]
    signed: tuple[Ref, ...] = ()
    organ: int | None = None


@dataclass(slots=True)
class Resolved:
    """A row whose every name is a record: where it belongs, what it says of the position, and its words."""

    said: Said
    issue: int
    actor: Ref
    summit: Ref
    fields: dict[str, Any]
    words: Words | None


class Resolver:
    """Finds what rows mean; ``made`` are the new records by what tells them apart."""

    def __init__(self, stored: Stored, mapping: Mapping) -> None:
        self.stored, self.mapping = stored, mapping
        self.made: dict[tuple[str, str], New] = {}
        self.speakers = Speakers(self)
        self.answered: dict[int, set[Spelling]] = defaultdict(set)  # by row

    def resolve(self, said: Said) -> list[Resolved]:
        """What a row means, for each whose position it is; nothing, with problems on it, if it is wrong."""
        _refuse_unfit(said)
        issue = self._named(said, "issue", "issue")
        summit = self._summit(said)
        speakers = self.speakers.of(said, summit)
        fields = self._fields(said, issue) if isinstance(issue, int) else {}
        words = self._words(said)
        signed = self.speakers.signed(said, speakers, words is not None)
        if said.problems or not isinstance(issue, int) or summit is None:
            return []
        return [
            Resolved(
                one.said,
                issue,
                one.actor,
                summit,
                fields,
                words and replace(words, signed=signed, organ=None if signed else one.organ),
            )
            for one in speakers
        ]

    def _named(self, said: Said, name: str, kind: str) -> Ref | None:
        text = said.texts.get(name, "")
        if not text:
            said.problem(name, "is missing")
            return None
        answer = self.mapping.names.get(kind, {}).get(text, "")
        try:
            found = self.stored.directories[kind].find(text, answer).pk
            if answer:
                self.answered[said.row].add(Spelling(kind, found, text))
            return found
        except Unmatched as error:
            if self._is_new(kind, answer, error):
                return self._new(kind, said, text)
            if answer == NEW_ONE:
                said.problem(name, *_not_made(kind))
            else:
                said.problem(name, str(error), f"names.{kind}")
            return None

    def _is_new(self, kind: str, answer: str, error: Unmatched) -> bool:
        """Whether a new record is made of a name: of no other's like it, or by a person's word."""
        return kind in self.mapping.make and (answer == NEW_ONE or not (answer or error.near))

    def _new(self, kind: str, said: Said, text: str) -> New | None:
        fields: dict[str, Any] = {"name": text} | dict(self.mapping.make[kind])
        if kind == "summit":
            when = said.dates.get("summit_date") or _day_in(text)
            if when is None:
                said.problem(
                    "summit",
                    "would be new: say its date in its row, or one for all rows",
                    "constants.summit_date",
                )
                return None
            fields |= {"starts_on": when.day, "starts_on_precision": when.precision}
        return self._keep(said, kind, kind, folded(text), fields)

    def _keep(self, said: Said, name: str, kind: str, key: str, fields: dict[str, Any]) -> New | None:
        made = self.made.setdefault((kind, key), New(kind, key, fields))
        differing = [one for one in fields.keys() & made.fields.keys() if fields[one] != made.fields[one]]
        if set(differing) - {"name"}:
            said.problem(
                name, f"would be new, but another row says otherwise of its {', '.join(sorted(differing))}"
            )
            return None
        return made

    def actor(self, said: Said) -> Ref | None:
        """Who is meant by the actor of a row."""
        return self._named(said, "actor", "actor")

    def takes_part(self, said: Said, found: Ref) -> bool:
        """Whether an actor takes part in the process, or is to; if not, it is noted on the row."""
        if isinstance(found, int) and found not in self.stored.participants:
            if "actor" not in self.mapping.make:
                said.problem("actor", "does not take part in this process", "make.actor")
                return False
            role = {"role": self.mapping.make["actor"]["role"], "actor": found}
            self.made.setdefault(("role", str(found)), New("role", str(found), role))
        return True

    def _summit(self, said: Said) -> Ref | None:
        """An occasion by its name, or by its day where it is the only one of that day."""
        text = said.texts.get("summit", "")
        day = _day_in(text)
        if day is None or text in self.mapping.names.get("summit", {}):
            return self._named(said, "summit", "summit")
        same = [
            pk
            for pk, occasion in self.stored.summits.items()
            if (occasion.starts_on, occasion.precision) == (day.day, day.precision)
        ]
        if len(same) == 1:
            return same[0]
        if same:
            said.problem("summit", "is the day of several occasions: say which", "names.summit")
            return None
        return self._named(said, "summit", "summit")

    def _fields(self, said: Said, issue: int) -> dict[str, Any]:
        """What the row says of the position, by its columns; what it leaves blank is not here."""
        fields: dict[str, Any] = {name: said.texts[name] for name in PLAIN if said.texts.get(name)}
        fields |= said.numbers
        fields |= {
            name: said.choices[name] for name in ("red_line", "basis", "confidence") if name in said.choices
        }
        if said.coding is None:
            return fields
        on = self.stored.issues[issue]
        state = {"state": said.coding.state, "option_id": None, "value": None}
        return fields | state | placement(said, on)

    def _words(self, said: Said) -> Words | None:
        given: dict[str, Any] = {name: said.texts[name] for name in SAID_PLAIN if said.texts.get(name)}
        if said.texts.get("speaker") and (speaker := self._named(said, "speaker", "speaker")) is not None:
            given["speaker_id"] = speaker
        if "said_on" in said.dates:
            when = said.dates["said_on"]
            given |= {"said_on": when.day, "said_on_precision": when.precision}
        source = self._source(said)
        if source is not None:
            return Words(source, tuple(sorted(given.items(), key=lambda item: item[0])))
        if said.texts.get("quote") and not said.problems:
            said.problem("quote", "has no source")
        return None

    def _source(self, said: Said) -> Ref | None:
        """The source by its address, its key or its title; a repeated address is the same source."""
        text, url = said.texts.get("source", ""), said.texts.get("source_url", "")
        title, publisher = said.texts.get("source_title", ""), said.texts.get("source_publisher", "")
        if not url and "://" in text:
            text, url = "", text
        if url:
            return self._source_at(said, normalised(url), title, publisher)
        name = text or title
        if not name:
            return None
        answer = self.mapping.names.get("source", {}).get(name, "")
        try:
            return self.stored.directories["source"].find(name, answer).pk
        except Unmatched as error:
            of = "source" if text else "source_title"
            if not self._is_new("source", answer, error):
                said.problem(of, str(error), "names.source")
            elif not publisher:
                said.problem(of, "would be a new source: say its publisher, or its address")
            else:
                return self._new_source(said, of, name, publisher, None)
            return None

    def _source_at(self, said: Said, url: str, title: str, publisher: str) -> Ref | None:
        known = self.stored.source_at(url)
        if known is not None:
            return known
        if not is_address(url):
            said.problem("source_url", "is no address of a page")
        elif "source" not in self.mapping.make:
            said.problem("source_url", "is of no source that is known here", "make.source")
        else:
            return self._new_source(said, "source_url", title or url[:400], publisher or _host(url), url)
        return None

    def _new_source(self, said: Said, name: str, title: str, publisher: str, url: str | None) -> New | None:
        when = said.dates.get("source_date")
        fields: dict[str, Any] = {"title": title, "publisher": publisher, "url": url}
        fields["kind"] = said.choices.get("source_kind", self.mapping.make["source"]["kind"])
        if when is not None:
            fields |= {"published_on": when.day, "published_on_precision": when.precision}
        key = url or f"{folded(title)} {folded(publisher)}"
        return self._keep(said, name, "source", key, fields)


def _not_made(kind: str) -> tuple[str, str]:
    """Why a name that was said to be a new one is not taken, and what would answer it."""
    if kind in MAKES:
        return f"would be a new {kind}: say in “make” that new ones are made", f"make.{kind}"
    return f"would be a new {kind}: bring it in first, with a table of {kind}s", ""


def _day_in(text: str) -> Dated | None:
    """The day of an occasion that is called by its day."""
    try:
        return read_date(text)
    except ValueProblem:
        return None


@lru_cache(maxsize=10_000)
def is_address(url: str) -> bool:
    """Whether the record would take an address."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return False
    return True


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "")[: LONGEST["source_publisher"]]


def _refuse_unfit(said: Said) -> None:
    """Refuse texts that the record cannot hold, and values that a spreadsheet could not work out."""
    for name, text in said.texts.items():
        if len(text) > LONGEST.get(name, len(text)):
            said.problem(name, f"has {len(text)} characters; at most {LONGEST[name]} are kept")
        if "\x00" in text:
            said.problem(name, "contains a NUL character")
