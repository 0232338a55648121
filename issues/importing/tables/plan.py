"""The plan of a table of records: the same in kind as that of positions. Pure, given what is stored."""

from issues.importing.item import Plan
from issues.importing.mapping import Joined, Mapping
from issues.importing.mapping.tables import ACTORS, ISSUES, PEOPLE, SOURCES, SUMMITS
from issues.importing.reading import Table
from issues.importing.spellings import kept
from issues.importing.stored import Stored
from issues.importing.tables import actors, issues, people, sources, summits
from issues.importing.tables.group import grouped
from issues.importing.tables.read import read_rows
from issues.importing.tables.records import Records

SETTLE = {
    ISSUES: issues.settle,
    ACTORS: actors.settle,
    PEOPLE: people.settle,
    SUMMITS: summits.settle,
    SOURCES: sources.settle,
}


def plan_table(
    table: Table, mapping: Mapping, stored: Stored, there: Records, joined: Joined | None = None
) -> Plan:
    """What a table would do to the record, all that is wrong told at once. Raises MappingError."""
    groups = grouped(read_rows(table, mapping, joined), mapping, stored)
    known = [group for group in groups if group.pk is not None or group.new is not None]
    SETTLE[mapping.table](known, mapping, stored, there)
    items = sorted((group.item() for group in groups), key=lambda item: item.rows)
    made = Plan(items, [], 0, stored.sign, stored.last_change, table=mapping.table)
    if mapping.keep_aliases:
        answered = (one for group in groups if not group.has_problems for one in group.answered)
        made.spellings, made.notes = kept(answered, stored)
    return made
