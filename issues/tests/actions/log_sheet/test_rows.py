"""Rows of a sheet: the source that serves them, and own sheets finished."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from issues.actions.log_sheet.row import RowConflict, set_source
from issues.actions.log_sheet.sheet import finish
from issues.history import ChangeSet, StaleVersion
from issues.models import SheetRow
from issues.tests.actions.log_sheet.drafting import Desk, another, at_desk, row_of
from issues.tests.universe import Universe

# The source of a row.


def test_a_source_serves_a_row_until_it_is_changed_or_taken_away(desk: Desk) -> None:
    sources = desk.universe.sources

    desk.serve("arden", "record")
    assert row_of(desk, "arden").source == sources["record"]
    desk.serve("arden", "gazette")
    assert row_of(desk, "arden").source == sources["gazette"]
    desk.serve("arden", None)
    assert row_of(desk, "arden").source is None
    assert SheetRow.objects.count() == 1
    assert SheetRow.history.count() == 3


def test_the_same_source_sent_twice_is_stored_once(desk: Desk) -> None:
    desk.serve("arden", "record")
    before = ChangeSet.objects.count()

    assert desk.serve("arden", "record").version == 1
    assert ChangeSet.objects.count() == before


def test_a_source_given_at_a_stale_version_is_a_conflict_that_shows_what_stands(desk: Desk) -> None:
    another(desk).serve("arden", "record")
    mine = desk.universe.sources["gazette"]

    with pytest.raises(RowConflict) as conflict:
        set_source(sheet=desk.sheet, actor=desk.universe.arden, source=mine, by=desk.by, version=0)

    assert conflict.value.current == row_of(desk, "arden")
    assert row_of(desk, "arden").source == desk.universe.sources["record"]


def test_a_source_needs_the_sheet_to_be_open_and_ones_own(desk: Desk) -> None:
    own = at_desk(desk.universe, private=True)
    source = desk.universe.sources["record"]

    with pytest.raises(PermissionDenied):
        set_source(sheet=own.sheet, actor=desk.universe.arden, source=source, by=another(desk).by)
    finish(sheet=own.sheet, by=own.by)
    with pytest.raises(ValidationError, match="closed"):
        own.serve("arden", "record")
    assert not SheetRow.objects.exists()


# Finishing.


def test_a_finished_sheet_says_so_once(universe: Universe) -> None:
    own = at_desk(universe, private=True)

    finish(sheet=own.sheet, by=own.by)
    finish(sheet=own.sheet, by=own.by)

    assert own.sheet.finished
    assert own.sheet.history.count() == 2


def test_only_the_coder_finishes_and_only_an_own_sheet(desk: Desk) -> None:
    own = at_desk(desk.universe, private=True)

    with pytest.raises(PermissionDenied):
        finish(sheet=own.sheet, by=another(desk).by)
    with pytest.raises(PermissionDenied):
        finish(sheet=desk.sheet, by=desk.by)
    assert not own.sheet.finished


def test_a_sheet_finished_meanwhile_is_not_finished_unseen(universe: Universe) -> None:
    own = at_desk(universe, private=True)
    seen = own.sheet
    finish(sheet=own.sheet, by=own.by)

    with pytest.raises(StaleVersion):
        finish(sheet=seen, by=own.by)
