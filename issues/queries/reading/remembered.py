"""The last readings of processes, with what was folded of them: who reads after another pays for none of it.

In the memory of the server process and not in a cache: to unpack a reading costs more than to read it.
"""

from collections import OrderedDict
from copy import copy
from datetime import datetime
from threading import Lock

from django.conf import settings

from issues.models import Process
from issues.once import Turns
from issues.queries.reading.process import Reading, read

Key = tuple[int, str, datetime | None]

_readings: OrderedDict[Key, Reading] = OrderedDict()
_lock = Lock()
TURNS = Turns()


def remembered(process: Process, known: datetime | None = None) -> Reading:
    """A process as :func:`read` reads it, for pages, which change nothing of it.

    A process that was read with its sign (``history.sign_of``) is another reading with another sign; one that
    was not, or has none yet, is read anew.
    """
    sign: str = getattr(process, "sign", "")
    if not sign:
        return read(process, known)
    key = (process.pk, sign, known)
    kept = _kept(key)
    if kept is None:
        with TURNS.at(key):
            kept = _kept(key)  # by now
            if kept is None:
                kept = read(process, known)
                kept.begin_folding()
                _keep(key, kept)
    mine = copy(kept)  # with the process as whoever asks has it, who may do other things there
    object.__setattr__(mine, "process", process)
    return mine


def forget_readings() -> None:
    """Have everything read anew."""
    with _lock:
        _readings.clear()


def _kept(key: Key) -> Reading | None:
    with _lock:
        kept = _readings.get(key)
        if kept is not None:
            _readings.move_to_end(key)
        return kept


def _keep(key: Key, reading: Reading) -> None:
    """Keep a reading, and let the longest unread go where all would hold too many positions."""
    with _lock:
        _readings[key] = reading
        held = sum(len(one.entries) + 100 for one in _readings.values())
        while held > settings.POSITIONS_REMEMBERED and _readings:
            _, gone = _readings.popitem(last=False)
            held -= len(gone.entries) + 100
