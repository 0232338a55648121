"""The history in the admin is the site's own: the links of the admin lead there, for those who may look."""

import pytest
from django.test import Client

from issues.models import Position
from issues.tests.admin.conftest import address


def test_the_history_leads_to_the_page_of_the_record(editor: Client, world) -> None:
    answer = editor.get(address(world.position, "history"))
    assert answer["Location"] == f"/history/position/{world.position.pk}/"
    assert editor.get(answer["Location"]).status_code == 200


def test_a_deleted_record_is_found_as_well(editor: Client, world) -> None:
    key = world.position.pk
    editor.post(address(world.position, "delete"), {"post": "yes", "change_reason": "By mistake."})
    answer = editor.get(address(Position(pk=key), "history"))
    assert "was deleted" in editor.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "1 OR 1=1"])
def test_unknown_keys_find_nothing(editor: Client, world, key: str) -> None:
    base = address(Position, "changelist")
    assert editor.get(f"{base}{key}/history/").status_code == 404
