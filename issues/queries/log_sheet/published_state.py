"""What a sheet has put on record so far, and what was typed on it since."""

from collections import defaultdict
from dataclasses import dataclass, field

from issues.history import ADDED, REMOVED
from issues.models import Cell, Evidence, Position, Sheet, SheetRow, Signatory, Source, Statement
from issues.queries.history.rows import OLDEST_FIRST, history
from issues.queries.log_sheet.quotations import Quotation

# The note of a statement that a cell without a quotation makes.
WITHOUT_WORDS = "Logged from this source without a quotation."

# Source, body that speaks, claim, quotation, translation, speaker and locator.
WordsKey = tuple[int, int, str, str, str, int | None, str]


@dataclass
class PublishedState:
    """The record beside a sheet.

    ``publications`` are the keys of the change sets that published it, undone ones too. ``typed`` are the
    cells, by actor and issue, and ``served`` the actors of the rows that were changed since the last one
    that holds; both are None where everything on the sheet is new. ``made`` are the keys of the positions
    that the sheet made, ``given`` those of its evidence, where nobody has worked on it since. ``statements``
    are the words logged at the summit, ``evidence`` all of its positions' by position, ``signatories`` those
    of its statements by statement and actor. ``signed`` are the keys of the signatories that the sheet made,
    ``unsigned`` those, as statement and actor, that somebody took away elsewhere since.
    """

    publications: set[int] = field(default_factory=set)
    typed: set[tuple[int, int]] | None = None
    served: set[int] | None = None
    made: set[int] = field(default_factory=set)
    given: set[int] = field(default_factory=set)
    statements: dict[WordsKey, Statement] = field(default_factory=dict)
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)
    signatories: dict[int, dict[int, Signatory]] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)
    unsigned: set[tuple[int, int]] = field(default_factory=set)

    def is_changed(self, actor: int, issue: int, joins: int | None) -> bool:
        """Whether a cell was changed since, or the source of its row or of the row that it joins."""
        if self.typed is None or self.served is None:
            return True
        return (actor, issue) in self.typed or bool({actor, joins} & self.served)


def published_state(sheet: Sheet) -> PublishedState:
    """What is on record beside a sheet. Four queries for one that was never published, nine for others."""
    state = PublishedState(
        statements=_statements(sheet), evidence=_evidence(sheet), signatories=_signatories(sheet)
    )
    # One that is not stored has no history; asked for that of no key, the database reads everybody's.
    published = Sheet.history.filter(id=sheet.pk or 0, published__isnull=False).order_by("history_id")
    rows = list(published.values_list("published_id", "change_set__undone_by"))
    state.publications = {pk for pk, _ in rows}
    if not rows:
        return state
    holding = [pk for pk, undone_by in rows if undone_by is None]
    if holding:
        since = {"sheet": sheet, "change_set__gt": holding[-1]}
        state.typed = set(Cell.history.filter(**since).values_list("actor_id", "issue_id"))
        state.served = set(SheetRow.history.filter(**since).values_list("actor_id", flat=True))
    first = {"change_set__in": state.publications, "history_type": "+"}
    state.made = set(Position.history.filter(**first).values_list("id", flat=True))
    given = set(Evidence.history.filter(**first).values_list("id", flat=True))
    state.given = {
        item.pk
        for items in state.evidence.values()
        for item in items
        if item.pk in given and item.version == item.statement.version == 1
    }
    _tell_apart(state, sheet)
    return state


def words_key(source: Source, organ: int, claim: str, of: Cell | Statement | Quotation) -> WordsKey:
    """By what the statement of a cell, or of a further quotation in it, is known again."""
    return source.pk, organ, claim, of.quote, of.translation, of.speaker_id, of.locator


def _statements(sheet: Sheet) -> dict[WordsKey, Statement]:
    by_key: dict[WordsKey, Statement] = {}
    logged = Statement.objects.filter(occasion=sheet.summit_id, organ__isnull=False)
    for statement in logged.select_related("source").order_by("source", "ref"):
        # Without words, only one that reports nothing else.
        if statement.organ_id and (statement.quote or statement.note == WITHOUT_WORDS):
            key = words_key(statement.source, statement.organ_id, statement.claimed_as, statement)
            by_key.setdefault(key, statement)
    return by_key


def _evidence(sheet: Sheet) -> dict[int, list[Evidence]]:
    by_position: dict[int, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.filter(position__summit=sheet.summit_id)
    for item in rows.select_related("statement__source", "position").order_by("pk"):
        if item.position_id:
            by_position[item.position_id].append(item)
    return by_position


def _signatories(sheet: Sheet) -> dict[int, dict[int, Signatory]]:
    by_statement: dict[int, dict[int, Signatory]] = defaultdict(dict)
    rows = Signatory.objects.filter(statement__occasion=sheet.summit_id)
    for item in rows.select_related("actor", "statement__source").order_by("pk"):
        by_statement[item.statement_id][item.actor_id] = item
    return by_statement


def _tell_apart(state: PublishedState, sheet: Sheet) -> None:
    """Which signatories of the statements of a sheet's summit are its own, and which others took away."""
    said = Statement.objects.filter(occasion=sheet.summit_id).values("pk")
    rows = history(Signatory).filter(statement_id__in=said).order_by(*OLDEST_FIRST)
    columns = ("id", "statement_id", "actor_id", "history_type", "change_set_id", "change_set__undoes")
    for pk, statement, actor, how, change_set, undoes in rows.values_list(*columns):
        by_the_sheet = bool({change_set, undoes} & state.publications)
        if how == ADDED and by_the_sheet:
            state.signed.add(pk)
        if how == REMOVED and not by_the_sheet:
            state.unsigned.add((statement, actor))
        else:
            state.unsigned.discard((statement, actor))
