"""What stops a backup, a restoration or a move, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError


class Refused(Exception):
    """It was not done, and why; what was there before is there still."""


class Damaged(Refused):
    """A file is not what was written, or is no backup of ours."""


@contextmanager
def in_words() -> Iterator[None]:
    """Say what a database said that is away, or has not the tables that its migrations made."""
    try:
        yield
    except DatabaseError as error:
        raise Refused(f"The database does not do what is asked: {str(error).strip()}") from error
