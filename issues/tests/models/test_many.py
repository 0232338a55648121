"""Records changed and removed many at once: as if each were by itself, with its history and its version."""

from typing import Any

import pytest

from issues.history import (
    ChangeSet,
    StaleVersion,
    UnrecordedChange,
    Way,
    change_many,
    recording,
    remove_many,
)
from issues.models import Place
from issues.tests.past import past

pytestmark = pytest.mark.django_db

NAMES = [f"Place {number}" for number in range(1_100)]


def _recorded(names: list[str]) -> list[Place]:
    with recording(by=None, reason="A gazetteer.", kind=Way.COMMAND):
        return Place.objects.bulk_create([Place(name=name) for name in names])


def _change(places: list[Place], seen: int = 1, **values: Any) -> None:
    with recording(by=None, reason="Read again.", kind=Way.COMMAND):
        change_many(Place, {one.pk: values for one in places}, {one.pk: seen for one in places})


def test_what_is_stored_many_at_once_has_its_key_and_its_history_in_order() -> None:
    places = _recorded(NAMES)

    rows = Place.history.order_by("history_id").values_list("id", "name", "version", "history_type")
    assert list(rows) == [(one.pk, one.name, 1, "+") for one in places]
    assert [one.name for one in Place.objects.order_by("pk")] == NAMES
    assert not any(one._state.adding for one in places)


def test_a_change_of_many_counts_each_version_on_and_leaves_a_row_of_each() -> None:
    places = _recorded(NAMES)

    _change(places, aliases="Elsewhere")

    assert set(Place.objects.values_list("aliases", "version")) == {("Elsewhere", 2)}
    rows = Place.history.filter(history_type="~", change_set__reason="Read again.")
    assert set(rows.values_list("aliases", "version")) == {("Elsewhere", 2)}
    assert rows.count() == len(places)


def test_nothing_changes_where_one_of_them_was_changed_since() -> None:
    places = _recorded(NAMES[:3])
    _change(places[1:2], aliases="First")

    with pytest.raises(StaleVersion) as stale:
        _change(places, aliases="Second")

    assert stale.value.current.pk == places[1].pk
    assert not Place.objects.filter(aliases="Second").exists()
    assert ChangeSet.objects.filter(reason="Read again.").count() == 1


def test_what_is_gone_is_not_changed() -> None:
    places = _recorded(NAMES[:2])
    with recording(by=None, reason="Not this one.", kind=Way.COMMAND):
        remove_many(Place, [places[0].pk])

    with pytest.raises(Place.DoesNotExist):
        _change(places, aliases="Second")


def test_the_first_change_of_what_was_loaded_keeps_what_was_found() -> None:
    loaded = past(Place.objects).bulk_create(Place(name=name) for name in NAMES[:3])

    _change(loaded[:2], aliases="Elsewhere")

    for place in loaded[:2]:
        rows = place.history.order_by("history_id").values_list("history_type", "aliases")
        assert list(rows) == [("+", ""), ("~", "Elsewhere")]
    assert loaded[2].history.count() == 0
    assert ChangeSet.objects.filter(reason="Found as loaded.").count() == 1


def test_what_is_removed_leaves_a_row_that_says_what_it_was() -> None:
    places = _recorded(NAMES)

    with recording(by=None, reason="Not these.", kind=Way.COMMAND):
        removed = remove_many(Place, [one.pk for one in places[1:]])

    assert [one.pk for one in removed] == [one.pk for one in places[1:]]
    assert list(Place.objects.all()) == places[:1]
    rows = Place.history.filter(history_type="-").order_by("history_id")
    assert list(rows.values_list("name", "version")) == [(name, 1) for name in NAMES[1:]]


def test_many_are_written_only_inside_a_recording() -> None:
    places = _recorded(NAMES[:1])

    with pytest.raises(UnrecordedChange):
        change_many(Place, {places[0].pk: {"name": "x"}}, {places[0].pk: 1})
    with pytest.raises(UnrecordedChange):
        remove_many(Place, [places[0].pk])
