"""The options of a scale as they are typed."""

import pytest

from issues.domain.option_list import OptionProblem, TypedScale, read_scale


def test_two_ends_are_two_options() -> None:
    assert read_scale("", "none", "all") == TypedScale("none", "all", ((0, "none"), (100, "all")))


def test_what_stands_between_the_ends_is_spread_evenly_and_the_ends_are_typed_once() -> None:
    between = read_scale("a quarter\nhalf\nmost", "none", "all")

    assert list(between.options) == [
        (0, "none"),
        (25, "a quarter"),
        (50, "half"),
        (75, "most"),
        (100, "all"),
    ]
    assert read_scale("none\na quarter\nhalf\nmost\nall") == between
    assert read_scale("None; a quarter; half; most; ALL", "none", "all").options[0] == (0, "None")


def test_an_option_with_a_number_stands_there_and_the_ends_are_added() -> None:
    scale = read_scale("12,5 – an eighth\n80: most", "none", "all")

    assert list(scale.options) == [(0, "none"), (12.5, "an eighth"), (80, "most"), (100, "all")]
    assert read_scale("100 all\n0 none") == TypedScale("none", "all", ((0, "none"), (100, "all")))


def test_an_end_that_no_option_has_stays_without_words() -> None:
    assert read_scale("10 little\n100 all").low == ""


@pytest.mark.parametrize(
    ("typed", "low", "high", "field", "told"),
    [
        ("", "", "", "low", "needs the words"),
        ("", "none", "", "high", "needs the words"),
        ("half", "", "", "low", "needs the words"),
        ("50 half\nmost", "none", "all", "options", "“most” has no number"),
        ("50 half\n50 a half", "none", "all", "options", "50 is the number of two"),
        ("50 half\n60 Half", "none", "all", "options", "“Half” is two options"),
        ("150 more\n0 none", "", "", "options", "150 is not on the scale"),
        ("50", "none", "all", "options", "“50” has no words"),
        ("\n".join("abcdefghijkl"), "none", "all", "options", "These are 14"),
    ],
)
def test_what_makes_up_no_scale_is_told_at_its_field(
    typed: str, low: str, high: str, field: str, told: str
) -> None:
    with pytest.raises(OptionProblem, match=told) as refused:
        read_scale(typed, low, high)
    assert refused.value.field == field
