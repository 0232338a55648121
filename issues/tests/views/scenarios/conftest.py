"""People who build and assess, and how they give their numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from issues.actions.scenarios.assess import assess
from issues.models import Summit
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User

SET = "/lenna/scenarios/mid-2032/"


def member(name: str, group: str = "Researchers") -> tuple[Client, User]:
    """A member of a group, signed in."""
    user, client = make_user(username=name), Client()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client, user


@pytest.fixture
def amina(db: None) -> Client:
    return member("amina")[0]


@pytest.fixture
def omar(db: None) -> Client:
    return member("omar")[0]


@pytest.fixture
def give(universe: Universe) -> Callable[..., None]:
    """Give numbers for half, dam and other after a summit, in somebody's name."""

    def given(name: str, after: Summit, *values: float, **how: Any) -> None:
        user = User.objects.filter(username=name).first() or member(name)[1]
        numbers = dict(zip(universe.scenarios.values(), values, strict=True))
        assess(universe.scenario_set, numbers, after=after, rationale=f"{name}’s reason.", by=user, **how)

    return given
