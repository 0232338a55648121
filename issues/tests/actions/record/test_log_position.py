"""Logging a position: its evidence and links with it, in one change set, or nothing at all."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from issues.actions.rules.check import NO_EVIDENCE
from issues.history import ChangeSet, Way
from issues.models import Evidence, Place, Position, PositionLink
from issues.tests.acts import add, log_position
from issues.tests.universe import Universe


def log(universe: Universe, **fields: Any) -> Position:
    """Belmar on the flow in spring, on the strength of two statements, unless said otherwise."""
    given = {
        "issue": universe.flow,
        "actor": universe.belmar,
        "summit": universe.spring,
        "statements": [universe.statements["belmar-1"], universe.statements["belmar-3"]],
        "by": universe.coder,
        "reason": "From the transcript.",
    }
    return log_position(**given | fields)


def counts() -> tuple[int, int, int, int]:
    """How many positions, pieces of evidence, links and change sets are stored."""
    return (
        Position.objects.count(),
        Evidence.objects.count(),
        PositionLink.objects.count(),
        ChangeSet.objects.count(),
    )


def test_a_position_is_stored_with_its_evidence_and_links(universe: Universe) -> None:
    position = log(universe, linked_issues=[universe.data], option=universe.flow.options.get(value=25.0))

    stored = Position.objects.get(pk=position.pk)
    assert (stored.placement, stored.state, stored.version) == (25.0, "stated", 1)
    assert [item.statement.ref for item in stored.evidence.all()] == ["belmar-1", "belmar-3"]
    assert {item.stance for item in stored.evidence.all()} == {"supports"}
    assert [item.issue for item in stored.links.all()] == [universe.data]


def test_a_position_with_three_statements_is_one_change_set(universe: Universe) -> None:
    before = ChangeSet.objects.count()

    position = log(
        universe, statements=[universe.statements[ref] for ref in ("belmar-1", "belmar-3", "joint")]
    )

    rows = [*position.history.all(), *(row for item in position.evidence.all() for row in item.history.all())]
    assert len(rows) == 4
    (change_set,) = {row.change_set for row in rows}
    assert ChangeSet.objects.count() == before + 1
    assert (change_set.user, change_set.reason, change_set.kind) == (
        universe.coder,
        "From the transcript.",
        Way.PAGE,
    )
    assert {row.history_user for row in rows} == {universe.coder}


def test_the_way_is_kept(universe: Universe) -> None:
    position = log(universe, by=None, kind=Way.COMMAND)

    assert position.history.get().change_set.kind == Way.COMMAND


def test_a_stated_position_without_a_statement_is_refused(universe: Universe) -> None:
    before = counts()

    with pytest.raises(ValidationError) as refusal:
        log(universe, statements=[])

    assert refusal.value.message_dict == {"evidence": [NO_EVIDENCE]}
    assert counts() == before


@pytest.mark.parametrize("fields", [{"state": "silent"}, {"state": "withdrawn"}])
def test_silence_and_withdrawal_need_no_statement(universe: Universe, fields: dict[str, Any]) -> None:
    assert log(universe, statements=[], **fields).evidence.count() == 0


def test_an_inferred_position_needs_a_note_and_no_statement(universe: Universe) -> None:
    with pytest.raises(ValidationError, match="needs a note"):
        log(universe, statements=[], basis="inferred")

    assert log(universe, statements=[], basis="inferred", note="It nodded.").note == "It nodded."


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"value": 101.0}, "value"),
        ({"salience": -1.0}, "salience"),
        ({"state": "perhaps"}, "state"),
        ({"summary": "a\x00b"}, "summary"),
        ({"accepts_from": 10.0}, "__all__"),
        ({"red_line": "declared", "accepts_from": 60.0, "accepts_to": 40.0}, "__all__"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_a_refused_field_is_named_and_nothing_is_stored(
    universe: Universe, fields: dict[str, Any], named: str
) -> None:
    before = counts()

    with pytest.raises(ValidationError) as refusal:
        log(universe, **fields)

    assert named in refusal.value.message_dict
    assert counts() == before


def test_a_second_position_on_the_same_cell_is_refused(universe: Universe) -> None:
    with pytest.raises(ValidationError, match="already recorded"):
        log(universe, summit=universe.weir)


def test_everything_is_rolled_back_when_a_statement_is_refused(universe: Universe) -> None:
    before = counts()
    twice = [universe.statements["belmar-1"], universe.statements["belmar-1"]]

    with pytest.raises((ValidationError, IntegrityError)):
        log(universe, statements=twice)

    assert counts() == before


def test_everything_is_rolled_back_when_a_link_is_refused(universe: Universe) -> None:
    before = counts()

    with pytest.raises(ValidationError) as refusal:
        log(universe, linked_issues=[universe.data, universe.flow])

    assert "issue" in refusal.value.message_dict
    assert counts() == before


def test_a_generator_of_statements_is_as_good_as_a_list(universe: Universe) -> None:
    found = (universe.statements[ref] for ref in ("belmar-1", "belmar-3"))

    assert log(universe, statements=found).evidence.count() == 2


def test_a_new_record_is_stored_in_a_change_set_of_its_own(universe: Universe) -> None:
    place = add(Place(name="Fordhouse"), by=universe.coder, reason="A place.", kind=Way.IMPORT)

    row = place.history.get()
    assert (row.change_set.reason, row.change_set.kind, row.history_user) == (
        "A place.",
        Way.IMPORT,
        universe.coder,
    )


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "Weirhouse"}, {"name": "a\x00"}])
def test_a_refused_new_record_leaves_no_trace(universe: Universe, fields: dict[str, str]) -> None:
    before = (Place.objects.count(), ChangeSet.objects.count())

    with pytest.raises(ValidationError) as refusal:
        add(Place(**fields), by=universe.coder, reason="A place.")

    assert "name" in refusal.value.message_dict
    assert (Place.objects.count(), ChangeSet.objects.count()) == before


def test_what_a_person_wrote_is_stored_to_the_letter(universe: Universe) -> None:
    said = "  “Nie”\u2009–\tالماء 🐟\n=1+1 <script>alert(1)</script> "

    position = log(universe, summary=said)

    assert Position.objects.get(pk=position.pk).summary == said
