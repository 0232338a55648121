"""Publishing a sheet: its cells become positions, statements and silences in one change set, or none do."""

from typing import Any

import pytest

from issues.domain.change import ChangeKind
from issues.history import ChangeSet
from issues.models import DRAFTS, RECORDS, Cell, Evidence, Option, Position, Statement
from issues.queries.pages.matrix import matrix
from issues.queries.pages.summit_brief import brief
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import Desk, words_of
from issues.tests.acts import add

# What each kind of cell becomes.


def test_every_kind_of_cell_becomes_its_position(desk: Desk) -> None:
    desk.row("arden", "record", flow="r", data="+5!", preamble="t?")
    desk.row("belmar", "gazette", flow="45", data="n")
    desk.row("cadria", "cadria-press", flow="d", data="w", preamble="n")

    desk.publish()

    told = {
        (position.actor.slug, position.issue.slug): (
            position.state,
            position.option.label if position.option else None,
            position.value,
            position.red_line,
            position.confidence,
        )
        for position in Position.objects.filter(summit=desk.universe.spring)
    }
    assert told == {
        ("arden", "flow"): ("stated", "half", None, "not_addressed", "moderate"),
        ("arden", "data"): ("stated", None, 30.0, "declared", "moderate"),
        ("arden", "preamble"): ("stated", None, None, "not_addressed", "low"),
        ("belmar", "flow"): ("stated", None, 45.0, "not_addressed", "moderate"),
        ("belmar", "data"): ("silent", None, None, "not_addressed", "moderate"),
        ("cadria", "flow"): ("stated", "most", None, "not_addressed", "moderate"),
        ("cadria", "data"): ("withdrawn", None, None, "not_addressed", "moderate"),
        ("cadria", "preamble"): ("silent", None, None, "not_addressed", "moderate"),
    }


def test_the_details_of_a_cell_become_those_of_position_and_statement(desk: Desk) -> None:
    world = desk.universe
    desk.serve("arden", "cadria-press")
    desk.write(
        "arden",
        "flow",
        "c!",
        summary="Half may stay.",
        quote="نصف الماء",
        language="ar",
        translation="Half of the water.",
        speaker=world.minister,
        locator="p. 3",
        accepts_from=20.0,
        accepts_to=60.0,
        salience=70.0,
        basis="reported",
        note="By the agency.",
        disputed=True,
    )

    desk.publish()

    position = desk.position("arden", "flow")
    assert (position.summary, position.accepts_from, position.accepts_to) == ("Half may stay.", 20.0, 60.0)
    assert (position.salience, position.basis, position.note) == (70.0, "reported", "By the agency.")
    assert position.disputed
    (words,) = words_of(position)
    assert (words.quote, words.language, words.translation) == ("نصف الماء", "ar", "Half of the water.")
    assert (words.speaker, words.organ, words.locator) == (world.minister, world.arden, "p. 3")
    assert (words.source, words.occasion, words.said_on) == (
        world.sources["cadria-press"],
        world.spring,
        world.spring.starts_on,
    )


def test_all_of_it_is_one_change_set_with_the_note(desk: Desk) -> None:
    desk.row("arden", "record", flow="r", data="b")
    desk.row("belmar", "gazette", flow="n", data="45")
    before = ChangeSet.objects.count()

    published = desk.publish(note="  From the evening’s releases. ")

    assert ChangeSet.objects.count() == before + 1
    assert (published.user, published.reason, published.kind) == (
        desk.by,
        "From the evening’s releases.",
        "page",
    )
    written = {
        model: model.history.filter(change_set=published).count()
        for model in (*RECORDS, *DRAFTS)
        if model.history.filter(change_set=published).exists()
    }
    assert {model.__name__: number for model, number in written.items()} == {
        "Statement": 2,
        "Position": 4,
        "Evidence": 3,
        "Sheet": 1,
    }
    assert desk.sheet.published == published


def test_what_is_reaffirmed_restates_the_option_or_the_value_that_stands(desk: Desk) -> None:
    desk.row("arden", "record", flow="r", data="r")

    desk.publish()

    flow, data = desk.position("arden", "flow"), desk.position("arden", "data")
    assert flow.option is not None
    assert (flow.option.value, flow.value) == (50.0, None)
    assert (data.option, data.value) == (None, 25.0)


@pytest.mark.parametrize(
    ("claim", "kind"),
    [("", ChangeKind.RESTATED), ("new", ChangeKind.RESTATED), ("reaffirmed", ChangeKind.REAFFIRMED)],
)
def test_words_seen_again_are_a_restatement_unless_the_speaker_calls_them_reaffirmed(
    desk: Desk, claim: str, kind: ChangeKind
) -> None:
    desk.serve("commission", "record")
    desk.write("commission", "flow", "r", claimed_as=claim)

    desk.publish()

    assert desk.position("commission", "flow").placement is None
    (change,) = read(desk.universe.process).whole.changes_at(desk.universe.spring.pk)
    assert change.kind == kind


# What the pages show then.


def test_the_matrix_and_the_brief_show_what_was_published(desk: Desk) -> None:
    world = desk.universe
    desk.row("arden", "record", flow="b", data="r")
    desk.row("cadria", "record", flow="r")
    desk.publish()

    reading = read(world.process)
    cells = {
        (cell.actor.slug, cell.issue.slug): cell
        for row in matrix(reading, world.spring).rows
        for cell in row.cells
    }
    moved, kept = cells["arden", "flow"], cells["cadria", "flow"]
    assert (moved.now, moved.was, moved.delta) == (25.0, 50.0, -25.0)
    assert moved.change is not None
    assert moved.change.kind == ChangeKind.MOVED
    assert kept.change is not None
    assert (kept.now, kept.change.kind) == (25.0, ChangeKind.REAFFIRMED)
    told = [told for heading in brief(reading, world.spring).headings for told in heading.changes]
    assert len(told) == 3


def test_an_option_named_by_letter_is_published_whatever_its_letter_is_by_then(desk: Desk) -> None:
    desk.row("arden", "record", flow="d")
    add(Option(issue=desk.universe.flow, value=30.0, label="a third"), by=desk.by, reason="A new option.")

    desk.publish()

    assert desk.position("arden", "flow").placement == 75.0


# A cell of one source takes five: whether its actor takes part, the position, its evidence, each with a
# history. Two more where it has words of its own. The rest, however large the sheet, is asked once: who
# signed what was said there, which sources are within reach, and whether the sheet has a history, among it.
# The record gets a new sign, and is closed among others; what its author may do there is asked. The words by
# which all of it is found are written at once.
A_CELL, ITS_WORDS, ONCE = 3, 2, 39 + 2 + 1 + 2


@pytest.mark.parametrize("quoted", [False, True])
def test_publishing_takes_a_few_queries_a_cell(
    desk: Desk, quoted: bool, django_assert_max_num_queries: Any
) -> None:
    for actor in ("arden", "belmar", "cadria", "commission"):
        desk.serve(actor, "record")
        for issue, code in (("flow", "45"), ("data", "c"), ("preamble", "t")):
            desk.write(actor, issue, code, quote=f"{actor} on {issue}" if quoted else "")
    cells = Cell.objects.count()

    with django_assert_max_num_queries(ONCE + cells * (A_CELL + ITS_WORDS * quoted)):
        desk.publish()

    assert Evidence.objects.filter(position__summit=desk.universe.spring).count() == cells == 12
    assert Statement.objects.filter(occasion=desk.universe.spring).count() == (12 if quoted else 4)
