"""Publishing a sheet: what is refused, by name, with nothing written."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from issues.actions.log_sheet.publish import publish
from issues.actions.rules.check import NO_EVIDENCE
from issues.history import ChangeSet, StaleVersion
from issues.models import DRAFTS, RECORDS, Actor, Cell, Position, Statement
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.acts import add, correct, remove
from issues.tests.past import past
from issues.tests.universe import Universe


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
    past(Cell.objects).bulk_create(
        [Cell(sheet=desk.sheet, actor=stranger, issue=world.flow, code="n", kind="silent")]
    )

    assert refused(desk) == {"cells": ["Zemland on Summer flow: Zemland does not take part in this process."]}
    assert not Position.objects.filter(summit=world.spring).exists()
    assert not Statement.objects.filter(occasion=world.spring).exists()


def test_an_issue_that_closed_meanwhile_names_the_cell(desk: Desk) -> None:
    desk.row("arden", "record", preamble="t")
    correct(desk.universe.preamble, {"closed_on": "2032-03-01"}, by=desk.by, reason="Dropped.")

    errors = refused(desk)

    assert errors["cells"][0].startswith("Arden on Preamble: This issue closed on 1 March 2032")


def test_what_stands_no_more_cannot_be_seen_again(desk: Desk) -> None:
    world = desk.universe
    desk.row("commission", "record", data="r", flow="t")
    remove(world.at("commission", "data", "mill"), by=desk.by, reason="Never said.")

    assert refused(desk) == {
        "cells": ["Commission on Data sharing: Nothing stands any more that could be seen again."]
    }
