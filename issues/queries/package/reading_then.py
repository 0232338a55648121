"""The reading of a process with what was on record at a time alone, called what it was called then."""

from dataclasses import replace
from typing import Any

from issues.history import Record
from issues.models import Actor, Issue, Participation, Position, Summit
from issues.queries.package.whole import Whole
from issues.queries.reading.process import Reading


def of_then(whole: Whole, reading: Reading) -> Reading:
    """The reading without the summits, issues and participations that did not exist then.

    A reading as known at a time has names and structure of today: pages lead on from there, and a package
    has to agree with its own tables. The records are named anew in place.
    """
    kept = whole.keys
    summits = {pk: one for pk, one in reading.summits.items() if pk in kept[Summit]}
    issues = {pk: one for pk, one in reading.issues.items() if pk in kept[Issue]}
    took_part = {row["actor_id"] for row in whole.told(Participation, "actor_id")}
    participations = tuple(one for one in reading.participations if one.actor_id in took_part)
    _name(whole, Summit, summits, "name", "slug", "parallel_to_id")
    for summit in summits.values():
        if summit.parallel_to_id not in summits:
            summit.parallel_to = None
    _name(whole, Issue, issues, "name", "slug")
    _name(whole, Actor, {one.actor_id: one.actor for one in participations}, "name", "short_name", "slug")
    entries = tuple(
        one
        for one in reading.entries
        if one.id in kept[Position] and one.occasion in summits and one.issue in issues
    )
    return replace(reading, summits=summits, issues=issues, participations=participations, entries=entries)


def _name(whole: Whole, kind: type[Record], records: dict[int, Any], *columns: str) -> None:
    """Give records what they were called then."""
    for row in whole.told(kind, "id", *columns):
        if row["id"] in records:
            for column in columns:
                setattr(records[row["id"]], column, row[column])
