"""Probabilities in words, what a set adds up to, the group's mean."""

import pytest

from issues.domain.probability import Spread, in_words, is_whole, spread


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
    assert spread([20, 50, 35]) == Spread(mean=35, low=20, high=50, n=3)
    assert spread([]) is None
