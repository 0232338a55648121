"""What every test may ask for."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from issues.history import Recording, Way, recording
from issues.tests.universe import Universe, build_universe


@pytest.fixture
def recorded(db: None) -> Iterator[Recording]:
    """An open recording, so that the test may change records; it asks for the database."""
    with recording(by=None, reason="test", kind=Way.COMMAND) as opened:
        yield opened


@pytest.fixture(scope="module")
def built_universe(django_db_setup: None, django_db_blocker: Any) -> Iterator[Universe]:
    """The world of ``universe.py``, built once a module, around the transactions of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_universe()
        transaction.set_rollback(True)


@pytest.fixture
def universe(built_universe: Universe, db: None) -> Universe:
    """The documented little world, to change at will: each test has its own copy and rolls back.

    It is there for every test of a module that asks for it once; not for tests with ``transaction=True``.
    """
    return deepcopy(built_universe)
