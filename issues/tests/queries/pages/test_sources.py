"""What a process rests on, and what rests on one document."""

from issues.history import Way, recording
from issues.models import Evidence, Process, Source
from issues.queries.pages.sources import of_process, statements_of
from issues.tests.factories import (
    make_evidence,
    make_outcome,
    make_position,
    make_process,
    make_source,
    make_statement,
    make_summit,
)
from issues.tests.universe import Universe


def uses(process: Process) -> dict[str, int]:
    """How many pieces of evidence rest on each source of a process, by key."""
    return {source.key: source.uses for source in of_process(process)}  # type: ignore[attr-defined]


def test_each_source_is_listed_once_with_what_rests_on_it(universe: Universe) -> None:
    listed = uses(universe.process)

    assert {key: listed[key] for key in ("gazette", "leaflet", "cadria-press")} == {
        "gazette": 4 + 2 + 1 + 1 + 2,  # arden-3, arden-4, belmar-3, doubt, report
        "leaflet": 1,
        "cadria-press": 1,
    }
    assert listed["record"] == Evidence.objects.filter(statement__source__key="record").count()


def test_what_another_source_reports_can_be_reached_from_it(universe: Universe) -> None:
    assert uses(universe.process)["digest"] == 0


def test_a_source_that_only_another_process_cites_is_not_listed(universe: Universe) -> None:
    with recording(by=None, reason="another process", kind=Way.COMMAND):
        other = make_position()
        shared = universe.statements["arden-1"]
        make_evidence(position=other, statement=shared)
        make_evidence(position=other, statement=make_statement(source=make_source(key="elsewhere")))
    process = other.issue.process

    assert uses(process) == {"record": 1, "elsewhere": 1}
    assert "elsewhere" not in uses(universe.process)
    assert [statement.ref for statement in statements_of(shared.source, process)] == ["arden-1"]
    (statement,) = statements_of(shared.source, process)
    assert [item.position for item in statement.bearing] == [other]  # type: ignore[attr-defined]


def test_a_statement_without_evidence_is_listed_by_its_occasion(universe: Universe) -> None:
    with recording(by=None, reason="an occasion", kind=Way.COMMAND):
        statement = make_statement(source=make_source(key="minutes"), occasion=universe.weir)

    assert uses(universe.process)["minutes"] == 0
    assert list(statements_of(statement.source, universe.process)) == [statement]


def test_outcomes_and_events_rest_on_a_source_too(universe: Universe) -> None:
    bearing = {
        statement.ref: [item.position or item.event or item.outcome for item in statement.bearing]  # type: ignore[attr-defined]
        for statement in statements_of(universe.sources["gazette"], universe.process)
    }

    assert bearing["report"] == [universe.events["bridge"], universe.events["rally"]]
    assert bearing["doubt"] == [universe.at("belmar", "flow", "weir")]


def test_undated_statements_and_sources_come_last_on_every_database(universe: Universe) -> None:
    statements = statements_of(universe.sources["record"], universe.process)
    with recording(by=None, reason="two more", kind=Way.COMMAND):
        for key in ("undated", "dated"):
            source = make_source(
                key=key, publisher="Aaa", published_on=None if key == "undated" else "2030-01-01"
            )
            make_evidence(
                statement=make_statement(source=source),
                outcome=make_outcome(summit=make_summit(process=universe.process)),
            )

    assert statements[0].ref == "arden-1"
    assert [source.key for source in of_process(universe.process)][:2] == ["dated", "undated"]


def test_an_empty_process_rests_on_nothing(universe: Universe) -> None:
    with recording(by=None, reason="an empty process", kind=Way.COMMAND):
        process = make_process()

    assert list(of_process(process)) == []
    assert Source.objects.exists()
