"""What a sitting wrote of very many records, of which the keys alone are kept, is filed as that of few is."""

import sys
from typing import Any

import pytest
from django.db import transaction

from issues.actions.take_back.undo_change_set import undo
from issues.history import ProcessChange
from issues.tests.actions.importing.test_carry_out import ROWS, do, plan_of
from issues.tests.universe import Universe


def test_a_file_is_filed_and_undone_alike_however_few_records_are_in_memory(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    for kept, size in ((500, 5_000), (0, 1)):
        monkeypatch.setattr(sys.modules["issues.history.recording"], "MOST_KEPT", kept)
        monkeypatch.setattr("issues.actions.importing.carry_out.AT_ONCE", size)
        with transaction.atomic():
            made = do(universe, plan_of(universe, *ROWS))
            undone = undo(made, by=universe.coder, reason="Another was meant.")
            filed = ProcessChange.objects.filter(change_set__in=(made, undone)).order_by("change_set")
            told.append(list(filed.values_list("process", "written")))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert told[0]
