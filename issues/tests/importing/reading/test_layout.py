"""Where the table is in a sheet: titles above it, two head rows, columns and rows that are left out."""

import pytest

from issues.importing.reading import Layout, ReadError, guess_head, read, table


def seen(
    text: str, layout: Layout | None = None
) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]:
    grid = read(text.encode(), delimiter=";")
    found = table(grid, layout or guess_head(grid))
    return found.columns, [(row.number, row.cells) for row in found.rows]


TITLED = "Positions of the parties;;\n;;\nIssue;Actor;Value\nflow;Arden;50\n;;\ndata;Belmar;0\n"
GROUPED = "Country;Iran;;Russia;\n;position;salience;position;salience\nX;1;2;3;4\n"


def test_titles_above_the_head_are_passed_by() -> None:
    assert seen(TITLED) == (
        ("Issue", "Actor", "Value"),
        [(4, ("flow", "Arden", "50")), (6, ("data", "Belmar", "0"))],
    )


def test_two_head_rows_make_one_name_and_a_merged_one_goes_on() -> None:
    columns, rows = seen(GROUPED, Layout(head=(1, 2)))

    assert columns == (
        "Country",
        "Iran / position",
        "Iran / salience",
        "Russia / position",
        "Russia / salience",
    )
    assert rows == [(3, ("X", "1", "2", "3", "4"))]


def test_two_head_rows_are_guessed_where_the_upper_one_names_groups() -> None:
    text = ";Iran;;Russia;\nCountry;position;salience;position;salience\nX;1;2;3;4\n"

    assert seen(text)[0][1:3] == ("Iran / position", "Iran / salience")


def test_a_second_head_row_below_names_that_come_again_is_guessed() -> None:
    text = "Country;Iran;Iran;Russia;Russia\n;position;salience;position;salience\nX;a;b;c;d\n"

    assert seen(text)[0][1:3] == ("Iran / position", "Iran / salience")


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Who;2001;2002\nA;NA;NA\nB;1;2\n", 1),
        ("quote;quote\nWords;Other words\nMore;Yet more\n", 1),
        ("Title;;\n;;\nwho;what;n\nA;B;1\n", 3),
        ("1;2\n3;4\n", 1),
        ("Land;Water;Source;Return;Source\nX;most;https://a;most;https://a\nY;none;https://b;all;\n", 1),
        ("Land;Source;Source\nX;here;here\nY;there;here\n", 1),
    ],
)
def test_the_head_is_the_row_that_a_reader_would_take(text: str, head: int) -> None:
    assert guess_head(read(text.encode(), delimiter=";")).head == (head,)


def test_columns_of_one_name_are_told_apart() -> None:
    assert seen("a;a;a\n1;2;3\n")[0] == ("a", "a (2)", "a (3)")


def test_a_column_without_a_name_is_called_by_its_letter_and_an_empty_one_is_none() -> None:
    assert seen("a;;;b\n1;;x;2\n") == (("a", "column C", "b"), [(2, ("1", "x", "2"))])


def test_a_range_of_rows_and_columns_is_chosen_and_columns_are_ignored() -> None:
    text = "a;b;c;d\n1;2;3;4\n5;6;7;8\n9;10;11;12\n"

    layout = Layout(head=(1,), first_row=3, last_row=3, first_column=2, last_column=4, ignored=(3,))
    assert seen(text, layout) == (("b", "d"), [(3, ("6", "8"))])


def test_a_head_that_is_not_there_is_told_with_its_row() -> None:
    with pytest.raises(ReadError, match="Row 9: The names of the columns should be here") as refused:
        seen("a;b\n1;2\n", Layout(head=(9,)))

    assert refused.value.row == 9


def test_the_distinct_values_of_a_column_are_counted() -> None:
    grid = read(b"a,b\nx,1\ny,1\n,2\nx,\n")

    assert table(grid, Layout()).values("a") == {"x": 2, "y": 1, "": 1}
