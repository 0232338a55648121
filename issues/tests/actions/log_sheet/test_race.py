"""Two people at once, on a real database with real transactions: one is first, nobody's words are lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from issues.actions.log_sheet.cell import CellConflict, save_cell
from issues.actions.log_sheet.publish import publish
from issues.actions.log_sheet.row import RowConflict, set_source
from issues.actions.log_sheet.sheet import open_sheet
from issues.history import ChangeSet, StaleVersion, Way, recording
from issues.models import Actor, Cell, Issue, Position, Process, Sheet, SheetRow, Source
from issues.tests.factories import make_issue, make_party, make_process, make_source, make_summit, make_user

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = 6


@pytest.fixture
def sheet(transactional_db: None) -> Sheet:
    """The shared sheet of a summit of a process with an actor and two issues."""
    with recording(by=None, reason="Set up.", kind=Way.COMMAND):
        process = make_process()
        make_party(process)
        make_issue(process=process, order=1)
        make_issue(process=process, order=2)
        summit = make_summit(process=process)
        make_source()
    return open_sheet(summit=summit, by=make_user())


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What these acts return or raise, each in a thread of its own and all started together."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def typing(
    sheet: Sheet, typed: str, *, version: int = 0, issue: int = 0, **details: Any
) -> Callable[[], Any]:
    """The act of one person typing into a cell."""
    user, actor, on = make_user(), Actor.objects.get(), list(Issue.objects.order_by("order"))[issue]
    fresh = Sheet.objects.select_related("summit__process").get(pk=sheet.pk)
    return lambda: save_cell(
        sheet=fresh, actor=actor, issue=on, typed=typed, version=version, by=user, details=details
    )


def test_of_those_who_make_the_same_cell_one_wins_and_the_others_are_told(sheet: Sheet) -> None:
    results = at_once(*(typing(sheet, str(10 + n)) for n in range(PEOPLE)))

    won = [item for item in results if isinstance(item, Cell)]
    lost = [item for item in results if isinstance(item, CellConflict)]
    assert (len(won), len(lost)) == (1, PEOPLE - 1)
    stored = Cell.objects.get()
    assert stored.code == won[0].code
    assert {conflict.current.code for conflict in lost} == {stored.code}
    assert Cell.history.count() == 1


def test_of_those_who_change_the_same_cell_one_wins_and_the_others_are_told(sheet: Sheet) -> None:
    typing(sheet, "t")()

    results = at_once(*(typing(sheet, str(10 + n), version=1) for n in range(PEOPLE)))

    won = [item for item in results if isinstance(item, Cell)]
    assert (len(won), sum(isinstance(item, CellConflict) for item in results)) == (1, PEOPLE - 1)
    assert (Cell.objects.get().code, Cell.objects.get().version) == (won[0].code, 2)
    assert Cell.history.count() == 2


def test_the_same_words_typed_at_once_are_stored_once_and_are_no_conflict(sheet: Sheet) -> None:
    results = at_once(*(typing(sheet, "45") for _ in range(PEOPLE)))

    assert [item.code for item in results] == ["45"] * PEOPLE
    assert Cell.history.count() == 1


def test_emptying_and_changing_at_once_leave_one_of_both_and_no_error(sheet: Sheet) -> None:
    typing(sheet, "t")()

    results = at_once(typing(sheet, "", version=1), typing(sheet, "45", version=1))

    assert sum(isinstance(item, CellConflict) for item in results) == 1
    stored = Cell.objects.first()
    assert stored is None or stored.code == "45"
    assert Cell.history.count() == 2


def test_different_cells_never_collide(sheet: Sheet) -> None:
    results = at_once(typing(sheet, "45"), typing(sheet, "n", issue=1))

    assert all(isinstance(item, Cell) for item in results)
    assert set(Cell.objects.values_list("code", flat=True)) == {"45", "n"}


def test_of_those_who_serve_the_same_row_one_wins_and_the_others_are_told(sheet: Sheet) -> None:
    actor = Actor.objects.get()
    with recording(by=None, reason="Set up.", kind=Way.COMMAND):
        sources = [make_source() for _ in range(PEOPLE)]
    people = [make_user() for _ in sources]

    results = at_once(
        *(
            lambda source=source, user=user: set_source(
                sheet=sheet, actor=actor, source=source, by=user, version=0
            )
            for source, user in zip(sources, people, strict=True)
        )
    )

    assert sum(isinstance(item, SheetRow) for item in results) == 1
    assert sum(isinstance(item, RowConflict) for item in results) == PEOPLE - 1
    assert SheetRow.objects.count() == SheetRow.history.count() == 1


def test_the_same_source_given_at_once_is_stored_once_and_is_no_conflict(sheet: Sheet) -> None:
    actor, source = Actor.objects.get(), Source.objects.get()
    people = [make_user() for _ in range(PEOPLE)]

    results = at_once(
        *(
            lambda user=user: set_source(sheet=sheet, actor=actor, source=source, by=user, version=0)
            for user in people
        )
    )

    assert [item.source for item in results] == [source] * PEOPLE
    assert SheetRow.objects.count() == SheetRow.history.count() == 1


def test_a_sheet_opened_by_many_at_once_is_made_once(sheet: Sheet) -> None:
    with recording(by=None, reason="Set up.", kind=Way.COMMAND):
        summit = make_summit(process=Process.objects.get())
    before, people = ChangeSet.objects.count(), [make_user() for _ in range(PEOPLE)]

    found = at_once(*(lambda user=user: open_sheet(summit=summit, by=user) for user in people))

    assert {item.pk for item in found} == {Sheet.objects.get(summit=summit).pk}
    assert Sheet.history.filter(summit=summit).count() == 1
    assert ChangeSet.objects.count() == before + 1


def test_what_is_typed_while_a_sheet_is_published_is_published_or_refused(sheet: Sheet) -> None:
    source = {"source": Source.objects.get()}
    typing(sheet, "45", **source)()
    user = make_user()

    def publishing() -> ChangeSet:
        return publish(sheet=sheet, note="Of the evening.", by=user)

    published, changed, added = at_once(
        publishing,
        typing(sheet, "55", version=1),
        typing(sheet, "65", issue=1, **source),
    )

    assert isinstance(published, ChangeSet)
    assert all(isinstance(item, Cell | ValidationError) for item in (changed, added))
    stored = {cell.issue_id: cell.value for cell in Cell.objects.all()}
    assert {position.issue_id: position.value for position in Position.objects.all()} == stored


def test_a_sheet_published_by_two_at_once_is_published_once(sheet: Sheet) -> None:
    typing(sheet, "45", source=Source.objects.get())()
    people = [make_user(), make_user()]

    results = at_once(
        *(lambda user=user: publish(sheet=sheet, note="Of the evening.", by=user) for user in people)
    )

    assert sum(isinstance(item, ChangeSet) for item in results) == 1
    assert sum(isinstance(item, StaleVersion) for item in results) == 1
    assert Position.objects.count() == Position.history.count() == 1
