"""What a table says by a mapping: long tables, wide ones, grids; all problems at once, with their places."""

from typing import Any

import pytest

from issues.importing.mapping import Mapping, MappingError, Said, Scale, Spread, statements
from issues.importing.mapping.said import NO_POSITION
from issues.importing.mapping.values import Coding
from issues.importing.reading import Layout, Table, read, table


def of(text: str, layout: Layout | None = None) -> Table:
    return table(read(text.encode(), delimiter=","), layout or Layout(head=(1,)))


def said(text: str, **mapping: Any) -> list[Said]:
    return list(statements(of(text), Mapping(**mapping)).said)


def problems(text: str, **mapping: Any) -> list[tuple[int, str, str, str]]:
    return [
        (problem.row, problem.column, problem.value, problem.ask)
        for one in said(text, **mapping)
        for problem in one.problems
    ]


LONG = {"columns": {"issue": "Topic", "actor": "Who", "option": "Stance"}, "constants": {"summit": "weir"}}


def test_a_long_table_says_a_statement_a_row() -> None:
    found = said("Topic,Who,Stance\nflow,Arden,half\ndata,Belmar,45\n", **LONG)

    assert [(one.row, one.texts["issue"], one.texts["actor"], one.texts["summit"]) for one in found] == [
        (2, "flow", "Arden", "weir"),
        (3, "data", "Belmar", "weir"),
    ]
    assert [one.coding for one in found] == [Coding(option="half"), Coding(number=45)]


def test_a_wide_table_says_a_statement_a_cell_with_what_stands_beside_it() -> None:
    found = said(
        "Who,Flow,Flow sal.,Data\nArden,50,80,live\n",
        across="issue",
        columns={"actor": "Who"},
        cells=(Spread("Flow", "flow", {"salience": "Flow sal."}), Spread("Data", "")),
        constants={"summit": "weir"},
    )

    assert [(one.texts["issue"], one.coding, one.numbers) for one in found] == [
        ("flow", Coding(number=50), {"salience": 80}),
        ("Data", Coding(option="live"), {}),
    ]


def test_a_grid_goes_across_actors_as_well() -> None:
    found = said(
        "Issue,Arden,Belmar\nflow,half,all\n",
        across="actor",
        columns={"issue": "Issue"},
        cells=(Spread("Arden", "Arden"), Spread("Belmar", "Belmar")),
        constants={"summit": "weir"},
    )

    assert [(one.texts["issue"], one.texts["actor"], one.coding.option) for one in found] == [
        ("flow", "Arden", "half"),
        ("flow", "Belmar", "all"),
    ]


def test_blank_na_zero_and_dash_are_each_what_was_said_of_them() -> None:
    text = "Topic,Who,Stance\n" + "".join(
        f"flow,Actor {n},{value}\n" for n, value in enumerate(["", "NA", "0", "-", "12"])
    )
    values = {"Stance": {"": "silent", "NA": "skip", "0": "number", "-": "withdrawn"}}

    found = statements(of(text), Mapping(values=values, **LONG))

    assert [one.coding for one in found.said] == [
        Coding("silent"),
        Coding(number=0),
        Coding("withdrawn"),
        Coding(number=12),
    ]
    assert found.skipped == 1


def test_each_of_them_is_asked_about_where_nothing_was_said() -> None:
    text = 'Topic,Who,Stance\nflow,A,""\nflow,B,NA\nflow,C,0\nflow,D,-\n'

    assert problems(text, **LONG) == [
        (2, "Stance", "", "values"),
        (3, "Stance", "NA", "values"),
        (4, "Stance", "0", "values"),
        (5, "Stance", "-", "values"),
    ]


def test_a_blank_number_beside_an_option_is_no_question() -> None:
    long = {"columns": {**LONG["columns"], "value": "value"}, "constants": LONG["constants"]}

    found = said("Topic,Who,Stance,value\nflow,A,half,\nflow,B,,45\nflow,C,half,48\n", **long)

    assert [one.coding for one in found] == [
        Coding(option="half"),
        Coding(number=45),
        Coding(option="half", number=48),
    ]


def test_a_column_of_states_says_what_a_blank_position_is() -> None:
    long = {"columns": {**LONG["columns"], "state": "state"}, "constants": LONG["constants"]}

    found = said("Topic,Who,Stance,state\nflow,A,,silent\nflow,B,,Withdrawn\nflow,C,half,stated\n", **long)

    assert [one.coding for one in found] == [Coding("silent"), Coding("withdrawn"), Coding(option="half")]


def test_a_state_that_contradicts_a_position_is_refused() -> None:
    long = {"columns": {**LONG["columns"], "state": "state"}, "constants": LONG["constants"]}

    assert problems("Topic,Who,Stance,state\nflow,A,half,silent\n", **long) == [(2, "state", "silent", "")]


def test_scales_are_said_by_column_and_asked_about_where_they_are_not_plain() -> None:
    text = "Who,Flow,Data\nArden,1,3\nBelmar,7,-1\n"
    wide = {
        "across": "issue",
        "columns": {"actor": "Who"},
        "cells": (Spread("Flow", "flow"), Spread("Data", "data")),
        "constants": {"summit": "weir"},
    }

    found = said(text, scales={"Flow": Scale(1, 7), "Data": Scale(3, -1)}, **wide)

    assert [one.coding.number for one in found] == [0, 0, 100, 100]
    assert {(column, ask) for _, column, _, ask in problems(text, **wide)} == {
        ("Flow", "scales"),
        ("Data", "scales"),
    }


def test_every_problem_of_every_row_is_told_at_once() -> None:
    long = {
        "columns": {**LONG["columns"], "said_on": "When", "salience": "salience", "red_line": "Line"},
        "constants": LONG["constants"],
    }
    text = "Topic,Who,Stance,When,salience,Line\nflow,A,half,3/4/2002,much,maybe\nflow,B,101,soon,50,\n"

    assert problems(text, **long) == [
        (2, "When", "3/4/2002", "dates"),
        (2, "salience", "much", ""),
        (2, "Line", "maybe", "values"),
        (3, "When", "soon", ""),
        (3, "Stance", "101", "scales"),
    ]


def test_words_of_a_choice_are_explained_by_the_mapping() -> None:
    long = {"columns": {**LONG["columns"], "red_line": "Line"}, "constants": LONG["constants"]}
    rows = ["A,half,yes", "B,half,no", "C,half,Declared", "D,half,not addressed"]
    text = "Topic,Who,Stance,Line\n" + "".join(f"flow,{row}\n" for row in rows)

    found = said(text, values={"Line": {"yes": "declared", "no": "skip"}}, **long)

    assert [one.choices.get("red_line") for one in found] == ["declared", None, "declared", "not_addressed"]


def test_columns_that_are_not_there_and_fields_that_nothing_gives_are_told_together() -> None:
    with pytest.raises(MappingError) as refused:
        said("a,b\n1,2\n", columns={"issue": "Topic", "quote": "Words"})

    assert refused.value.problems == [
        "There is no column “Topic” in this table.",
        "There is no column “Words” in this table.",
        "Nothing says the actor: choose its column, or one actor for all rows.",
        "Nothing says the summit: choose its column, or one summit for all rows.",
        NO_POSITION,
    ]


def test_a_table_without_a_position_is_all_text_by_a_persons_word_alone() -> None:
    how = {"columns": {"issue": "Topic", "actor": "Who"}, "constants": {"summit": "weir"}}

    with pytest.raises(MappingError, match="Nothing says the position"):
        said("Topic,Who\nflow,Arden\n", **how)
    whole = how | {"constants": {"summit": "weir", "state": "stated"}}
    assert [one.coding for one in said("Topic,Who\nflow,Arden\n", **whole)] == [Coding()]
