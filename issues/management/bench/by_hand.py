"""SQL by hand through the driver: what the fold answers, as far as a query can."""

from datetime import datetime
from typing import Any

from django.db import connection

# Where each actor stands on each issue, by actor and issue.
Standing = dict[tuple[int, int], float]
# What each position did to what stood before it, by position: the kind, and how far a move went.
Changes = dict[int, tuple[str, float | None]]

_LAST = """
SELECT actor_id, issue_id, placement FROM (
  SELECT p.actor_id, p.issue_id, p.state, COALESCE(p.value, o.value) AS placement,
    ROW_NUMBER() OVER (
      PARTITION BY p.issue_id, p.actor_id ORDER BY s.starts_on DESC, s.sequence DESC
    ) AS back
  FROM {positions} p
    JOIN issues_issue i ON i.id = p.issue_id
    JOIN issues_summit s ON s.id = p.summit_id
    LEFT JOIN issues_option o ON o.id = p.option_id
  WHERE i.process_id = %s AND p.state <> 'silent'
) AS spoken WHERE back = 1 AND state = 'stated'
"""
_NOW = _LAST.format(positions="issues_position")
_THEN = _LAST.format(
    positions="""(
    SELECT * FROM (
      SELECT h.*, ROW_NUMBER() OVER (
        PARTITION BY h.id ORDER BY h.history_date DESC, h.history_id DESC
      ) AS version_back
      FROM issues_historicalposition h JOIN issues_issue hi ON hi.id = h.issue_id
      WHERE hi.process_id = %s AND h.history_date <= %s
    ) AS versions WHERE version_back = 1 AND history_type <> '-'
  )"""
)
_CHANGES = """
SELECT id, actor_id, issue_id, state, placement, standing, state_before, back FROM (
  SELECT p.id, p.actor_id, p.issue_id, p.state, COALESCE(p.value, o.value) AS placement,
    s.starts_on, s.sequence,
    LAG(COALESCE(p.value, o.value)) OVER cell AS standing,
    LAG(p.state) OVER cell AS state_before,
    ROW_NUMBER() OVER (
      PARTITION BY p.issue_id, p.actor_id, p.state = 'silent' ORDER BY s.starts_on DESC, s.sequence DESC
    ) AS back
  FROM issues_position p
    JOIN issues_issue i ON i.id = p.issue_id
    JOIN issues_summit s ON s.id = p.summit_id
    LEFT JOIN issues_option o ON o.id = p.option_id
  WHERE i.process_id = %s
  WINDOW cell AS (
    PARTITION BY p.issue_id, p.actor_id, p.state = 'silent' ORDER BY s.starts_on, s.sequence
  )
) AS said ORDER BY starts_on, sequence, id
"""


def asked(sql: str, *values: Any) -> list[Any]:
    """The rows that the driver gives for a query."""
    connection.ensure_connection()
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(sql.replace("%s", "?") if connection.vendor == "sqlite" else sql, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def standing(process: int) -> Standing:
    """Where everyone stands: the last placement of each cell, and nothing else."""
    return {(actor, issue): placement for actor, issue, placement in asked(_NOW, process)}


def standing_then(process: int, known: datetime) -> Standing:
    """The same, of the positions as they were recorded by a time."""
    moment = connection.ops.adapt_datetimefield_value(known)
    found = asked(_THEN, process, moment, process)
    return {(actor, issue): placement for actor, issue, placement in found}


def changes(process: int) -> tuple[Changes, Standing]:
    """What each position changed, and where everyone stands.

    Of what stood it knows the placement alone, and takes every stated position to have one.
    """
    told: Changes = {}
    stands: Standing = {}
    for key, actor, issue, state, placement, before, state_before, back in asked(_CHANGES, process):
        if state != "stated":
            told[key] = (state, None)
            continue
        if state_before != "stated":
            told[key] = ("new", None)
        elif placement == before:
            told[key] = ("reaffirmed", None)
        else:
            told[key] = ("moved", placement - before)
        if back == 1:
            stands[actor, issue] = placement
    return told, stands
