"""``manage.py copy_to``: every row, key and time in a database of another kind."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from issues.backup import move
from issues.backup.counting import last_given
from issues.backup.databases import LEFT_OUT, SQLITE, at, migrations_of
from issues.backup.order import in_order
from issues.backup.refused import Refused
from issues.backup.tables import tables
from issues.history import ChangeSet
from issues.models import Actor, Place, Position
from issues.tests.acts import add, correct, remove
from issues.tests.backup.conftest import Make
from issues.tests.backup.databases import address
from issues.tests.backup.test_backup import BY, sums
from issues.user import User


def quiet(*_: Any) -> None:
    """Nobody is told how far it is."""


@pytest.fixture
def edited(world: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    """The world, in which something was corrected and something deleted."""
    position = Position.objects.get(actor__slug="arden", issue__slug="flow", summit__slug="ford")
    correct(position, {"summary": "Said again, “ünïcode”, 東京."}, **BY)
    gone = add(Place(name="Nowhere"), **BY)
    remove(gone, **BY)
    User.objects.create_superuser("chief")
    return world


def pages(known: str) -> dict[str, str]:
    """What the database in place of the default answers, without what every answer has of its own."""
    client = Client()
    client.force_login(User.objects.get(username="chief"))
    history = Position.history.order_by("-history_id").values_list("id", flat=True)[0]
    addresses = ["/lenna/", "/lenna/data/positions.csv", "/lenna/issues/flow/", "/lenna/changes/"]
    asked = [*addresses, *(f"{one}?known={known}" for one in addresses)]
    asked += ["/lenna/changes/?tab=record", f"/history/position/{history}/"]
    found = {}
    for one in asked:
        answer = client.get(one)
        assert answer.status_code == 200, one
        text = b"".join(answer).decode()
        found[one] = "\n".join(line for line in text.splitlines() if "csrf" not in line)
    return found


def test_there_and_back_everything_is_the_same(
    edited: BaseDatabaseWrapper, make: Make, instead: Callable[..., None]
) -> None:
    times = ChangeSet.objects.order_by("time").values_list("time", flat=True)
    known = times[len(times) // 2].isoformat().replace("+", "%2B")
    told = pages(known)
    before, given = sums(edited), last_given(edited, tables(edited))
    assert given["issues_place"] > Place.objects.order_by("-pk")[0].pk, "A place was deleted."

    out = StringIO()
    for other in (make("migrated", SQLITE), make("migrated")):
        call_command("copy_to", address(other), stdout=out)
        assert (sums(other), last_given(other, tables(other))) == (before, given)
        instead(other)
    assert out.getvalue().count("are the same in both") == 2
    assert pages(known) == told
    # The key of what was deleted is not given again.
    assert add(Place(name="Elsewhere"), **BY).pk > given["issues_place"]


def test_what_was_broken_off_is_gone_on_with(
    edited: BaseDatabaseWrapper, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, seen = make("migrated"), []
    monkeypatch.setattr("issues.backup.tables.AT_ONCE", 5)

    def breaks_off(name: str, done: int, of: int) -> None:
        seen.append(name)
        if name == "issues_historicalposition" and done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move.copy_to(address(target), breaks_off)
    copied = set(seen)
    seen.clear()
    assert sums(target) != sums(edited)
    found = move.copy_to(address(target), lambda name, done, of: seen.append(name))
    assert {name for name in seen if "compared" not in name} & copied <= {"issues_historicalposition"}
    assert sums(target) == sums(edited) == found
    assert move.MARK not in target.introspection.table_names()


def test_a_copy_is_not_gone_on_with_once_the_record_changed(edited: BaseDatabaseWrapper, make: Make) -> None:
    target = make("migrated")

    def breaks_off(*_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move.copy_to(address(target), breaks_off)
    add(Place(name="Meanwhile"), **BY)
    with pytest.raises(Refused, match="the record has changed since"):
        move.copy_to(address(target), quiet)


def test_what_changed_while_it_was_copied_is_told(edited: BaseDatabaseWrapper, make: Make) -> None:
    target = make("migrated")

    def writes(name: str, done: int, of: int) -> None:
        if name == "issues_place":
            with target.cursor() as cursor:
                cursor.execute("UPDATE issues_place SET aliases = 'Elsewhere'")

    with pytest.raises(Refused, match="The copy is not what was copied: issues_place differ"):
        move.copy_to(address(target), writes)


def test_a_database_that_is_not_empty_or_not_migrated_is_refused(
    edited: BaseDatabaseWrapper, make: Make
) -> None:
    for target, told in (
        (make("world"), "The other database is not empty"),
        (make(), "has not had the migrations of this one"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("copy_to", address(target))


def test_an_address_that_is_none_is_told(world: BaseDatabaseWrapper) -> None:
    told = r"Write the address as DATABASE_URL|no address of a database"
    for url in ("mysql://user@host/name", "nowhere", "", "postgres://user@host:port/name"):
        with pytest.raises(CommandError, match=told):
            call_command("copy_to", url)


def test_rows_that_the_other_engine_refuses_are_named(edited: BaseDatabaseWrapper, make: Make) -> None:
    target = make("migrated")
    actor = Actor.objects.order_by("pk")[0]
    with target.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX once ON issues_actor (version)")
    with pytest.raises(Refused, match=f"refuses rows of issues_actor, keys {actor.pk} to"):
        move.copy_to(address(target), quiet)


def test_every_table_has_its_place_after_those_that_it_refers_to(edited: BaseDatabaseWrapper) -> None:
    found = tables(edited)
    groups = in_order(found)
    placed = [name for group in groups for name in group.names]
    assert sorted(placed) == sorted(found)
    circles = {group.names for group in groups if group.is_circle}
    assert ("issues_issue", "issues_option") in circles
    for group in groups:
        for name in group.names:
            fields: Any = found[name]._meta.concrete_fields
            for field in fields:
                if field.remote_field and field.db_constraint and not group.is_circle:
                    to = field.remote_field.model._meta.db_table
                    assert placed.index(to) < placed.index(name)


def test_the_tables_are_those_of_the_models(edited: BaseDatabaseWrapper) -> None:
    from django.apps import apps

    stored = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    assert {model._meta.db_table for model in stored} == {*tables(edited), *LEFT_OUT}
    assert migrations_of(edited)
    assert at("sqlite:////tmp/x.sqlite3")["ENGINE"] == "django.db.backends.sqlite3"
