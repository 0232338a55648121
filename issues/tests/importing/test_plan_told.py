"""What a plan says of refused rows: which, why, and what would answer it."""

import pytest

from issues.importing.item import numbered
from issues.importing.mapping import Spread
from issues.importing.told import reasons
from issues.tests.importing.planning import csv_of, planned, wrong
from issues.tests.importing.test_plan import row
from issues.tests.universe import Universe

OTHERWISE = "which codes the same position otherwise"


def test_two_columns_of_one_actor_are_told_as_such(universe: Universe) -> None:
    made = planned(
        universe.process,
        "Arden,Republic of Arden,Round\nhalf,all,spring\n",
        across="actor",
        columns={"summit": "Round"},
        cells=(Spread("Arden", "arden"), Spread("Republic of Arden", "arden")),
        constants={"issue": "flow", "source": "record"},
    )

    assert wrong(made) == [
        (
            2,
            "Arden",
            "contradicts column “Republic of Arden” of its row, which codes the same position otherwise",
        ),
        (
            2,
            "Republic of Arden",
            "contradicts column “Arden” of its row, which codes the same position otherwise",
        ),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [([4], "row 4"), ([2, 3], "rows 2, 3"), ([9, 2, 3, 4, 6, 6], "rows 2–4, 6, 9")],
)
def test_many_rows_in_line_are_told_as_a_range(rows: list[int], told: str) -> None:
    assert numbered(rows) == told


def test_a_reason_is_told_once_with_its_rows_and_how_to_answer_it(universe: Universe) -> None:
    made = planned(
        universe.process,
        csv_of(
            row(option="0"),
            row("cadria", option="0"),
            row("fishers", option="0"),
            row("belmar", issue="bread"),
            row("belmar", option="half"),
            row("belmar", option="all"),
        ),
    )

    assert reasons(made) == [
        "rows 2–4: option “0” say what “0” means here: an option, a number, silent, withdrawn, text or skip; "
        'answer: "values": {"option": {"0": "…"}}',
        "rows 6, 7: option code one position of an actor on an issue at a summit otherwise than another "
        "cell: tell them apart by the summit, or keep one of them",
        "row 5: issue “bread” is no issue that is known here; "
        'answer: "names": {"issue": {"bread": "…"}} (a slug; new ones: --table issues)',
    ]


def test_a_new_one_of_a_kind_of_which_none_is_made_is_refused_with_what_to_say(universe: Universe) -> None:
    made = planned(
        universe.process,
        csv_of(row("Newland"), row(issue="Bread")),
        names={"actor": {"Newland": "+"}, "issue": {"Bread": "+"}},
    )

    assert wrong(made) == [
        (2, "actor", "would be a new actor: say in “make” that new ones are made"),
        (3, "issue", "would be a new issue: bring it in first, with a table of issues"),
    ]


def test_a_reason_of_many_rows_here_and_there_tells_how_many(universe: Universe) -> None:
    rows = [
        row(option="most" if number % 2 else "half", issue="bread" if number % 2 else "flow")
        for number in range(60)
    ]

    (reason,) = reasons(planned(universe.process, csv_of(*rows)))

    assert reason.startswith("30 rows from row 3 to row 61: issue “bread”")
