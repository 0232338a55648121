"""Versions count up on save, and a stale one is refused."""

import pytest

from issues.history import StaleVersion, locked
from issues.models import Place
from issues.tests.factories import make_place

pytestmark = pytest.mark.usefixtures("recorded")


def _stored(place: Place) -> tuple[str, str, int]:
    stored = Place.objects.get(pk=place.pk)
    return stored.name, stored.aliases, stored.version


def test_the_version_counts_up_with_every_save() -> None:
    place = make_place(name="Prague")

    for name in ("Praha", "Prag"):
        place.name = name
        place.save()

    assert _stored(place) == ("Prag", "", 3)


def test_the_version_counts_up_when_only_some_fields_are_saved() -> None:
    place = make_place(name="Prague")

    place.name, place.aliases = "Praha", "Prag"
    place.save(update_fields=["aliases"])

    assert _stored(place) == ("Prague", "Prag", 2)


def test_the_record_is_returned_at_the_version_that_was_read() -> None:
    place = make_place()
    place.save()

    assert locked(Place, place.pk, 2) == place


@pytest.mark.parametrize("version", [1, 3])
def test_another_version_than_the_stored_one_is_stale(version: int) -> None:
    place = make_place(name="Prague")
    place.name = "Praha"
    place.save()

    with pytest.raises(StaleVersion, match="Praha was changed in the meantime") as stale:
        locked(Place, place.pk, version)

    assert stale.value.current == place
    assert (stale.value.current.name, stale.value.current.version) == ("Praha", 2)


def test_a_removed_record_cannot_be_locked() -> None:
    place = make_place()
    pk = place.pk
    place.delete()

    with pytest.raises(Place.DoesNotExist):
        locked(Place, pk, 1)
