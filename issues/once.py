"""Of several threads that want the same thing one makes it, and the others wait for it."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass
class _Turn:
    """Whose turn it is, and how many stand there."""

    lock: Lock = field(default_factory=Lock)
    waiting: int = 0


class Turns:
    """Turns at things by their keys: who asks for the same key waits, who asks for another does not.

    When two hundred people read a page that has just changed, it is made once in each server process and not
    by each of its threads, which would all make it as slowly as they are many.
    """

    def __init__(self) -> None:
        self._turns: dict[Hashable, _Turn] = {}
        self._lock = Lock()

    @contextmanager
    def at(self, key: Hashable) -> Iterator[None]:
        """Wait until nobody else is at this; whoever comes next looks whether it is there by now."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[key]

    def __len__(self) -> int:
        """How many things are being made."""
        return len(self._turns)
