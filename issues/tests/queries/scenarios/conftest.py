"""Numbers that are given to endings."""

from typing import Any

import pytest

from issues.actions.scenarios.assess import assess
from issues.models import Summit
from issues.tests.queries.scenarios.scoring import Give
from issues.tests.universe import Universe
from issues.user import User


@pytest.fixture
def give(universe: Universe) -> Give:
    def given(by: User, after: Summit, *values: float, **how: Any) -> None:
        numbers = dict(zip(universe.scenarios.values(), values, strict=True))
        assess(universe.scenario_set, numbers, after=after, rationale="x", by=by, **how)

    return given
