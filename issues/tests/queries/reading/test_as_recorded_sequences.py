"""Random sequences of all that is done to positions and evidence: what was known then, moves, and reach."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.actions.take_back.restore import restore_version
from issues.actions.take_back.undo_change_set import LaterChange, undo
from issues.actions.take_back.undo_edit import undo_edit
from issues.domain.change import ChangeKind
from issues.history import ChangeSet
from issues.models import Evidence, Option, Position, Statement
from issues.queries.history.record_history import trail
from issues.queries.reading.process import read
from issues.tests.acts import add, correct, log_position, remove, restore_deleted
from issues.tests.queries.reading.test_as_recorded import shown, told
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db

Act = Callable[[Universe, Random], object]


def some_position(random: Random) -> Position:
    return random.choice(list(Position.objects.select_related("issue").order_by("pk")))


def some_row(model: type, random: Random, **only: object) -> Any:
    rows = list(model.history.filter(**only).order_by("history_date", "history_id"))  # type: ignore[attr-defined]
    if not rows:
        raise ValidationError("There is none.")
    return random.choice(rows)


def logs(universe: Universe, random: Random) -> None:
    actor = random.choice([universe.arden, universe.belmar, universe.cadria, universe.fishers])
    log_position(
        issue=universe.data,
        actor=actor,
        summit=random.choice([universe.mill, universe.weir, universe.delta]),
        value=float(random.randrange(101)),
        statements=[random.choice(list(Statement.objects.order_by("pk")))],
        by=universe.coder,
        reason="Logged.",
    )


def places(universe: Universe, random: Random) -> None:
    position = some_position(random)
    value = {"option": None, "value": float(random.randrange(101))}
    correct(position, value, by=universe.coder, reason="Misread.")


def rewords(universe: Universe, random: Random) -> None:
    """A correction that keeps the placement: the number of moves stays."""
    before = moves(universe)
    words = {"summary": f"Edited {random.random()}.", "salience": float(random.randrange(101))}
    correct(some_position(random), words, by=universe.coder, reason="Wording.")
    assert moves(universe) == before


def swaps(universe: Universe, random: Random) -> None:
    """From the option to the same figure as a value: the placement is kept, and so are the moves."""
    before = moves(universe)
    position = some_position(random)
    if position.placement is None:
        raise ValidationError("It has no placement.")
    same = {"option": None, "value": position.placement}
    correct(position, same, by=universe.coder, reason="As a figure.")
    assert moves(universe) == before


def removes(universe: Universe, random: Random) -> None:
    remove(some_position(random), by=universe.coder, reason="Twice.")


def cites(universe: Universe, random: Random) -> None:
    statement = random.choice(list(Statement.objects.order_by("pk")))
    evidence = Evidence(statement=statement, position=some_position(random), stance="disputes")
    add(evidence, by=universe.coder, reason="It bears on it.")


def drops(universe: Universe, random: Random) -> None:
    evidence = random.choice(list(Evidence.objects.exclude(position=None).order_by("pk")))
    remove(evidence, by=universe.coder, reason="Off the point.")


def turns(universe: Universe, random: Random) -> None:
    evidence = random.choice(list(Evidence.objects.exclude(position=None).order_by("pk")))
    stance = "supports" if evidence.stance == "disputes" else "disputes"
    correct(evidence, {"stance": stance}, by=universe.coder, reason="Reread.")


def requotes(universe: Universe, random: Random) -> None:
    statement = random.choice(list(Statement.objects.order_by("pk")))
    quote = {"quote": f"Said {random.random()}."}
    correct(statement, quote, by=universe.coder, reason="As printed.")


def revalues(universe: Universe, random: Random) -> None:
    option = random.choice(list(Option.objects.order_by("pk")))
    correct(option, {"value": float(random.randrange(101))}, by=universe.coder, reason="The codebook.")


def undoes(universe: Universe, random: Random) -> None:
    undo(random.choice(list(ChangeSet.objects.order_by("-pk")[:4])), by=universe.coder, reason="Not so.")


def undoes_an_edit(universe: Universe, random: Random) -> None:
    row = some_row(random.choice([Position, Evidence]), random, history_type__in="~-")
    stored = row.instance_type.objects.filter(pk=row.id).first()
    undo_edit(row, stored.version if stored else 0, by=universe.coder, reason="Not so.")


def restores(universe: Universe, random: Random) -> None:
    row = some_row(random.choice([Position, Evidence]), random)
    stored = row.instance_type.objects.filter(pk=row.id).first()
    if stored is None:
        restore_deleted(row, by=universe.coder, reason="Back.")
    else:
        restore_version(row, stored.version, by=universe.coder, reason="Back.")


ACTS: list[Act] = [
    logs,
    places,
    rewords,
    swaps,
    removes,
    cites,
    drops,
    turns,
    requotes,
    revalues,
    undoes,
    undoes_an_edit,
    restores,
]


def moves(universe: Universe) -> int:
    return sum(change.kind == ChangeKind.MOVED for change in read(universe.process).whole.changes)


def reachable() -> bool:
    """Whether every row of the history of positions and evidence is told on the page of its position."""
    told_rows: set[tuple[int, int]] = set()
    for key in set(Position.history.values_list("id", flat=True)):
        told_rows |= {(part, row) for _, part, row in trail(Position, key, {})}
    own = {(0, row) for row in Position.history.values_list("history_id", flat=True)}
    evidence = Evidence.history.exclude(position=None).values_list("history_id", flat=True)
    return own | {(1, row) for row in evidence} <= told_rows


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=8), seed=st.integers(0, 10_000))
def test_what_was_shown_then_is_known_of_then_and_nothing_is_out_of_reach(
    universe: Universe, acts: list[Act], seed: int
) -> None:
    random = Random(seed)
    seen = [(timezone.now(), told(shown(universe)))]
    for act in acts:
        try:
            with transaction.atomic():
                act(universe, random)
        except (ValidationError, LaterChange):  # a rule stands against it: nothing is done
            pass
        seen.append((timezone.now(), told(shown(universe))))
    for moment, was in seen:
        assert told(shown(universe, moment)) == was
    assert reachable()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_each_act_of_the_sequences_does_something(universe: Universe, act: Act) -> None:
    done = 0
    if act in (undoes_an_edit, restores):
        position = universe.at("arden", "flow", "ford")
        correct(position, {"note": "Once."}, by=universe.coder, reason="x")
    for seed in range(40):
        before = ChangeSet.objects.count()
        try:
            with transaction.atomic():
                act(universe, Random(seed))
        except (ValidationError, LaterChange):
            continue
        done += ChangeSet.objects.count() > before
        if done:
            break
    assert done
