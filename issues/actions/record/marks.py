"""Keeping by what records may turn out to be one, whoever writes them: before a recording closes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.db.models import Max

from issues.history import ADDED, Recording, among, keys_of_all, portions, when_closing
from issues.models import Mark
from issues.queries.upkeep.marks import AT_ONCE, MARKED, Kind, marks_of, of_kind, stored_marks, without_record
from issues.writers import turn

Pair = tuple[str, int]  # a digest and the key of a record


@when_closing
def keep_marks(opened: Recording) -> None:
    """Write the marks of the actors, people and sources that this sitting wrote; others cost nothing."""
    for kind in MARKED:
        brought = {key for one in opened.brought if one.model is kind for key in one.keys}
        new = opened.keys_of(kind, ADDED)
        for some in portions(sorted(opened.keys_of(kind) | brought), AT_ONCE):
            _write(kind, some, new)


def mark_anew(kind: Kind) -> None:
    """Write the marks of every record of a kind anew, some thousand at a time: people go on working."""
    for keys in keys_of_all(kind, AT_ONCE):
        with turn(), transaction.atomic():
            _write(kind, keys, locked=True)
    with turn(), transaction.atomic():
        without_record(kind).delete()


def _write(kind: Kind, keys: Sequence[int], new: Collection[int] = (), *, locked: bool = False) -> None:
    """Store what records say now and forget what they said before. Two queries where that is the same.

    ``new`` are those of which nothing is stored yet. ``locked`` keeps the records as they are meanwhile.
    """
    there = [key for key in keys if key not in new]
    said = marks_of(kind, keys, locked=locked)
    stored = stored_marks(kind, there) if there else defaultdict(dict)
    gone = [pk for key in there for digest, pk in stored[key].items() if digest not in said.get(key, ())]
    if gone:
        Mark.objects.filter(pk__in=among(gone)).delete()
    pairs = [(digest, key) for key, digests in said.items() for digest in digests - stored[key].keys()]
    while pairs and _add(kind, sorted(pairs)) < len(pairs):
        stored = stored_marks(kind, keys)
        pairs = [(digest, key) for digest, key in pairs if digest not in stored[key]]


def _add(kind: Kind, pairs: Sequence[Pair]) -> int:
    """Number each behind those who have the same, and say how many were: others were faster with a number.

    In the order of their digests, so that no two writers wait for each other.
    """
    last = of_kind(kind).filter(digest__in={digest for digest, _ in pairs}).values("digest")
    nth = Counter(dict(last.annotate(last=Max("nth")).values_list("digest", "last")))
    table, number, added = connection.ops.quote_name(Mark._meta.db_table), MARKED[kind].number, 0
    with connection.cursor() as cursor:
        for some in portions(pairs, AT_ONCE):
            rows: list[int | str] = []
            for digest, key in some:
                nth[digest] += 1
                rows += (number, key, digest, nth[digest])
            cursor.execute(
                f"INSERT INTO {table} (kind, record, digest, nth) "  # noqa: S608
                f"VALUES {', '.join(['(%s, %s, %s, %s)'] * len(some))} ON CONFLICT DO NOTHING",
                rows,
            )
            added += cursor.rowcount
    return added
