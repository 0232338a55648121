"""Every table that leaves: one list of columns each, from which files, descriptions and pages are made."""

from issues.exports.tables import around, edits, endings, evidence, moves, standing, statements
from issues.exports.tables.column import Asked, Column, Kind, Narrowed, RowKey, Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(moves.POSITIONS, evidence.EVIDENCE, moves.CHANGES),
        *(standing.STANDING, standing.MATRIX),
        *(statements.STATEMENTS, statements.SOURCES, around.SUMMITS, statements.OUTCOMES, statements.EVENTS),
        *(around.ISSUES, around.OPTIONS, around.ACTORS, around.MEMBERSHIPS, around.OFFICES),
        *(endings.SCENARIOS, endings.SCENARIO_OUTCOMES, endings.ASSESSMENTS),
        edits.RECORD_EDITS,
    )
}

__all__ = ["TABLES", "Asked", "Column", "Kind", "Narrowed", "RowKey", "Table"]
