"""Whose position a row is: a coalition's or its members', and that of each who signed."""

from datetime import date
from typing import Any

import pytest

from issues.history import recording
from issues.importing.item import Plan
from issues.importing.mapping import MappingError
from issues.models import Actor, Membership
from issues.tests.importing.planning import csv_of, planned, results, wrong
from issues.tests.universe import Universe

MAKE = {"actor": {"kind": "state", "role": "observer"}}


def row(actor: str = "Lower Basin", **fields: Any) -> dict[str, Any]:
    cell = {"actor": actor, "issue": "flow", "summit": "spring", "option": "half", "source": "record"}
    return cell | {"quote": "Half."} | fields


def names(plan: Plan) -> list[str]:
    return [item.names[0] for item in plan.items]


def test_the_row_of_a_coalition_is_asked_about_with_what_each_choice_gives(universe: Universe) -> None:
    plan = planned(universe.process, csv_of(row(), row("Arden"), row(issue="data", option="live")))

    assert results(plan) == [([2], "refused"), ([3], "new"), ([4], "refused")]
    asked = (
        "is a coalition: say whether its row is one position of it, or one for each member on that day (2)"
    )
    assert wrong(plan)[0] == (2, "actor", asked)
    assert {problem.ask for problem in plan.problems} == {"coalitions"}
    assert plan.notes == [
        "2 rows of coalitions that have members: as one (as-one) 2 positions, "
        "for each member on that day (each-member) 4 positions. Say which."
    ]


def test_the_row_of_a_coalition_is_one_position_where_that_was_said(universe: Universe) -> None:
    plan = planned(universe.process, csv_of(row()), coalitions="as-one", make=MAKE)

    assert results(plan) == [([2], "new")]
    assert [one.kind for one in plan.made] == ["role"], "it takes part from now on"
    assert plan.notes == ["1 row of coalitions: 1 position of the coalitions themselves."]


def test_or_one_for_each_member_on_that_day(universe: Universe) -> None:
    joining = universe.lower_basin.memberships.get(member=universe.cadria)
    with recording(by=universe.coder, reason="It left."):
        joining.until = date(2032, 1, 31)
        joining.save()

    before = csv_of(row(summit="weir", issue="data", option="live"))
    early = planned(universe.process, before, coalitions="each-member")
    late = planned(universe.process, csv_of(row()), coalitions="each-member")

    assert sorted(names(early)) == ["Cadria", "Kingdom of Belmar"]
    assert names(late) == ["Kingdom of Belmar"]
    assert late.notes == ["1 row of coalitions: 1 position, one for each member on that day."]
    (statement,) = late.items[0].statements
    assert statement.words.organ == universe.lower_basin.pk, "the coalition spoke"


def test_a_coalition_without_a_member_on_that_day_has_nobody_to_speak_for(universe: Universe) -> None:
    with recording(by=universe.coder, reason="They left."):
        for one in universe.lower_basin.memberships.all():
            one.until = date(2032, 1, 31)
            one.save()

    plan = planned(universe.process, csv_of(row()), coalitions="each-member")

    assert wrong(plan) == [(2, "actor", "is a coalition that had no member on that day")]


def test_a_member_that_does_not_take_part_is_told_by_name(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Another member."):
        other = Actor.objects.create(name="Estmark", slug="estmark", kind="state")
        Membership.objects.create(coalition=universe.lower_basin, member=other)

    plan = planned(universe.process, csv_of(row()), coalitions="each-member")

    assert results(plan) == [([2], "refused")]
    assert [(one.value, one.message) for one in plan.problems] == [
        ("Estmark", "does not take part in this process")
    ]


def test_a_members_own_row_that_says_otherwise_contradicts_the_coalitions(universe: Universe) -> None:
    plan = planned(universe.process, csv_of(row(), row("Cadria", option="none")), coalitions="each-member")

    assert sorted(results(plan)) == [([2], "new"), ([2, 3], "refused")]
    assert {row for row, _, _ in wrong(plan)} == {2, 3}


def signed(by: str, **fields: Any) -> dict[str, Any]:
    return {"note": by} | {name: of for name, of in row(**fields).items() if name != "actor"}


def of_signed(universe: Universe, *rows: dict[str, Any], **how: Any) -> Plan:
    columns = {name: name for name in ("issue", "summit", "option", "source", "quote")}
    return planned(universe.process, csv_of(*rows), columns=columns, signatories="note", **how)


def test_a_list_of_signatories_is_a_position_of_each_and_one_statement(universe: Universe) -> None:
    plan = of_signed(universe, signed("Arden; Cadria\nKingdom of Belmar"))

    assert sorted(names(plan)) == ["Arden", "Cadria", "Kingdom of Belmar"]
    keys = {universe.arden.pk, universe.belmar.pk, universe.cadria.pk}
    assert {frozenset(item.statements[0].words.signed) for item in plan.items} == {frozenset(keys)}


def test_a_comma_in_a_name_divides_only_where_that_was_said(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Another spelling."):
        universe.arden.aliases = "Arden, Republic of\nThe river; Upper"
        universe.arden.save()

    for text, how in (
        ("Arden, Republic of; Cadria", {}),
        ("The river; Upper; Cadria", {}),
        ("Arden, Republic of, Cadria", {"separator": ","}),
    ):
        assert len(names(of_signed(universe, signed(text), **how))) == 2, text
    plan = of_signed(universe, signed("Arden, Cadria"))
    assert [(one.column, one.value) for one in plan.problems] == [("note", "Arden, Cadria")]


def test_one_signatory_that_is_not_known_refuses_the_row_and_no_name_is_dropped(universe: Universe) -> None:
    plan = of_signed(universe, signed("Arden; Estmark; Kadria"), signed("", issue="data", option="live"))

    assert results(plan) == [([2], "refused"), ([3], "refused")]
    assert [(one.row, one.value) for one in plan.problems] == [(2, "Estmark"), (2, "Kadria"), (3, "")]


def test_words_signed_by_one_are_that_ones_own(universe: Universe) -> None:
    plan = of_signed(universe, signed("Arden;"))

    assert [item.statements[0].words.signed for item in plan.items] == [()]


def test_signed_words_need_a_source(universe: Universe) -> None:
    plan = of_signed(universe, signed("Arden; Cadria", source="", quote=""), inferred="From the list.")

    assert [message for _, _, message in wrong(plan)] == ["signed words of which no source is given"]


def test_what_is_reported_of_several_is_no_joint_statement(universe: Universe) -> None:
    rows = (row("Arden", basis="reported"), row("Cadria", basis="reported"))

    plan = planned(universe.process, csv_of(*rows), signed_in_rows=True)

    assert {message for _, _, message in wrong(plan)} == {
        "is reported, and what is reported of several is no joint statement"
    }


def test_rows_of_the_same_words_are_signed_by_the_actors_of_all(universe: Universe) -> None:
    rows = (row("Arden"), row("Cadria"), row("Belmar", quote="A quarter.", option="a quarter"))

    plan = planned(universe.process, csv_of(*rows), signed_in_rows=True)

    assert [len(item.statements[0].words.signed) for item in plan.items] == [2, 2, 0]
    apart = planned(universe.process, csv_of(*rows))
    assert [len(item.statements[0].words.signed) for item in apart.items] == [0, 0, 0]


def test_a_joint_statement_is_stored_whole_or_not(universe: Universe) -> None:
    unknown = planned(universe.process, csv_of(row("Arden"), row("Kadria")), signed_in_rows=True)
    unlike = planned(
        universe.process, csv_of(row("Arden", locator="p. 1"), row("Cadria")), signed_in_rows=True
    )

    assert results(unknown) == [([2], "refused"), ([3], "refused")]
    assert "signs the same words as row 3, which is refused" in wrong(unknown)[0][2]
    assert "differs from row 3, which signs the same words" in wrong(unlike)[0][2]


def test_a_column_of_signatories_says_the_actors_alone(universe: Universe) -> None:
    text = csv_of(row("Arden", note="Arden; Cadria"))

    with pytest.raises(MappingError, match="nothing else says the actor"):
        planned(universe.process, text, signatories="note")
