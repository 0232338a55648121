"""Judgements between options: recorded with author and reason, corrected, taken back."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.scenarios.judge import impact_field, judge
from issues.history import ChangeSet
from issues.models import Judgement
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User


def impacts(by: User) -> dict[tuple[float, float], int]:
    judged = Judgement.objects.filter(author=by)
    return {(item.from_option.value, item.on_option.value): item.impact for item in judged}


def test_judgements_are_added_changed_and_taken_back_in_one_change_set(universe: Universe) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    amina = make_user(username="amina")
    judge({(data[50], flow[50]): 1, (flow[50], data[50]): 2}, by=amina, reason="At first.")
    before = ChangeSet.objects.count()

    changed = judge(
        {
            (flow[50], data[50]): 3,
            (flow[0], data[100]): -2,
            (data[50], flow[50]): None,
            (data[0], flow[0]): None,
        },
        by=amina,
        reason="After the mill.",
    )

    assert changed == 3
    assert impacts(amina) == {(50, 50): 3, (0, 100): -2}
    assert Judgement.objects.filter(author=universe.coder).count() == 2
    assert ChangeSet.objects.count() == before + 1


def test_what_others_judged_stays_beside_it(universe: Universe) -> None:
    flow, data = universe.flow.options.get(value=50), universe.data.options.get(value=50)
    amina = make_user()

    assert judge({(flow, data): 2}, by=amina, reason="The same.") == 1
    assert judge({(flow, data): 2}, by=amina, reason="Again.") == 0

    assert {item.author for item in Judgement.objects.filter(from_option=flow)} == {universe.coder, amina}


@pytest.mark.parametrize("impact", [-4, 4])
def test_an_impact_out_of_range_is_refused_with_its_field(universe: Universe, impact: int) -> None:
    flow, data = universe.flow.options.get(value=0), universe.data.options.get(value=0)

    with pytest.raises(ValidationError) as refusal:
        judge({(flow, data): impact}, by=universe.coder, reason="x")

    assert list(refusal.value.message_dict) == [impact_field(flow, data)]
    assert Judgement.objects.count() == 2


def test_what_one_judged_since_it_was_seen_is_refused(universe: Universe) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    coder, one, other, third = universe.coder, (flow[0], data[0]), (flow[50], data[50]), (flow[0], data[100])
    seen = {one: None, other: 2, third: None}
    judge({one: -3, other: None, third: 1}, by=coder, reason="First.")

    with pytest.raises(ValidationError) as refusal:
        judge({one: 1, other: 3, third: 1}, seen=seen, by=coder, reason="Mine.")

    again = "meanwhile, in another window. Save again to put this in its place."
    assert refusal.value.message_dict == {
        impact_field(*one): [f"You judged −3 {again}"],
        impact_field(*other): [f"You took this back {again}"],
    }
    assert {item.impact for item in Judgement.objects.filter(from_option__in=flow.values())} == {-3, 1}
    assert judge({one: 1}, seen={one: -3}, by=coder, reason="Mine.") == 1
