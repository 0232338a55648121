"""Readers of files."""

import pytest
from django.test import Client


@pytest.fixture
def reader(admin_client: Client) -> Client:
    return admin_client
