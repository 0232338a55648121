"""Undoing a change set as one: everything is as it was, or nothing is touched and it is said why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Way, recording
from issues.models import (
    Place,
    Position,
)
from issues.tests.actions.log_sheet.drafting import Desk
from issues.tests.actions.take_back.undoing import adds_evidence, corrects, newest, published, rows, undone
from issues.tests.actions.upkeep.merging import everything
from issues.tests.acts import add, correct, remove
from issues.tests.factories import make_issue
from issues.tests.past import past

# A publication.


def test_a_publication_undone_leaves_exactly_the_rows_that_were_there(desk: Desk) -> None:
    before_cells = everything()
    change_set = published(desk)
    after = everything()

    undone(desk, change_set)

    left = everything()
    assert {name for name in after if after[name] != left[name]} == {
        "Statement",
        "Signatory",
        "Position",
        "Evidence",
        "Sheet",
    }
    for name in ("Statement", "Signatory", "Position", "Evidence"):
        assert left[name] == before_cells[name]


def test_an_undone_publication_leaves_the_sheet_open_with_its_cells(desk: Desk) -> None:
    desk.row("arden", "record", flow="b", data="r")
    sheet, cells = desk.sheet, everything()["Cell"]
    assert sheet.published is None
    before = everything()
    change_set = desk.publish()
    undone(desk, change_set)

    assert everything() == before
    assert everything()["Cell"] == cells
    assert desk.write("arden", "flow", "c") is not None


def test_undoing_is_a_change_set_of_its_own_and_the_undone_one_says_so(desk: Desk) -> None:
    change_set = published(desk)

    undoing = undo(change_set, by=desk.by, reason="Too early.", kind=Way.ADMIN)

    change_set.refresh_from_db()
    assert change_set.undone_by == undoing
    assert (undoing.user, undoing.reason, undoing.kind) == (desk.by, "Too early.", "admin")
    gone = Position.history.filter(change_set=undoing)
    assert {row.history_type for row in gone} == {"-"}
    assert gone.count() == Position.history.filter(change_set=change_set).count()


def test_undoing_needs_a_reason(desk: Desk) -> None:
    change_set = published(desk)
    before = everything(), rows()

    with pytest.raises(ValidationError) as refusal:
        undo(change_set, by=desk.by, reason=" ")

    assert set(refusal.value.message_dict) == {"reason"}
    assert (everything(), rows()) == before


def test_what_was_undone_is_not_undone_twice(desk: Desk) -> None:
    change_set = published(desk)
    undone(desk, change_set)
    before = everything(), rows()

    with pytest.raises(ValidationError, match="undone already"):
        undone(desk, change_set)

    assert (everything(), rows()) == before


def test_undoing_the_undoing_brings_everything_back_under_its_key(desk: Desk) -> None:
    change_set = published(desk)
    after = everything()

    undoing = undone(desk, change_set)
    redoing = undone(desk, undoing)

    assert everything() == after
    assert desk.sheet.published == change_set
    undone(desk, redoing)
    assert not Position.objects.filter(summit=desk.universe.spring).exists()


# Corrections and deletions.


def test_corrections_are_put_back_as_they_were(desk: Desk) -> None:
    world = desk.universe
    before = everything()
    with recording(by=desk.by, reason="A session at the admin."):
        position = world.at("arden", "flow", "weir")
        position = correct(position, {"summary": "Two.", "salience": 5.0}, by=desk.by, reason="x")
        correct(position, {"summary": "Three.", "disputed": True}, by=desk.by, reason="x")
        correct(world.flow.options.get(value=25.0), {"value": 20.0}, by=desk.by, reason="x")
        correct(world.sources["record"], {"title": "Minutes"}, by=desk.by, reason="x")

    undone(desk, newest())

    assert everything() == before


def test_what_is_put_back_counts_its_version_on(desk: Desk) -> None:
    position = desk.universe.at("arden", "flow", "weir")
    correct(position, {"summary": "Two."}, by=desk.by, reason="x")

    undone(desk, newest())

    assert Position.objects.get(pk=position.pk).version == 3


def test_deletions_are_put_back_under_their_key_with_what_hung_on_them(desk: Desk) -> None:
    before = everything()
    with recording(by=desk.by, reason="Tidying up."):
        remove(desk.universe.at("arden", "flow", "aside"), by=desk.by, reason="x")
        remove(desk.universe.outcomes["half"], by=desk.by, reason="x")
        remove(desk.universe.events["bridge"], by=desk.by, reason="x")
    assert everything() != before

    undone(desk, newest())

    assert everything() == before


def test_a_record_made_changed_and_removed_in_one_change_set_leaves_nothing_to_undo(desk: Desk) -> None:
    with recording(by=desk.by, reason="Back and forth."):
        place = add(Place(name="Nowhere"), by=desk.by, reason="x")
        place = correct(place, {"name": "Somewhere"}, by=desk.by, reason="x")
        remove(place, by=desk.by, reason="x")
    change_set = newest()
    before = everything(), rows()

    with pytest.raises(ValidationError, match="nothing to undo"):
        undone(desk, change_set)

    assert (everything(), rows()) == before


def test_what_has_no_earlier_version_is_not_passed_over_in_silence(desk: Desk) -> None:
    # As a record is left whose history was lost; of one that was loaded the first edit keeps what was found.
    place = Place.objects.get(name="Weirhouse")
    with recording(by=desk.by, reason="Two names."):
        correct(place, {"name": "Weir"}, by=desk.by, reason="x")
        add(Place(name="Elsewhere"), by=desk.by, reason="x")
    past(Place.history.filter(id=place.pk, history_type="+")).delete()
    change_set = newest()
    before = everything(), rows()

    with pytest.raises(ValidationError, match="Weir"):
        undone(desk, change_set)

    assert (everything(), rows()) == before


def test_a_change_set_of_thousands_is_undone_as_one(desk: Desk) -> None:
    before = Place.objects.count()
    with recording(by=desk.by, reason="A gazetteer.") as opened:
        places = [Place(name=f"Place {number}") for number in range(1_200)]
        past(Place.objects).bulk_create(places)
        rows_of = Place.history.model
        rows_of.objects.bulk_create(
            [
                rows_of(
                    id=place.pk,
                    name=place.name,
                    history_date=opened.change_set.time,
                    history_type="+",
                    change_set=opened.change_set,
                )
                for place in Place.objects.filter(name__startswith="Place ")
            ]
        )

    undone(desk, newest())

    assert Place.objects.count() == before


# Sequences.


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_change_sets_undone_one_by_one_in_reverse_lead_back_to_the_start(desk: Desk, depth: int) -> None:
    states, made = [everything()], []
    acts: list[Callable[[], Any]] = [
        lambda: desk.row("arden", "record", flow="b"),
        lambda: desk.publish(),
        lambda: adds_evidence(desk),
        lambda: corrects(desk),
    ]
    for act in acts[:depth]:
        last = newest().pk
        act()
        made += list(ChangeSet.objects.filter(pk__gt=last).order_by("pk"))
        states.append(everything())

    for change_set in reversed(made):
        undone(desk, change_set)
    assert everything() == states[0]

    for change_set in made:
        change_set.refresh_from_db()
        undone(desk, change_set.undone_by)
    assert everything() == states[-1]


def test_an_issue_goes_with_the_options_of_which_one_became_its_reference_point(desk: Desk) -> None:
    before = everything()
    with recording(by=desk.by, reason="A new issue."):
        issue = make_issue(process=desk.universe.process, name="Winter")
        issue.reference_point = issue.options.get(value=75.0)
        issue.save()
    made = everything()

    undone(desk, newest())
    assert everything() == before

    undone(desk, newest())
    assert everything() == made
