"""After saving in the admin one is back on the page from which one came."""

import pytest
from django.test import Client

from issues.tests.admin.conftest import address, open_and_save

PAGE = "/peace/issues/borders/?summit=first&known=2031-01-01"
ASKED = "?next=/peace/issues/borders/%3Fsummit%3Dfirst%26known%3D2031-01-01"


def test_one_is_led_back(editor: Client, world) -> None:
    where = address(world.issue) + ASKED

    assert open_and_save(editor, where, change_reason="x", name="Frontiers")["Location"] == PAGE
    assert open_and_save(editor, where, change_reason="x")["Location"] == PAGE


@pytest.mark.parametrize("asked", ["", "?next=https://elsewhere.example/", "?next=//elsewhere.example/"])
def test_else_to_the_list(editor: Client, world, asked: str) -> None:
    where = address(world.issue)

    answer = open_and_save(editor, where + asked, change_reason="x", name="Frontiers")

    assert answer["Location"] == address(world.issue, "changelist")


def test_who_goes_on_editing_is_led_back_afterwards(editor: Client, world) -> None:
    for record in (world.issue, world.position):
        where = address(record) + ASKED

        going_on = open_and_save(editor, where, change_reason="x", _continue="1")["Location"]

        assert going_on.startswith(f"{address(record)}?")
        assert open_and_save(editor, going_on, change_reason="x")["Location"] == PAGE


def test_the_next_position_is_led_back_too(editor: Client, world) -> None:
    where = address(world.position) + ASKED

    answer = open_and_save(editor, where, change_reason="x", summary="y", _addanother="1")

    assert "next=%2Fpeace%2Fissues%2Fborders" in answer["Location"]
