"""Readers of the pages."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from issues.tests.factories import make_user


@pytest.fixture
def reader(db: None) -> Client:
    """Someone signed in who may read everything."""
    client = Client()
    user = make_user(username="reader")
    user.groups.add(Group.objects.get(name="Viewers"))
    client.force_login(user)
    return client
