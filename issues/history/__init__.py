"""The one place where the audit history is wired.

Every change of a record happens inside :func:`recording`, which opens one change set for it: who, when,
why and by which way. A change outside of one is refused, so that no row of the history is ever without an
author or a reason. Fixtures are the exception that Django makes: ``loaddata`` writes no history, and
``manage.py demo`` writes it afterwards.
"""

from issues.history.among import among
from issues.history.change_set import ChangeSet, ProcessChange, Way
from issues.history.many import bring_many, change_many, remove_many, stored_by_key
from issues.history.portions import keys_of_all, portions
from issues.history.record import Record, RecordQuerySet, StaleVersion, locked, record_as_loaded, state_of
from issues.history.recording import (
    Recording,
    UnrecordedChange,
    Written,
    before_closing,
    open_recording,
    recording,
    touch,
    when_closing,
)
from issues.history.revision import (
    WHOLE,
    Revision,
    closed_at,
    renew_all,
    revision,
    sign_of,
)
from issues.history.rows import ADDED, CHANGED, REMOVED, HistoryRow, VersionRow

__all__ = [
    "ADDED",
    "CHANGED",
    "REMOVED",
    "WHOLE",
    "ChangeSet",
    "HistoryRow",
    "ProcessChange",
    "Record",
    "RecordQuerySet",
    "Recording",
    "Revision",
    "StaleVersion",
    "UnrecordedChange",
    "VersionRow",
    "Way",
    "Written",
    "among",
    "before_closing",
    "bring_many",
    "change_many",
    "closed_at",
    "keys_of_all",
    "locked",
    "open_recording",
    "portions",
    "record_as_loaded",
    "recording",
    "remove_many",
    "renew_all",
    "revision",
    "sign_of",
    "state_of",
    "stored_by_key",
    "touch",
    "when_closing",
]
