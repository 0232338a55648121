"""What is proposed for a table that nobody has mapped yet."""

from issues.importing.mapping import Mapping, propose
from issues.importing.reading import guess_head, read, table

NAMES = {
    "issue": ["flow", "Summer flow", "data", "Data sharing"],
    "actor": ["Arden", "Belmar"],
    "summit": ["weir"],
}


def proposed(text: str) -> Mapping:
    grid = read(text.encode())
    return propose(table(grid, guess_head(grid)), NAMES)


def test_the_columns_of_our_own_files_are_known() -> None:
    heads = (
        "issue,actor,summit,option,value,summary,red_line,accepts_from,accepts_to,salience,basis,confidence,"
        "quote,language,speaker,said_on,locator,source_url,source_title,source_publisher,source_date"
    )
    found = proposed(f"{heads}\n{','.join('x' for _ in heads.split(','))}\n")

    assert found.columns == {name: name for name in heads.split(",")}
    assert found.across == ""


def test_columns_are_known_by_what_people_call_them() -> None:
    found = proposed(
        "Country,Topic,Meeting,Position,Source URL,Date\nArden,flow,weir,half,http://x.org,2002\n"
    )

    assert found.columns == {
        "actor": "Country",
        "issue": "Topic",
        "summit": "Meeting",
        "option": "Position",
        "source_url": "Source URL",
        "said_on": "Date",
    }


def test_a_table_whose_heads_name_issues_goes_across_them_with_their_companions() -> None:
    found = proposed("Country,Summer flow,Summer flow salience,Data sharing\nArden,50,80,live\n")

    assert found.across == "issue"
    assert [(cell.column, cell.name, dict(cell.beside)) for cell in found.cells] == [
        ("Summer flow", "Summer flow", {"salience": "Summer flow salience"}),
        ("Data sharing", "Data sharing", {}),
    ]
    assert found.columns == {"actor": "Country"}


def test_two_head_rows_give_actors_with_position_and_salience() -> None:
    text = ",Arden,,Belmar,\nissue,position,salience,position,salience\nflow,1,2,3,4\n"

    found = proposed(text)

    assert found.across == "actor"
    assert [(cell.column, cell.name, dict(cell.beside)) for cell in found.cells] == [
        ("Arden / position", "Arden", {"salience": "Arden / salience"}),
        ("Belmar / position", "Belmar", {"salience": "Belmar / salience"}),
    ]


def test_the_order_of_days_is_proposed_where_one_tells_it() -> None:
    assert proposed("issue,actor,said_on\nflow,Arden,13/02/2002\n").dates == {"said_on": "day-first"}
    assert proposed("issue,actor,said_on\nflow,Arden,03/02/2002\n").dates == {}


def test_nothing_is_proposed_where_nothing_fits() -> None:
    assert proposed("a,b\n1,2\n").columns == {}


def test_what_stands_in_brackets_behind_a_name_does_not_hide_it() -> None:
    assert proposed("Country,Topic,Position (1-7)\nArden,flow,3\n").columns["option"] == "Position (1-7)"


def test_a_head_in_two_languages_is_known_by_either() -> None:
    found = proposed("Land / Country,Runde | Round,Wasser (Topic),Position (1–7)\nArden,weir,flow,4\n")

    assert found.columns == {
        "actor": "Land / Country",
        "summit": "Runde | Round",
        "issue": "Wasser (Topic)",
        "option": "Position (1–7)",
    }


def test_a_part_that_several_heads_have_tells_none_of_them() -> None:
    assert "option" not in proposed("Iran / position,Russia / position,Topic\n1,2,flow\n").columns


def test_a_head_names_an_issue_by_a_part_and_what_is_called_alike_behind_each_goes_with_it() -> None:
    found = proposed(
        "Country,Summer flow (% of all),Quelle / Source,Daten / Data sharing,Quelle / Source,Note\n"
        "Arden,50,https://x.org,live,https://y.org,So\n"
    )

    assert [(cell.column, cell.name, dict(cell.beside)) for cell in found.cells] == [
        ("Summer flow (% of all)", "Summer flow", {"source": "Quelle / Source"}),
        ("Daten / Data sharing", "Data sharing", {"source": "Quelle / Source (2)"}),
    ]
    assert found.columns == {"actor": "Country", "note": "Note"}


def test_heads_that_name_one_issue_by_a_part_are_not_chosen_between() -> None:
    found = proposed("Country,Summer flow (2001),Summer flow (2005),Data sharing\nArden,50,60,live\n")

    assert [cell.column for cell in found.cells] == ["Data sharing"]


def test_the_first_column_names_the_rows_of_a_grid_whose_corner_is_empty() -> None:
    assert proposed(",Summer flow,Data sharing\nArden,50,live\n").columns == {"actor": "column A"}
    assert proposed(",Arden,Belmar\nflow,50,60\n").columns == {"issue": "column A"}
