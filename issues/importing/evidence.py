"""The words that rows give beside those on record: which are the same, which correct them, which are new."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from issues.importing.item import REFUSED, Changes, Item, Statement
from issues.importing.mapping import Problem
from issues.importing.resolve import Words
from issues.importing.stored import Stored, StoredWords

SHARED = "would change words on which other positions, events or outcomes rest as well; correct them there"
NOT_SIGNED = "is signed on record by {}, too, whom this leaves out: take that back there, or name them"
JOINT = "joint"
SpokenKey = tuple[Any, Any, str]  # the body that speaks, the source, the quotation


def settle(supported: Iterable[tuple[Item, list[Words]]], stored: Stored) -> None:
    """Give each position of the plan its statements, and refuse what would change the words of others."""
    spoken = _spoken(stored)
    asked: dict[int, list[tuple[Item, dict[str, Any]]]] = defaultdict(list)
    for item, words in supported:
        item.statements = tuple(_statements(item, words, spoken))
        for statement in item.statements:
            _sign(item, statement, stored)
            if statement.stored is not None and not statement.is_new_here:
                after = {name: value for name, (_, value) in statement.changes.items()}
                asked[statement.stored.pk].append((item, after))
    for pk, wishes in asked.items():
        first = wishes[0][1]
        agree = all(after == first for _, after in wishes) and len(wishes) == stored.bears_on.get(pk, 0)
        for item, after in wishes:
            if after and not agree:
                item.result = REFUSED
                item.problems += tuple(Problem(row, "quote", "", SHARED) for row in item.rows)


def _sign(item: Item, statement: Statement, stored: Stored) -> None:
    """Have the actor of a position sign words that others have signed; refuse to take a signature back."""
    if statement.stored is None or not statement.words.signed or item.key is None:
        return
    actor, on_record = item.key[1], statement.stored.signed
    statement.is_newly_signed = actor not in on_record
    left_out = on_record.difference(one for one in statement.words.signed if isinstance(one, int))
    if left_out:
        names = stored.directories["actor"].by_key
        told = NOT_SIGNED.format(", ".join(sorted(names[one].name for one in left_out)))
        item.result = REFUSED
        item.problems += tuple(Problem(row, "signatories", "", told) for row in item.rows)


def _statements(item: Item, words: list[Words], spoken: dict[SpokenKey, StoredWords]) -> list[Statement]:
    """The statements of a position: those on record that are meant first, then the others.

    The same words are the same statement; the same quotation in the same source is, too, with another
    speaker or place; and where each side has one left of a source, it was corrected.
    """
    left = list(item.stored.words) if item.stored else []
    waiting = sorted(set(words), key=repr)
    found: list[Statement] = []
    for is_meant in (_is_same, _has_quote, _is_last):
        for one in list(waiting):
            known = next((known for known in left if is_meant(known, one, left, waiting)), None)
            if known is not None:
                left.remove(known)
                waiting.remove(one)
                found.append(Statement(one.source, one, known, _changes(known, one), is_new_here=False))
    for one in waiting:
        who = JOINT if one.signed else one.organ or (item.key[1] if item.key else None)
        known = spoken.get((who, one.source, _quote(one)))
        # With another place or speaker they are other words.
        found.append(Statement(one.source, one, None if known is None or _changes(known, one) else known))
    return found


def _is_same(known: StoredWords, words: Words, left: list[StoredWords], waiting: list[Words]) -> bool:
    return _has_quote(known, words, left, waiting) and not _changes(known, words)


def _has_quote(known: StoredWords, words: Words, left: list[StoredWords], waiting: list[Words]) -> bool:
    same = known.source == words.source and known.fields["quote"] == _quote(words)
    return same and _may_be(known, words)


def _may_be(known: StoredWords, words: Words) -> bool:
    """Whether words on record may be these: what is signed jointly is not what one of them said alone."""
    return bool(known.signed) or not words.signed


def _is_last(known: StoredWords, words: Words, left: list[StoredWords], waiting: list[Words]) -> bool:
    return (
        known.source == words.source
        and _may_be(known, words)
        and sum(1 for other in left if other.source == known.source) == 1
        and sum(1 for other in waiting if other.source == words.source) == 1
    )


def _changes(known: StoredWords, words: Words) -> Changes:
    return {name: (known.fields[name], value) for name, value in words.fields if known.fields[name] != value}


def _quote(words: Words) -> str:
    return str(dict(words.fields).get("quote", ""))


def _spoken(stored: Stored) -> dict[SpokenKey, StoredWords]:
    """The statements that support any position, by who speaks, the source and the quotation."""
    found: dict[SpokenKey, StoredWords] = {}
    for position in stored.positions.values():
        for words in position.words:
            for who in (JOINT, *words.signed) if words.signed else (words.organ,):
                found.setdefault((who, words.source, words.fields["quote"]), words)
    return found
