"""The universe is what its tables say, and breaks no rule."""

from collections import Counter
from typing import Any

from issues.actions.rules.check import breaches, unfinished
from issues.history import ChangeSet
from issues.models import RECORDS, Position
from issues.tests.universe import Universe
from issues.tests.universe_said import LONG


def test_the_universe_breaks_no_rule(universe: Universe) -> None:
    found = []
    for model in RECORDS:
        for record in model.objects.all():
            record.full_clean()
            found += [*breaches(record), *unfinished(record)]

    assert found == []


def test_the_universe_holds_every_kind_of_record(universe: Universe) -> None:
    assert [model for model in RECORDS if not model.objects.exists()] == []


def test_every_record_was_made_once_by_the_coder_with_a_reason(universe: Universe) -> None:
    for model in RECORDS:
        rows = list(model.history.all())
        assert {row.history_user for row in rows} == {universe.coder}
        assert all(row.history_change_reason for row in rows)
        created = Counter(row.id for row in rows if row.history_type == "+")
        assert set(created) == set(model.objects.values_list("pk", flat=True))
        assert set(created.values()) == {1}


def test_every_position_is_a_change_set_of_its_own(universe: Universe) -> None:
    change_sets = [row.change_set_id for row in Position.history.all()]

    assert len(set(change_sets)) == len(change_sets) == len(universe.positions) == 35
    assert ChangeSet.objects.count() == 2 + 35


def test_positions_are_placed_as_the_tables_say(universe: Universe) -> None:
    flow = {
        (actor, summit): position.placement
        for (actor, issue, summit), position in universe.positions.items()
        if issue == "flow" and position.placement is not None
    }

    assert flow == {
        ("arden", "ford"): 75.0,
        ("arden", "mill"): 75.0,
        ("arden", "weir"): 50.0,
        ("belmar", "ford"): 25.0,
        ("belmar", "weir"): 50.0,
        ("cadria", "ford"): 0.0,
        ("cadria", "delta"): 25.0,
    }


def test_each_test_changes_only_its_own_copy(universe: Universe, built_universe: Any) -> None:
    universe.arden.name = "Another name"

    assert built_universe().arden.name == "Republic of Arden"


def test_the_long_quotation_is_long() -> None:
    assert len(LONG) == 10_000
