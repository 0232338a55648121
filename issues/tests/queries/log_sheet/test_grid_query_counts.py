"""A log sheet takes the same number of queries whatever is stored."""

from typing import Any

import pytest

from issues.actions.log_sheet.sheet import open_sheet
from issues.models import Process
from issues.queries.log_sheet.grid import squares
from issues.queries.reading.process import read
from issues.tests.crowd import make_crowd
from issues.tests.factories import make_user


@pytest.fixture(params=[(3, 5), (30, 5), (3, 60)], ids=lambda size: f"{size[0]} summits, {size[1]} actors")
def process(request: pytest.FixtureRequest, db: None) -> Process:
    """A process of a size."""
    summits, actors = request.param
    return make_crowd(summits=summits, actors=actors)


def test_a_sheet_takes_five_queries_beside_the_reading(
    process: Process, django_assert_num_queries: Any
) -> None:
    sheet = open_sheet(summit=process.summits.order_by("-starts_on").first(), by=make_user())
    reading = read(process)

    with django_assert_num_queries(5):  # cells, positions, rows, the shelf and its keys
        grid = squares(reading, sheet)
        told = [(s.actor.name, s.issue.name, s.position, s.since) for ln in grid.lines for s in ln.squares]

    assert len(told) == grid.total == grid.logged * 3 / 2 > 0  # its text issue is left
