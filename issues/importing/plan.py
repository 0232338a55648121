"""The plan: what a file would do to the record, row by row, before it does anything.

Pure, given what is stored. Rows of one actor, issue and summit are statements of one position where they
agree on the coding; where they do not, all of them are refused, each with the numbers of the others.
"""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as Map
from datetime import date
from typing import Any

from issues.importing.evidence import settle
from issues.importing.item import (
    CONTRADICTS,
    CORRECTED,
    NEW,
    REFUSED,
    SAME,
    STORED,
    Item,
    Key,
    Plan,
    numbered,
)
from issues.importing.mapping import Mapping, Said, Statements
from issues.importing.mapping.columns import SIGNED
from issues.importing.moves import tell_moves
from issues.importing.new import New, Ref
from issues.importing.resolve import Resolved, Resolver, Words
from issues.importing.rules import breaches
from issues.importing.signing import sign_in_rows
from issues.importing.spellings import kept
from issues.importing.stored import Stored, StoredPosition

NO_SOURCE = "has no source: a stated position needs one, or a reason for which all of the file is inferred"
# What a position says where no row says anything else.
BLANK: dict[str, Any] = {
    "state": "stated",
    "summary": "",
    "red_line": "not_addressed",
    "condition": "",
    "basis": "stated",
    "confidence": "moderate",
    "note": "",
}
# Of how many positions the fields are looked at for such as say the same.
MOST_ALIKE = 1_000


def plan(found: Statements, mapping: Mapping, stored: Stored) -> Plan:
    """What these statements would do to the record, all that is wrong with them told at once."""
    resolver = Resolver(stored, mapping)
    groups: dict[Key, list[Resolved]] = defaultdict(list)
    items = []
    together = []
    wrong = []
    for said in found.said:
        resolved = resolver.resolve(said)
        together += resolved
        if not resolved:
            items.append(_refused([said]))
            wrong.append(said)
    if mapping.signed_in_rows:
        together, refused = sign_in_rows(together, wrong)
        items += [_refused([said]) for said in refused]
    for one in together:
        groups[one.issue, one.actor, one.summit].append(one)
    del together
    settle(_supported(groups, items, stored, mapping.inferred), stored)
    for item in items:
        _conclude(item)
    tell_moves(items, stored)
    items.sort(key=lambda item: item.rows)
    done = Plan(items, _made(items, resolver), found.skipped, stored.sign, stored.last_change)
    done.notes = resolver.speakers.notes()
    if mapping.keep_aliases:
        rows = (row for item in items if item.result != REFUSED for row in item.rows)
        done.spellings, notes = kept((one for row in rows for one in resolver.answered.get(row, ())), stored)
        done.notes += notes
    return done


def _supported(
    groups: dict[Key, list[Resolved]], items: list[Item], stored: Stored, inferred: str
) -> Iterator[tuple[Item, list[Words]]]:
    """Add the position of each group to the items; those that hold are given with their words.

    A group is let go when it is one: all of a file's rows and all of its positions at once would be too much.
    """
    alike: dict[tuple[Any, ...], Map[str, Any]] = {}
    for key in list(groups):
        group = groups.pop(key)
        item = _item(key, group, stored, inferred)
        items.append(item)
        if item.result != REFUSED:
            item.fields = _held_once(item.fields, alike)
            yield item, [one.words for one in group if one.words is not None]


def _held_once(fields: Map[str, Any], alike: dict[tuple[Any, ...], Map[str, Any]]) -> Map[str, Any]:
    """The fields of the last positions that say the same, where there are such."""
    if len(alike) == MOST_ALIKE:
        alike.clear()
    return alike.setdefault(tuple(fields.items()), fields)


def _refused(said: list[Said]) -> Item:
    rows = sorted({one.row for one in said})
    problems = tuple(dict.fromkeys(problem for one in said for problem in one.problems))
    return Item(rows, _names(said[0]), REFUSED, problems=problems)


def _names(said: Said) -> tuple[str, str, str]:
    actor = said.texts.get("actor") or said.texts.get(SIGNED, "")
    return actor, said.texts.get("issue", ""), said.texts.get("summit", "")


def _item(key: Key, group: list[Resolved], stored: Stored, inferred: str) -> Item:
    """The position of some rows: refused where they contradict each other or a rule.

    ``inferred`` is the reason for which positions are inferred that rest on no source; empty, none is.
    """
    said = [one.said for one in group]
    if _contradict(group):
        return _refused(said)
    issue, actor, summit = key
    known = None
    if not isinstance(actor, New) and not isinstance(summit, New):
        known = stored.positions.get((issue, actor, summit))
    before = BLANK | (known.fields if known else {})
    given = {name: value for one in group for name, value in one.fields.items()}
    if inferred and _lacks_source(before | given, known, group):
        given = {"basis": "inferred", "note": inferred} | given
    whole = _whole(before, given)
    wrong = breaches(whole, stored.issues[issue], _day(summit, stored))
    if not wrong and _lacks_source(whole, known, group):
        wrong = [("source", NO_SOURCE)]
    for one in said:
        for name, message in wrong:
            one.problem(name, message)
    if wrong:
        return _refused(said)
    return Item(sorted({one.row for one in said}), _names(said[0]), SAME if known else NEW, key, whole, known)


def _contradict(group: list[Resolved]) -> bool:
    """Whether rows say different things of one position; it is noted at each with the others' numbers.

    Two columns of one row may, too: that are of one actor, issue or summit under two names.
    """
    found = False
    for name in sorted({name for one in group for name in one.fields}):
        by_value: dict[Any, list[Said]] = defaultdict(list)
        for one in group:
            if name in one.fields:
                by_value[one.fields[name]].append(one.said)
        for value, some in by_value.items():
            others = [one for other, of in by_value.items() if other != value for one in of]
            for said in some if others else ():
                said.problem(_told_as(name), _otherwise(said, others, _told_as(name)))
                found = True
    return found


def _otherwise(said: Said, others: list[Said], name: str) -> str:
    """How a row contradicts others, or a column another of its row."""
    beside = [one.columns.get(name, name) for one in others if one.row == said.row]
    rows = [one.row for one in others if one.row != said.row]
    whom = [f"column “{column}” of its row" for column in dict.fromkeys(beside)]
    whom += [numbered(rows)] if rows else []
    return f"{CONTRADICTS} {' and '.join(whom)}, which codes the same position otherwise"


def _told_as(name: str) -> str:
    """The field of a statement from which a column of a position comes."""
    return {"option_id": "option", "state": "option"}.get(name, name)


def _whole(before: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """All that a position says: what rows give, and what stood there before where they are silent of it."""
    whole = before | given
    if whole["state"] != "stated" and "red_line" not in given:
        whole["red_line"] = "not_addressed"
    if whole["red_line"] not in ("declared", "derived"):
        whole |= {name: None for name in ("accepts_from", "accepts_to") if name not in given}
    return whole


def _day(summit: Ref, stored: Stored) -> date:
    if isinstance(summit, New):
        day: date = summit.fields["starts_on"]
        return day
    return stored.summits[summit].starts_on


def _lacks_source(whole: dict[str, Any], known: StoredPosition | None, group: list[Resolved]) -> bool:
    """Whether a position would rest on nothing that it needs."""
    needs = whole["state"] == "stated" and whole["basis"] != "inferred"
    return needs and not any(one.words for one in group) and not (known and known.words)


def _conclude(item: Item) -> None:
    """Say of a position that is on record what would change of it."""
    if item.stored is None or item.result == REFUSED:
        return
    before = item.stored.fields
    after = item.fields
    item.changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    changed = any(
        statement.changes or statement.is_new_here or statement.is_newly_signed
        for statement in item.statements
    )
    item.result = CORRECTED if item.changes or changed else SAME


def _made(items: list[Item], resolver: Resolver) -> list[New]:
    """The new records that what is stored needs, and no others."""
    needed: set[Any] = set()
    for item in items:
        if item.key is not None and item.result in STORED:
            needed |= set(item.key[1:])
            for statement in item.statements:
                needed |= {statement.source, *dict(statement.words.fields).values(), *statement.words.signed}
    made = [
        one
        for one in resolver.made.values()
        if (one.fields["actor"] if one.kind == "role" else one) in needed
    ]
    return sorted(made, key=lambda one: (one.kind, one.key))
