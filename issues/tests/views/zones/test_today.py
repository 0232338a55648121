"""Today is that of whoever reads; what closes for everyone closes by the day of the installation."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from issues.clock import common_day, latest_day, today, utc_day
from issues.domain.time_zone import NamedZone
from issues.models import ScenarioSet, Summit
from issues.queries.scenarios.rounds import made_on
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.log.new_summit import GIVEN
from issues.tests.views.page import page_of
from issues.tests.views.zones.conftest import NOON

pytestmark = pytest.mark.django_db

LiveIn = Callable[[str], Client]
Clock = Callable[[datetime], None]
TOMORROW = date(2026, 12, 1)


def test_each_day_is_asked_for_by_name(clock: Clock, settings: Any) -> None:
    settings.TIME_ZONE = "Pacific/Midway"
    clock(NOON)

    with timezone.override(NamedZone("Pacific/Kiritimati")):
        assert (today(), common_day(), utc_day(), latest_day()) == (
            TOMORROW,
            date(2026, 11, 29),
            date(2026, 11, 30),
            TOMORROW,
        )


@pytest.mark.parametrize(
    ("zone", "told"), [("Pacific/Kiritimati", "1 December"), ("Pacific/Midway", "29 November")]
)
def test_a_page_is_printed_today(live_in: LiveIn, clock: Clock, zone: str, told: str) -> None:
    clock(NOON)

    assert f"printed {told} 2026" in page_of(live_in(zone).get("/lenna/")).text


def new_summit(client: Client, day: date, **fields: str) -> Any:
    given = {"name": "Here already", "starts_on": day.isoformat(), **fields}
    return client.post("/lenna/summits/new/", GIVEN | given)


@pytest.mark.parametrize(("zone", "status"), [("Pacific/Kiritimati", "held"), ("UTC", "planned")])
def test_what_is_held_today_is_held_where_it_is_today(
    live_in: LiveIn, clock: Clock, zone: str, status: str
) -> None:
    clock(NOON)

    answer = new_summit(live_in(zone), TOMORROW)

    assert answer.status_code == 302, page_of(answer).text
    assert Summit.objects.get(name="Here already").status == status


def test_it_is_refused_where_it_is_today_nowhere(live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)

    answer = new_summit(live_in("Pacific/Kiritimati"), TOMORROW + timedelta(days=1), status="held")

    assert answer.status_code == 422
    assert "This day is still to come" in page_of(answer).text


def test_what_was_stored_so_breaks_no_rule(universe: Universe, live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)
    new_summit(live_in("Pacific/Kiritimati"), TOMORROW, status="held")
    past(ScenarioSet.objects).update(opened_on=TOMORROW)
    told = StringIO()

    with suppress(CommandError):  # the little universe lies in the future
        call_command("check_data", stdout=told, stderr=told)

    assert "('lenna', 'weir'): status: This day is still to come" in told.getvalue()
    assert "here-already" not in told.getvalue()
    assert "opened_on" not in told.getvalue()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Midway", ""])
def test_a_number_counts_by_the_day_of_the_installation(universe: Universe, zone: str) -> None:
    given = type("Given", (), {"made_at": datetime(2026, 11, 30, 23, 30, tzinfo=UTC)})()

    with timezone.override(NamedZone(zone or "UTC")):
        assert made_on(given) == date(2026, 11, 30)
