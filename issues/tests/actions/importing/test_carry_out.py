"""Carrying out a plan: exactly what it says, once, as one change set, or nothing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.importing.carry_out import ChangedMeanwhile, File, carry_out
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.importing.item import Plan
from issues.models import Actor, Evidence, Import, Position, Source, Statement, Summit
from issues.tests.acts import apart, correct
from issues.tests.importing.planning import broken, csv_of, planned, results
from issues.tests.universe import Universe

MAKE = {
    "actor": {"kind": "state", "role": "observer"},
    "speaker": {},
    "source": {"kind": "news"},
    "summit": {"kind": "leaders"},
}
FILE = File("positions.csv", "0" * 64, {"columns": {}})


def row(actor: str = "arden", issue: str = "flow", **fields: Any) -> dict[str, Any]:
    cell = {"actor": actor, "issue": issue, "summit": "spring", "option": "half", "quote": "So we say."}
    return cell | {"source_url": "https://news.example/a", "source_title": "Spring"} | fields


ROWS = (
    row("arden", salience="80", locator="p. 4", said_on="2032-03"),
    row("arden", "data", option="live"),
    row("cadria", red_line="declared", accepts_to="60", summary="Half, no more."),
    row("cadria", quote="And again."),
    row("Estmark", speaker="Ola Est", summit="Second spring", summit_date="2032-04-02", option="48"),
    {"actor": "belmar", "issue": "flow", "summit": "spring", "option": "NA"},
)
HOW = {"make": MAKE, "values": {"*": {"NA": "silent"}}}


def plan_of(universe: Universe, *rows: dict[str, Any], **how: Any) -> Plan:
    return planned(universe.process, csv_of(*rows), **{**HOW, **how})


def do(universe: Universe, plan: Plan, **how: Any) -> ChangeSet:
    said = {"process": universe.process, "file": FILE, "by": universe.coder, "reason": "The spring round."}
    return carry_out(plan, **{**said, **how})


def test_what_is_stored_is_what_the_plan_says(universe: Universe) -> None:
    do(universe, plan_of(universe, *ROWS))

    arden = Position.objects.get(actor=universe.arden, issue=universe.flow, summit=universe.spring)
    assert (arden.option.value, arden.salience, arden.basis) == (50.0, 80.0, "stated")
    words = arden.evidence.get().statement
    assert (words.quote, words.locator, str(words.said_on), words.said_on_precision) == (
        "So we say.",
        "p. 4",
        "2032-03-01",
        "month",
    )
    assert (words.organ, words.occasion, words.source.url) == (
        universe.arden,
        universe.spring,
        "https://news.example/a",
    )
    cadria = Position.objects.get(actor=universe.cadria, issue=universe.flow, summit=universe.spring)
    assert (cadria.red_line, cadria.accepts_to, cadria.summary) == ("declared", 60.0, "Half, no more.")
    assert sorted(cadria.evidence.values_list("statement__quote", flat=True)) == ["And again.", "So we say."]
    silent = Position.objects.get(actor=universe.belmar, issue=universe.flow, summit=universe.spring)
    assert (silent.state, silent.evidence.count()) == ("silent", 0)
    assert broken() == []


def test_what_is_new_beside_the_positions_is_made_once(universe: Universe) -> None:
    do(universe, plan_of(universe, *ROWS))

    estmark = Actor.objects.get(name="Estmark")
    assert estmark.slug == "estmark"
    assert estmark.participations.get().role == "observer"
    later = Summit.objects.get(name="Second spring")
    assert (later.slug, str(later.starts_on), later.kind, later.status) == (
        "second-spring",
        "2032-04-02",
        "leaders",
        "planned",
    )
    source = Source.objects.get(url="https://news.example/a")
    assert (source.title, source.publisher, source.kind) == ("Spring", "news.example", "news")
    position = Position.objects.get(actor=estmark)
    assert (position.value, position.evidence.get().statement.speaker.name) == (48.0, "Ola Est")


def test_words_on_which_several_positions_of_an_actor_rest_are_one_statement(universe: Universe) -> None:
    before = Statement.objects.count()

    do(universe, plan_of(universe, row("arden"), row("arden", "data", option="live"), row("belmar")))

    assert Statement.objects.count() == before + 2
    assert Evidence.objects.filter(statement__quote="So we say.").count() == 3


def test_it_is_one_change_set_of_kind_import_that_keeps_file_mapping_and_rows(universe: Universe) -> None:
    before = ChangeSet.objects.count()

    made = do(universe, plan_of(universe, *ROWS))

    assert ChangeSet.objects.count() == before + 1
    assert (made.kind, made.reason, made.user) == ("import", "The spring round.", universe.coder)
    kept = made.imported
    assert (kept.file_name, kept.digest, kept.mapping) == (FILE.name, FILE.digest, FILE.mapping)
    cadria = Position.objects.get(actor=universe.cadria, issue=universe.flow, summit=universe.spring)
    assert kept.rows[str(cadria.pk)] == [4, 5]
    assert {row.change_set for row in cadria.history.all()} == {made}


def test_the_same_file_again_changes_nothing_and_leaves_no_history(universe: Universe) -> None:
    do(universe, plan_of(universe, *ROWS))
    before = ChangeSet.objects.count(), Position.history.count(), Import.objects.count()

    again = plan_of(universe, *ROWS)

    assert again.counts == {"new": 0, "moved": 0, "corrected": 0, "same": 5, "refused": 0}
    assert again.made == []
    with pytest.raises(ValidationError, match="Nothing in this file differs"):
        do(universe, again)
    assert (ChangeSet.objects.count(), Position.history.count(), Import.objects.count()) == before


def test_a_changed_cell_is_a_correction_of_that_position_alone(universe: Universe) -> None:
    do(universe, plan_of(universe, *ROWS))

    plan = plan_of(universe, ROWS[0] | {"option": "most", "locator": "p. 5"}, *ROWS[1:])
    made = do(universe, plan)

    assert plan.counts == {"new": 0, "moved": 0, "corrected": 1, "same": 4, "refused": 0}
    position = Position.objects.get(actor=universe.arden, issue=universe.flow, summit=universe.spring)
    assert (position.option.value, position.evidence.get().statement.locator) == (75.0, "p. 5")
    assert [row.change_set for row in Position.history.filter(history_type="~", change_set=made)] == [made]
    assert plan_of(universe, ROWS[0] | {"option": "most", "locator": "p. 5"}, *ROWS[1:]).counts["same"] == 5


def test_a_correction_takes_a_review_back(universe: Universe) -> None:
    position = universe.at("cadria", "flow", "delta")
    reviewed = {"reviewed_by": universe.coder, "reviewed_at": "2032-01-01T00:00:00Z"}
    correct(position, reviewed, by=universe.coder, reason="Read.")
    cell = {"actor": "cadria", "issue": "flow", "summit": "delta", "option": "half"}

    do(universe, plan_of(universe, cell))

    position.refresh_from_db()
    assert (position.option.value, position.reviewed_by) == (50.0, None)


def test_another_statement_for_a_position_on_record_is_a_correction_that_adds_it(universe: Universe) -> None:
    position = universe.at("cadria", "flow", "delta")
    before = position.evidence.count()

    plan = plan_of(universe, row("cadria", summit="delta", option="a quarter"))
    do(universe, plan)

    assert results(plan) == [([2], "corrected")]
    assert position.evidence.count() == before + 1


def test_nothing_is_stored_where_the_record_changed_meanwhile_and_it_says_what(universe: Universe) -> None:
    plan = plan_of(universe, *ROWS)
    correct(
        universe.at("arden", "flow", "weir"), {"salience": 5.0}, by=universe.coder, reason="A second look"
    )
    before = Position.objects.count(), Source.objects.count(), Import.objects.count()

    with pytest.raises(ChangedMeanwhile, match="“A second look”, by coder"):
        do(universe, plan)

    assert (Position.objects.count(), Source.objects.count(), Import.objects.count()) == before


def test_refused_rows_hold_all_of_it_back_unless_the_others_were_asked_for(universe: Universe) -> None:
    plan = plan_of(universe, row("arden"), row("nobody", issue="flaw"))

    with pytest.raises(ValidationError) as refused:
        do(universe, plan)
    made = do(universe, plan, without_refused=True)

    assert "without_refused" in refused.value.message_dict
    assert Position.history.filter(change_set=made).count() == 1


def test_a_reason_is_needed(universe: Universe) -> None:
    with apart(), pytest.raises(ValidationError, match="Give the reason"):
        do(universe, plan_of(universe, *ROWS), reason=" ")


def test_the_whole_import_is_undone_as_one(universe: Universe) -> None:
    before = {
        model: model.objects.count() for model in (Actor, Evidence, Position, Source, Statement, Summit)
    }
    made = do(universe, plan_of(universe, *ROWS))

    undo(made, by=universe.coder, reason="Another file was meant.")

    assert {model: model.objects.count() for model in before} == before
    assert plan_of(universe, *ROWS).counts["new"] + plan_of(universe, *ROWS).counts["moved"] == 5


def test_more_rows_take_hardly_more_queries(universe: Universe, django_assert_max_num_queries: Any) -> None:
    rows = [
        row(
            actor,
            issue,
            option="50",
            summit=f"Round {n}",
            summit_date=f"2040-01-{n:02}",
            quote=f"{actor} {n}",
        )
        for n in range(1, 21)
        for actor in ("arden", "belmar", "cadria")
        for issue in ("flow", "data")
    ]
    plan = plan_of(universe, *rows)

    with django_assert_max_num_queries(70):
        do(universe, plan)

    assert Position.objects.filter(summit__name__startswith="Round").count() == 120


def test_many_corrections_take_hardly_more_queries_and_each_leaves_a_version(
    universe: Universe, django_assert_max_num_queries: Any
) -> None:
    def rows(option: str) -> list[dict[str, Any]]:
        return [
            row(actor, issue, option=option, quote=f"{actor} {n}.", locator=option)
            | {"summit": f"Round {n}", "summit_date": f"2040-01-{n:02}"}
            for n in range(1, 21)
            for actor in ("arden", "belmar", "cadria")
            for issue in ("flow", "data")
        ]

    do(universe, plan_of(universe, *rows("50")))
    plan = plan_of(universe, *rows("60"))

    with django_assert_max_num_queries(70):
        made = do(universe, plan)

    assert plan.counts["corrected"] == 120
    there = Position.objects.filter(summit__name__startswith="Round")
    assert set(there.values_list("value", "version")) == {(60.0, 2)}
    assert Position.history.filter(change_set=made, history_type="~", version=2).count() == 120
    assert Statement.history.filter(change_set=made, history_type="~", locator="60").count() == 60
    assert {kept.position.pk for kept in Evidence.objects.filter(statement__locator="60")} == {
        one.pk for one in there
    }


def test_a_large_import_is_undone_in_hardly_more_queries(
    universe: Universe, django_assert_max_num_queries: Any
) -> None:
    before = Position.objects.count()
    many = [
        row(actor, issue, option="51", quote=f"{n}.", summit=f"Round {n}", summit_date=f"2040-01-{n:02}")
        for n in range(1, 21)
        for actor in ("arden", "belmar", "cadria")
        for issue in ("flow", "data")
    ]
    made = do(universe, plan_of(universe, *many))
    again = do(universe, plan_of(universe, *[one | {"option": "60"} for one in many]))

    with django_assert_max_num_queries(150):
        undo(again, by=universe.coder, reason="Not so.")
    assert set(Position.objects.filter(summit__name__startswith="Round").values_list("value", "version")) == {
        (51.0, 3)
    }
    with django_assert_max_num_queries(250):
        undo(made, by=universe.coder, reason="Another file was meant.")

    assert Position.objects.count() == before
