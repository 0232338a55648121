"""Recording: one sitting is one transaction and one change set."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from issues.history.change_set import ChangeSet, Way
from issues.history.closing import stamp_late
from issues.history.revision import closed_before, renew_revision
from issues.writers import turn

if TYPE_CHECKING:
    from issues.history.record import Record
    from issues.user import User


FOUND = "Found as loaded."
# Of how many records that were written at once each is kept: of more nobody asks what each of them says.
MOST_KEPT = 500


class UnrecordedChange(RuntimeError):
    """A record was about to change outside of a change set."""


@dataclass(frozen=True, slots=True)
class Written:
    """Records of one kind that were written at once, and how: "+", "~" or "-".

    ``records`` are as they are now, or were when they were removed; of very many there are the ``keys``
    alone, and what else is asked of them is asked of the history.
    """

    how: str
    model: type[Record]
    keys: Sequence[int]
    records: Sequence[Record]


class Recording:
    """An open change set. It is stored with the first change, so that changing nothing leaves no trace."""

    def __init__(self, *, by: User | None, reason: str, kind: Way) -> None:
        self.by, self.reason, self.began = by, reason.strip(), timezone.now()
        self._draft = ChangeSet(user=by, reason=self.reason, kind=kind)
        self.written: list[Written] = []
        self.touched: set[int] = set()
        # What came with the history that it had elsewhere, which nothing here follows from.
        self.brought: list[Written] = []

    def note(
        self, how: str, model: type[Record], keys: Sequence[int], records: Callable[[], Iterable[Record]]
    ) -> None:
        """Note what was written; the records are asked for where they are to be kept."""
        kept = tuple(records()) if len(keys) <= MOST_KEPT else ()
        self.written.append(Written(how, model, array("q", keys), kept))

    def keys_of(self, model: type[models.Model], how: str = "") -> set[int]:
        """The keys of the records of a kind that were written, in one way or in any."""
        some = (one for one in self.written if one.model is model and how in ("", one.how))
        return {key for one in some for key in one.keys}

    @property
    def change_set(self) -> ChangeSet:
        """The stored change set of this sitting."""
        if self._draft._state.adding:
            self._draft.save()
        return self._draft

    @cached_property
    def found(self) -> ChangeSet:
        """The change set of what stood without a history: nobody's edit, stored when first asked for."""
        return ChangeSet.objects.create(user=None, reason=FOUND, kind=Way.COMMAND)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been changed yet."""
        return self._draft._state.adding

    @property
    def is_typing(self) -> bool:
        """Whether nothing was written but what is typed on a sheet, of which the record says nothing yet."""
        return bool(self.written) and not any(one.model.history_is_kept for one in self.written)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part that may fail alone: what it wrote is taken back then, and the sitting goes on."""
        was_empty, written, brought = self.is_empty, len(self.written), len(self.brought)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del self.written[written:], self.brought[brought:]
            self.__dict__.pop("found", None)  # it may have been rolled back with it
            if was_empty:  # the stored change set was rolled back with it
                self._draft.pk = None
                self._draft._state.adding = True
            raise


# What follows from any change, whoever makes it and wherever; done before a recording closes.
_consequences: list[Callable[[Recording], None]] = []


def before_closing(act: Callable[[Recording], None]) -> Callable[[Recording], None]:
    """Have this done at the end of every recording, as part of it. A rule that no writer can forget."""
    _consequences.append(act)
    return act


# Done after these, when all that a recording wrote is known.
_filings: list[Callable[[Recording], None]] = []


def when_closing(act: Callable[[Recording], None]) -> Callable[[Recording], None]:
    """Have this done last in every recording: it sees all that was written, and writes no record itself."""
    _filings.append(act)
    return act


_open: ContextVar[Recording | None] = ContextVar("open_recording", default=None)


def open_recording() -> Recording:
    """The recording that is open. Raises UnrecordedChange where none is."""
    opened = _open.get()
    if opened is None:
        raise UnrecordedChange("Nothing is changed outside of recording(by=…, reason=…).")
    return opened


def _close(opened: Recording) -> None:
    """Say when it was closed, which is later than all that it wrote; and that is later than what was closed.

    So a page that was read before tells the same for ever as known when the last recording before it was
    closed. Where writers overlap, this one may have begun before another was closed, and a clock may be set
    back: then it is stamped anew.
    """
    before = closed_before()
    now = timezone.now()
    if before is not None and opened.began <= before:
        sets = [opened.change_set, *([opened.found] if "found" in opened.__dict__ else [])]
        now = stamp_late(sets, {one.model for one in opened.written}, opened.began, before, now)
    renew_revision(now, opened.touched)


def touch(*of: int) -> None:
    """Have new signs drawn of processes, by key: what readers see of them changes.

    When the open recording closes; at once where none is open, at the end of the transaction that changes it.
    """
    opened = _open.get()
    if opened is None:
        renew_revision(of=of)
    else:
        opened.touched.update(of)


@contextmanager
def recording(*, by: User | None, reason: str, kind: Way = Way.PAGE) -> Iterator[Recording]:
    """Record every change inside as one change set, in one transaction.

    ``by`` is None only for a command that ran without a person. One sitting is one change set, so whoever
    is called inside asks for :func:`open_recording` and opens none: RuntimeError. Raises ValidationError
    when the reason is empty.
    """
    if _open.get() is not None:
        raise RuntimeError("A recording is open already; call the steps inside of it, not whole acts.")
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason of this change."})
    opened = Recording(by=by, reason=reason, kind=kind)
    token = _open.set(opened)
    try:
        with turn(), transaction.atomic():
            yield opened
            for act in (*_consequences, *_filings):
                act(opened)
            if not (opened.is_empty or opened.is_typing):
                _close(opened)
            elif opened.touched:
                renew_revision(of=opened.touched)
    finally:
        _open.reset(token)
