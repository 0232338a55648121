"""One writer after the other on SQLite, which has a lock for them and no queue.

Who finds it locked sleeps, longer each time, up to a tenth of a second, and may find it locked again by one
who came later. With twenty people at a sheet that, and not the writing, was what the slowest waited for. A
lock on a file beside the database wakes the next at once, whichever process it is in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting has to do
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to write, until those before have committed.

    Who has a transaction open already has the database to itself and waits for nobody.
    """
    if fcntl is None or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    database = Path(str(connection.settings_dict["NAME"]))
    if not database.is_file():  # in memory
        yield
        return
    with database.with_name(f"{database.name}-queue").open("w") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield
