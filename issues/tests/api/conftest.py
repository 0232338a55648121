"""Readers of the API."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from issues.tests.factories import make_user


@pytest.fixture(autouse=True)
def nothing_counted(settings: Any) -> None:
    """Each test begins to ask anew."""
    cache.clear()


@pytest.fixture
def reader(db: None) -> Client:
    """Someone signed in who may read everything."""
    client, user = Client(), make_user(username="reader")
    user.groups.add(Group.objects.get(name="Viewers"))
    client.force_login(user)
    return client
