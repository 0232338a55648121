"""What the engines differ in: a copy taken while people work, putting it back, a database to try it in."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Copy:
    """A file with all that a database held at one moment, and a database in which that is read."""

    file: Path
    seen: BaseDatabaseWrapper


class Engine(Protocol):
    """One kind of database. Each function raises Refused where it cannot be done, in words."""

    def copied(self, database: BaseDatabaseWrapper, room: Path) -> AbstractContextManager[Copy]:
        """Copy a database into a folder, as it is at one moment; nobody who works in it waits."""

    def put_back(self, file: Path, database: BaseDatabaseWrapper) -> None:
        """Replace all that is in a database by a copy, in one transaction."""

    def scratch(
        self, database: BaseDatabaseWrapper, room: Path
    ) -> AbstractContextManager[BaseDatabaseWrapper]:
        """An empty database, on the server of another one or in a folder, removed afterwards."""
