"""Publishing a sheet again, and undoing it: what becomes of those who signed."""

import pytest

from issues.actions.take_back.undo_change_set import undo
from issues.models import Signatory, Statement
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, words_of
from issues.tests.actions.log_sheet.signing import empty, preview, shared, signatories, signed, unjoin
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """Arden's row, which Belmar and Cadria join."""
    return shared(universe)


ALL = ["arden", "belmar", "cadria"]


@pytest.fixture
def again(desk: Desk) -> Desk:
    """The same sheet, published and open again."""
    desk.publish()
    desk.reopen()
    return desk


def test_one_more_who_joins_signs_too(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half, say we both.")
    desk.publish()
    assert signed(desk) == []
    desk.reopen()
    desk.join("arden", "belmar")

    published = desk.publish()

    assert signed(desk) == ["arden", "belmar"]
    assert Signatory.history.filter(change_set=published).count() == 2


def test_who_is_emptied_out_signs_no_more(again: Desk) -> None:
    empty(again, "cadria")

    again.publish()

    assert signed(again) == ["arden", "belmar"]


def test_who_no_longer_joins_signs_no_more(again: Desk) -> None:
    unjoin(again, "cadria")

    again.publish()

    assert signed(again) == ["arden", "belmar"]
    (own,) = words_of(again.position("cadria", "flow"))
    assert (own.organ, own.signatories.count()) == (again.universe.cadria, 0)


def test_who_is_found_to_be_reported_signs_no_more(again: Desk) -> None:
    again.write("cadria", "flow", "c", basis="reported")

    again.publish()

    assert signed(again) == ["arden", "belmar"]


@pytest.mark.parametrize("how", [empty, lambda desk, *actors: [unjoin(desk, actor) for actor in actors]])
def test_of_one_that_is_left_no_signature_stays(again: Desk, how: object) -> None:
    how(again, "belmar", "cadria")  # type: ignore[operator]

    again.publish()

    assert signed(again) == []
    assert not signatories().exists()


def test_of_one_who_joined_and_is_left_no_signature_stays(again: Desk) -> None:
    empty(again, "arden", "cadria")

    again.publish()

    assert signed(again, "belmar") == []


def test_those_who_sign_again_after_nobody_did(again: Desk) -> None:
    empty(again, "belmar", "cadria")
    again.publish()
    again.reopen()
    again.join("arden", "belmar")

    again.publish()

    assert signed(again) == ["arden", "belmar"]


def test_a_sheet_published_again_leaves_signatures_that_were_corrected_elsewhere(again: Desk) -> None:
    cadria = signatories().get(actor=again.universe.cadria)
    remove(cadria, by=again.by, reason="It never signed.")
    again.write("arden", "data", "a", quote="Never.")

    again.publish()

    assert signed(again) == ["arden", "belmar"]


def test_a_signature_that_was_added_elsewhere_stays(again: Desk) -> None:
    (words,) = words_of(again.position("arden", "flow"))
    add(Signatory(statement=words, actor=again.universe.commission), by=again.by, reason="It signed too.")
    empty(again, "cadria")

    again.publish()

    assert signed(again) == ["arden", "belmar", "commission"]


def test_words_whose_spelling_was_corrected_keep_their_signatories(again: Desk) -> None:
    (words,) = words_of(again.position("arden", "flow"))
    correct(words, {"quote": "Half, say we all!"}, by=again.by, reason="A typo.")
    empty(again, "cadria")

    again.publish()

    assert signed(again) == ["arden", "belmar"]


def test_a_sheet_published_again_without_a_change_of_it_writes_no_signatory(again: Desk) -> None:
    again.write("arden", "data", "a", quote="Never.")

    published = again.publish()

    assert not Signatory.history.filter(change_set=published).exists()


def test_undoing_a_publication_takes_its_signatures_back_and_puts_others_back(again: Desk) -> None:
    empty(again, "belmar", "cadria")
    published = again.publish()

    undo(published, by=again.by, reason="They did sign.")

    assert signed(again) == ALL


def test_undoing_the_first_publication_leaves_nothing(desk: Desk) -> None:
    published = desk.publish()

    undo(published, by=desk.by, reason="Too early.")

    assert not signatories().exists()
    assert not Statement.objects.filter(occasion=desk.universe.spring).exists()
    desk.publish()
    assert signed(desk) == ALL


def test_the_preview_says_whose_signature_goes(again: Desk) -> None:
    empty(again, "cadria")

    (signing,) = preview(again).signings

    assert [item.actor.slug for item in signing.removed] == ["cadria"]
    assert [actor.slug for actor in signing.actors] == ["arden", "belmar"]
    assert not preview(again).is_empty
