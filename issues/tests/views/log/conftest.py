"""The cast at the log sheet of the planned spring meeting, where nothing is logged yet.

There, on the flow Arden stands at 50, Cadria at 25, the Commission on words alone and Belmar nowhere; on the
data Arden at 25 with a red line, Belmar and the Commission at 50 and Cadria at 90. The treaty is closed.
"""

import pytest
from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, desk_of, someone
from issues.user import User


@pytest.fixture
def mara(universe: Universe) -> Desk:
    """A researcher at the shared sheet."""
    return desk_of(someone("mara"), universe.spring)


@pytest.fixture
def omar(universe: Universe) -> Desk:
    """Another researcher at the same sheet."""
    return desk_of(someone("omar"), universe.spring)


@pytest.fixture
def editor(universe: Universe) -> Desk:
    """An editor at the same sheet."""
    return desk_of(someone("ed", "Editors"), universe.spring)


@pytest.fixture
def viewer(universe: Universe) -> Desk:
    """Someone who may read, not log."""
    return desk_of(someone("vera", "Viewers"), universe.spring)


@pytest.fixture
def stranger(universe: Universe) -> Desk:
    """A browser in which nobody is signed in."""
    return Desk(User(username=""), Client(), universe.spring)


@pytest.fixture
def maras(mara: Desk) -> Desk:
    """Mara at her own sheet."""
    return Desk(mara.user, mara.client, mara.summit, own=True)


@pytest.fixture
def omars(omar: Desk) -> Desk:
    """Omar at his own sheet."""
    return Desk(omar.user, omar.client, omar.summit, own=True)
