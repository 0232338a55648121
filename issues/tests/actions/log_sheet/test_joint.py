"""Rows: the source that serves them, one statement logged for several actors, and own sheets finished."""

from typing import Any

import pytest

from issues.history import ChangeSet
from issues.models import Cell, Membership, Option, Participation
from issues.queries.log_sheet.grid import in_force
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, row_of
from issues.tests.acts import add
from issues.tests.universe import Universe


def codes(desk: Desk, actor: str) -> dict[str, str]:
    """The codes of an actor's row, by issue."""
    cells = Cell.objects.filter(sheet=desk.sheet, actor=getattr(desk.universe, actor))
    return dict(cells.values_list("issue__slug", "code"))


# Joint statements.


def test_a_joint_statement_copies_source_codes_and_details(desk: Desk) -> None:
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c!?", accepts_to=60.0, quote="Half, and no more.", locator="p. 3")
    desk.write("arden", "preamble", "t", summary="As agreed.")

    filled = desk.join("arden", "belmar")

    assert codes(desk, "belmar") == {"flow": "c!?", "preamble": "t"}
    assert {cell.issue.slug for cell in filled} == {"flow", "preamble"}
    cell = desk.cell("belmar", "flow")
    assert cell is not None
    assert cell.option is not None
    assert (cell.option.value, cell.red_line, cell.accepts_to, cell.low_confidence) == (
        50.0,
        "declared",
        60.0,
        True,
    )
    assert (cell.quote, cell.locator) == ("Half, and no more.", "p. 3")
    row = row_of(desk, "belmar")
    assert (row.source, row.joins) == (desk.universe.sources["record"], desk.universe.arden)


def test_what_the_first_does_not_address_is_no_silence_of_the_others(desk: Desk) -> None:
    desk.row("arden", "record", flow="c", data="n", preamble="n?")

    filled = desk.join("arden", "belmar")

    assert codes(desk, "belmar") == {"flow": "c"}
    assert [cell.issue.slug for cell in filled] == ["flow"]


def test_whoever_joined_follows_the_first_to_another_source(desk: Desk) -> None:
    sources = desk.universe.sources
    desk.row("arden", "record", flow="c", data="a")
    desk.row("cadria", "cadria-press", flow="b")
    desk.join("arden", "belmar", "cadria")
    before = ChangeSet.objects.count()

    desk.serve("arden", "gazette")

    assert row_of(desk, "belmar").source == sources["gazette"]
    # Cadria speaks from its own document, and joins in one cell only.
    assert row_of(desk, "cadria").source == sources["cadria-press"]
    own, joint = desk.cell("cadria", "flow"), desk.cell("cadria", "data")
    assert own is not None
    assert joint is not None
    assert (own.source, joint.source) == (None, sources["gazette"])
    assert ChangeSet.objects.count() == before + 1


def test_a_source_that_comes_after_the_joining_serves_all(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    desk.join("arden", "belmar")

    desk.serve("arden", "gazette")

    assert row_of(desk, "belmar").source == desk.universe.sources["gazette"]


def test_whoever_joined_and_has_found_another_source_keeps_it(desk: Desk) -> None:
    desk.row("arden", "record", flow="c")
    desk.join("arden", "belmar")
    desk.serve("belmar", "cadria-press")

    desk.serve("arden", "gazette")

    assert row_of(desk, "belmar").source == desk.universe.sources["cadria-press"]


def test_a_joint_statement_is_one_change_set(desk: Desk) -> None:
    desk.row("arden", "record", flow="c", data="a")
    before = ChangeSet.objects.count()

    desk.join("arden", "belmar", "cadria")

    assert ChangeSet.objects.count() == before + 1


def test_a_joint_statement_fills_empty_cells_only(desk: Desk) -> None:
    desk.row("arden", "record", flow="c", data="a")
    desk.write("belmar", "flow", "b", summary="Its own.")

    filled = desk.join("arden", "belmar")

    assert [cell.issue.slug for cell in filled] == ["data"]
    assert codes(desk, "belmar") == {"flow": "b", "data": "a"}


def test_a_joint_statement_sent_twice_fills_nothing_more(desk: Desk) -> None:
    desk.row("arden", "record", flow="c", data="a")
    desk.join("arden", "belmar")
    before = ChangeSet.objects.count()

    assert desk.join("arden", "belmar") == []
    assert ChangeSet.objects.count() == before


def test_a_row_with_a_source_of_its_own_keeps_it_and_the_copied_cells_name_theirs(desk: Desk) -> None:
    desk.row("arden", "record", data="a")
    desk.row("cadria", "cadria-press", flow="b")

    desk.join("arden", "cadria")

    own, joint = desk.cell("cadria", "flow"), desk.cell("cadria", "data")
    assert own is not None
    assert joint is not None
    assert row_of(desk, "cadria").source == desk.universe.sources["cadria-press"]
    assert (own.source, joint.source) == (None, desk.universe.sources["record"])


def test_the_members_of_a_coalition_join_what_it_says(desk: Desk) -> None:
    world = desk.universe
    add(
        Participation(process=world.process, actor=world.lower_basin, role="observer", watched=False),
        by=desk.by,
        reason="It speaks for itself now.",
    )
    desk.row("lower_basin", "record", flow="b", preamble="t")

    members = [item.member.slug for item in in_force(world.lower_basin, world.spring)]
    desk.join("lower_basin", *members)

    assert sorted(members) == ["belmar", "cadria"]
    for member in members:
        assert codes(desk, member) == {"flow": "b", "preamble": "t"}
        assert row_of(desk, member).joins == world.lower_basin


@pytest.mark.parametrize(
    ("fields", "joins"),
    [
        ({"since": "2032-03-10"}, True),
        ({"since": "2032-03-11"}, False),
        ({"until": "2032-03-10"}, True),
        ({"until": "2032-03-09"}, False),
    ],
)
def test_only_the_members_of_that_day_belong_to_a_coalition(
    universe: Universe, fields: dict[str, Any], joins: bool
) -> None:
    add(
        Membership(coalition=universe.lower_basin, member=universe.arden, **fields),
        by=universe.coder,
        reason="For a time.",
    )

    members = {item.member for item in in_force(universe.lower_basin, universe.spring)}

    assert (universe.arden in members) is joins


# What a code of one means for another.


@pytest.mark.parametrize(
    ("issue", "typed", "others"),
    [
        # A step from where the one stood is the place where it ended.
        ("flow", "+5", "55"),
        ("flow", "- 10 !", "40!"),
        ("flow", "−2,5?", "47.5?"),
        ("flow", "+٥", "55"),
        ("flow", "33.3", "33.3"),
        # Belmar stands nowhere on the flow and at 50 on the data, where Arden stands at 25.
        ("flow", "r", "c"),
        ("data", "r!?", "25!?"),
        # Belmar has no red line to drop.
        ("data", "c/", "c"),
        ("preamble", "t", "t"),
    ],
)
def test_a_code_is_copied_as_the_other_would_type_it(desk: Desk, issue: str, typed: str, others: str) -> None:
    desk.serve("arden", "record")
    desk.write("arden", issue, typed)

    desk.join("arden", "belmar")

    assert codes(desk, "belmar") == {issue: others}


def test_who_stands_where_the_other_reaffirms_reaffirms_too(universe: Universe) -> None:
    # Before the delta meeting both stand at 50 on the flow and, by their words, on the treaty.
    desk = at_desk(universe, "delta")
    desk.row("arden", "record", flow="r", treaty="r")

    desk.join("arden", "belmar", "cadria")

    assert codes(desk, "belmar") == {"flow": "r", "treaty": "b"}
    assert codes(desk, "cadria") == {"flow": "c", "treaty": "r"}


def test_words_reaffirmed_are_words_for_one_who_has_said_nothing(desk: Desk) -> None:
    desk.row("belmar", "record", preamble="r")

    desk.join("belmar", "commission")

    assert codes(desk, "commission") == {"preamble": "t"}


def test_what_the_other_has_not_said_it_does_not_withdraw(desk: Desk) -> None:
    desk.row("arden", "record", flow="w", data="w")

    desk.join("arden", "belmar")

    assert codes(desk, "belmar") == {"data": "w"}


def test_an_option_is_copied_whatever_its_letter_is_by_now(desk: Desk) -> None:
    desk.row("arden", "record", flow="c")
    add(Option(issue=desk.universe.flow, value=30.0, label="a third"), by=desk.by, reason="A new option.")

    (cell,) = desk.join("arden", "belmar")

    assert cell.option is not None
    assert (cell.code, cell.option.label) == ("d", "half")
