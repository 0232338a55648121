"""A deleted record comes back under its old key, with what its deletion took along, or not at all."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.actions.take_back.restore import last_deletion, taken_along
from issues.history import ChangeSet, recording
from issues.models import (
    Event,
    Evidence,
    Issue,
    Membership,
    Office,
    Option,
    Participation,
    Position,
    PositionLink,
)
from issues.tests.actions.upkeep.merging import everything
from issues.tests.acts import correct, log_position, remove, restore_deleted
from issues.tests.factories import make_event_issue, make_issue, make_office, make_person
from issues.tests.universe import Universe


def gone(universe: Universe, record: Any) -> Any:
    """Delete a record and return the row of the history that says so."""
    model, pk = type(record), record.pk
    remove(record, by=universe.coder, reason="By mistake.")
    return model.history.filter(id=pk).latest("history_date", "history_id")


def back(universe: Universe, row: Any) -> Any:
    return restore_deleted(row, by=universe.coder, reason="Back again.")


def test_a_position_comes_back_with_its_evidence_and_links_under_the_same_keys(universe: Universe) -> None:
    before = everything()
    row = gone(universe, universe.at("arden", "flow", "weir"))
    assert everything() != before
    size = ChangeSet.objects.count()
    restored = back(universe, row)
    assert everything() == before
    assert ChangeSet.objects.count() == size + 1
    assert restored.version == row.version + 1
    for model in (Position, Evidence, PositionLink):
        assert model.history.filter(change_set=ChangeSet.objects.first(), history_type="+").exists()


def test_evidence_removed_before_does_not_come_back(universe: Universe) -> None:
    position = universe.at("arden", "flow", "aside")
    first = position.evidence.first()
    remove(first, by=universe.coder, reason="Wrong page.")
    back(universe, gone(universe, position))
    assert not Evidence.objects.filter(pk=first.pk).exists()


def test_a_review_does_not_come_back(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    given = {"reviewed_by": universe.coder, "reviewed_at": timezone.now()}
    position = correct(position, given, by=universe.coder, reason="Read.")
    assert back(universe, gone(universe, position)).reviewed_by is None


def test_an_issue_comes_back_with_its_options_and_reference_point(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        issue = make_issue(process=universe.process)
        issue.reference_point = issue.options.get(value=50)
        issue.save()
        make_event_issue(event=universe.events["bridge"], issue=issue)
    pk, before = issue.pk, everything()
    back(universe, gone(universe, issue))
    assert everything() == before
    assert Issue.objects.get(pk=pk).reference_point.value == 50


@pytest.mark.parametrize("kind", ["event", "coalition", "person"])
def test_what_hung_on_it_comes_back_too(universe: Universe, kind: str) -> None:
    with recording(by=universe.coder, reason="x"):
        person = make_person()
        make_office(person=person, actor=universe.ministry)
    record: Any = {"event": universe.events["bridge"], "coalition": universe.lower_basin, "person": person}[
        kind
    ]
    before = everything()
    coalition, person_key = universe.lower_basin.pk, person.pk
    row = gone(universe, record)
    assert [item.instance_type for item in taken_along(row)] != []
    back(universe, row)
    assert everything() == before
    assert Event.objects.count() == 2
    assert Membership.objects.filter(coalition=coalition).count() == 2
    assert Office.objects.filter(person=person_key).exists()


def test_an_earlier_version_may_come_back(universe: Universe) -> None:
    position = correct(
        universe.at("arden", "flow", "ford"), {"summary": "Misread."}, by=universe.coder, reason="x"
    )
    first = Position.history.get(id=position.pk, version=1)
    deleted = gone(universe, position)
    restored = back(universe, first)
    assert restored.summary == first.summary != "Misread."
    assert restored.version == deleted.version + 1


def test_what_took_its_place_stands_in_the_way(universe: Universe) -> None:
    row = gone(universe, universe.at("arden", "flow", "ford"))
    log_position(
        issue=universe.flow,
        actor=universe.arden,
        summit=universe.ford,
        statements=[universe.statements["report"]],
        by=universe.coder,
        reason="Anew.",
    )
    before = everything()
    with pytest.raises(ValidationError, match="The position cannot come back: This actor's position"):
        back(universe, row)
    assert everything() == before


def test_what_it_refers_to_must_be_there(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        person = make_person()
        office = make_office(person=person, actor=universe.ministry)
    row = gone(universe, office)
    gone(universe, person)
    before = everything()
    with pytest.raises(ValidationError, match="The person of the office is gone"):
        back(universe, row)
    assert everything() == before


def test_the_rules_hold(universe: Universe) -> None:
    row = gone(universe, universe.at("fishers", "preamble", "weir"))
    gone(universe, Participation.objects.get(actor=universe.fishers))
    with pytest.raises(ValidationError, match="does not take part"):
        back(universe, row)
    assert not Position.objects.filter(actor=universe.fishers).exists()


def test_what_is_there_is_not_restored_twice(universe: Universe) -> None:
    row = gone(universe, universe.at("arden", "flow", "ford"))
    back(universe, row)
    assert last_deletion(row) is None
    with pytest.raises(ValidationError, match="restored already"):
        back(universe, row)


def test_deleted_twice_the_last_time_counts(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    before = everything()
    row = gone(universe, position)
    again = gone(universe, back(universe, row))
    assert last_deletion(row) == again
    back(universe, again)
    assert everything() == before


def test_an_option_is_restored_only_if_the_scale_has_room(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        issue = make_issue(process=universe.process, options={float(n): str(n) for n in range(13)})
    row = gone(universe, issue.options.get(value=0))
    with recording(by=universe.coder, reason="x"):
        Option.objects.create(issue=issue, value=100, label="hundred")
    with pytest.raises(ValidationError, match="2 to 13 options"):
        back(universe, row)
