"""Making a package: the same record gives the same bytes, whenever and wherever it is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from issues.exports.package import words
from issues.exports.package.archive import Archive, Stored
from issues.exports.package.past import past_resources
from issues.exports.package.resources import Resource, resources
from issues.exports.package.words import Told
from issues.models import Process
from issues.queries.history.scope import touching
from issues.queries.package.layout import CHECKSUMS, DESCRIPTOR
from issues.queries.package.past import Past
from issues.queries.package.reading_then import of_then
from issues.queries.package.whole import Whole
from issues.queries.reading.process import read


@dataclass(frozen=True)
class Contents:
    """A process as it is to be packed: what it consists of, and its tables."""

    whole: Whole
    tables: Sequence[Resource]
    told: Told

    @classmethod
    def of(
        cls,
        process: Process,
        known: datetime | None = None,
        *,
        everything: bool = False,
        with_history: bool = False,
        told: Told | None = None,
    ) -> "Contents":
        """What is on record now, or was at a time; with its history, everything. Raises NotThen."""
        whole = Whole(process, known, everything=everything or with_history)
        past = past_resources(Past(whole)) if with_history else []
        reading = read(process, known)
        changed_at = known or last_change(process)
        return cls(
            whole,
            [*resources(whole, of_then(whole, reading) if known else reading), *past],
            replace(told or Told(), changed_at=changed_at),
        )

    def rows(self, table: Resource) -> int | None:
        """How many rows a table of records has; None of one that is worked out."""
        return self.whole.count(table.kind) if table.kind else None


def last_change(process: Process) -> datetime | None:
    """When the record of a process was last changed; None where nothing says it."""
    return touching(process).values_list("time", flat=True).first()


def package(contents: Contents) -> Iterator[bytes]:
    """The bytes of the package while it is made."""
    archive = Archive()
    for table in contents.tables:
        yield from archive.add(table.path, table.lines())
    whole, told = contents.whole, contents.told
    beside = {
        "README.md": words.readme(whole, contents.tables, told),
        "codebook.md": words.codebook(contents.tables, whole),
        "LICENSE.txt": words.licence(),
        "CITATION.cff": words.citation(whole, told),
    }
    for path, text in beside.items():
        yield from archive.add(path, [text])
    stored: list[Stored] = archive.stored
    yield from archive.add(DESCRIPTOR, [words.descriptor(whole, contents.tables, stored, told)])
    yield from archive.add(CHECKSUMS, [words.checksums(stored)])
    yield archive.close()
