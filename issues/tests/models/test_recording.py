"""Recording: one sitting is one change set, and nothing changes outside of one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import ValidationError

from issues.history import ChangeSet, Recording, UnrecordedChange, Way, open_recording, recording
from issues.models import RECORDS, Place
from issues.tests.factories import MAKERS, make_issue, make_place
from issues.tests.past import past

pytestmark = pytest.mark.django_db


class Trouble(Exception):
    """What goes wrong in the middle of a recording."""


def _command(reason: str = "test") -> AbstractContextManager[Recording]:
    return recording(by=None, reason=reason, kind=Way.COMMAND)


def _break_off(*changes: Callable[[], object]) -> None:
    with _command("broken off"):
        for change in changes:
            change()
        raise Trouble


def test_a_new_record_outside_a_recording_is_refused() -> None:
    with pytest.raises(UnrecordedChange, match="was not recorded"):
        make_place()


@pytest.mark.parametrize("model", RECORDS)
def test_a_change_outside_a_recording_is_refused_for_every_record(model: type) -> None:
    with _command():
        record = MAKERS[model]()

    with pytest.raises(UnrecordedChange):
        record.save()


@pytest.mark.parametrize("model", RECORDS)
def test_a_removal_outside_a_recording_is_refused_for_every_record(model: type) -> None:
    with _command():
        record = MAKERS[model]()

    with pytest.raises(UnrecordedChange):
        record.delete()


def test_a_recording_that_changes_nothing_leaves_no_change_set() -> None:
    with _command() as opened:
        assert opened.is_empty

    assert not ChangeSet.objects.exists()


def test_the_change_set_is_stored_with_the_first_change() -> None:
    with _command() as opened:
        make_place()
        assert not opened.is_empty
        assert ChangeSet.objects.get() == opened.change_set


def test_one_recording_is_one_change_set_for_many_records() -> None:
    with _command() as opened:
        issue = make_issue()
        place = make_place()
        place.save()

    rows = [*issue.history.all(), *place.history.all(), *issue.options.first().history.all()]
    assert len(rows) == 4
    assert {row.change_set for row in rows} == {opened.change_set}
    assert ChangeSet.objects.count() == 1


def test_two_recordings_are_two_change_sets() -> None:
    with _command("first"):
        make_place()
    with _command("second"):
        make_place()

    assert sorted(ChangeSet.objects.values_list("reason", flat=True)) == ["first", "second"]


def test_a_recording_inside_another_is_refused() -> None:
    with _command(), pytest.raises(RuntimeError, match="open already"), _command():
        pytest.fail("a second recording was opened")


def test_whoever_is_called_inside_asks_for_the_open_recording() -> None:
    with pytest.raises(UnrecordedChange):
        open_recording()

    with _command() as opened:
        assert open_recording() is opened


def _attempt(opened: Recording) -> Place:
    with opened.attempt():
        return _fail_after(make_place())


def _fail_after(place: Place) -> Place:
    raise Trouble(place)


def test_an_attempt_that_fails_takes_back_only_its_own_changes() -> None:
    with _command() as opened:
        kept = make_place()
        with pytest.raises(Trouble):
            _attempt(opened)
        assert [record for one in opened.written for record in one.records] == [kept]

    assert list(Place.objects.all()) == [kept]
    assert ChangeSet.objects.count() == 1


def test_the_change_set_is_stored_again_when_a_failed_attempt_took_it_back() -> None:
    with _command() as opened:
        with pytest.raises(Trouble):
            _attempt(opened)
        assert opened.is_empty
        place = make_place()
        row = place.history.get()
        stored = ChangeSet.objects.filter(pk=row.change_set_id).exists()
        past(place.history.all()).delete()

    assert stored


def test_a_recording_that_failed_is_closed() -> None:
    with pytest.raises(Trouble):
        _break_off()

    with pytest.raises(UnrecordedChange):
        make_place()


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_an_empty_reason_is_refused(reason: str) -> None:
    with pytest.raises(ValidationError) as refusal, _command(reason):
        pytest.fail("the recording was opened")

    assert set(refusal.value.message_dict) == {"reason"}


def test_the_reason_is_kept_without_space_around_it() -> None:
    with _command("  A typo. ") as opened:
        make_place()

    assert ChangeSet.objects.get(pk=opened.change_set.pk).reason == "A typo."


def test_an_exception_takes_back_every_change_and_the_change_set() -> None:
    with _command("before"):
        place = make_place(name="Prague")

    place.name = "Praha"
    with pytest.raises(Trouble):
        _break_off(place.save, make_place)

    assert Place.objects.get().name == "Prague"
    assert Place.history.count() == 1
    assert ChangeSet.objects.get().reason == "before"


def test_a_change_set_says_why_and_by_which_way() -> None:
    assert str(ChangeSet(reason="A typo.", kind=Way.ADMIN)) == "A typo. (in the admin)"
