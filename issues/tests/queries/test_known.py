"""The record as it was known: what the pages showed at a time, whatever was edited since."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.actions.correct import correct, remove
from issues.actions.log import log_position
from issues.domain.change import ChangeKind
from issues.models import Evidence, Position
from issues.queries.matrix import Matrix, add_words, matrix
from issues.queries.reading import read
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


def shown(universe: Universe, known: datetime | None = None) -> Matrix:
    found = matrix(read(universe.process, known), universe.delta)
    add_words(found.rows, known)
    return found


def told(found: Matrix) -> list[Any]:
    """Everything that a reader of the matrix sees of it, as plain values."""
    return [
        (
            cell.actor.slug,
            cell.issue.slug,
            cell.now,
            cell.was,
            cell.red_line,
            [(change.kind, change.delta, change.direction) for change in cell.changes],
            [
                (
                    position.pk,
                    position.placement,
                    position.summary,
                    position.note,
                    [(item.stance, item.statement.quote) for item in position.evidence.all()],
                )
                for position in cell.positions
            ],
        )
        for row in found.rows
        for cell in row.cells
    ]


def test_now_and_as_known_now_are_the_same(universe: Universe) -> None:
    assert told(shown(universe)) == told(shown(universe, timezone.now()))


def test_before_anything_was_recorded_nothing_was_known(universe: Universe) -> None:
    start = Position.history.order_by("history_date").first().history_date
    found = shown(universe, start.replace(year=2000))
    assert all(cell.standing.is_empty for row in found.rows for cell in row.cells)


def test_a_correction_is_not_known_before_it_was_made(universe: Universe) -> None:
    before = timezone.now()
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"option": None, "value": 30.0}, by=universe.coder, reason="Misread.")
    assert (
        read(universe.process, before).whole.history(universe.belmar.pk, universe.flow.pk)[0].entry.placement
        == 25
    )
    assert read(universe.process).whole.history(universe.belmar.pk, universe.flow.pk)[0].entry.placement == 30


def test_an_option_value_is_that_of_the_time(universe: Universe) -> None:
    before = timezone.now()
    option = universe.flow.options.get(value=75)
    correct(option, {"value": 80.0}, by=universe.coder, reason="The codebook changed.")
    old = read(universe.process, before).whole.history(universe.arden.pk, universe.flow.pk)
    new = read(universe.process).whole.history(universe.arden.pk, universe.flow.pk)
    assert (old[0].entry.placement, new[0].entry.placement) == (75, 80)


def test_a_deleted_position_is_still_known_of_the_time_before(universe: Universe) -> None:
    before, was = timezone.now(), told(shown(universe))
    remove(universe.at("arden", "flow", "weir"), by=universe.coder, reason="Entered twice.")
    assert told(shown(universe, before)) == was != told(shown(universe))


def test_removed_evidence_is_still_known_of_the_time_before(universe: Universe) -> None:
    position = Position.objects.get(pk=universe.at("belmar", "flow", "weir").pk)
    disputing = Evidence.objects.filter(position=position, stance="disputes").get()
    before, was = timezone.now(), told(shown(universe))
    remove(disputing, by=universe.coder, reason="It is of another day.")
    assert told(shown(universe, before)) == was


def test_a_corrected_quotation_is_read_as_it_was(universe: Universe) -> None:
    before, was = timezone.now(), told(shown(universe))
    statement = universe.at("arden", "flow", "ford").evidence.first().statement
    correct(statement, {"quote": "Other words."}, by=universe.coder, reason="A slip of the pen.")
    assert told(shown(universe, before)) == was


def test_a_claim_taken_back_later_still_reaffirms_as_of_then(universe: Universe) -> None:
    before = timezone.now()
    statement = universe.at("belmar", "flow", "mill").evidence.first().statement
    correct(statement, {"claimed_as": ""}, by=universe.coder, reason="It did not say so.")
    kinds = [
        reading.whole.history(universe.belmar.pk, universe.flow.pk)[1].kind
        for reading in (read(universe.process, before), read(universe.process))
    ]
    assert kinds == [ChangeKind.REAFFIRMED, ChangeKind.RESTATED]


def test_of_two_versions_at_one_instant_the_last_written_counts(universe: Universe) -> None:
    position = universe.at("arden", "data", "ford")
    correct(position, {"value": 20.0}, by=universe.coder, reason="First.")
    instant = Position.history.filter(id=position.pk).latest().history_date
    position.refresh_from_db()
    correct(position, {"value": 30.0}, by=universe.coder, reason="Second.")
    Position.history.filter(id=position.pk, value=30.0).update(history_date=instant)
    found = read(universe.process, instant).whole.history(universe.arden.pk, universe.data.pk)
    assert found[0].entry.placement == 30


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    acts=st.lists(st.tuples(st.sampled_from(["correct", "remove", "log"]), st.integers(0, 60)), max_size=6)
)
def test_as_known_then_equals_what_was_shown_then(universe: Universe, acts: list[tuple[str, int]]) -> None:
    seen = [(timezone.now(), told(shown(universe)))]
    for act, number in acts:
        _act(universe, act, number)
        seen.append((timezone.now(), told(shown(universe))))
    for moment, was in seen:
        assert told(shown(universe, moment)) == was


def _act(universe: Universe, act: str, number: int) -> None:
    positions = list(Position.objects.filter(issue__process=universe.process).order_by("pk"))
    chosen = positions[number % len(positions)]
    if act == "correct":
        correct(chosen, {"summary": f"Edited {number}."}, by=universe.coder, reason="Wording.")
    elif act == "remove" and len(positions) > 3:
        remove(chosen, by=universe.coder, reason="Not said.")
    else:
        free = Position.objects.filter(issue=universe.data, actor=universe.fishers, summit=universe.spring)
        if not free.exists():
            log_position(
                issue=universe.data,
                actor=universe.fishers,
                summit=universe.spring,
                basis="inferred",
                note="From what they do.",
                value=float(number),
                by=universe.coder,
                reason="Logged.",
            )
