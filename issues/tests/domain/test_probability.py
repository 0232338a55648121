"""Probabilities in words, what a set adds up to, the group's mean."""

import pytest

from issues.domain.probability import Spread, Total, in_words, is_whole, rounded_whole, spread


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "almost no chance"),
        (4.9, "almost no chance"),
        (5, "very unlikely"),
        (20, "unlikely"),
        (44.9, "unlikely"),
        (50, "roughly even chance"),
        (55, "likely"),
        (80, "very likely"),
        (95, "almost certain"),
        (100, "almost certain"),
    ],
)
def test_every_number_has_its_words(probability: float, words: str) -> None:
    assert in_words(probability) == words


@pytest.mark.parametrize(
    ("numbers", "whole"),
    [
        ([40, 60], True),
        ([33.3, 33.3, 33.3], True),
        ([99.5], True),
        ([100.5], True),
        ([99.4], False),
        ([100.6], False),
        ([95], False),
        ([], False),
    ],
)
def test_a_set_adds_up_to_a_hundred_give_or_take_a_half(numbers: list[float], whole: bool) -> None:
    assert is_whole(numbers) is whole


def test_the_group_has_a_mean_and_a_range() -> None:
    assert spread([20, 50, 35]) == Spread(mean=35, low=20, high=50, n=3, rounded=35)
    assert spread([]) is None


@pytest.mark.parametrize(
    ("means", "shown"),
    [
        ([33.4, 33.3, 33.3], [34, 33, 33]),
        ([100 / 3] * 3, [34, 33, 33]),
        ([12.5, 12.5, 75], [13, 12, 75]),
        ([16.5, 16.5, 16.5, 50.5], [17, 17, 16, 50]),
        ([0, 100], [0, 100]),
        ([33.3, 33.3, 33.3], [34, 33, 33]),
        ([50.1, 50.2], [50, 50]),
        ([60.6, 60.6], [61, 61]),
        ([], []),
    ],
)
def test_whole_per_cents_add_up_where_the_numbers_do(means: list[float], shown: list[int]) -> None:
    assert list(rounded_whole(dict(enumerate(means))).values()) == shown


def test_a_total_says_what_is_left_of_a_hundred() -> None:
    assert [(Total(n).left, Total(n).is_whole) for n in (95, 110, 99.6)] == [
        (5, False),
        (-10, False),
        (0.4, True),
    ]
