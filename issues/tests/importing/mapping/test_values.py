"""Values of position columns: numbers on any scale, and what only a person can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.importing.mapping.values import (
    PLAIN,
    Coding,
    Scale,
    ValueProblem,
    explained,
    is_blank,
    known_scale,
    number_in,
    read_as_is,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", 45),
        (".28867513", 0.28867513),
        ("45.5", 45.5),
        ("45,5", 45.5),
        ("−3", -3),
        ("+7", 7),
        ("1e1", 10),
        ("0,500", 0.5),
        ("1.000", 1),
        ("approx. 40", None),
        ("40%", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("1 000", None),
        ("٣", None),
        ("³", None),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["1,000", "12,345,678", "1,234.5"])
def test_thousands_that_may_be_a_fraction_are_refused(text: str) -> None:
    with pytest.raises(ValueProblem, match="thousands or a fraction"):
        number_in(text)


@pytest.mark.parametrize(
    ("scale", "number", "value"),
    [
        (Scale(1, 7), 1, 0),
        (Scale(1, 7), 4, 50),
        (Scale(1, 7), 7, 100),
        (Scale(7, 1), 7, 0),
        (Scale(7, 1), 2, 83.3333),
        (Scale(-1, 3), 0, 25),
        (Scale(0, 10), 2.5, 25),
        (Scale(0, 1), 0.28867513, 28.8675),
        (PLAIN, 33.3, 33.3),
        (Scale(100, 0), 30, 70),
    ],
)
def test_a_scale_is_stretched_to_ours_and_may_be_reversed(scale: Scale, number: float, value: float) -> None:
    assert scale.rescaled(number) == value


def test_a_number_outside_of_the_scale_is_refused() -> None:
    with pytest.raises(ValueProblem, match="8 is outside of the scale of 1 to 7"):
        Scale(7, 1).rescaled(8)


@pytest.mark.parametrize(
    "text", ["", " ", "NA", "n/a", "N.A.", "-", "–", "0", "0.0", "0,0", "-0", "?", "unknown"]
)
def test_blank_and_zero_and_words_for_nothing_are_asked_about(text: str) -> None:
    assert is_blank(text)
    with pytest.raises(ValueProblem) as asked:
        read_as_is(text, PLAIN)
    assert asked.value.ask == "values"


@pytest.mark.parametrize("text", ["none", "no", "00:5", "never", "1", "x", "no position"])
def test_other_words_are_options_or_numbers(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("meaning", "coding"),
    [
        ("silent", Coding("silent")),
        ("withdrawn", Coding("withdrawn")),
        ("text", Coding()),
        ("skip", None),
        ("option: half", Coding(option="half")),
        ("number: 40", Coding(number=40)),
        ("number", Coding(number=0)),
    ],
)
def test_what_a_person_says_of_a_value_holds(meaning: str, coding: Coding | None) -> None:
    assert explained(meaning, "0", PLAIN) == coding


def test_a_number_without_a_known_scale_is_asked_about() -> None:
    with pytest.raises(ValueProblem) as asked:
        read_as_is("5", None)

    assert asked.value.ask == "scales"


def test_a_scale_is_known_only_where_the_numbers_fit_no_shorter_one() -> None:
    assert known_scale([5, 45, 100]) == PLAIN
    assert known_scale([1, 5, 7]) is None
    assert known_scale([0, 10]) is None
    assert known_scale([-1, 50]) is None
    assert known_scale([5, 120]) is None
    assert known_scale([]) is None


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        coding = read_as_is(text, PLAIN)
    except ValueProblem:
        return
    assert coding.number is None or 0 <= coding.number <= 100
