"""No record changes without a history, by whichever door of Django's it is written."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pytest
from django.db import transaction

from issues.history import Record, UnrecordedChange, Way, recording
from issues.history.rows import RewrittenHistory
from issues.models import DRAFTS, RECORDS, Place
from issues.tests.factories import MAKERS, make_place

pytestmark = pytest.mark.django_db

ALL = (*RECORDS, *DRAFTS)


def made(model: type[Record]) -> Any:
    with recording(by=None, reason="test", kind=Way.COMMAND):
        return MAKERS[model]()


def copy_of(record: Record) -> Record:
    """A new record that says the same."""
    return type(record)(**{f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields[1:]})


def column(record: Record) -> dict[str, Any]:
    """A field of the record with what it holds."""
    field = record._meta.concrete_fields[-1]
    return {field.attname: getattr(record, field.attname)}


def awaited(coroutine: Coroutine[Any, Any, object]) -> object:
    """What a coroutine returns, in a thread of its own: after a browser test this one has a running loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(copy_context().run, asyncio.run, coroutine).result()


# Every way in which a query set or a manager writes; those that end in ``create`` store a new record.
DOORS: dict[str, Callable[[Any, Any], object]] = {
    "update": lambda records, one: records.filter(pk=one.pk).update(**column(one)),
    "bulk_update": lambda records, one: records.bulk_update([one], [one._meta.concrete_fields[-1].name]),
    "delete": lambda records, one: records.filter(pk=one.pk).delete(),
    "_raw_delete": lambda records, one: records.filter(pk=one.pk)._raw_delete("default"),
    "create": lambda records, one: records.create(**column(one)),
    "get_or_create": lambda records, one: records.get_or_create(pk=0, defaults=column(one)),
    "update_or_create": lambda records, one: records.update_or_create(pk=one.pk, defaults=column(one)),
    "bulk_create": lambda records, one: records.bulk_create([copy_of(one)]),
    "bulk_create with conflicts": lambda records, one: records.bulk_create(
        [one], update_conflicts=True, unique_fields=["id"], update_fields=list(column(one))
    ),
    "aupdate": lambda records, one: awaited(records.filter(pk=one.pk).aupdate(**column(one))),
    "abulk_create": lambda records, one: awaited(records.all().abulk_create([copy_of(one)])),
    "adelete": lambda records, one: awaited(records.filter(pk=one.pk).adelete()),
    "save": lambda records, one: one.save(),
    "delete of one": lambda records, one: one.delete(),
    "save_base": lambda records, one: one.save_base(),
    "save_base raw": lambda records, one: one.save_base(raw=True),
    "save_without_historical_record": lambda records, one: one.save_without_historical_record(),
}
MANAGERS = {"objects": lambda model: model.objects, "_base_manager": lambda model: model._base_manager}
# What leaves no history even in a recording.
NEVER = ("update", "bulk_update", "delete", "_raw_delete", "bulk_create with conflicts", "aupdate", "adelete")


@pytest.mark.parametrize("manager", MANAGERS)
@pytest.mark.parametrize("model", ALL)
def test_nothing_is_written_outside_a_recording(model: type[Record], manager: str) -> None:
    record = made(model)
    stored, past = list(model.objects.order_by("pk").values()), model.history.count()

    for door, write in DOORS.items():
        with pytest.raises(UnrecordedChange), transaction.atomic():
            assert write(MANAGERS[manager](model), record) is door, f"{door} wrote it"

    assert list(model.objects.order_by("pk").values()) == stored
    assert model.history.count() == past


@pytest.mark.parametrize("model", ALL)
def test_what_would_leave_no_history_is_refused_in_a_recording_too(model: type[Record]) -> None:
    record = made(model)

    for door in (*NEVER, "save_base raw", "save_without_historical_record"):
        with recording(by=None, reason="test", kind=Way.COMMAND), pytest.raises(UnrecordedChange):
            DOORS[door](model.objects, record)

    assert model.history.filter(id=record.pk).count() == 1


def related_managers() -> list[tuple[type[Record], str]]:
    """Every manager of the records that refer to another, by the name that it has there."""
    return [
        (model, relation.get_accessor_name())
        for model in ALL
        for relation in model._meta.related_objects
        if relation.one_to_many and relation.related_model in ALL and not relation.hidden
    ]


@pytest.mark.parametrize(("model", "accessor"), related_managers())
def test_the_managers_of_related_records_write_nothing_unrecorded(model: type[Record], accessor: str) -> None:
    manager = getattr(made(model), accessor)
    other = made(manager.model)
    before = list(manager.model.objects.order_by("pk").values())

    for write in (
        lambda: manager.update(**column(other)),
        lambda: manager.add(other),
        lambda: manager.add(other, bulk=False),
        lambda: manager.set([other]),
        lambda: manager.create(**column(other)),
        lambda: manager.bulk_create([copy_of(other)]),
        lambda: manager.all().delete(),
    ):
        with pytest.raises(UnrecordedChange), transaction.atomic():
            write()
    if hasattr(manager, "clear"):
        with pytest.raises(UnrecordedChange), transaction.atomic():
            manager.clear()

    assert list(manager.model.objects.order_by("pk").values()) == before


def test_there_are_related_managers_to_try() -> None:
    assert len(related_managers()) > 40


def test_what_is_stored_in_bulk_has_its_history() -> None:
    with recording(by=None, reason="many", kind=Way.COMMAND) as opened:
        places = Place.objects.bulk_create([Place(name="Weir"), Place(name="Ford")])

    for place in places:
        row = place.history.get()
        assert (row.history_type, row.name, row.version, row.change_set) == (
            "+",
            place.name,
            1,
            opened.change_set,
        )


def test_the_history_is_neither_written_over_nor_removed() -> None:
    with recording(by=None, reason="test", kind=Way.COMMAND):
        place = make_place()
    row = place.history.get()

    for rewrite in (
        lambda: place.history.update(name="Elsewhere"),
        lambda: place.history.all().delete(),
        lambda: Place.history.model.objects.update(name="Elsewhere"),
        lambda: Place.history.model._base_manager.all().delete(),
        lambda: Place.history.filter(id=place.pk).prune(),
        row.save,
        row.delete,
    ):
        with pytest.raises(RewrittenHistory):
            rewrite()

    assert place.history.get().name == place.name


@pytest.mark.django_db(transaction=True)
def test_a_refused_save_leaves_nothing_stored_without_a_transaction_around_it() -> None:
    with pytest.raises(UnrecordedChange):
        Place(name="Nowhere").save()

    assert not Place.objects.exists()
