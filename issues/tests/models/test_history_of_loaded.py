"""The first history row of what a fixture loaded, which Django stores without one."""

import pytest

from issues.history import ChangeSet, Record, UnrecordedChange, Way, record_as_loaded, recording
from issues.models import RECORDS, Place
from issues.tests.factories import MAKERS, make_place, make_user
from issues.tests.past import past

pytestmark = pytest.mark.django_db


def _loaded(*names: str) -> list[Place]:
    return past(Place.objects).bulk_create(Place(name=name) for name in names)


@pytest.mark.parametrize("model", RECORDS)
def test_what_was_loaded_is_recorded_as_it_is(model: type[Record]) -> None:
    author = make_user()
    with recording(by=None, reason="test", kind=Way.COMMAND):
        record = MAKERS[model]()
        past(model.history.all()).delete()

    with recording(by=author, reason="loaded", kind=Way.IMPORT) as opened:
        written = record_as_loaded(model)

    row = model.history.get(id=record.pk)
    assert (row.history_type, row.history_user, row.history_change_reason) == ("+", author, "loaded")
    assert row.change_set == opened.change_set
    assert written == model.history.count() == model.objects.count()
    assert row.instance == record
    assert {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields} == {
        field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields
    }


def test_what_has_a_history_is_left_alone() -> None:
    with recording(by=None, reason="logged", kind=Way.COMMAND):
        logged = make_place()
    loaded = _loaded("Prague", "Brussels")

    with recording(by=None, reason="loaded", kind=Way.COMMAND):
        assert record_as_loaded(Place) == 2
        assert record_as_loaded(Place) == 0

    assert [row.history_change_reason for row in logged.history.all()] == ["logged"]
    assert [place.history.count() for place in loaded] == [1, 1]


def test_nothing_to_record_leaves_no_change_set() -> None:
    with recording(by=None, reason="loaded", kind=Way.COMMAND):
        assert record_as_loaded(Place) == 0

    assert not ChangeSet.objects.exists()


def test_what_was_loaded_is_recorded_only_inside_a_recording() -> None:
    _loaded("Prague")

    with pytest.raises(UnrecordedChange):
        record_as_loaded(Place)
    assert not Place.history.exists()
