"""What a distributed PostgreSQL would ask of us: what is of a process says of which (docs/scaling.md)."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import ForeignKey, UniqueConstraint
from django.test import Client

from issues.history import Record
from issues.models import RECORDS, Process
from issues.queries.reading.remembered import forget_readings
from issues.tests.universe import Universe

TO_PROCESS = "process__slug"
# What several processes share, and would be whole on each machine.
SHARED = {
    *("Process", "Place", "Actor", "Membership", "Person", "Office"),
    *("Source", "Snapshot", "Statement", "Signatory"),
}
OF_PROCESS = [
    kind for kind in RECORDS if any(path.endswith(TO_PROCESS) for path in kind.key_paths) or kind is Process
]
PAGES = (
    *("", "summits/", "summits/weir/", "issues/", "issues/flow/", "actors/", "actors/arden/", "people/"),
    *("changes/", "changes/?q=water", "changes/?tab=record", "sources/", "analysis/", "data/"),
    *("data/positions.csv", "data/standing.csv", "changes.atom", "sources.ris"),
)
TABLES = {kind._meta.db_table for kind in OF_PROCESS if kind is not Process}
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# A condition by the process, by a key, or by what belongs to it: each leads to rows of one process.
SAYS_WHICH = re.compile(r'"(?:process_id|\w+_id|id)"\)? (?:= |IN )')


def test_each_kind_of_record_belongs_to_a_process_or_is_shared() -> None:
    assert {kind.__name__ for kind in RECORDS} - {kind.__name__ for kind in OF_PROCESS} == SHARED - {
        "Process"
    }


@pytest.mark.parametrize("kind", [kind for kind in OF_PROCESS if kind is not Process])
def test_what_may_be_there_once_is_once_in_a_process(kind: type[Record]) -> None:
    """So a constraint looks at the rows of one process, which lie on one machine."""
    constraints = [one for one in kind._meta.constraints if isinstance(one, UniqueConstraint)]
    assert constraints
    assert not [field.name for field in kind._meta.fields if field.unique and not field.primary_key]
    for constraint in constraints:
        leads = [kind._meta.get_field(name) for name in constraint.fields]
        assert any(isinstance(field, ForeignKey) and field.related_model in OF_PROCESS for field in leads), (
            constraint.name
        )


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_no_query_of_a_page_reads_what_belongs_to_processes_without_saying_of_which(
    universe: Universe, settings: Any, page: str
) -> None:
    settings.PUBLIC_READ = True
    cache.clear()
    forget_readings()
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = Client().get(f"/lenna/{page}")
        b"".join(answer)

    assert answer.status_code == 200
    of_processes = [sql for sql in asked if TABLES & set(READ.findall(sql))]
    assert of_processes or page == "data/"
    assert [sql for sql in of_processes if not SAYS_WHICH.search(sql.partition(" WHERE ")[2])] == []
