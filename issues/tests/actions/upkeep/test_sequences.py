"""Random sequences of housekeeping, undone one by one: every live field is as before, history only grows."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from issues.actions.record.review import mark_reviewed, set_confidence
from issues.actions.take_back.undo_change_set import undo
from issues.actions.upkeep.merge import merge
from issues.actions.upkeep.order import arrange
from issues.history import ChangeSet
from issues.models import Actor, Evidence, Issue, Option, Position
from issues.models.merge_proposal import MERGEABLE
from issues.models.position import Confidence
from issues.queries.upkeep.merge_plan import plan_merge
from issues.tests.actions.upkeep.merging import everything, history_size, no_breach_anywhere
from issues.tests.acts import correct, remove, restore_deleted
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User

Step = Callable[[Random, User], object]


def merged(random: Random, by: User) -> Any:
    """Two of a kind become one; of what clashes a random row stands."""
    model = random.choice([*MERGEABLE.values(), Actor, Actor])
    keeper, loser = random.sample(list(model._default_manager.order_by("pk")), 2)  # type: ignore[attr-defined]
    plan = plan_merge(keeper, [loser])
    stands = {clash.key: random.choice(clash.rows).pk for clash in plan.clashes if clash.may_choose}
    return merge(keeper, [loser], by=by, reason="The same.", stands=stands)


def reviewed(random: Random, by: User) -> Any:
    return mark_reviewed(some(random), by=by)


def given_confidence(random: Random, by: User) -> Any:
    return set_confidence(some(random), random.choice(list(Confidence)), by=by, reason="Reread.")


def arranged(random: Random, by: User) -> Any:
    issues = list(Issue.objects.order_by("pk"))
    return arrange(issues, {issue.pk: random.randrange(9) for issue in issues}, by=by, reason="Order.")


def given_value(random: Random, by: User) -> Any:
    option = random.choice(list(Option.objects.order_by("pk")))
    return correct(option, {"value": float(random.randrange(101))}, by=by, reason="The codebook.")


def removed(random: Random, by: User) -> Any:
    record = random.choice([*some(random), *random.sample(list(Evidence.objects.order_by("pk")), 2)])
    return remove(record, by=by, reason="Twice.")


def restored(random: Random, by: User) -> Any:
    rows = list(Position.history.filter(history_type="-").order_by("history_id"))
    if not rows:
        raise ValidationError("Nothing was deleted.")
    return restore_deleted(random.choice(rows), by=by, reason="Back.")


STEPS: list[Step] = [merged, merged, reviewed, given_confidence, arranged, given_value, removed, restored]


def some(random: Random) -> list[Position]:
    return random.sample(list(Position.objects.order_by("pk")), 3)


def attempt(step: Step, random: Random, by: User) -> ChangeSet | None:
    """Take a step; a refusal leaves everything as it was."""
    before, last = everything(), ChangeSet.objects.first()
    try:
        with transaction.atomic():
            step(random, by)
    except ValidationError:
        assert everything() == before
        return None
    made = ChangeSet.objects.first()
    return None if made == last else made


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_undoing_all_of_it_gives_every_live_field_back(universe: Universe, seed: int) -> None:
    random, by = Random(seed), make_user()
    states = [everything()]
    made: list[Any] = []
    while len(made) < 8:
        size = history_size()
        change_set = attempt(random.choice(STEPS), random, by)
        assert no_breach_anywhere()
        assert history_size() >= size
        if change_set is not None:
            made.append(change_set)
            states.append(everything())
    for change_set in reversed(made):
        assert everything() == states.pop()
        size = history_size()
        undo(change_set, by=by, reason="Undone.")
        assert history_size() > size
    assert everything() == states.pop()
