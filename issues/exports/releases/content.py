"""What a release would hold, before it is made, and the file of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO

from issues.exports.package import Contents, package
from issues.exports.package.words import Told
from issues.exports.releases.ids import changed_ids, release_before
from issues.exports.releases.rows import opened_file
from issues.models import Process
from issues.models.release import Release


@dataclass(frozen=True)
class Draft:
    """A release before it is made: what it would hold, and the last one before it."""

    contents: Contents
    last: Release | None


def drafted(process: Process, number: str, known: datetime | None, day: date) -> Draft:
    """What a release would hold.

    Raises NotThen where the process was not on record then, Lost where the release before is missing.
    """
    contents = Contents.of(process, known, told=Told(number=number, released_on=day))
    last = release_before(process, known)
    if last is not None:
        opened_file(last).close()  # what changed since cannot be told without it
    return Draft(replace(contents, tables=[*contents.tables, changed_ids(contents, last)]), last)


@contextmanager
def written(draft: Draft) -> Iterator[IO[bytes]]:
    """The file of a draft, while it is needed."""
    with TemporaryFile() as held:
        for some in package(draft.contents):
            held.write(some)
        held.seek(0)
        yield held
