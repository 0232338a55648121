"""Publishing a sheet: who signs a statement that several rows share, and what becomes of them afterwards."""

import pytest
from django.db.models import QuerySet

from issues.actions.record.log import add as step
from issues.actions.take_back.undo_change_set import undo
from issues.history import recording
from issues.models import Membership, Participation, SheetRow, Signatory, Statement
from issues.queries.log_sheet.grid import in_force, squares
from issues.queries.log_sheet.publication_preview import PublicationPreview, publication_preview
from issues.queries.log_sheet.published_state import published_state
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, by_hand, words_of
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """Arden's row, which Belmar and Cadria join."""
    desk = at_desk(universe)
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half, say we all.")
    desk.join("arden", "belmar", "cadria")
    return desk


def signed(desk: Desk, actor: str = "arden", issue: str = "flow") -> list[str]:
    """Who signed the only statement of a position."""
    (words,) = words_of(desk.position(actor, issue))
    return sorted(item.actor.slug for item in words.signatories.all())


def signatories() -> QuerySet[Signatory]:
    """Who signed what was said at the spring meeting."""
    return Signatory.objects.filter(statement__occasion__slug="spring")


def preview(desk: Desk) -> PublicationPreview:
    return publication_preview(squares(read(desk.universe.process), desk.sheet), published_state(desk.sheet))


def unjoin(desk: Desk, actor: str) -> None:
    """Take a row out of the statement that it joined."""
    row = SheetRow.objects.get(sheet=desk.sheet, actor=getattr(desk.universe, actor))
    correct(row, {"joins": None}, by=desk.by, reason="It did not sign.")


def empty(desk: Desk, *actors: str) -> None:
    for actor in actors:
        desk.write(actor, "flow", "")


ALL = ["arden", "belmar", "cadria"]


def test_whoever_shares_a_statement_signs_it(desk: Desk) -> None:
    desk.publish()

    assert signed(desk) == signed(desk, "belmar") == signed(desk, "cadria") == ALL
    assert signatories().count() == 3


def test_a_statement_of_one_is_signed_by_nobody(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("arden", "record", flow="c", data="a")

    desk.publish()

    assert not signatories().exists()


def test_rows_of_one_source_that_do_not_join_sign_nothing_together(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("arden", "record", flow="c")
    desk.row("belmar", "record", flow="c")

    desk.publish()

    assert not signatories().exists()


def test_whoever_joined_and_took_other_words_does_not_sign(desk: Desk) -> None:
    desk.write("cadria", "flow", "b", quote="A quarter, says Cadria.")

    desk.publish()

    assert signed(desk) == ["arden", "belmar"]
    assert signed(desk, "cadria") == []
    (own,) = words_of(desk.position("cadria", "flow"))
    assert own.organ == desk.universe.cadria


def test_whose_only_cell_of_it_is_silent_does_not_sign(desk: Desk) -> None:
    desk.write("cadria", "flow", "n")

    desk.publish()

    assert signed(desk) == ["arden", "belmar"]


def test_each_statement_of_a_row_is_signed_by_those_whose_cells_rest_on_it(desk: Desk) -> None:
    desk.write("arden", "data", "b", quote="And monthly data.")
    desk.join("arden", "belmar")

    desk.publish()

    assert signed(desk, "arden", "flow") == ALL
    assert signed(desk, "arden", "data") == ["arden", "belmar"]


def test_what_one_reports_of_several_is_signed_by_nobody(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.serve("commission", "record")
    desk.write("commission", "flow", "c", quote="Both told us: half.", basis="reported")
    desk.join("commission", "arden", "belmar")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == words_of(desk.position("commission", "flow"))
    assert not signatories().exists()


def test_whom_the_first_only_reports_does_not_sign_with_it(desk: Desk) -> None:
    desk.write("belmar", "flow", "c", basis="reported")

    desk.publish()

    assert signed(desk) == ["arden", "cadria"]


def test_one_who_reports_two_others_signs_nothing_with_them(desk: Desk) -> None:
    for actor in ("belmar", "cadria"):
        desk.write(actor, "flow", "c", basis="reported")

    desk.publish()

    assert not signatories().exists()


def test_words_on_record_that_someone_reports_stay_reported(universe: Universe) -> None:
    desk = at_desk(universe)
    by_hand(desk, ref="told", quote="Half.", reported_by_person=universe.envoy)
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half.")
    desk.join("arden", "belmar")

    desk.publish()

    assert signed(desk) == []


def test_a_coalition_signs_with_its_members_of_that_day(universe: Universe) -> None:
    world, desk = universe, at_desk(universe)
    with recording(by=desk.by, reason="It speaks for itself now."):
        step(Participation(process=world.process, actor=world.lower_basin, role="observer", watched=False))
        step(Membership(coalition=world.lower_basin, member=world.arden, until="2032-03-09"))
    desk.row("lower_basin", "record", flow="b")
    desk.join("lower_basin", *(item.member.slug for item in in_force(world.lower_basin, world.spring)))

    desk.publish()

    assert signed(desk, "belmar") == ["belmar", "cadria", "lower-basin"]


def test_the_first_to_sign_that_turns_to_other_words_signs_the_old_ones_no_more(desk: Desk) -> None:
    desk.publish()
    desk.reopen()
    desk.write("arden", "flow", "b", quote="A quarter, says Arden.")

    desk.publish()

    assert signed(desk, "arden") == []
    assert signed(desk, "belmar") == ["belmar", "cadria"]


def test_the_preview_names_those_who_will_sign(desk: Desk) -> None:
    listed = preview(desk)

    assert [[actor.slug for actor in item.joint] for item in listed.items] == [ALL, ALL, ALL]
    (signing,) = listed.signings
    assert [actor.slug for actor in signing.added] == ALL


# Published again.


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
