"""Folders to work in, of which none stays, and files that stand whole or not at all."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from issues.backup.refused import Refused

NAME = ".redlines-backup-"


@contextmanager
def room(where: Path | None = None) -> Iterator[Path]:
    """A folder of one's own, in the folder for what is temporary or in another one. Raises Refused.

    Its lock ends with the process that holds it, so that what was left by one that was killed is known.
    """
    beside = where or Path(gettempdir())
    try:
        _remove_left(beside)
        place = Path(mkdtemp(prefix=NAME, dir=beside))
        held = os.open(place, os.O_RDONLY)
    except OSError as error:
        raise Refused(f"Nothing can be written in {beside}: {error.strerror}.") from error
    try:
        _is_free(held)
        yield place
    except OSError as error:
        raise Refused(f"{error.filename or beside} cannot be read or written: {error.strerror}.") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(held)


def settle(made: Path, target: Path) -> None:
    """Give a file that is whole its name, for good: on the disk, not in a memory that may be lost."""
    with made.open("rb") as opened:
        os.fsync(opened.fileno())
    made.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_left(beside: Path) -> None:
    for left in beside.glob(f"{NAME}*"):
        with suppress(OSError):  # of somebody else, or removed by them just now
            held = os.open(left, os.O_RDONLY)
            try:
                if _is_free(held):
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(held)


def _is_free(folder: int) -> bool:
    """Whether nobody holds a folder; from now on we do."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
