"""Asking the index: which records have these needles in their keys, the newest first.

SQLite walks the lists of FTS5 from the newest row on and stops when it has enough. On PostgreSQL the newest
rows are looked through first, which is enough for what is in many of them; else the bitmaps of the trigrams
lead to the rest. Its planner is not asked which is better: it cannot know how rare a trigram is. Either way
trigrams only lead there: that a needle is in the key is asked of the key.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from issues.domain.searching import grams
from issues.history import Record, among
from issues.models.search_entry import BITS, entry_key, kind_of_entry, last_entry_key
from issues.queries.search.entries import SEARCHED

# What a key has to have: any of these, all of such, any of such.
Wanted = Sequence[Sequence[Sequence[str]]]
Condition = tuple[str, list[Any]]
ANYTHING: Condition = ("%s = %s", [1, 1])

# The expression that is indexed on PostgreSQL, as the migration has it: all trigrams of a key, and its kind.
_CUT = r"string_to_array(regexp_replace({}, '(...)', E'\\1\x01', 'g'), E'\x01')"
_KEY = "issues_searchentry.key"
_STARTS = (_KEY, f"substr({_KEY}, 2)", f"substr({_KEY}, 3)")
_KIND = f"ARRAY['kind' || (issues_searchentry.id >> {BITS})::text]"
_GRAMS = f'(({" || ".join([*map(_CUT.format, _STARTS), _KIND])}) COLLATE "C")'
# Of how many of the newest rows PostgreSQL looks through the keys before it asks the index: it stops when it
# has enough, which it soon has where very many rows have it.
LOOKED_THROUGH, LOOKED_THROUGH_OF_MANY = 3_000, 20_000
MOST_WAYS = 32
# So many rows are few: they are read, and then it is asked who may be told of them.
FEW = 300


@dataclass(frozen=True)
class Rows:
    """Rows of the index from a key to a key, and what all of them are marked with there: their kind."""

    first: int
    last: int
    marks: Sequence[str] = ()


EVERYTHING = Rows(0, last_entry_key(max(one.number for one in SEARCHED.values())))


@dataclass(frozen=True)
class Among:
    """Some records of a kind, as a condition on their row of the index."""

    kind: type[Record]
    condition: Condition


def among_rows(rows: QuerySet[Any]) -> Among:
    """Those that a query gives."""
    kind: type[Record] = rows.model
    first = entry_key(SEARCHED[kind].number, 0)
    here = RawSQL("issues_searchentry.id - %s", [first])
    sql, params = rows.order_by().filter(pk=here).values("pk").query.sql_with_params()
    return Among(kind, (f"EXISTS ({sql})", list(params)))


def among_those_of(kind: Callable[[RawSQL], QuerySet[Any]], processes: RawSQL) -> Among:
    """Those that a kind has in some processes: what is asked is put into words once, not for each search."""
    of, marks = _in_words(kind, connection.vendor)
    sql, params = of.condition
    return Among(of.kind, (sql, [processes.params[0] if value == marks else value for value in params]))


@cache
def _in_words(kind: Callable[[RawSQL], QuerySet[Any]], vendor: str) -> tuple[Among, Any]:
    """The condition for processes that there are not, and what stands for them in its parameters."""
    none = among((-1,))
    return among_rows(kind(none)), none.params[0]


def keys_having(
    wanted: Wanted, of: Among, most: int, before: int | None = None, *, many: bool = False
) -> list[tuple[int, str]]:
    """Those of some records that have what is wanted, each with its key of search: the newest first.

    No more than ``most``, of those that were recorded before the one with the key ``before``. Where it is not
    known that ``many`` rows have it, they are looked for first, and then it is asked whether they are of
    those records: to plan that question takes PostgreSQL longer than to answer it. One to three queries.
    """
    number = SEARCHED[of.kind].number
    first, last = entry_key(number, 0), last_entry_key(number)
    if before is not None:
        last = entry_key(number, before) - 1
    rows = Rows(first, last, [f"kind{number}"])
    if not many:
        some = _asked(wanted, rows, ANYTHING, FEW + 1)
        if len(some) <= FEW:
            return those_among([entry for entry, _ in some], of)[:most]
    return [(entry - first, key) for entry, key in _asked(wanted, rows, of.condition, most)]


def all_having(wanted: Wanted, most: int) -> dict[int, list[int]] | None:
    """All rows that have what is wanted, by the number of their kind; None where they are more than ``most``.

    Whether somebody may be told of them is asked by :func:`those_among`. One query.
    """
    found = _asked(wanted, EVERYTHING, ANYTHING, most + 1)
    if len(found) > most:
        return None
    by_kind: dict[int, list[int]] = defaultdict(list)
    for entry, _ in found:
        by_kind[kind_of_entry(entry)].append(entry)
    return by_kind


def those_among(entries: Sequence[int], of: Among) -> list[tuple[int, str]]:
    """Those of some rows that are of some records, as :func:`keys_having` gives them. One query, or none."""
    if not entries:
        return []
    meant = among(entries)
    there, values = of.condition
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT issues_searchentry.id, issues_searchentry.key FROM issues_searchentry"  # noqa: S608
            f" WHERE issues_searchentry.id IN ({meant.sql}) AND {there} ORDER BY issues_searchentry.id DESC",
            [*meant.params, *values],
        )
        first = entry_key(SEARCHED[of.kind].number, 0)
        return [(entry - first, key) for entry, key in cursor.fetchall()]


def _asked(wanted: Wanted, rows: Rows, there: Condition, most: int) -> list[tuple[int, str]]:
    """Those of some rows of the index that have what is wanted; of one kind the greatest key first."""
    on_sqlite = connection.vendor == "sqlite"
    sql, params = (_on_sqlite if on_sqlite else _on_postgresql)(wanted, rows, there, most)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _on_sqlite(wanted: Wanted, rows: Rows, there: Condition, most: int) -> Condition:
    lists, _ = _nested(wanted, lambda one: (" AND ".join(map(_quoted, grams(one))), []))
    has, values = _nested(wanted, lambda one: ("instr(issues_searchentry.key, %s) > 0", [one]))
    return (
        # Entered by the trigrams, whatever the statistics say; each row is then found by its own key.
        "SELECT issues_searchentry.id, issues_searchentry.key FROM issues_searchgrams"  # noqa: S608
        " CROSS JOIN issues_searchentry ON issues_searchentry.id = issues_searchgrams.rowid"
        " WHERE issues_searchgrams MATCH %s AND issues_searchgrams.rowid BETWEEN %s AND %s"
        f" AND ({has}) AND {there[0]} ORDER BY issues_searchgrams.rowid DESC LIMIT %s",
        [lists, rows.first, rows.last, *values, *there[1], most],
    )


def _on_postgresql(wanted: Wanted, rows: Rows, there: Condition, most: int) -> Condition:
    """Those of the newest rows, no trigram asked; where they are too few, those to which the bitmaps lead.

    The bitmaps are asked alone, then the key, and what else is asked from the newest one on. Where nothing
    else is asked, whoever asks wants to know whether there are more, and the first that come are enough.
    """
    leads = [needles for every in wanted for needles in _ways(every)]
    has, values = _nested(wanted, lambda one: ("strpos(issues_searchentry.key, %s) > 0", [one]))
    led = " OR ".join([f"{_GRAMS} @> %s::text[]"] * len(leads))
    marked = [[*rows.marks, *_all_grams(one)] for one in leads]
    within, ends = "issues_searchentry.id BETWEEN %s AND %s", [rows.first, rows.last]
    some = f"WHERE ({has}) AND {there[0]} ORDER BY id DESC LIMIT {most}"
    # The first are taken as they come: a limit within would have the planner look for them by their keys.
    is_all = there is ANYTHING
    those = (
        f"led LIMIT {most}"
        if is_all
        else f"(SELECT id, key FROM led ORDER BY id DESC OFFSET 0) issues_searchentry {some}"  # noqa: S608
    )
    return (
        "WITH newest AS MATERIALIZED (SELECT id, key FROM (SELECT id, key FROM issues_searchentry"  # noqa: S608
        f" WHERE {within} ORDER BY id DESC LIMIT {LOOKED_THROUGH if is_all else LOOKED_THROUGH_OF_MANY})"
        f" issues_searchentry {some}),"
        f" led AS MATERIALIZED (SELECT id, key FROM issues_searchentry WHERE ({led}) AND {within} AND ({has})"
        f" AND (SELECT count(*) FROM newest) < {most})"
        f" SELECT id, key FROM newest UNION (SELECT id, key FROM {those}) ORDER BY id DESC LIMIT {most}",
        [*ends, *values, *there[1], *marked, *ends, *values, *([] if is_all else [*values, *there[1]])],
    )


def _all_grams(needles: Sequence[str]) -> list[str]:
    return [gram for one in needles for gram in grams(one)]


def _ways(every: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The ways in which a key may have all that is wanted, one needle of each; each way is one bitmap.

    Where there are too many, what may be there in the most ways does not lead: it is asked of the key.
    """
    leading: list[Sequence[str]] = []
    for some in sorted(every, key=len):
        if leading and prod(map(len, leading)) * len(some) > MOST_WAYS:
            break
        leading.append(some)
    return list(product(*leading))


def _nested(wanted: Wanted, leaf: Callable[[str], Condition]) -> Condition:
    """What is wanted as a condition, each needle of it told by ``leaf``."""
    return _joined(
        " OR ",
        (_joined(" AND ", (_joined(" OR ", map(leaf, some)) for some in every)) for every in wanted),
    )


def _joined(word: str, parts: Iterable[Condition]) -> Condition:
    conditions = list(parts)
    sql = word.join(f"({condition})" for condition, _ in conditions)
    return sql, [value for _, values in conditions for value in values]


def _quoted(gram: str) -> str:
    """Three signs as FTS5 takes them."""
    return '"' + gram.replace('"', '""') + '"'
