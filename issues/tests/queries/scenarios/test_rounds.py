"""Who sees whose numbers of a round, and when it is over."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from issues.actions.scenarios.assess import assess, resolve
from issues.models import Assessment, Scenario, Summit
from issues.queries.scenarios.rounds import Round, hidden_from, rounds
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User


def member(name: str, group: str = "Researchers") -> User:
    user = make_user(username=name)
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


def give(universe: Universe, by: User, after: Summit, *values: float) -> None:
    numbers = dict(zip(universe.scenarios.values(), values, strict=True))
    assess(universe.scenario_set, numbers, after=after, rationale=f"{by}’s reason.", by=by)


def seen(universe: Universe, user: User | AnonymousUser, **how: object) -> list[Round]:
    return rounds([universe.scenario_set], user, **how)[universe.scenario_set.pk]  # type: ignore[arg-type]


@pytest.fixture
def amina(db: None) -> User:
    return member("amina")


@pytest.fixture
def omar(db: None) -> User:
    return member("omar")


def test_others_numbers_are_hidden_until_ones_own_are_given(
    universe: Universe, amina: User, omar: User
) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    (hidden,) = seen(universe, omar)

    assert (hidden.is_hidden, hidden.given, hidden.assessors) == (True, [], 1)
    assert hidden.spread(universe.scenarios["half"]) is None
    assert set(Assessment.objects.exclude(hidden_from(omar))) == set()

    give(universe, omar, universe.delta, 70, 20, 10)

    (shown,) = seen(universe, omar)
    assert not shown.is_hidden
    assert shown.spread(universe.scenarios["half"]).mean == 60  # type: ignore[union-attr]
    assert Assessment.objects.exclude(hidden_from(omar)).count() == 6


def test_one_sees_ones_own_at_once(universe: Universe, amina: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)

    assert [item.probability for item in seen(universe, amina)[0].of(universe.scenarios["dam"])] == [30]


def test_who_cannot_assess_is_a_reader(universe: Universe, amina: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)

    assert not seen(universe, member("viewer", "Viewers"))[0].is_hidden


def test_a_visitor_could_be_anyone_until_the_question_has_closed(universe: Universe, amina: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    assert seen(universe, AnonymousUser())[0].is_hidden

    universe.scenario_set.closes_on = timezone.localdate() - timedelta(days=1)

    assert not seen(universe, AnonymousUser())[0].is_hidden


def test_a_round_is_over_and_open_to_all_when_a_later_one_has_begun(
    universe: Universe, amina: User, omar: User
) -> None:
    give(universe, amina, universe.weir, 50, 30, 20)
    give(universe, amina, universe.delta, 60, 20, 20)

    first, second = seen(universe, omar)

    assert (first.after, first.is_over, first.is_hidden) == (universe.weir, True, False)
    assert (second.after, second.is_over, second.is_hidden) == (universe.delta, False, True)
    assert {item.after for item in Assessment.objects.exclude(hidden_from(omar))} == {universe.weir}


def test_a_resolved_set_is_open_to_all(universe: Universe, amina: User, omar: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    answers = dict(zip(universe.scenarios.values(), ("happened", "did_not", "did_not"), strict=True))
    resolve(universe.scenario_set, answers, on=timezone.localdate(), by=amina, reason="Signed.")

    assert not seen(universe, omar)[0].is_hidden
    assert Assessment.objects.exclude(hidden_from(omar)).count() == 3


def test_the_last_number_of_each_person_counts(universe: Universe, amina: User, omar: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    give(universe, omar, universe.delta, 20, 60, 20)
    give(universe, amina, universe.delta, 40, 40, 20)

    (shown,) = seen(universe, amina)

    assert [item.probability for item in shown.of(universe.scenarios["half"])] == [40, 20]
    assert len(shown.given) == 9
    assert shown.spread(universe.scenarios["half"]).n == 2  # type: ignore[union-attr]


def test_rounds_end_with_the_summit_that_is_asked_about(universe: Universe, amina: User) -> None:
    for after in (universe.mill, universe.weir, universe.delta):
        give(universe, amina, after, 50, 30, 20)

    assert [item.after for item in seen(universe, amina, until=universe.weir)] == [
        universe.mill,
        universe.weir,
    ]


def test_as_known_then_later_numbers_are_not_there(universe: Universe, amina: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    between = timezone.now()
    give(universe, amina, universe.delta, 10, 10, 80)

    (shown,) = seen(universe, amina, known=between)

    assert [item.probability for item in shown.of(universe.scenarios["half"])] == [50]
    assert seen(universe, amina, known=between - timedelta(days=1)) == []


def test_rounds_of_many_sets_take_one_query(
    universe: Universe, amina: User, django_assert_num_queries: object
) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    sets = list(type(universe.scenario_set).objects.select_related("process").prefetch_related("scenarios"))
    amina.has_perm("issues.add_assessment")  # remembered

    with django_assert_num_queries(1):  # type: ignore[operator]
        rounds(sets, amina)


def test_scenarios_of_one_name_are_kept_apart(universe: Universe, amina: User) -> None:
    give(universe, amina, universe.delta, 50, 30, 20)
    (shown,) = seen(universe, amina)

    assert shown.of(Scenario(pk=0)) == []
