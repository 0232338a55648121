"""How a sheet was typed is forgotten some time after it was published; nothing else ever is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from issues.actions.log_sheet.prune import prune_drafts
from issues.history import ChangeSet
from issues.models import Cell, Evidence, Position, Sheet, SheetRow, Statement
from issues.queries.history.unrecorded import unrecorded
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """A sheet on which one cell was typed thrice and one emptied, published."""
    desk = at_desk(universe)
    desk.serve("arden", "record")
    for typed in ("40", "41", "45"):
        desk.write("arden", "flow", typed)
    desk.write("belmar", "flow", "50")
    desk.write("belmar", "flow", "")
    desk.publish()
    return desk


def later() -> int:
    """Prune as on a day far enough away."""
    return prune_drafts(timezone.now() + timedelta(days=1))


def test_of_what_is_there_the_newest_version_stays_and_of_what_is_gone_none(desk: Desk) -> None:
    removed = later()

    assert removed == 4
    assert [row.code for row in Cell.history.all()] == ["45"]
    assert SheetRow.history.count() == 1


def test_moves_evidence_and_the_publication_stay_for_ever(desk: Desk) -> None:
    before = [model.history.count() for model in (Position, Evidence, Statement, Sheet)]

    later()

    assert [model.history.count() for model in (Position, Evidence, Statement, Sheet)] == before
    assert all(not list(unrecorded(model)) for model in (Cell, SheetRow, Sheet, Position))


def test_change_sets_that_wrote_nothing_else_go_along(desk: Desk) -> None:
    typed = ChangeSet.objects.filter(reason__startswith="Typed on the log sheet")
    assert typed.count() == 5

    later()

    assert typed.count() == 1


def test_nothing_is_forgotten_before_its_time_or_of_a_sheet_that_is_open(desk: Desk) -> None:
    assert prune_drafts(timezone.now() - timedelta(days=1)) == 0

    desk.reopen()
    assert later() == 0


def test_a_sheet_that_was_pruned_is_reopened_corrected_and_published_again(desk: Desk) -> None:
    later()
    desk.reopen()
    desk.write("arden", "flow", "46")

    desk.publish("A slip.")

    assert desk.position("arden", "flow").placement == 46


def test_the_command_prunes_by_the_setting(desk: Desk) -> None:
    out = StringIO()

    call_command("prune_drafts", stdout=out, no_color=True)
    call_command("prune_drafts", days=-1, stdout=out, no_color=True)

    assert out.getvalue().splitlines() == ["0 versions of drafts removed.", "4 versions of drafts removed."]
