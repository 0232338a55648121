"""Judgements between options: recorded with author and reason, corrected, taken back."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.scenarios.judge import impact_field, judge
from issues.history import ChangeSet
from issues.models import Judgement
from issues.tests.factories import make_user
from issues.tests.universe import Universe


def impacts() -> dict[tuple[float, float], int]:
    return {(item.from_option.value, item.on_option.value): item.impact for item in Judgement.objects.all()}


def test_judgements_are_added_changed_and_taken_back_in_one_change_set(universe: Universe) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    amina, before = make_user(username="amina"), ChangeSet.objects.count()

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
    assert impacts() == {(50, 50): 3, (0, 100): -2}
    assert {item.author for item in Judgement.objects.all()} == {amina}
    assert ChangeSet.objects.count() == before + 1


def test_what_is_judged_so_already_keeps_its_author(universe: Universe) -> None:
    flow, data = universe.flow.options.get(value=50), universe.data.options.get(value=50)

    assert judge({(flow, data): 2}, by=make_user(), reason="The same.") == 0

    assert Judgement.objects.get(from_option=flow).author == universe.coder


@pytest.mark.parametrize("impact", [-4, 4])
def test_an_impact_out_of_range_is_refused_with_its_field(universe: Universe, impact: int) -> None:
    flow, data = universe.flow.options.get(value=0), universe.data.options.get(value=0)

    with pytest.raises(ValidationError) as refusal:
        judge({(flow, data): impact}, by=universe.coder, reason="x")

    assert list(refusal.value.message_dict) == [impact_field(flow, data)]
    assert Judgement.objects.count() == 2


def test_what_someone_else_judged_since_it_was_seen_is_refused_with_their_name(universe: Universe) -> None:
    flow, data = ({o.value: o for o in issue.options.all()} for issue in (universe.flow, universe.data))
    amina, one, other, third = make_user(), (flow[0], data[0]), (flow[50], data[50]), (flow[0], data[100])
    seen = {one: None, other: 2, third: None}
    judge({one: -3, other: None, third: 1}, by=universe.coder, reason="First.")

    with pytest.raises(ValidationError) as refusal:
        judge({one: 1, other: 3, third: 1}, seen=seen, by=amina, reason="Mine.")

    assert refusal.value.message_dict == {
        impact_field(*one): ["coder judged −3 meanwhile. Save again to put yours in its place."],
        impact_field(*other): ["Someone took this back meanwhile. Save again to put yours in its place."],
    }
    assert {item.impact for item in Judgement.objects.filter(from_option__in=flow.values())} == {-3, 1}
    assert judge({one: 1}, seen={one: -3}, by=amina, reason="Mine.") == 1
