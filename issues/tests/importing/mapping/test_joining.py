"""A second table joined to the first: its columns beside the rows of its key, and what finds no partner."""

import json
from typing import Any

import pytest

from issues.importing.mapping import Join, Joined, MappingError, from_json, join, propose_on, to_json
from issues.importing.reading import Layout, Table, read, table

VOTES = "Code,Vote\n4,yes\n008,no\nAND,yes\n,no\n"
NAMES = "Code,Name,Vote\n004,Arden,x\n008,Belmar,y\nand,Cadria,z\n020,Estmark,w\n"


def of(text: str) -> Table:
    return table(read(text.encode()), Layout(head=(1,)))


def joined(left: str = VOTES, right: str = NAMES, **how: Any) -> Joined:
    return join(of(left), of(right), Join(**{"on": {"Code": "Code"}, **how}))


def messages(found: Joined) -> dict[int, tuple[str, str, str]]:
    return {
        row: (one.problem.column, one.problem.value, one.problem.message)
        for row, (one, *_) in found.lacking.items()
    }


def test_the_columns_of_the_second_stand_beside_the_rows_of_their_key() -> None:
    found = joined()

    assert found.table.columns == ("Code", "Vote", "Name", "Vote (2)")
    assert found.added == {"Name", "Vote (2)"}
    assert found.table.rows[1].cells == ("008", "no", "Belmar", "y")
    assert joined(columns=("Name",)).table.columns == ("Code", "Vote", "Name")


def test_a_key_that_is_written_otherwise_is_proposed_and_taken_by_a_persons_word_alone() -> None:
    found = joined()

    assert messages(found) == {
        2: ("Code", "4", "is not in the second file: did you mean “004”?"),
        4: ("Code", "AND", "is not in the second file: did you mean “and”?"),
        5: ("Code", "", "is no key: it is empty"),
    }
    assert [row.cells[2] for row in found.table.rows] == ["", "Belmar", "", ""]
    answered = joined(keys={"4": "004"})
    assert answered.table.rows[0].cells[2] == "Arden"
    assert [row.cells[2] for row in joined(fold=True).table.rows] == ["Arden", "Belmar", "Cadria", ""]
    assert "no key of the second file" in messages(joined(keys={"4": "9"}))[2][2]


def test_keys_of_either_side_without_a_partner_are_counted_and_the_first_are_named() -> None:
    assert joined(fold=True).lines("names.csv") == [
        "1 key of 1 row not found in names.csv: “” (row 5)",
        "1 key of names.csv used by no row: “020” (row 5)",
    ]
    assert "“4” is “004”, “AND” is “and”" in joined().lines("names.csv")[1]


def test_rows_without_a_partner_are_taken_as_they_are_where_that_was_said() -> None:
    found = joined(unmatched="blank")

    assert sorted(found.lacking) == [2, 4], "what has a proposal is still asked about"
    assert found.table.rows[3].cells == ("", "no", "", "")


def test_a_key_twice_with_differing_values_is_an_error_that_names_both_rows() -> None:
    twice = NAMES + "008,Belmark,y\n020,Estmark,w\n"

    found = joined(right=twice)

    wrong = "“008” stands in rows 3 and 6 of the second file with differing values of Name"
    assert messages(found)[3] == ("Code", "008", wrong)
    assert [problem.message for problem in found.lacks(3, ["Name"])] == [wrong]
    assert found.lacks(3, ["Vote (2)"]) == [], "what is the same in both rows is known"
    assert found.table.rows[1].cells == ("008", "no", "", "y")
    assert found.lines("names.csv")[-1] == wrong
    assert 3 not in joined(right=twice, columns=("Vote",)).lacking, "what is not taken may differ"


def test_a_column_that_lists_may_say_several_things_of_a_key() -> None:
    twice = "Code,Signed by\n008,Arden\n008,Cadria\n008,Arden\n"

    found = join(of(VOTES), of(twice), Join(on={"Code": "Code"}), "Signed by")

    assert found.table.rows[1].cells == ("008", "no", "Arden\nCadria")
    assert 3 not in found.lacking


def test_several_columns_are_one_key() -> None:
    left = "Session,Code,Vote\n1,a,yes\n2,a,no\n"
    right = "S,Code,Day\n1,a,2002\n2,a,2003\n"

    found = joined(left, right, on={"Session": "S", "Code": "Code"})

    assert [row.cells for row in found.table.rows] == [("1", "a", "yes", "2002"), ("2", "a", "no", "2003")]


def test_columns_that_are_not_there_are_told_all_at_once() -> None:
    with pytest.raises(MappingError) as caught:
        joined(on={"Kode": "Key"}, columns=("Nom",))

    assert [problem.partition(":")[0] for problem in caught.value.problems] == [
        "join.on",
        "join.on",
        "join.columns",
    ]


def test_a_key_is_proposed_where_one_column_alone_may_be_it() -> None:
    assert propose_on(of(VOTES), of("code,Name\n008,Belmar\n")) == {"Code": "code"}
    assert propose_on(of(VOTES), of("code,Name\n008,Belmar\n008,Cadria\n")) == {}
    assert propose_on(of(VOTES), of("code,Name\n9,Belmar\n")) == {}


def test_a_join_is_kept_as_json_and_what_is_wrong_with_it_is_told() -> None:
    how = {"file": "n.csv", "on": {"a": "b"}, "columns": ["c"], "keys": {"1": "2"}, "fold": True}
    text = json.dumps({"join": how})
    assert from_json(to_json(from_json(text))).join == from_json(text).join

    with pytest.raises(MappingError) as caught:
        from_json('{"join": {"file": [], "on": [], "columns": 3, "fold": 1, "unmatched": "x", "fiel": 1}}')

    told = [problem.partition(":")[0] for problem in caught.value.problems]
    assert sorted(told) == [
        *("join.columns", "join.fiel", "join.file", "join.fold", "join.on", "join.unmatched"),
    ]
