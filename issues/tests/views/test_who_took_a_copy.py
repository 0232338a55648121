"""Who took the copy of a source may be one of us, and is told to those alone to whom our people are named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from issues.models import Process, Snapshot
from issues.tests.acts import correct
from issues.tests.exports.package.packing import rows
from issues.tests.past import past
from issues.tests.universe import Universe

WHO = "Ada Quillfeather"
Where = Callable[[Universe, Snapshot], str]
ADDRESSES: dict[str, Where] = {
    "its page": lambda universe, copy: f"/lenna/sources/{copy.source_id}/",
    "its history": lambda universe, copy: f"/history/snapshot/{copy.pk}/",
    "the history of its source": lambda universe, copy: f"/history/source/{copy.source_id}/",
    "the changes of the record": lambda universe, copy: "/lenna/changes/?tab=record",
    "the table of the edits": lambda universe, copy: "/lenna/data/record_edits.csv",
    "the same by the API": lambda universe, copy: "/api/v1/processes/lenna/record_edits/?limit=1000",
}


@pytest.fixture
def copy(universe: Universe, settings: Any) -> Snapshot:
    settings.PUBLIC_READ = True
    past(Process.objects).update(visibility="public", names_public=False)
    copy = Snapshot.objects.get()
    correct(copy, {"taken_by": WHO}, by=universe.coder, reason="Known now.")
    copy.refresh_from_db()
    correct(copy, {"taken_by": f"{WHO} herself"}, by=universe.coder, reason="Better known.")
    return copy


def said(answer: Any) -> str:
    assert answer.status_code == 200
    content: bytes = answer.getvalue() if answer.streaming else answer.content
    return content.decode()


@pytest.mark.parametrize("where", ADDRESSES)
def test_a_stranger_is_not_told_who_took_a_copy(universe: Universe, copy: Snapshot, where: str) -> None:
    assert WHO not in said(Client().get(ADDRESSES[where](universe, copy)))


def test_whoever_is_told_names_is_told_who_took_a_copy(
    universe: Universe, copy: Snapshot, admin_client: Client
) -> None:
    address = ADDRESSES["its page"](universe, copy)
    assert WHO in said(admin_client.get(address))
    past(Process.objects).update(names_public=True)
    assert WHO in said(Client().get(address))


def test_a_package_tells_who_took_a_copy_where_names_are_public(universe: Universe, copy: Snapshot) -> None:
    address = "/lenna/download/package.zip"
    assert [row["taken_by"] for row in rows(Client().get(address).getvalue(), "snapshots")] == [""]
    past(Process.objects).update(names_public=True)
    assert [row["taken_by"] for row in rows(Client().get(address).getvalue(), "snapshots")] == [
        f"{WHO} herself"
    ]
