"""Carrying out a plan of coalitions and of signatories: whose words and positions are stored."""

from typing import Any

from issues.actions.importing.carry_out import File, carry_out
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.importing.item import Plan
from issues.models import Actor, Participation, Position, Signatory, Statement
from issues.tests.acts import apart
from issues.tests.importing.planning import broken, csv_of, planned, results
from issues.tests.universe import Universe

FILE = File("signed.csv", "0" * 64, {})
MAKE = {"actor": {"kind": "state", "role": "observer"}}
COLUMNS = {name: name for name in ("issue", "summit", "option", "source", "quote")}
LIST = {"columns": COLUMNS, "signatories": "note", "make": MAKE}


def text(**fields: Any) -> str:
    cell = {"issue": "flow", "summit": "spring", "option": "half", "source": "record", "quote": "Half."}
    return csv_of(cell | fields)


def do(universe: Universe, plan: Plan) -> ChangeSet:
    return carry_out(plan, process=universe.process, file=FILE, by=universe.coder, reason="It was signed.")


def signatories(statement: Statement) -> list[str]:
    return sorted(statement.signatories.values_list("actor__slug", flat=True))


def test_a_signatory_list_is_one_joint_statement_and_a_position_of_each(universe: Universe) -> None:
    before = Statement.objects.count()

    do(universe, planned(universe.process, text(note="Arden; Cadria; Estmark"), **LIST))

    stored = Position.objects.filter(summit=universe.spring)
    assert sorted(stored.values_list("actor__slug", flat=True)) == ["arden", "cadria", "estmark"]
    assert Statement.objects.count() == before + 1
    (statement,) = {one.evidence.get().statement for one in stored}
    assert signatories(statement) == ["arden", "cadria", "estmark"]
    assert (statement.organ, statement.occasion, statement.quote) == (None, universe.spring, "Half.")
    assert broken() == []


def test_the_same_list_again_changes_nothing_and_one_name_more_signs(universe: Universe) -> None:
    do(universe, planned(universe.process, text(note="Arden; Cadria"), **LIST))

    again = planned(universe.process, text(note="Cadria; Arden"), **LIST)
    assert {result for _, result in results(again)} == {"same"}
    more = planned(universe.process, text(note="Arden; Cadria; Belmar"), **LIST)
    assert sorted(result for _, result in results(more)) == ["new", "same", "same"]
    do(universe, more)

    statement = Position.objects.get(summit=universe.spring, actor=universe.belmar).evidence.get().statement
    assert signatories(statement) == ["arden", "belmar", "cadria"]
    fewer = planned(universe.process, text(note="Arden; Cadria"), **LIST)
    assert [one.message for one in fewer.problems] == [
        "is signed on record by Kingdom of Belmar, too, whom this leaves out: "
        "take that back there, or name them"
    ] * 2
    assert broken() == []


def test_an_import_of_signatories_is_undone_as_one(universe: Universe) -> None:
    before = Signatory.objects.count(), Statement.objects.count(), Actor.objects.count()
    done = do(universe, planned(universe.process, text(note="Arden; Cadria; Estmark"), **LIST))

    with apart():
        undo(done, by=universe.coder, reason="The wrong file.")

    assert (Signatory.objects.count(), Statement.objects.count(), Actor.objects.count()) == before
    assert not Position.objects.filter(summit=universe.spring).exists()


def test_each_member_rests_on_the_words_of_its_coalition(universe: Universe) -> None:
    rows = text(actor="Lower Basin")

    do(universe, planned(universe.process, rows, coalitions="each-member"))

    stored = Position.objects.filter(summit=universe.spring)
    assert sorted(stored.values_list("actor__slug", flat=True)) == ["belmar", "cadria"]
    (statement,) = {one.evidence.get().statement for one in stored}
    assert (statement.organ, signatories(statement)) == (universe.lower_basin, [])
    again = planned(universe.process, rows, coalitions="each-member")
    assert {result for _, result in results(again)} == {"same"}
    assert broken() == []


def test_as_one_it_is_a_position_of_the_coalition(universe: Universe) -> None:
    do(universe, planned(universe.process, text(actor="Lower Basin"), coalitions="as-one", make=MAKE))

    assert [one.actor for one in Position.objects.filter(summit=universe.spring)] == [universe.lower_basin]
    assert Participation.objects.get(actor=universe.lower_basin).role == "observer"
