"""A clock that is set back, or that of another host, does not turn the history round."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from issues.actions.record.review import last_editors
from issues.actions.take_back.undo_edit import plan_undo
from issues.history import WHOLE, ChangeSet, Revision, Way, recording
from issues.models import Place
from issues.queries.history.rows import newest
from issues.tests.acts import correct
from issues.tests.factories import make_user
from issues.tests.universe import Universe

NOON = datetime(2033, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock, which then goes on by a millisecond each time that it is read."""

    def set_to(when: datetime) -> None:
        read = 0

        def now() -> datetime:
            nonlocal read
            read += 1
            return when + timedelta(milliseconds=read)

        monkeypatch.setattr(timezone, "now", now)

    return set_to


@pytest.mark.django_db
def test_what_is_recorded_later_is_later_on_record(at: Callable[[datetime], None]) -> None:
    at(NOON)
    with recording(by=None, reason="first", kind=Way.COMMAND):
        place = Place.objects.create(name="Ford")
        Place.objects.create(name="Mill")
    at(NOON - timedelta(hours=1))
    with recording(by=None, reason="second", kind=Way.COMMAND):
        place.name = "Weir"
        place.save()

    first, second = place.history.order_by("pk")
    closed = Revision.objects.get(of=WHOLE).recorded_at
    assert closed is not None
    assert NOON < first.history_date < second.history_date <= closed
    assert list(ChangeSet.objects.values_list("reason", flat=True)) == ["second", "first"]
    assert [row.name for row in newest(Place, closed, id__in=[place.pk])] == ["Weir"]


def test_what_was_known_before_stays_so(universe: Universe, at: Callable[[datetime], None]) -> None:
    position: Any = universe.at("arden", "flow", "ford")
    at(NOON)
    correct(position, {"summary": "As of noon."}, by=universe.coder, reason="Noon.")
    known = Revision.objects.get(of=WHOLE).recorded_at
    at(NOON - timedelta(days=2))
    position.refresh_from_db()
    correct(position, {"summary": "Since."}, by=universe.coder, reason="Later.")

    assert known is not None
    assert [row.summary for row in newest(type(position), known, id__in=[position.pk])] == ["As of noon."]
    row = position.history.get(change_set__reason="Noon.")
    assert "Later." in " ".join(plan_undo(row).explanation), "undoing the earlier would take the later along"


def test_nobody_reviews_their_own_edit_by_it(universe: Universe, at: Callable[[datetime], None]) -> None:
    position: Any = universe.at("arden", "flow", "ford")
    editor, other = make_user(), make_user()
    at(NOON)
    correct(position, {"summary": "By another."}, by=other, reason="Noon.")
    at(NOON - timedelta(hours=1))
    position.refresh_from_db()
    correct(position, {"summary": "By the editor."}, by=editor, reason="Later.")
    position.refresh_from_db()

    assert last_editors([position]) == {position.pk: editor.pk}
