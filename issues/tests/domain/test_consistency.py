"""Which bundles of options hold together by the judgements."""

import tracemalloc
from dataclasses import replace
from itertools import product
from math import prod
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.consistency import MOST_KEPT, Bundle, sample, search

Impacts = dict[tuple[int, int, int, int], int]


@st.composite
def judged(draw: st.DrawFn) -> tuple[list[int], Impacts]:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    places = [
        (i, x, j, y)
        for i, j in product(range(len(sizes)), repeat=2)
        if i != j
        for x, y in product(range(sizes[i]), range(sizes[j]))
    ]
    return sizes, {place: draw(st.integers(-3, 3)) for place in places if draw(st.booleans())}


def by_definition(sizes: list[int], impacts: Impacts) -> set[tuple[int, ...]]:
    """Every choice whose options each have the highest balance of their issue, one by one."""

    def balance(choice: tuple[int, ...], issue: int, option: int) -> int:
        others = (other for other in range(len(sizes)) if other != issue)
        return sum(impacts.get((other, choice[other], issue, option), 0) for other in others)

    return {
        choice
        for choice in product(*map(range, sizes))
        if all(
            balance(choice, issue, choice[issue])
            == max(balance(choice, issue, option) for option in range(size))
            for issue, size in enumerate(sizes)
        )
    }


def test_options_that_promote_each_other_are_found_together() -> None:
    impacts = {(0, 0, 1, 0): 2, (1, 0, 0, 0): 2, (0, 1, 1, 1): 3, (1, 1, 0, 1): 3}

    result = search([2, 2], impacts)

    assert result.bundles == [Bundle((1, 1), 3), Bundle((0, 0), 2)]
    assert (result.total, result.looked_at, result.combinations, result.exhaustive) == (2, 4, 4, True)


def test_a_tie_is_consistent_by_a_margin_of_nothing() -> None:
    assert search([2], {}).bundles == [Bundle((0,), 0), Bundle((1,), 0)]


def test_a_circle_of_refusals_leaves_nothing_consistent() -> None:
    impacts = {(0, 0, 1, 1): 1, (0, 1, 1, 0): 1, (1, 0, 0, 0): 1, (1, 1, 0, 1): 1}

    assert search([2, 2], impacts).total == 0


@given(judged())
def test_exactly_the_bundles_of_the_definition_are_found(case: tuple[list[int], Impacts]) -> None:
    sizes, impacts = case

    result = search(sizes, impacts)

    assert {bundle.options for bundle in result.bundles} == by_definition(sizes, impacts)
    assert result.total == len(result.bundles)
    assert all(bundle.margin >= 0 for bundle in result.bundles)


@given(judged())
def test_the_firmest_come_first_and_equally_firm_ones_in_the_order_of_their_options(
    case: tuple[list[int], Impacts],
) -> None:
    for result in (search(*case), sample(*case, starts=50)):
        assert result.bundles == sorted(result.bundles, key=lambda found: (-found.margin, found.options))


def test_a_firm_bundle_that_is_found_late_stands_before_weaker_ones_and_ties_follow_in_order() -> None:
    impacts = {(0, 2, 1, 2): 3, (1, 2, 0, 2): 3}
    ties = [Bundle((one, other), 0) for one, other in product(range(2), repeat=2)]

    for result in (search([3, 3], impacts), sample([3, 3], impacts)):
        assert result.bundles == [Bundle((2, 2), 3), *ties]


@pytest.mark.parametrize("at_once", [1, 5, 64, 100])
def test_in_batches_the_same_is_kept_as_in_one(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    sizes, told = [4] * 3, list[tuple[int, int]]()
    impacts = {(0, 3, 1, 3): 2, (1, 3, 0, 3): 1, (2, 2, 1, 1): 1, (0, 3, 2, 1): 1}
    whole = search(sizes, impacts)
    assert len(whole.bundles) == whole.total > 10
    assert len({found.margin for found in whole.bundles}) > 1
    monkeypatch.setattr("issues.domain.consistency.AT_ONCE", at_once)

    assert search(sizes, impacts, lambda done, total: told.append((done, total))) == whole
    assert told == [(min(done, 64), 64) for done in range(at_once, 64 + at_once, at_once)]
    monkeypatch.setattr("issues.domain.consistency.MOST_KEPT", 3)
    assert search(sizes, impacts) == replace(whole, bundles=whole.bundles[:3])


@given(judged())
def test_what_random_starts_find_is_consistent_and_not_called_exhaustive(
    case: tuple[list[int], Impacts],
) -> None:
    sizes, impacts = case

    result = sample(sizes, impacts, starts=50)

    assert {bundle.options for bundle in result.bundles} <= by_definition(sizes, impacts)
    assert not result.exhaustive
    assert result == sample(sizes, impacts, starts=50)


def test_random_starts_find_the_one_bundle_of_a_space_too_large_to_search() -> None:
    sizes = [10] * 12
    impacts = {(i, 4, (i + 1) % 12, 4): 3 for i in range(12)}

    result = sample(sizes, impacts, starts=500)

    assert result.combinations == 10**12
    assert Bundle((4,) * 12, 3) in result.bundles


def test_only_the_firmest_thousand_are_kept_and_all_are_counted() -> None:
    result = search([10] * 4, {(0, 3, 1, 3): 1, (1, 3, 0, 3): 1})

    assert len(result.bundles) == MOST_KEPT
    assert result.total > MOST_KEPT
    assert result.combinations == 10_000


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []

    search([10] * 5, {}, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (100_000, 100_000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_progress_of_a_sample_is_told_to_the_last_start() -> None:
    told: list[tuple[int, int]] = []

    sample([10] * 5, {}, starts=30, progress=lambda done, total: told.append((done, total)))

    assert told == [(30, 30)]


@pytest.mark.parametrize(("sizes", "impacts"), [([2, 0], {}), ([2, 2], {(0, 0, 0, 1): 2})])
def test_what_cannot_be_searched_is_refused(sizes: list[int], impacts: Impacts) -> None:
    with pytest.raises(ValueError, match="issue"):
        search(sizes, impacts)


def _all_judged(sizes: list[int]) -> Impacts:
    places = product(range(len(sizes)), repeat=2)
    return {
        (i, x, j, y): (3 * i + x * 2 + 5 * j + y) % 7 - 3
        for i, j in places
        if i != j
        for x, y in product(range(sizes[i]), range(sizes[j]))
    }


def test_ten_issues_of_three_options_take_less_than_a_second_and_a_million_less_than_twenty() -> None:
    for sizes, most in (([3] * 10, 1.0), ([10] * 6, 20.0)):
        start = perf_counter()
        result = search(sizes, _all_judged(sizes))
        assert perf_counter() - start < most
        assert result.looked_at == prod(sizes)


def test_memory_does_not_grow_with_the_number_of_combinations() -> None:
    peaks = []
    for sizes in ([10] * 5, [10] * 6):
        tracemalloc.start()
        search(sizes, _all_judged(sizes))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 2
