"""Summits and other occasions: their kind, their day with its precision, their place and host."""

from typing import Any

from issues.clock import common_day, latest_day
from issues.domain.span import span
from issues.domain.spelling import folded
from issues.importing.mapping import Mapping
from issues.importing.matching import Unmatched
from issues.importing.new import New, Ref
from issues.importing.spellings import Spelling
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, Write, known_or_listed
from issues.importing.tables.records import Records

TO_COME = "is held, but its day is still to come"
SAME_DAY = (
    "would be new, but {} is on record with this day, place and kind: say in names.summit which it is, or +"
)


def settle(groups: list[Group], mapping: Mapping, stored: Stored, there: Records) -> None:
    """What would become of each occasion."""
    places: dict[str, New] = {}
    for group in groups:
        before = there.fields.get(group.pk) if group.pk else None
        given: dict[str, Any] = {
            name: value for name in ("kind", "status", "summary") if (value := group.one(name)) is not None
        }
        day, end = group.one("starts_on"), group.day("ends_on")
        if day is not None:
            given |= {"starts_on": day.day, "starts_on_precision": day.precision}
        if end is not None:
            given["ends_on"] = end
        given |= _place(group, mapping, stored, places)
        host = group.one("host")
        if host is not None:
            found = known_or_listed(group, "host", host, "actor", mapping, stored, {})
            given |= {"host_id": found} if found is not None else {}
        if group.new:
            given["name"] = group.name
        _check(group, given, before, mapping, stored, there)
        group.compare("summit", before, group.pk, given)


def _place(group: Group, mapping: Mapping, stored: Stored, places: dict[str, New]) -> dict[str, Ref]:
    text = group.one("place")
    if text is None:
        return {}
    answer = mapping.names.get("place", {}).get(text, "")
    try:
        found = stored.directories["place"].find(text, "" if answer == "+" else answer).pk
        if answer and answer != "+":
            group.answered.add(Spelling("place", found, text))
        return {"place_id": found}
    except Unmatched as error:
        if "place" not in mapping.make or (answer != "+" and (answer or error.near)):
            ask = "" if error.near or "place" in mapping.make else ": say in make that new places are made"
            group.problem("place", f"{error}{ask}", "names.place")
            return {}
    key = folded(text)
    if key not in places:
        places[key] = New("place", key, {"name": text})
        group.writes.append(Write("place", places[key], None, {"name": text}))
        group.words.append(f"new place {text}")
    return {"place_id": places[key]}


def _check(
    group: Group,
    given: dict[str, Any],
    before: dict[str, Any] | None,
    mapping: Mapping,
    stored: Stored,
    there: Records,
) -> None:
    """Note what a new occasion lacks, and what the rules have against its day."""
    whole = {"kind": None, "starts_on": None, "ends_on": None, "place_id": None, **(before or {}), **given}
    if whole["kind"] is None:
        group.problem("kind", "is missing: a new summit needs it. Say it for all rows in constants.")
    if whole["starts_on"] is None:
        group.problem("starts_on", "is missing: a new summit needs its day, month or year")
        return
    if whole["ends_on"] and whole["ends_on"] < whole["starts_on"]:
        group.problem("ends_on", "lies before the first day")
    was_held = before is not None and before["status"] == "held"
    first = span(whole["starts_on"], whole["starts_on_precision"]).first
    if group.new and "status" not in given:
        given["status"] = "planned" if first > common_day() else "held"
    elif given.get("status") == "held" and first > latest_day() and not was_held:
        group.problem("status", TO_COME)
    answered = mapping.names.get("summit", {}).get(group.name)
    if group.new and not answered:
        same = ("starts_on", "kind", "place_id")
        for pk, row in there.fields.items():
            if all(row[name] == whole[name] for name in same):
                name = stored.directories["summit"].by_key[pk].name
                group.problem("summit", SAME_DAY.format(name), "names.summit")
                break
