"""Archived copies of a source: from the first snapshot on, the newest is the one that is shown."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.models import Snapshot, Source
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db

FIRST = "https://archive.example/record"


def snapshot(universe: Universe, url: str, year: int | None = None, **fields: Any) -> Snapshot:
    taken = datetime(year, 5, 1, 12, tzinfo=UTC) if year else None
    made: Snapshot = add(
        Snapshot(source=universe.sources["record"], url=url, taken_at=taken, **fields),
        by=universe.coder,
        reason="Archived.",
    )
    return made


def shown(universe: Universe) -> str:
    universe.sources["record"].refresh_from_db()
    return str(universe.sources["record"].archive_url)


def addresses(universe: Universe) -> list[str]:
    return sorted(universe.sources["record"].snapshots.values_list("url", flat=True))


def test_the_first_snapshot_is_shown_and_what_was_shown_is_kept(universe: Universe) -> None:
    snapshot(universe, "https://a.example/1", 2031)

    assert shown(universe) == "https://a.example/1"
    assert addresses(universe) == ["https://a.example/1", FIRST]


def test_the_newest_is_shown_whenever_it_is_recorded(universe: Universe) -> None:
    newest = snapshot(universe, "https://a.example/new", 2033)
    snapshot(universe, "https://a.example/old", 2030)
    assert shown(universe) == newest.url

    newest.refresh_from_db()
    correct(newest, {"taken_at": datetime(2029, 1, 1, tzinfo=UTC)}, by=universe.coder, reason="Misread.")
    assert shown(universe) == "https://a.example/old"
    remove(Snapshot.objects.get(url="https://a.example/old"), by=universe.coder, reason="Not it.")
    assert shown(universe) == newest.url


def test_an_address_given_by_hand_is_shown_and_kept(universe: Universe) -> None:
    snapshot(universe, "https://a.example/1", 2031)
    source = universe.sources["record"]
    source.refresh_from_db()
    correct(source, {"archive_url": "https://b.example/mine"}, by=universe.coder, reason="Another.")

    assert shown(universe) == "https://b.example/mine"
    assert "https://b.example/mine" in addresses(universe)


def test_undoing_puts_back_what_was_shown(universe: Universe) -> None:
    snapshot(universe, "https://a.example/1", 2031)
    undo(ChangeSet.objects.order_by("-pk")[0], by=universe.coder, reason="Not it.")

    assert shown(universe) == FIRST
    assert addresses(universe) == [FIRST]


def test_a_source_without_snapshots_is_left_as_it_is(universe: Universe) -> None:
    source = universe.sources["gazette"]
    correct(source, {"archive_url": "https://b.example/2"}, by=universe.coder, reason="Another.")

    source.refresh_from_db()
    assert source.archive_url == "https://b.example/2"
    assert source.snapshots.count() == 0


def test_what_was_shown_before_the_first_snapshot_is_kept_and_comes_back(universe: Universe) -> None:
    source = universe.sources["gazette"]
    correct(source, {"archive_url": "https://b.example/2"}, by=universe.coder, reason="Archived.")
    add(Snapshot(source=source, url="https://a.example/1"), by=universe.coder, reason="Again.")
    source.refresh_from_db()
    kept = sorted(source.snapshots.values_list("url", flat=True))
    assert (source.archive_url, kept) == (
        "https://b.example/2",
        ["https://a.example/1", "https://b.example/2"],
    )

    undo(ChangeSet.objects.order_by("-pk")[0], by=universe.coder, reason="Not it.")
    source.refresh_from_db()
    assert (source.archive_url, source.snapshots.count()) == ("https://b.example/2", 0)


def test_a_statement_cites_a_copy_of_its_own_source_only(universe: Universe) -> None:
    copy = snapshot(universe, "https://a.example/1", 2031)
    own = universe.sources["record"].statements.first()
    correct(own, {"snapshot": copy}, by=universe.coder, reason="Read there.")
    other = Source.objects.exclude(pk=universe.sources["record"].pk).filter(statements__isnull=False)[0]

    with pytest.raises(ValidationError, match="copy is of another source"):
        correct(other.statements.first(), {"snapshot": copy}, by=universe.coder, reason="No.")
    copy.refresh_from_db()
    with pytest.raises(ValidationError, match="is needed by"):
        remove(copy, by=universe.coder, reason="No.")


def test_pages_tell_the_copies_and_the_one_that_was_read(universe: Universe, admin_client: Client) -> None:
    known = timezone.now().isoformat().replace("+", "%2B")
    copy = snapshot(universe, "https://a.example/1", 2031, taken_by="River Archive", note="Whole.")
    statement = universe.statements["arden-1"]
    Snapshot.objects.get(pk=copy.pk)
    statement.refresh_from_db()
    assert statement.source_id == copy.source_id
    correct(statement, {"snapshot": copy}, by=universe.coder, reason="Read there.")

    text = page_of(admin_client.get(f"/lenna/sources/{copy.source_id}/")).one("main").text
    assert "taken on 1 May 2031, 12:00 UTC by River Archive (Whole.)" in text
    assert "taken at a time not known" in text
    assert "the archived copy of 1 May 2031" in text
    assert copy.url in page_of(admin_client.get(f"/lenna/statements/{statement.pk}/")).links
    then = admin_client.get(f"/lenna/sources/{copy.source_id}/?known={known}").content.decode()
    assert "River Archive" not in then
    assert "Read from" not in then
