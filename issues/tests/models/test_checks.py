"""Validation asks of all check constraints at once, and still says which one is broken."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from issues.checks import all_hold
from issues.history import Recording
from issues.models import RECORDS, Position, Summit
from issues.tests.factories import MAKERS, make_position, make_summit


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_they_hold_of_a_valid_record_of_every_kind(recorded: Recording, model: type) -> None:
    assert all_hold(MAKERS[model]())


def test_one_question_is_asked_while_they_hold_and_the_broken_one_is_named(recorded: Recording) -> None:
    position = make_position()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        position.validate_constraints()
    checks = [query["sql"] for query in asked if "_check" in query["sql"]]
    assert len(checks) == 1

    position.accepts_from, position.accepts_to = 60.0, 40.0
    with pytest.raises(ValidationError) as refused:
        position.validate_constraints()
    assert sorted(refused.value.messages) == [
        "Accepts to must not come before accepts from.",
        "Limits belong to a declared or derived red line.",
    ]


def test_a_field_that_is_wrong_already_is_left_out(recorded: Recording) -> None:
    position = make_position()
    position.value, position.accepts_from = 101.0, 150.0

    assert not all_hold(position, exclude={"accepts_from"})
    assert all_hold(position, exclude={"value", "accepts_from"})


def test_a_check_of_one_field_against_another_is_asked_too(recorded: Recording) -> None:
    summit = make_summit()
    summit.parallel_to = summit

    assert not all_hold(summit)


def test_validation_finds_what_was_broken_after_it_had_found_nothing(recorded: Recording) -> None:
    summit = make_summit()
    summit.validate_constraints()
    summit.name = ""

    with pytest.raises(ValidationError, match="must not be empty"):
        summit.validate_constraints()


def test_an_unsaved_record_is_asked_too(db: None) -> None:
    assert not all_hold(Position(state="silent", value=3.0))
    assert all_hold(Summit(name="Ford", slug="ford"), exclude={"parallel_to"})
