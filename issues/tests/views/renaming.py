"""What is renamed, and where its old address leads."""

from typing import Any

from django.test import Client

from issues.history import ChangeSet
from issues.tests.acts import correct
from issues.tests.universe import Universe


def rename(universe: Universe, record: Any, slug: str, field: str = "slug") -> ChangeSet:
    """Give a record another slug, and return the change set."""
    record.refresh_from_db()
    correct(record, {field: slug}, by=universe.coder, reason="Renamed.")
    found: ChangeSet = ChangeSet.objects.order_by("-pk")[0]
    return found


def followed(client: Client, address: str) -> str:
    """Where an old address leads, which is to a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 301, (address, answer.status_code)
    assert client.get(answer["Location"]).status_code == 200, answer["Location"]
    return str(answer["Location"])
