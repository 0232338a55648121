"""Someone who corrects."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User


@pytest.fixture
def rosa(universe: Universe) -> User:
    user = make_user(username="rosa")
    user.groups.add(Group.objects.get(name="Researchers"))
    return user


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client
