"""What the tests of actions share: a coder at a sheet, and an actor that was recorded twice."""

import pytest

from issues.history import recording
from issues.models import Actor, Evidence
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.actions.upkeep.merging import double_of
from issues.tests.factories import (
    make_attendance,
    make_cell,
    make_membership,
    make_office,
    make_outcome,
    make_participation,
    make_person,
    make_position,
    make_sheet,
    make_sheet_row,
    make_signatory,
    make_statement,
    make_summit,
    make_track,
)
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting."""
    return at_desk(universe)


@pytest.fixture
def twin(universe: Universe) -> Actor:
    """A second Arden that is referred to in every way in which an actor can be."""
    twin = double_of(universe, universe.arden, short_name="Ard.", aliases="Ardenia\nАрден")
    with recording(by=universe.coder, reason="What refers to it."):
        state, summit = make_person(), make_summit(process=universe.process)
        make_participation(actor=twin, process=universe.process, role="party")
        make_membership(member=twin, coalition=universe.lower_basin)
        make_office(actor=twin, person=state)
        make_track(process=universe.process, lead=twin)
        make_attendance(summit=summit, actor=twin, person=state)
        make_statement(organ=twin)
        make_statement(reported_by_actor=twin)
        signed = make_statement()
        for signatory in (twin, universe.belmar):
            make_signatory(statement=signed, actor=signatory)
        make_outcome(summit=summit, according_to_actor=twin)
        universe.spring.host = twin
        universe.spring.save()
        universe.ministry.part_of = twin
        universe.ministry.save()
        sheet = make_sheet(summit=summit)
        make_sheet_row(sheet=sheet, actor=twin)
        make_sheet_row(sheet=sheet, actor=universe.belmar, joins=twin)
        make_cell(sheet=sheet, actor=twin, issue=universe.flow)
        position = make_position(issue=universe.flow, actor=twin, summit=summit)
        make_position(issue=universe.flow, actor=twin, summit=universe.spring, state="silent")
        Evidence.objects.create(position=position, statement=make_statement())
    return Actor.objects.get(pk=twin.pk)
