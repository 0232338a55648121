"""By which words a record is found: derived from the record, and written anew whenever it is."""

from django.db import models

# A row is found by its kind and the key of its record, which are its own key: no join, no second index, and
# the rows of a kind lie together, the newest record last.
BITS = 40  # of the key of the record
_ROOM = 1 << BITS


class SearchEntry(models.Model):
    """The words of one record, as search compares them (``domain.searching.key_of``).

    It is no record itself: it has no history, is in no package, and ``manage.py rebuild_search`` makes all of
    them anew. The migration after the tables gives it its index of trigrams.
    """

    id = models.BigIntegerField(primary_key=True)
    key = models.TextField()

    def __str__(self) -> str:
        return f"the words of record {self.id % _ROOM} of kind {self.id // _ROOM}"


def entry_key(kind: int, key: int) -> int:
    """The key of the row for a record of a kind; for key 0 that which lies before all of the kind."""
    return kind * _ROOM + key


def kind_of_entry(entry: int) -> int:
    """The number of the kind of a row."""
    return entry // _ROOM


def last_entry_key(kind: int) -> int:
    """The greatest key that a row of a kind can have."""
    return (kind + 1) * _ROOM - 1
