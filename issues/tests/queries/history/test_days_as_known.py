"""Days in the history are as exact as they are known: July 2023 is never its first day."""

from datetime import date

import pytest

from issues.history import Way, recording
from issues.queries.history.names import RecordNames
from issues.tests.factories import make_office, make_summit

pytestmark = pytest.mark.django_db


def test_a_version_says_a_day_as_exactly_as_it_is_known() -> None:
    with recording(by=None, reason="test", kind=Way.COMMAND):
        summit = make_summit(starts_on=date(2023, 7, 1), starts_on_precision="month")
        office = make_office(since=date(2018, 1, 1), since_precision="year", until=date(2021, 4, 25))
    rows = [record.history.get() for record in (summit, office)]
    names = RecordNames(None, rows)

    said = [dict(names.fields(row)) for row in rows]
    assert said[0]["Starts on"] == "July 2023"
    assert (said[1]["From"], said[1]["Until"]) == ("2018", "25 April 2021")
