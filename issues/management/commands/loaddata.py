"""Django's ``loaddata``, which would write over edits in silence: here it stops and names them."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata

from issues.actions.record.marks import mark_anew
from issues.actions.record.search_entries import rebuild
from issues.history import Record, renew_all
from issues.models import Process, Signatory, Statement
from issues.queries.history.loaded import EditsSince
from issues.queries.search.entries import SEARCHED
from issues.queries.upkeep.marks import MARKED

MOST_NAMED = 20


class Command(loaddata.Command):
    """Load fixtures, unless that would take back an edit: then nothing is loaded."""

    def loaddata(self, fixture_labels: Any) -> None:
        """Load all of them, in one transaction. Raises CommandError with the names of what was edited."""
        self.edits, self.lost, self.stored = EditsSince(), list[str](), set[type[Record]]()
        super().loaddata(fixture_labels)
        if self.lost:
            raise CommandError(_told(self.lost))
        for kind in self.stored & SEARCHED.keys():
            rebuild(kind, lambda *_: None)
        for marked in self.stored & MARKED.keys():
            mark_anew(marked)
        renew_all()

    def save_obj(self, obj: Any) -> bool:
        """Store an object, unless that would take back an edit. What was edited and says the same stays."""
        record = obj.object
        if not isinstance(record, Record):
            return not self.lost and bool(super().save_obj(obj))
        name = self.edits.taken_back(record, [field.name for field in obj.deferred_fields or ()])
        if name:
            self.lost.append(name)
            self.objs_with_deferred_fields.clear()
        if self.lost:  # the others are only looked at: what they hang on is not there
            return False
        if record.pk and not obj.deferred_fields and self.edits.is_edited(record):
            return True
        if isinstance(record, Process):  # what it is known by elsewhere does not change
            record.uuid = (
                Process.objects.filter(pk=record.pk).values_list("uuid", flat=True).first() or record.uuid
            )
        self.stored.add(Statement if isinstance(record, Signatory) else type(record))
        return bool(super().save_obj(obj))


def _told(lost: list[str]) -> str:
    """Which edits would be taken back: all of them, or the first and how many more."""
    more = len(lost) - MOST_NAMED
    lines = [*lost[:MOST_NAMED], *([f"and {more:,} more"] if more > 0 else [])]
    return "Nothing was loaded: this would take back edits that were made since.\n  " + "\n  ".join(lines)
