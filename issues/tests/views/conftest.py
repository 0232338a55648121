"""Readers of the pages."""

from pathlib import Path
from typing import Any

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


@pytest.fixture
def own_storage(settings: Any, tmp_path: Path) -> None:
    """A folder of its own for the files of releases."""
    kept = {**settings.STORAGES["releases"], "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "releases": kept}
