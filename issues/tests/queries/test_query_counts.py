"""Reads take the same number of queries whatever is stored."""

from collections.abc import Callable
from typing import Any

import pytest

from issues.models import Process
from issues.queries.pages.actor_profile import profile
from issues.queries.pages.issue_timeline import timeline
from issues.queries.pages.matrix import add_words, matrix
from issues.queries.pages.sources import of_process, statements_of
from issues.queries.pages.summit_brief import brief, events_before, listed
from issues.queries.reading.process import Reading, read
from issues.tests.crowd import make_crowd

SIZES = [(3, 5), (30, 5), (3, 60)]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]} summits, {size[1]} actors")
def process(request: pytest.FixtureRequest, db: None) -> Process:
    """A process of a size."""
    summits, actors = request.param
    return make_crowd(summits=summits, actors=actors)


def _matrix(reading: Reading) -> int:
    shown = matrix(reading, list(reading.summits.values())[-1])
    add_words(shown.rows)
    return sum(len(cell.positions) for row in shown.rows for cell in row.cells)


def _timeline(reading: Reading) -> int:
    issue = next(iter(reading.issues.values()))
    return len(timeline(reading, issue, list(reading.summits.values())[-1]).said())


def _brief(reading: Reading) -> int:
    shown = brief(reading, list(reading.summits.values())[-1])
    return sum(len(heading.changes) for heading in shown.headings)


def _events(reading: Reading) -> int:
    return len(events_before(reading, next(iter(reading.summits.values()))))


def _profile(reading: Reading) -> int:
    shown = profile(reading, reading.participations[0], list(reading.summits.values())[-1])
    return len(shown.stands)


def _listed(reading: Reading) -> int:
    return len({(item.track, item.place, item.host) for item in listed(reading.process)})


def _sources(reading: Reading) -> int:
    return sum(source.uses for source in of_process(reading.process))  # type: ignore[attr-defined]


def _statements(reading: Reading) -> int:
    (source,) = of_process(reading.process).filter(statements__isnull=False).distinct()
    return sum(len(statement.bearing) for statement in statements_of(source, reading.process))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("act", "queries"),
    [
        (_matrix, 5),  # positions, evidence, who signed it, links, linked issues
        (_timeline, 5),
        (_brief, 9),  # the words, outcomes and their evidence, who signed either, attendance
        (_events, 3),
        (_profile, 9),  # the words, organs twice, offices, coalitions
        (_listed, 1),
        (_sources, 4),
        (_statements, 7),
    ],
)
def test_a_read_takes_as_many_queries_as_it_says(
    process: Process, django_assert_num_queries: Any, act: Callable[[Reading], int], queries: int
) -> None:
    reading = read(process)

    with django_assert_num_queries(queries):
        shown = act(reading)

    assert shown > 0
