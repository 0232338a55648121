"""Publishing a sheet: its cells become positions, statements and silences in one change set, or none do."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from issues.actions.correct import correct, remove
from issues.actions.log import add
from issues.actions.publish import publish
from issues.actions.rules import NO_EVIDENCE
from issues.domain.change import ChangeKind
from issues.history import ChangeSet, StaleVersion
from issues.models import DRAFTS, RECORDS, Actor, Cell, Evidence, Option, Position, Statement
from issues.queries.matrix import matrix
from issues.queries.reading import read
from issues.queries.summits import brief
from issues.tests.actions.drafting import Desk, at_desk
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting."""
    return at_desk(universe)


def counts() -> list[int]:
    """How many rows every table of records, drafts and their histories has."""
    models = [*RECORDS, *DRAFTS]
    return [model.objects.count() for model in models] + [model.history.count() for model in models]


def refused(desk: Desk, **fields: Any) -> dict[str, list[str]]:
    """The errors of what cannot be published, once it is seen that nothing was."""
    before = counts(), ChangeSet.objects.count()
    with pytest.raises(ValidationError) as refusal:
        desk.publish(**fields)
    assert (counts(), ChangeSet.objects.count()) == before
    assert desk.sheet.published is None
    return refusal.value.message_dict


def words_of(position: Position) -> list[Statement]:
    """The statements that support a position."""
    return [item.statement for item in position.evidence.select_related("statement").order_by("pk")]


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
        "Statement": 3,
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


def test_words_reaffirmed_stay_words(desk: Desk) -> None:
    desk.row("commission", "record", flow="r")

    desk.publish()

    assert desk.position("commission", "flow").placement is None
    (change,) = read(desk.universe.process).whole.changes_at(desk.universe.spring.pk)
    assert change.kind == ChangeKind.REAFFIRMED


def test_what_stands_no_more_cannot_be_reaffirmed(desk: Desk) -> None:
    world = desk.universe
    desk.row("commission", "record", data="r", flow="t")
    remove(world.at("commission", "data", "mill"), by=desk.by, reason="Never said.")

    assert refused(desk) == {
        "cells": ["Commission on Data sharing: Nothing stands any more that it could reaffirm."]
    }


# Statements and sources.


def test_one_statement_serves_the_cells_of_a_row_that_have_no_words(desk: Desk) -> None:
    desk.row("belmar", "record", flow="b", data="c", preamble="t")

    desk.publish()

    shared = [words_of(desk.position("belmar", issue)) for issue in ("flow", "data", "preamble")]
    assert shared[0] == shared[1] == shared[2]
    (statement,) = shared[0]
    assert statement.source == desk.universe.sources["record"]
    assert (statement.quote, statement.claimed_as) == ("", "")
    assert statement.note == "Logged from this source without a quotation."


def test_what_is_reaffirmed_rests_on_a_statement_of_its_own_that_claims_it(desk: Desk) -> None:
    desk.row("arden", "record", flow="r", data="r", preamble="t")

    desk.publish()

    flow, data, preamble = (words_of(desk.position("arden", on)) for on in ("flow", "data", "preamble"))
    assert flow == data != preamble
    assert [item.claimed_as for item in (*flow, *preamble)] == ["reaffirmed", ""]


def test_cells_with_the_same_words_share_a_statement_and_others_do_not(desk: Desk) -> None:
    desk.serve("belmar", "record")
    desk.write("belmar", "flow", "b", quote="A quarter, and monthly data.")
    desk.write("belmar", "data", "b", quote="A quarter, and monthly data.")
    desk.write("belmar", "preamble", "t", quote="We like the preamble.")

    desk.publish()

    flow, data, preamble = (words_of(desk.position("belmar", on)) for on in ("flow", "data", "preamble"))
    assert flow == data != preamble
    assert Statement.objects.filter(occasion=desk.universe.spring).count() == 2


def test_a_cell_may_have_a_source_of_its_own(desk: Desk) -> None:
    sources = desk.universe.sources
    desk.row("belmar", "record", flow="b")
    desk.write("belmar", "data", "c", source=sources["gazette"])
    # And one without a source for its row.
    desk.write("cadria", "flow", "c", source=sources["cadria-press"])

    desk.publish()

    rests = [
        [words.source for words in words_of(desk.position(*of))]
        for of in (("belmar", "flow"), ("belmar", "data"), ("cadria", "flow"))
    ]
    assert rests == [[sources["record"]], [sources["gazette"]], [sources["cadria-press"]]]


def test_a_joint_statement_is_one_that_all_share(desk: Desk) -> None:
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half, say we both.")
    desk.join("arden", "belmar")

    desk.publish()

    (ours,), (theirs,) = (words_of(desk.position(actor, "flow")) for actor in ("arden", "belmar"))
    assert ours == theirs
    assert ours.organ == desk.universe.arden


def test_a_joint_statement_that_reaffirms_for_one_and_is_new_for_another_is_still_one(desk: Desk) -> None:
    desk.serve("arden", "record")
    desk.write("arden", "flow", "r", quote="Half, as ever, say we both.")
    desk.join("arden", "belmar", "cadria")

    desk.publish()

    ours, *theirs = (words_of(desk.position(actor, "flow")) for actor in ("arden", "belmar", "cadria"))
    assert theirs == [ours, ours]
    (words,) = ours
    assert (words.claimed_as, words.organ) == ("reaffirmed", desk.universe.arden)
    kinds = {
        change.entry.actor: change.kind
        for change in read(desk.universe.process).whole.changes_at(desk.universe.spring.pk)
    }
    assert kinds == {
        desk.universe.arden.pk: ChangeKind.REAFFIRMED,
        desk.universe.belmar.pk: ChangeKind.NEW,
        desk.universe.cadria.pk: ChangeKind.MOVED,
    }


def test_what_a_joining_actor_says_elsewhere_is_not_put_into_the_leads_mouth(desk: Desk) -> None:
    desk.row("arden", "record", data="a")
    desk.row("cadria", "cadria-press", flow="b")
    desk.join("arden", "cadria")

    desk.publish()

    (own,), (joint,) = (words_of(desk.position("cadria", issue)) for issue in ("flow", "data"))
    assert (own.source.key, own.organ) == ("cadria-press", desk.universe.cadria)
    assert (joint.source.key, joint.organ) == ("record", desk.universe.arden)
    assert [joint] == words_of(desk.position("arden", "data"))


def test_a_silence_needs_no_words_and_gets_none(desk: Desk) -> None:
    desk.row("arden", "record", flow="n")
    desk.write("belmar", "flow", "n")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == words_of(desk.position("belmar", "flow")) == []
    assert not Statement.objects.filter(occasion=desk.universe.spring).exists()


def test_a_withdrawal_may_stand_without_words_and_keeps_those_it_has(desk: Desk) -> None:
    desk.write("arden", "flow", "w")
    desk.row("cadria", "record", flow="w")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == []
    assert len(words_of(desk.position("cadria", "flow"))) == 1


def test_what_is_inferred_needs_a_note_and_no_source(desk: Desk) -> None:
    desk.write("belmar", "flow", "c", basis="inferred", note="It signed the bill.")

    desk.publish()

    position = desk.position("belmar", "flow")
    assert (position.basis, position.note, words_of(position)) == ("inferred", "It signed the bill.", [])


def test_a_statement_logged_at_this_summit_before_is_used_again(desk: Desk) -> None:
    world = desk.universe
    known = add(
        Statement(
            source=world.sources["record"],
            ref="s-known",
            quote="Half.",
            organ=world.arden,
            occasion=world.spring,
        ),
        by=desk.by,
        reason="Logged by hand.",
    )
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half.")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == [known]


def test_a_report_of_something_else_is_no_statement_for_cells_without_words(desk: Desk) -> None:
    world = desk.universe
    add(
        Statement(
            source=world.sources["record"],
            ref="s-report",
            note="Arden will send its minister.",
            organ=world.arden,
            occasion=world.spring,
        ),
        by=desk.by,
        reason="Logged by hand.",
    )
    desk.row("arden", "record", flow="c")

    desk.publish()

    (words,) = words_of(desk.position("arden", "flow"))
    assert words.note == "Logged from this source without a quotation."


def test_short_ids_that_are_taken_are_passed_over(desk: Desk) -> None:
    world = desk.universe
    taken = f"s{world.spring.pk}-2"
    add(Statement(source=world.sources["record"], ref=taken, quote="Else."), by=desk.by, reason="By hand.")
    desk.serve("belmar", "record")
    for issue, code in (("flow", "b"), ("data", "c"), ("preamble", "t")):
        desk.write("belmar", issue, code, quote=f"On the {issue}.")

    desk.publish()

    refs = [words_of(desk.position("belmar", on))[0].ref for on in ("flow", "data", "preamble")]
    assert refs == [f"s{world.spring.pk}-{number}" for number in (1, 3, 4)]


# What cannot be published.


def test_cells_without_evidence_are_listed_by_name_and_nothing_is_written(desk: Desk) -> None:
    desk.row("arden", "record", flow="r")
    desk.write("belmar", "flow", "45")
    desk.write("cadria", "preamble", "t")
    desk.write("cadria", "data", "n")

    (cells,) = refused(desk).values()
    assert sorted(cells) == [f"Belmar on Summer flow: {NO_EVIDENCE}", f"Cadria on Preamble: {NO_EVIDENCE}"]


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_publication_needs_a_note(desk: Desk, note: str) -> None:
    desk.row("arden", "record", flow="r")

    assert refused(desk, note=note) == {"note": ["Say in a note what was logged, and from what."]}


def test_an_empty_sheet_cannot_be_published(desk: Desk) -> None:
    desk.serve("arden", "record")

    assert refused(desk) == {"note": ["Nothing on this sheet differs from what is recorded."]}


def test_a_sheet_is_published_once(desk: Desk) -> None:
    desk.row("arden", "record", flow="r")
    seen = desk.sheet
    desk.publish()
    before = counts(), ChangeSet.objects.count()

    with pytest.raises(ValidationError, match="published already"):
        desk.publish()
    with pytest.raises(StaleVersion):
        publish(sheet=seen, note="At the same time.", by=desk.by)

    assert (counts(), ChangeSet.objects.count()) == before


def test_a_private_sheet_is_never_published(universe: Universe) -> None:
    own = at_desk(universe, private=True)
    own.row("arden", "record", flow="r")
    before = counts()

    with pytest.raises(PermissionDenied):
        own.publish()

    assert counts() == before


def test_a_rule_broken_by_the_last_cell_takes_everything_back(desk: Desk) -> None:
    world = desk.universe
    desk.row("arden", "record", flow="c", data="b")
    desk.row("belmar", "gazette", flow="45", data="n")
    stranger = add(Actor(name="Zemland", slug="zemland", kind="state"), by=desk.by, reason="A stranger.")
    Cell.objects.bulk_create(
        [Cell(sheet=desk.sheet, actor=stranger, issue=world.flow, code="n", kind="silent")]
    )

    assert refused(desk) == {"cells": ["Zemland on Summer flow: Zemland does not take part in this process."]}
    assert not Position.objects.filter(summit=world.spring).exists()
    assert not Statement.objects.filter(occasion=world.spring).exists()


def test_an_issue_that_closed_meanwhile_names_the_cell(desk: Desk) -> None:
    desk.row("arden", "record", preamble="t")
    correct(desk.universe.preamble, {"closed_on": "2032-03-01"}, by=desk.by, reason="Dropped.")

    errors = refused(desk)

    assert errors["cells"][0].startswith("Arden on Preamble: This issue closed on 2032-03-01")


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
    told = [told for heading in brief(reading, world.spring).headings for told in heading.told]
    assert len(told) == 3


def test_an_option_named_by_letter_is_published_whatever_its_letter_is_by_then(desk: Desk) -> None:
    desk.row("arden", "record", flow="d")
    add(Option(issue=desk.universe.flow, value=30.0, label="a third"), by=desk.by, reason="A new option.")

    desk.publish()

    assert desk.position("arden", "flow").placement == 75.0


# A cell of one source takes five: whether its actor takes part, the position, its evidence, each with a
# history. Two more where it has words of its own. The rest, however large the sheet, is asked once.
A_CELL, ITS_WORDS, ONCE = 5, 2, 32


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
