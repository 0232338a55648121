"""Marks around a quotation that may have its own."""

import pytest

from issues.domain.quotation import quoted


@pytest.mark.parametrize(
    "words",
    [
        "“Half the river.”",
        "„Die Hälfte des Flusses.“",
        "„Połowa rzeki.”",
        "”Halva floden.”",
        "«La moitié du fleuve.»",
        "« La moitié du fleuve »",
        "»Die Hälfte«",
        "‹Die Hälfte›",
        "‘Half the river.’",
        '"Half the river."',
        "'Half the river.'",
        "「川の半分」",
        "『川の半分』",
        "《一半的河》",
        "«Половина реки».",
        "«نصف النهر»",
        "\u200f«نصف النهر»\u200f",
        "“Half”, he said, “of the river.”",
    ],
)
def test_a_quotation_with_marks_of_its_own_keeps_them_and_gets_no_others(words: str) -> None:
    assert quoted(words) == words


@pytest.mark.parametrize(
    "words",
    ["Half the river.", "نصف النهر", "We want “half” of it.", "川の半分", "the Ardens’ river", "5"],
)
def test_one_without_is_put_between_marks(words: str) -> None:
    assert quoted(words) == f"“{words}”"


@pytest.mark.parametrize("words", ["“Half,” he said.", "He said “half”", "«نصف» قال", '"'])
def test_no_two_marks_of_a_kind_stand_side_by_side(words: str) -> None:
    assert quoted(words) == f"‘{words}’"


def test_no_words_are_no_quotation() -> None:
    assert quoted("") == ""
