"""What a file would do: new, moved, corrected, the same, refused; and every reason at once."""

from random import Random
from typing import Any

import pytest

from issues.importing.item import Plan
from issues.importing.stored import sign_of, stored
from issues.models import Actor
from issues.tests.acts import add, correct
from issues.tests.importing.planning import csv_of, planned, results, wrong
from issues.tests.universe import Universe

RECORD = {"source": "record", "quote": "We say so."}


def row(actor: str = "arden", issue: str = "flow", summit: str = "spring", **fields: Any) -> dict[str, Any]:
    return {"actor": actor, "issue": issue, "summit": summit, "option": "half"} | RECORD | fields


def test_a_position_that_was_not_there_is_new_and_one_that_differs_from_the_standing_one_moves(
    universe: Universe,
) -> None:
    made = planned(
        universe.process,
        csv_of(
            row("arden", "flow", option="half"),  # it stands at 50
            row("cadria", "flow", option="half"),  # it stands at 25
            row("fishers", "flow", option="half"),  # it never said anything
        ),
    )

    assert results(made) == [([2], "new"), ([3], "moved"), ([4], "new")]
    assert made.counts == {"new": 2, "moved": 1, "corrected": 0, "same": 0, "refused": 0}


def test_what_is_on_record_already_is_the_same_and_what_differs_from_it_is_a_correction(
    universe: Universe,
) -> None:
    made = planned(
        universe.process,
        csv_of(
            {"actor": "arden", "issue": "flow", "summit": "weir", "option": "half"},
            {"actor": "cadria", "issue": "flow", "summit": "delta", "option": "half"},
        ),
    )

    assert results(made) == [([2], "same"), ([3], "corrected")]
    half, quarter = (universe.flow.options.get(value=value).pk for value in (50.0, 25.0))
    assert made.items[1].changes == {"option_id": (quarter, half)}


def test_a_cell_that_is_left_blank_leaves_what_is_on_record(universe: Universe) -> None:
    text = csv_of({"actor": "cadria", "issue": "flow", "summit": "ford", "option": "none", "red_line": ""})

    assert results(planned(universe.process, text)) == [([2], "same")]


@pytest.mark.parametrize(
    ("fields", "placed"),
    [
        ({"option": "half"}, (50.0, None)),
        ({"option": "HALF"}, (50.0, None)),
        ({"option": "c"}, (50.0, None)),
        ({"option": "", "value": "50"}, (50.0, None)),
        ({"option": "", "value": "48"}, (None, 48.0)),
        ({"option": "half", "value": "48"}, (50.0, 48.0)),
        ({"option": "half", "value": "50"}, (50.0, None)),
    ],
)
def test_a_placement_is_an_option_and_a_value_only_where_it_is_finer(
    universe: Universe, fields: dict[str, str], placed: tuple[float | None, float | None]
) -> None:
    made = planned(universe.process, csv_of(row(**fields)))

    (item,) = made.items
    option = universe.flow.options.filter(pk=item.fields["option_id"]).first()
    assert (option.value if option else None, item.fields["value"]) == placed


def test_all_that_is_wrong_is_told_at_once_with_row_column_and_value(universe: Universe) -> None:
    made = planned(
        universe.process,
        csv_of(
            row("nobody", "nothing", "nowhere", salience="much", said_on="soon", red_line="maybe"),
            row("arden", option="some"),
            row("arden", "data", option=""),
            row("arden", "preamble", option="half"),
            row("belmar", source="", quote=""),
            row("belmar", "data", option="live", source=""),
            row("cadria", accepts_from="10"),
            row("cadria", "data", option="live", red_line="declared", accepts_from="60", accepts_to="10"),
            row("commission", option="silent", red_line="declared"),
            row("commission", "data", option="live", basis="inferred"),
            row("arden", "treaty", option="signed"),
            row("fishers", source_url="no address"),
            row("fishers", "data", option="live", source_url="https://unknown.example/x"),
            row("belmar", "preamble", locator="x" * 121),
        ),
        values={"option": {"silent": "silent"}},
    )

    assert {row for row, *_ in wrong(made)} == set(range(2, 16))
    assert [(column, message.split(":")[0][:44]) for row, column, message in wrong(made) if row == 2] == [
        ("actor", "is no actor that is known here"),
        ("issue", "is no issue that is known here"),
        ("red_line", "is none of not addressed, declared, derived,"),
        ("said_on", "is no date"),
        ("salience", "is no number"),
        ("summit", "is no summit that is known here"),
    ]
    assert [(row, column, message[:40]) for row, column, message in wrong(made) if row > 2] == [
        (3, "option", "is no option of Summer flow, which has: "),
        (4, "option", "say what an empty cell means here: an op"),
        (5, "option", "has no place on Preamble, which has no s"),
        (6, "source", "has no source: a stated position needs o"),
        (7, "quote", "has no source"),
        (8, "red_line", "is not declared, but limits are given"),
        (9, "accepts_to", "lies below the other limit"),
        (10, "red_line", "is given, but the position is silent"),
        (11, "note", "is missing: an inferred position needs i"),
        (12, "issue", "closed on 31 December 2031, before this "),
        (13, "source_url", "is no address of a page"),
        (14, "source_url", "is of no source that is known here"),
        (15, "locator", "has 121 characters; at most 120 are kept"),
        (15, "option", "has no place on Preamble, which has no s"),
    ]


def test_rows_that_agree_are_statements_of_one_position(universe: Universe) -> None:
    made = planned(
        universe.process,
        csv_of(row(quote="One."), row(quote="Two.", salience="80"), row(quote="Two.", salience="80")),
    )

    assert results(made) == [([2, 3, 4], "new")]
    assert len(made.items[0].statements) == 2
    assert made.items[0].fields["salience"] == 80


def test_rows_that_do_not_are_refused_each_with_the_others_named(universe: Universe) -> None:
    made = planned(universe.process, csv_of(row(option="half"), row(option="all"), row(option="half")))

    assert results(made) == [([2, 3, 4], "refused")]
    assert wrong(made) == [
        (2, "option", "contradicts row 3, which codes the same position otherwise"),
        (3, "option", "contradicts rows 2, 4, which codes the same position otherwise"),
        (4, "option", "contradicts row 3, which codes the same position otherwise"),
    ]


def test_a_file_without_sources_is_inferred_for_one_reason_or_refused(universe: Universe) -> None:
    text = csv_of({"actor": "arden", "issue": "flow", "summit": "spring", "option": "half"})

    made = planned(universe.process, text, inferred="Scores of experts.")

    assert planned(universe.process, text).counts["refused"] == 1
    assert [(item.fields["basis"], item.fields["note"]) for item in made.items] == [
        ("inferred", "Scores of experts.")
    ]


def test_silence_and_withdrawal_need_no_source_and_have_no_placement(universe: Universe) -> None:
    text = csv_of(
        {"actor": "arden", "issue": "flow", "summit": "spring", "option": "NA"},
        {"actor": "belmar", "issue": "flow", "summit": "spring", "option": "-"},
        {"actor": "cadria", "issue": "flow", "summit": "spring", "option": "x"},
    )

    made = planned(universe.process, text, values={"*": {"NA": "silent", "-": "withdrawn", "x": "skip"}})

    assert [(item.fields["state"], item.fields["option_id"]) for item in made.items] == [
        ("silent", None),
        ("withdrawn", None),
    ]
    assert made.skipped == 1


def changed_quote(universe: Universe, *, shared: bool) -> tuple[Plan, Any]:
    """The plan of a row that changes a quotation, on which one position rests, or several things do."""
    for (actor, issue, summit), position in universe.positions.items():
        for evidence in position.evidence.all():
            alone = evidence.statement.evidence.count() == 1
            if position.option and evidence.statement.quote and alone is not shared:
                cell = {"actor": actor, "issue": issue, "summit": summit, "option": position.option.label}
                words = {"quote": "Others.", "source": evidence.statement.source.key}
                return planned(universe.process, csv_of(cell | words)), evidence.statement
    raise LookupError


def test_a_quotation_that_was_changed_is_a_correction_of_the_statement(universe: Universe) -> None:
    made, statement = changed_quote(universe, shared=False)

    assert results(made) == [([2], "corrected")]
    assert made.items[0].changes == {}
    assert made.items[0].statements[0].changes == {"quote": (statement.quote, "Others.")}


def test_words_on_which_more_rests_than_the_file_says_are_not_changed_by_it(universe: Universe) -> None:
    made, _ = changed_quote(universe, shared=True)

    assert results(made) == [([2], "refused")]
    assert wrong(made)[0][2].startswith("would change words on which other positions")


def test_the_order_of_rows_does_not_matter(universe: Universe) -> None:
    rows = [
        row("arden", "flow"),
        row("arden", "flow", quote="Another."),
        row("belmar", "flow", option="all"),
        row("belmar", "flow", option="none"),
        row("cadria", "data", "weir", option="live"),
        row("cadria", "data", "mill", option="monthly"),
        row("nobody"),
    ]

    def told(some: list[dict[str, Any]]) -> list[Any]:
        made = planned(universe.process, csv_of(*some))
        return sorted(
            (
                item.result,
                item.names,
                sorted(item.fields.items(), key=str),
                sorted(map(repr, item.statements)),
            )
            for item in made.items
        )

    first = told(rows)
    for seed in range(5):
        Random(seed).shuffle(rows)
        assert told(rows) == first


def test_what_is_read_of_the_record_is_a_fixed_number_of_queries(
    universe: Universe, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(30):
        stored(universe.process)


def test_the_sign_of_the_record_changes_with_it(universe: Universe) -> None:
    before = sign_of(universe.process)
    correct(universe.at("arden", "flow", "weir"), {"salience": 5.0}, by=universe.coder, reason="A test.")
    after = sign_of(universe.process)

    assert before != after
    add(make_unsaved_actor(), by=universe.coder, reason="A test.")
    assert sign_of(universe.process) != after


def make_unsaved_actor() -> Any:
    return Actor(name="Added", slug="added", kind="state")
