"""Positions as the fold reads them: stored, as recorded by a time, or only typed."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)

from issues.domain.position import Entry, RedLineMention, State
from issues.models import Actor, Evidence, Option, Position, Signatory, Statement
from issues.models.position import Stance
from issues.models.source import Claim
from issues.queries.history.merged import keepers
from issues.queries.history.rows import history, newest


class Listed(Aggregate):
    """The values of a group in one text, between commas; None for no value."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, *args: Any, **how: Any) -> Any:
        """There it has another name, and joins texts alone."""
        return super().as_sql(*args, template="STRING_AGG((%(expressions)s)::text, ',')", **how)


def _if(condition: Q | Exists) -> Case:
    """Whether something is so, as a text or an empty one: a row that holds no truths is not converted."""
    return Case(When(condition, then=Value("yes")), default=Value(""), output_field=TextField())


# Whether a position says something in a sentence.
SAYS = _if(~Q(summary=""))
LINE = ("red_line", "accepts_from", "accepts_to", "salience")
STATES = {state.value: state for state in State}
MENTIONS = {mention.value: mention for mention in RedLineMention}
NONE: frozenset[int] = frozenset()


def entries_of(positions: QuerySet[Position]) -> list[Entry]:
    """These positions, in their order, without their words. One query."""
    supports = Evidence.objects.filter(position=OuterRef("pk"), stance=Stance.SUPPORTS)
    reaffirms = Exists(supports.filter(statement__claimed_as=Claim.REAFFIRMED))
    signed = supports.filter(statement__signatories__actor=OuterRef("actor_id")).order_by().values("position")
    joint = Subquery(signed.annotate(keys=Listed("statement_id")).values("keys"))
    # Few ever signed anything, and who did is known sooner than what.
    signs = Exists(Signatory.objects.filter(actor=OuterRef("actor_id")))
    rows = positions.values_list(
        "pk",
        "issue_id",
        "actor_id",
        "summit_id",
        "state",
        "value",
        "option__value",
        *LINE,
        _if(reaffirms),
        Case(When(signs, then=joint), output_field=TextField()),
        SAYS,
    )
    return [
        Entry(
            pk,
            issue,
            actor,
            summit,
            STATES[state],
            chosen if value is None else value,
            MENTIONS[mention],
            low,
            high,
            salience,
            bool(claimed),
            _keys(keys),
            bool(says),
        )
        for (
            pk,
            issue,
            actor,
            summit,
            state,
            value,
            chosen,
            mention,
            low,
            high,
            salience,
            claimed,
            keys,
            says,
        ) in rows
    ]


def entries_as_recorded(
    issues: Collection[int], summits: Collection[int], actors: Collection[int], on: datetime
) -> list[Entry]:
    """The positions on these issues as they were recorded by a time, by key. Five queries.

    A position of an actor that was merged since is the keeper's, for whom the page has a row; finding the
    keeper takes some more queries, where any of ``actors`` is not who held it then.
    """
    rows = newest(Position, on, issue_id__in=issues).values_list(
        "id", "issue_id", "actor_id", "summit_id", "state", "value", "option_id", SAYS, *LINE
    )
    positions = sorted(rows)
    options = dict(newest(Option, on, issue_id__in=issues).values_list("id", "value"))
    reaffirmed, signed = _reaffirmed(issues, on), _signed(issues, on)
    gone = {actor for _, _, actor, *_ in positions} - set(actors)
    merged = keepers(Actor, gone) if gone else {}
    return [
        _entry(
            pk,
            issue,
            merged.get(actor, actor),
            summit,
            state,
            value if value is not None else options.get(option),
            *line,
            pk in reaffirmed,
            frozenset(
                statement
                for statement, signatories in signed.get(pk, {}).items()
                if actor in signatories or merged.get(actor, actor) in signatories
            ),
            bool(says),
        )
        for pk, issue, actor, summit, state, value, option, says, *line in positions
        if summit in summits and issue in issues
    ]


def entry_of(position: Position, reaffirms: bool, joint: frozenset[int] = frozenset()) -> Entry:
    """A position at hand, stored or only typed."""
    line = (getattr(position, name) for name in LINE)
    at = (position.issue_id, position.actor_id, position.summit_id)
    return _entry(position.pk or 0, *at, position.state, position.placement, *line, reaffirms, joint)


def _keys(text: str | None) -> frozenset[int]:
    return frozenset(int(key) for key in text.split(",")) if text else NONE


def _reaffirmed(issues: Collection[int], on: datetime) -> set[int]:
    """The positions that words claimed as a reaffirmation supported at a time."""
    claims = newest(Statement, on, id__in=_cited(issues), claimed_as=Claim.REAFFIRMED).values("id")
    evidence = newest(Evidence, on, statement_id__in=claims, stance=Stance.SUPPORTS)
    return set(evidence.values_list("position_id", flat=True))


def _signed(issues: Collection[int], on: datetime) -> dict[int, dict[int, set[int]]]:
    """By position and joint statement that supported it at a time, who had signed it."""
    signatories: dict[int, set[int]] = defaultdict(set)
    rows = newest(Signatory, on, statement_id__in=_cited(issues))
    for statement, actor in rows.values_list("statement_id", "actor_id"):
        signatories[statement].add(actor)
    if not signatories:
        return {}
    found: dict[int, dict[int, set[int]]] = defaultdict(dict)
    evidence = newest(Evidence, on, statement_id__in=list(signatories), stance=Stance.SUPPORTS)
    for position, statement in evidence.values_list("position_id", "statement_id"):
        found[position][statement] = signatories[statement]
    return found


def _cited(issues: Collection[int]) -> QuerySet[Any]:
    """The statements that were ever evidence of positions on these issues."""
    positions = history(Position).filter(issue_id__in=issues).values("id").distinct()
    cited: QuerySet[Any] = history(Evidence).filter(position_id__in=positions).values("statement_id")
    return cited


def _entry(
    pk: int, issue: int, actor: int, summit: int, state: str, placement: float | None, line: str, *rest: Any
) -> Entry:
    return Entry(pk, issue, actor, summit, STATES[state], placement, MENTIONS[line], *rest)
