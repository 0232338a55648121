"""By what two records may turn out to be one: derived from them, and written anew whenever they are."""

from django.db import models
from django.db.models import Q


class Mark(models.Model):
    """A name or an address of a record, as it is compared (``queries.upkeep.marks``).

    ``nth`` numbers the records of a kind that ever had the same at once: where there is a second, there may
    be duplicates, and few rows tell of all of them. It is a unique number, so that of two who write the same
    at the same moment the later one learns of the first. A mark is no record itself: it has no history, is in
    no package, and ``manage.py rebuild_search`` makes all of them anew.
    """

    kind = models.PositiveSmallIntegerField()
    record = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    nth = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest", "nth"], name="mark_numbered_once")]
        indexes = [
            models.Index(fields=["kind", "record"], name="mark_of_record"),
            models.Index(fields=["kind", "digest"], condition=Q(nth__gt=1), name="mark_shared"),
        ]

    def __str__(self) -> str:
        return f"a mark of record {self.record} of kind {self.kind}"
