"""No page reads all of a table that grows with every process: SQLite tells so of each query.

It keeps no statistics, so it plans for a little universe as for a million positions.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from issues.queries.reading.remembered import forget_readings
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG, READ, Args
from issues.tests.views.visitors import visit_as

# What all processes have most of. Histories are as large, and counted with them.
LARGE = re.compile(r"issues_(?:position|statement|evidence|source|signatory|changeset|mark|historical\w+)$")
ALIASED = re.compile(r'"(issues_\w+)" ([A-Z]\d+)')
SCANNED = re.compile(r"^SCAN (\w+)(?! VIRTUAL)")
# A package holds the whole history of a process, which is looked for in that of all.
WHOLE = {"download", "download-package"}
PAGES: dict[str, Args] = {
    **{name: args for name, args in READ.items() if name not in WHOLE},
    **{name: args for name, (method, args) in LOG.items() if method == "get"},
}
NARROWED = {
    "changes": (
        "q=lake",
        "speaker=mira-sol",
        "source_kind=news",
        "without=speaker",
        "unreviewed=1",
        "tab=record",
    ),
    "sources": ("q=record", "kind=news"),
}


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The queries that are made meanwhile, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        yield found


def scanned(sql: str, params: Any) -> list[str]:
    """The large tables of which a query reads every row."""
    aliases: dict[str, set[str]] = {}
    for table, alias in ALIASED.findall(sql):
        aliases.setdefault(alias, set()).add(table)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [match[1] for row in cursor.fetchall() if (match := SCANNED.match(row[3]))]
    return [step for step in steps if any(LARGE.match(table) for table in aliases.get(step, {step}))]


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "query"),
    [(page, "") for page in PAGES] + [(page, query) for page, some in NARROWED.items() for query in some],
)
def test_no_page_reads_all_of_what_every_process_adds_to(universe: Universe, page: str, query: str) -> None:
    client = visit_as("superuser")
    address = f"{reverse(page, args=PAGES[page](universe))}?{query}"
    cache.clear()
    forget_readings()

    with asked() as queries:
        b"".join(client.get(address))

    selects = [one for one in queries if one[0].lstrip("( ").startswith(("SELECT", "WITH"))]
    assert selects
    assert {(name, sql) for sql, params in selects for name in scanned(sql, params)} == set()
