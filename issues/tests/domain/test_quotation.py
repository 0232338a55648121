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
        "“He said “half” of it.”",
        "‘We don’t want the Ardens’ river.’",
        "'We don't want it.'",
        "“We want half.\n\n“We want it now.”",
        '"He said "half" of it."',
        "»Hälften av »allt«.«",
        "„Er sagte „halb“ dazu.“",
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


@pytest.mark.parametrize(
    "words",
    [
        *("“Half,” he said.", "He said “half”", "«نصف» قال", '"'),
        *("“Peace” is our goal, not “war”", "“Half”, he said, “of the river.”", '"Half", he said, "of it"'),
        *("«Paix» et non «guerre»", "„Frieden“, nicht „Krieg“", "”Fred”, inte ”krig”", "『川』と『森』"),
        "“Peace” is our goal, not «war»",
    ],
)
def test_no_two_marks_of_a_kind_stand_side_by_side(words: str) -> None:
    assert quoted(words) == f"‘{words}’"


@pytest.mark.parametrize(
    "words",
    [
        "‘Tis the “end”",
        "‘Peace’ is our goal, not ‘war’",
        "'Peace', not 'war'",
        "「川」と「森」",
        "‘Tis the ‘end’",
    ],
)
def test_single_marks_that_do_not_close_each_other_are_put_between_double_ones(words: str) -> None:
    assert quoted(words) == f"“{words}”"


def test_no_words_are_no_quotation() -> None:
    assert quoted("") == ""
