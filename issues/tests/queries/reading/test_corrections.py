"""Corrected placements: told with the old value, the reason and who, and never counted as moves."""

import pytest

from issues.models import Position
from issues.queries.reading.corrections import Correction, corrections
from issues.queries.reading.process import read
from issues.tests.acts import correct
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


def told(position: Position) -> list[tuple[float | None, float | None, str]]:
    fresh = Position.objects.select_related("option").get(pk=position.pk)
    found: list[Correction] = corrections([fresh]).get(position.pk, [])
    return [(edit.was, edit.now, edit.change_set.reason) for edit in found]


def test_what_was_never_edited_has_no_correction_and_costs_no_query(
    universe: Universe, django_assert_num_queries: object
) -> None:
    position = Position.objects.select_related("option").get(pk=universe.at("arden", "flow", "ford").pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert corrections([position]) == {}


def test_a_corrected_placement_tells_the_old_value_and_why(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"option": None, "value": 30.0}, by=universe.coder, reason="Misread.")
    assert told(position) == [(25, 30, "Misread.")]


def test_a_correction_of_words_alone_is_no_correction_of_the_placement(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"summary": "In other words."}, by=universe.coder, reason="Wording.")
    assert told(position) == []


def test_a_placement_taken_away_is_a_correction_to_nowhere(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"option": None}, by=universe.coder, reason="The words do not support it.")
    assert told(position) == [(25, None, "The words do not support it.")]


def test_a_new_value_of_the_option_corrects_every_position_on_it(universe: Universe) -> None:
    option = universe.flow.options.get(value=75)
    correct(option, {"value": 80.0}, by=universe.coder, reason="The codebook changed.")
    assert told(universe.at("arden", "flow", "ford")) == [(75, 80, "The codebook changed.")]


def test_a_correction_is_never_a_move(universe: Universe) -> None:
    kinds = [change.kind for change in read(universe.process).whole.changes]
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"note": "Read again."}, by=universe.coder, reason="Read again.")
    option = universe.flow.options.get(value=25)
    correct(option, {"value": 26.0}, by=universe.coder, reason="The codebook changed.")
    assert [change.kind for change in read(universe.process).whole.changes] == kinds
