"""Who signs the statements of a sheet: the one whose statement it is, and those who join it.

A report of several is no joint statement: whose cell is *reported* did not sign.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from issues.models import Actor, Cell, Signatory, Statement
from issues.models.position import Basis, Stance
from issues.queries.log_sheet.grid import Square
from issues.queries.log_sheet.published_state import PublishedState, WordsKey

FEWEST = 2

# A statement on record by its key, one that will be made by its words and their language.
SaidKey = int | tuple[WordsKey, str]


@dataclass
class Said:
    """Words that a cell rests on; ``is_new`` where the cell was changed since the last publication."""

    square: Square
    cell: Cell
    words: WordsKey
    language: str
    statement: Statement | None
    is_new: bool

    @property
    def is_reported(self) -> bool:
        """Whether somebody says this of the actor."""
        told = self.statement
        by_others = told is not None and (told.reported_by_actor_id or told.reported_by_person_id)
        return bool(by_others) or self.cell.basis == Basis.REPORTED

    @property
    def key(self) -> SaidKey:
        """By what the statement is known among those of the sheet."""
        if self.statement is not None:
            return self.statement.pk
        return self.words, self.language


@dataclass
class Signing:
    """A statement of which publishing adds or removes signatories; ``actors`` are those who sign it then."""

    key: SaidKey
    statement: Statement | None
    actors: list[Actor]
    added: list[Actor] = field(default_factory=list)
    removed: list[Signatory] = field(default_factory=list)

    @property
    def quote(self) -> str:
        """The words that are signed; empty where they are not quoted."""
        if self.statement is not None:
            return self.statement.quote
        return self.key[0][3] if isinstance(self.key, tuple) else ""


def signings(
    said: Sequence[Said], left: set[tuple[int, int]], record: PublishedState, actors: Mapping[int, Actor]
) -> tuple[list[Signing], dict[SaidKey, list[Actor]]]:
    """What publishing does to signatories; and by statement, who signs those that are joint then.

    ``said`` are the words of the cells. ``left`` are the positions, as position and statement, that no more
    rest on a statement as their actor's own. ``actors`` are those of the sheet in their order.
    """
    wanted, fresh = _wanted(said, record)
    statements = {item.key: item.statement for item in said if item.statement is not None}
    for pk, signed in record.signatories.items():
        statements.setdefault(pk, next(iter(signed.values())).statement)
    still = _still_supported(left, record)
    place = {actor: number for number, actor in enumerate(actors)}
    changes, joint = [], {}
    for key in dict.fromkeys([*wanted, *record.signatories]):
        change = _change(key, wanted.get(key, {}), fresh[key], still, record)
        change.statement = statements.get(key)
        for named in (change.actors, change.added):
            named.sort(key=lambda actor: (place.get(actor.pk, len(place)), actor.name))
        if change.actors:
            joint[key] = change.actors
        if change.added or change.removed:
            changes.append(change)
    return changes, joint


def _wanted(
    said: Sequence[Said], record: PublishedState
) -> tuple[dict[SaidKey, dict[int, Actor]], dict[SaidKey, set[int]]]:
    """By statement, who signs it by what is typed, and of whom that is new."""
    wanted: dict[SaidKey, dict[int, Actor]] = defaultdict(dict)
    fresh: dict[SaidKey, set[int]] = defaultdict(set)
    for item in said:
        actor = item.square.actor
        if not item.is_reported and (item.is_new or _rests(item, record)):
            wanted[item.key][actor.pk] = actor
            if item.is_new:
                fresh[item.key].add(actor.pk)
    return wanted, fresh


def _change(
    key: SaidKey,
    wanted: Mapping[int, Actor],
    fresh: set[int],
    still: set[tuple[int, int]],
    record: PublishedState,
) -> Signing:
    """What becomes of the signatories of one statement. Those whom others named stay, while two are left."""
    pk = key if isinstance(key, int) else 0
    present = record.signatories.get(pk, {})
    removed = [
        item
        for actor, item in present.items()
        if item.pk in record.signed and actor not in wanted and (pk, actor) not in still
    ]
    kept = {actor: item.actor for actor, item in present.items() if item not in removed}
    added = {
        actor: who
        for actor, who in wanted.items()
        if fresh and actor not in present and (actor in fresh or (pk, actor) not in record.unsigned)
    }
    if len(kept | added) < FEWEST:
        given_up = list(present.values()) if removed else []
        return Signing(key, None, [] if given_up or not present else list(kept.values()), [], given_up)
    return Signing(key, None, list((kept | added).values()), list(added.values()), removed)


def _rests(item: Said, record: PublishedState) -> bool:
    """Whether the recorded position of a cell rests on its statement, whoever may have edited either."""
    position = item.square.position
    if position is None or item.statement is None:
        return False
    return any(
        evidence.statement_id == item.statement.pk and evidence.stance == Stance.SUPPORTS
        for evidence in record.evidence.get(position.pk, [])
    )


def _still_supported(left: set[tuple[int, int]], record: PublishedState) -> set[tuple[int, int]]:
    """The statements, each with an actor whose own position will rest on it."""
    return {
        (item.statement_id, item.position.actor_id)
        for position, items in record.evidence.items()
        for item in items
        if item.position is not None
        and item.stance == Stance.SUPPORTS
        and item.position.basis != Basis.REPORTED
        and (position, item.statement_id) not in left
    }
