"""The name of the time: kept where something is renamed, found, and told on pages of then."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.take_back.restore import restore_version
from issues.actions.take_back.undo_change_set import undo
from issues.actions.take_back.undo_edit import undo_edit
from issues.history import ChangeSet, recording
from issues.models import Actor, Place
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(admin_client: Client) -> Client:
    return admin_client


def today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def rename(universe: Universe, record: Any, name: str, field: str = "name") -> ChangeSet:
    record.refresh_from_db()
    correct(record, {field: name}, by=universe.coder, reason="Renamed.")
    record.refresh_from_db()
    found: ChangeSet = ChangeSet.objects.order_by("-pk")[0]
    return found


@pytest.mark.parametrize("kind", ["actor", "place", "person", "issue"])
def test_what_is_renamed_keeps_its_old_name_with_the_day(universe: Universe, kind: str) -> None:
    place = universe.weir.place
    assert place is not None
    records: dict[str, Any] = {
        "actor": universe.arden,
        "place": place,
        "person": universe.envoy,
        "issue": universe.flow,
    }
    record = records[kind]
    old, known = record.name, record.aliases.splitlines()

    rename(universe, record, "Another name")

    assert record.aliases.splitlines() == [*known, f"{old} until {today()}"]


def test_undoing_a_rename_leaves_no_former_name(universe: Universe) -> None:
    arden = universe.arden
    known = arden.aliases
    renamed = rename(universe, arden, "Great Arden")
    undo(renamed, by=universe.coder, reason="No.")
    arden.refresh_from_db()
    assert (arden.name, arden.aliases) == ("Republic of Arden", known)

    row = Actor.history.filter(change_set=rename(universe, arden, "Great Arden")).order_by("history_id")[0]
    undo_edit(row, arden.version, by=universe.coder, reason="No.")
    arden.refresh_from_db()
    assert (arden.name, arden.aliases) == ("Republic of Arden", known)

    first = Actor.history.filter(id=arden.pk).order_by("history_id")[0]
    rename(universe, arden, "Great Arden")
    restore_version(first, arden.version, by=universe.coder, reason="No.")
    arden.refresh_from_db()
    assert (arden.name, arden.aliases) == ("Republic of Arden", known)


def test_what_is_found_by_its_old_name_is_told_with_its_time(universe: Universe, reader: Client) -> None:
    rename(universe, universe.cadria, "Lower Cadria")

    assert "/lenna/actors/cadria/" in page_of(reader.get("/search/?q=cadria")).links
    assert "Cadria (until " in page_of(reader.get("/lenna/actors/cadria/")).one("main").text


def test_pages_of_before_tell_the_name_of_then(universe: Universe, reader: Client) -> None:
    universe.cadria.refresh_from_db()
    correct(
        universe.cadria,
        {"name": "Lower Cadria", "aliases": "Cadria until 2031-07"},
        by=universe.coder,
        reason="Renamed in summer.",
    )
    universe.cadria.refresh_from_db()
    correct(universe.cadria, {"aliases": "Cadria until 2031-07"}, by=universe.coder, reason="In July.")

    def told(address: str) -> bool:
        return "(then: Cadria)" in page_of(reader.get(address)).one("main").text

    for page in ("/lenna/", "/lenna/actors/cadria/", "/lenna/issues/flow/"):
        assert told(f"{page}?summit=mill"), page  # in June
        assert told(f"{page}?summit=ford"), page
    assert not told("/lenna/?summit=delta")
    assert not told("/lenna/actors/cadria/?summit=weir")


def test_pages_as_known_before_a_renaming_tell_the_name_of_then(universe: Universe, reader: Client) -> None:
    known = timezone.now().isoformat().replace("+", "%2B")
    rename(universe, universe.flow, "Flow in August")

    for page in ("/lenna/", "/lenna/issues/", "/lenna/issues/flow/"):
        assert "(then: " in page_of(reader.get(f"{page}?known={known}")).one("main").text, page


def test_a_place_tells_its_name_of_then(universe: Universe, reader: Client) -> None:
    place = universe.weir.place
    assert place is not None
    rename(universe, place, "New Bridge")
    correct(place, {"aliases": "Weirhouse until 2031-12"}, by=universe.coder, reason="Later.")

    assert "New Bridge (then: Weirhouse)" in page_of(reader.get("/lenna/summits/weir/")).one("main").text


def test_what_is_renamed_and_then_removed_in_one_sitting_stays_removed(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Back and forth."):
        place = add(Place(name="Nowhere"), by=universe.coder, reason="x")
        remove(
            correct(place, {"name": "Somewhere"}, by=universe.coder, reason="x"),
            by=universe.coder,
            reason="x",
        )

    assert not Place.objects.filter(name__in=["Nowhere", "Somewhere"]).exists()
