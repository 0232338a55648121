"""What tests of the installation share."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tracker.logs import JsonLines


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Any]:
    """What was written down, and a way to read it line by line."""
    caplog.set_level(logging.DEBUG)
    for name in ("tracker", "django", "django.request", "django.security", "issues"):
        caplog.set_level(logging.DEBUG, logger=name)
    before = caplog.handler.formatter
    caplog.handler.setFormatter(JsonLines())
    yield lambda: [json.loads(line) for line in caplog.handler.stream.getvalue().splitlines()]
    caplog.handler.setFormatter(before)
