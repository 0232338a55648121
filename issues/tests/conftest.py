"""What every test may ask for."""

from collections.abc import Iterator

import pytest

from issues.history import Recording, Way, recording


@pytest.fixture
def recorded(db: None) -> Iterator[Recording]:
    """An open recording, so that the test may change records; it asks for the database."""
    with recording(by=None, reason="test", kind=Way.COMMAND) as opened:
        yield opened
