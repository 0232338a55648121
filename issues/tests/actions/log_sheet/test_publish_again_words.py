"""A sheet published again: the words and sources that its corrections rest on."""

import pytest

from issues.actions.record.review import mark_reviewed
from issues.models import Evidence, Statement
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import (
    Desk,
    another,
    by_hand,
    kinds,
    published_and_reopened,
    words_of,
)
from issues.tests.acts import add, correct
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    return published_and_reopened(universe)


def test_corrected_words_take_the_place_of_the_wrong_ones(desk: Desk) -> None:
    (wrong,) = words_of(desk.position("arden", "data"))
    desk.write("arden", "data", "r", quote="As before, and monthly.")

    desk.publish()

    (right,) = words_of(desk.position("arden", "data"))
    assert right.quote == "As before, and monthly."
    assert not Statement.objects.filter(pk=wrong.pk).exists()
    assert [row.history_type for row in Statement.history.filter(id=wrong.pk).order_by("history_id")] == [
        "+",
        "-",
    ]


def test_words_that_no_longer_reaffirm_do_not_count_as_reaffirming(desk: Desk) -> None:
    assert (desk.universe.arden.pk, desk.universe.data.pk, "reaffirmed") in kinds(desk.universe)
    desk.write("arden", "data", "t")

    desk.publish()

    last = read(desk.universe.process).whole.history(desk.universe.arden.pk, desk.universe.data.pk)[-1]
    assert last.kind == "restated"


def test_another_source_of_the_row_serves_all_its_cells(desk: Desk) -> None:
    desk.serve("arden", "gazette")

    desk.publish()

    for issue in ("flow", "data"):
        assert [words.source.key for words in words_of(desk.position("arden", issue))] == ["gazette"]


def test_whoever_joined_goes_along_when_the_lead_turns_to_another_source(desk: Desk) -> None:
    desk.join("arden", "belmar")
    desk.publish()
    desk.reopen()
    desk.serve("arden", "gazette")

    desk.publish()

    (ours,), (theirs,) = (words_of(desk.position(actor, "flow")) for actor in ("arden", "belmar"))
    assert ours == theirs
    assert (ours.source.key, ours.organ) == ("gazette", desk.universe.arden)


def test_words_that_others_rest_on_stay_for_them(desk: Desk) -> None:
    desk.join("arden", "belmar")
    desk.publish()
    desk.reopen()
    (shared,) = words_of(desk.position("belmar", "flow"))
    desk.write("arden", "flow", "b", quote="A quarter.")

    desk.publish()

    assert words_of(desk.position("belmar", "flow")) == [shared]
    assert [words.quote for words in words_of(desk.position("arden", "flow"))] == ["A quarter."]


def test_evidence_that_others_gave_or_worked_on_stays(desk: Desk) -> None:
    world, position = desk.universe, desk.position("arden", "data")
    (ours,) = words_of(position)
    correct(ours, {"attribution": "the minister’s office"}, by=desk.by, reason="It signed.")
    add(
        Evidence(position=position, statement=world.statements["arden-3"]),
        by=another(desk).by,
        reason="One more.",
    )
    desk.write("arden", "data", "r", quote="As before, and monthly.")

    desk.publish()

    assert [words.quote for words in words_of(position)] == [
        "As before.",
        "Nobody reads our gauges for us.",
        "As before, and monthly.",
    ]


def test_new_evidence_alone_takes_the_review_back(desk: Desk) -> None:
    (reviewed,) = mark_reviewed([desk.position("arden", "data")], by=another(desk).by)
    assert reviewed.reviewed_by is not None
    # Somebody has worked on the words of before, so that the new ones come beside them.
    (ours,) = words_of(reviewed)
    correct(ours, {"attribution": "the minister’s office"}, by=desk.by, reason="It signed.")
    desk.write("arden", "data", "r", quote="As before, and monthly.")

    desk.publish()

    position = desk.position("arden", "data")
    assert len(words_of(position)) == 2
    assert position.reviewed_by is None


def test_words_that_were_logged_by_hand_stay_when_the_sheet_rests_on_them_no_more(desk: Desk) -> None:
    known = by_hand(desk, ref="by-hand", quote="Half.")
    desk.write("arden", "flow", "c", quote="Half.")
    desk.publish()
    assert known in words_of(desk.position("arden", "flow"))
    desk.reopen()
    desk.write("arden", "flow", "c", quote="Half, or less.")

    desk.publish()

    assert known not in words_of(desk.position("arden", "flow"))
    assert Statement.objects.filter(pk=known.pk).exists()
