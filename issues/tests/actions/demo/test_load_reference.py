"""The reference process as it is loaded, once, and again."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from issues.actions.demo.load import REASON, REFERENCE, fixture_files, load_reference
from issues.history import ChangeSet, Way
from issues.models import RECORDS, Position, Process
from issues.tests.acts import correct


@pytest.fixture(scope="module")
def number_loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """How many records were loaded, once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference(by=None)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(number_loaded: int, db: None) -> int:
    """The reference process is there."""
    return number_loaded


def totals() -> dict[str, int]:
    """How many records of each kind there are."""
    return {model.__name__: model.objects.count() for model in RECORDS}


def test_the_files_are_in_an_order_that_loads() -> None:
    files = fixture_files()

    assert files == sorted(files)
    assert all(path.suffix == ".yaml" and path.parent.name == REFERENCE for path in files)
    assert len(files) > 5


def test_every_record_has_exactly_one_history_row_of_one_change_set(loaded: int) -> None:
    assert loaded == sum(totals().values()) > 300
    (change_set,) = ChangeSet.objects.all()
    assert (change_set.reason, change_set.kind, change_set.user) == (REASON, Way.COMMAND, None)
    for model in RECORDS:
        rows = model.history.values_list("id", "history_type", "change_set", "version")
        assert sorted(rows) == sorted(
            (pk, "+", change_set.pk, 1) for pk in model.objects.values_list("pk", flat=True)
        )


def test_loading_again_changes_nothing_and_overwrites_no_edit(loaded: int) -> None:
    position = Position.objects.exclude(summary="")[0]
    correct(position, {"summary": "Edited."}, by=None, reason="Edited.", kind=Way.COMMAND)
    before = totals()

    assert load_reference(by=None) == 0

    assert totals() == before
    assert Position.objects.get(pk=position.pk).summary == "Edited."
    assert ChangeSet.objects.count() == 2


def test_a_renamed_process_is_not_loaded_a_second_time(loaded: int) -> None:
    process = Process.objects.get(slug=REFERENCE)
    correct(process, {"slug": "south-caucasus"}, by=None, reason="Shorter.", kind=Way.COMMAND)
    before = totals()

    assert load_reference(by=None) == 0
    assert totals() == before
