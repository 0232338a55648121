"""Somebody who lives far from Greenwich, and a clock that stands."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.tests.universe import Universe
from issues.tests.views.visitors import visit_as
from issues.user import User

# It is 30 November at Greenwich, a day before that at Midway, and a day after it on Kiritimati.
NOON = datetime(2026, 11, 30, 10, 30, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Have the clock stand at a time."""
    return lambda when: monkeypatch.setattr(timezone, "now", lambda: when)


@pytest.fixture
def reader(universe: Universe) -> Client:
    """Whoever may see and do everything; in no zone of their own yet."""
    return visit_as("superuser")


@pytest.fixture
def live_in(reader: Client) -> Callable[[str], Client]:
    """Have the reader live in a zone."""

    def moved(zone: str) -> Client:
        User.objects.filter(username="superuser").update(time_zone=zone)
        return reader

    return moved


def located(answer: Any) -> str:
    """Where an answer leads."""
    assert answer.status_code == 302, answer
    return str(answer["Location"])
