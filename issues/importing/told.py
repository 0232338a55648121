"""A plan in words: what would become of each position, for the terminal and the page alike."""

import json
from collections.abc import Iterator
from collections.abc import Mapping as Map
from typing import Any

from issues.importing.item import CONTRADICTS, Changes, Item, Plan, numbered
from issues.importing.mapping.columns import ALL, COALITIONS, MAKES
from issues.importing.mapping.dates import DATE_FORMS
from issues.importing.new import New
from issues.importing.stored import Stored

FIELDS = {"option_id": "option", "speaker_id": "speaker"}
LONGEST = 60
MOST_REASONS = 20
OTHERWISE = (
    "code one position of an actor on an issue at a summit otherwise than another cell: tell them apart by "
    "the summit, or keep one of them"
)
# What an answer may be, where its question does not say it.
HOW = {
    "scales": " (the numbers for 0 and for 100)",
    "dates": f" ({', '.join(DATE_FORMS)})",
    "coalitions": f" ({', '.join(COALITIONS)})",
}
KINDS = {"speaker": "person", "role": "participant"}


def told(item: Item, stored: Stored) -> str:
    """What a position would say, or what would change of it, or why it is refused."""
    if item.problems:
        return "; ".join(f"{one.column}{_of(one.value)} {one.message}" for one in item.problems)
    if "words" in item.fields:
        return str(item.fields["words"])
    if item.stored is None:
        return _placed(item.fields, stored) + _words(item)
    changed = [item.changes, *(statement.changes for statement in item.statements)]
    return "; ".join(_change(change, stored) for change in changed if change) + _words(item)


def spellings(plan: Plan, stored: Stored) -> list[str]:
    """The names that become spellings of their records, in words."""
    return [
        f"“{one.text}” of the {KINDS.get(one.kind, one.kind)} "
        f"{stored.directories[one.kind].by_key[one.pk].name}"
        for one in plan.spellings
    ]


def _change(changes: Changes, stored: Stored) -> str:
    return "; ".join(
        f"{FIELDS.get(name, name).replace('_', ' ')}: "
        f"{_value(name, before, stored)} → {_value(name, after, stored)}"
        for name, (before, after) in changes.items()
    )


def rows_of(item: Item) -> str:
    """The rows of a position, in words."""
    return numbered(item.rows)


def reasons(plan: Plan, *, in_mapping: bool = True) -> list[str]:
    """Why rows are refused, each reason once with the number of its rows, the most frequent first.

    A reason that a mapping can answer says how, where it is answered ``in_mapping`` and not on a form.
    """
    found: dict[tuple[str, str, str], tuple[dict[str, None], set[int]]] = {}
    for one in plan.problems:
        reason = (one.value, one.message, one.ask)
        if one.message.startswith(CONTRADICTS):  # each with other numbers of rows
            reason = ("", OTHERWISE, "")
        columns, rows = found.setdefault(reason, ({}, set()))
        columns[one.column] = None
        rows.add(one.row)
    by_number = sorted(found.items(), key=lambda reason: -len(reason[1][1]))
    told = [
        f"{_short_rows(rows)}: {', '.join(columns)}{_of(value)} {message}"
        + (f"{answer(ask, list(columns), value)}{_meant(message)}" if in_mapping else "")
        for (value, message, ask), (columns, rows) in by_number[:MOST_REASONS]
    ]
    more = len(by_number) - MOST_REASONS
    return [*told, f"and {more:,} other reasons"] if more > 0 else told


def _short_rows(rows: set[int]) -> str:
    """The rows of a reason; of many here and there only how many, since each is told where it stands."""
    told = numbered(rows)
    return told if len(told) <= LONGEST else f"{len(rows):,} rows from row {min(rows)} to row {max(rows)}"


def _meant(message: str) -> str:
    """What else an answer may be, of a message that names only some."""
    if message.startswith("is no option of"):
        return " (option: …, number: …, silent, withdrawn, text or skip)"
    if message.startswith("is none of"):
        return " (one of these, or skip); or leave the column out of “columns”"
    return ""


def answer(ask: str, columns: list[str], value: str) -> str:
    """What to write into the mapping to answer a question; nothing where no mapping answers it."""
    part, _, kind = ask.partition(".")
    of = columns[0] if len(columns) == 1 else ALL
    answers: dict[str, Any] = {
        "values": {of: {value: "…"}},
        "names": {kind: {value: "…"}},
        "scales": {of: ["…", "…"]},
        "dates": {of: "…"},
        "make": {kind: dict.fromkeys(MAKES.get(kind, {}), "…")},
        "coalitions": "…",
        "constants": {kind: "…"},
    }
    if part not in answers:
        return ""
    how = HOW.get(part, "")
    if part == "names":
        how = " (a slug, or + for a new one)" if kind in MAKES else f" (a slug; new ones: --table {kind}s)"
    return f"; answer: {json.dumps({part: answers[part]}, ensure_ascii=False)[1:-1]}{how}"


def lines(plan: Plan, stored: Stored) -> Iterator[str]:
    """The plan line by line: what is made beside, every position, and how many of each result."""
    yield from (f"note       {one}" for one in plan.notes)
    for one in plan.made:
        yield f"made       {KINDS.get(one.kind, one.kind)}: {one}"
    yield from (f"spelling   {one}" for one in spellings(plan, stored))
    for item in plan.items:
        names = "{} on {} at {}".format(*item.names) if len(item.names) > 1 else item.names[0]
        yield f"{item.result:10} {rows_of(item)}: {names}: {told(item, stored)}".removesuffix(": ")
    yield from (f"why        {one}" for one in reasons(plan))
    yield ", ".join(f"{count:,} {result}" for result, count in plan.counts.items()) + (
        f"; {plan.skipped:,} skipped" if plan.skipped else ""
    )


def _of(value: str) -> str:
    return f" “{_short(value)}”" if value else ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _placed(fields: Map[str, Any], stored: Stored) -> str:
    if fields["state"] != "stated":
        return str(fields["state"])
    placed = [
        _value(name, fields[name], stored) for name in ("option_id", "value") if fields.get(name) is not None
    ]
    return ", ".join(placed) or "text only"


def _words(item: Item) -> str:
    new = sum(1 for statement in item.statements if statement.is_new_here)
    before = "; " if item.changes or item.stored is None else ""
    return f"{before}{new} new statement{'s' * (new != 1)}" if new else ""


def _value(name: str, value: Any, stored: Stored) -> str:
    if value is None or value == "":
        return "nothing"
    if name == "option_id":
        labels = {option.pk: option.label for issue in stored.issues.values() for option in issue.options}
        return labels.get(value, str(value))
    if name == "speaker_id" and not isinstance(value, New):
        return stored.directories["speaker"].by_key[value].name
    return _short(f"{value:g}" if isinstance(value, float) else str(value))
