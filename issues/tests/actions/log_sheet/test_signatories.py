"""Publishing a sheet: who signs a statement that several rows share."""

import pytest

from issues.actions.record.log import add as step
from issues.history import recording
from issues.models import Membership, Participation
from issues.queries.log_sheet.grid import in_force
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, by_hand, words_of
from issues.tests.actions.log_sheet.signing import preview, shared, signatories, signed
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """Arden's row, which Belmar and Cadria join."""
    return shared(universe)


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
