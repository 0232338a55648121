"""What needs attention, in the universe and in small worlds; counted to a thousand, in few queries."""

from typing import Any

from django.utils import timezone

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.history import Way, recording
from issues.models import Actor, Position, Process
from issues.queries.upkeep.attention import MOST, Attention, desk
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_party,
    make_position,
    make_process,
    make_source,
    make_statement,
    make_summit,
)
from issues.tests.past import past
from issues.tests.universe import Universe


def of(process: Process) -> Attention:
    """What the desk says of a process."""
    (told,) = desk([process])
    return told


def test_the_universe_at_a_glance(universe: Universe) -> None:
    listed = of(universe.process)
    assert listed.meeting == universe.delta
    # Four watched actors by three scaled issues.
    assert (len(listed.coverage.expected), len(listed.coverage.logged)) == (12, 7)
    assert listed.counts == {
        "unsupported": 0,
        "disputed": 1,
        "unreviewed": Position.objects.count(),
        "unarchived": 4,
        "without_reference": 2,
        "too_few_options": 0,
    }
    assert listed.open_sheets == []


def test_a_process_without_anything_needs_nothing(recorded: None) -> None:
    listed = of(make_process())
    assert listed.meeting is None
    assert not listed.coverage.missing
    assert set(listed.counts.values()) == {0}


def test_positions_are_counted_by_what_they_lack(recorded: None) -> None:
    process = make_process()
    issue, actor = make_issue(process=process), make_party(process)
    disputes = make_position(issue=issue, actor=actor, disputed=True)
    make_evidence(position=disputes, stance="disputes")
    make_position(issue=issue, actor=actor, state="silent")
    make_position(issue=issue, actor=actor, basis="inferred", note="From the vote.")
    supported = make_position(issue=issue, actor=actor)
    make_evidence(position=supported)
    counts = of(process).counts
    assert (counts["unsupported"], counts["disputed"], counts["unreviewed"]) == (1, 1, 4)


def test_a_reviewed_position_needs_no_review(universe: Universe) -> None:
    before = of(universe.process).counts["unreviewed"]
    with recording(by=universe.coder, reason="x"):
        position = universe.at("arden", "flow", "ford")
        position.reviewed_by, position.reviewed_at = universe.coder, timezone.now()
        position.save()
    assert of(universe.process).counts["unreviewed"] == before - 1


def test_issues_are_counted_by_what_their_scale_lacks(recorded: None) -> None:
    process = make_process()
    make_issue(process=process, kind="text")
    make_issue(process=process, options={0.0: "only"})
    make_issue(process=process, kind="stage", options={})
    whole = make_issue(process=process)
    whole.reference_point = whole.options.first()
    whole.save()
    counts = of(process).counts
    assert (counts["without_reference"], counts["too_few_options"]) == (2, 2)


def test_sources_count_where_they_are_used(recorded: None) -> None:
    process, other = make_process(), make_process()
    occasion = make_statement(occasion=make_summit(process=process))
    twice = make_statement()
    for _ in range(2):
        make_evidence(statement=twice, position=make_position(issue=make_issue(process=process)))
    archived = make_statement(source=make_source(archive_url="https://archive.example/x"))
    make_evidence(statement=archived, position=make_position(issue=make_issue(process=process)))
    assert occasion.source != twice.source
    assert of(process).counts["unarchived"] == 2
    assert of(other).counts["unarchived"] == 0


def test_the_last_meeting_held_is_told_not_a_statement_nor_a_plan(recorded: None) -> None:
    process = make_process()
    held = make_summit(process=process)
    make_summit(process=process, kind="statement")
    make_summit(process=process, status="planned")
    make_summit(process=process, status="not_held")
    assert of(process).meeting == held


def test_a_sheet_is_open_while_something_on_it_is_not_published(universe: Universe) -> None:
    own = open_sheet(summit=universe.mill, by=universe.coder, private=True)
    sheet = open_sheet(summit=universe.spring, by=universe.coder)
    for asked in (own, sheet):
        assert of(universe.process).open_sheets == []
        save_cell(
            sheet=asked, actor=universe.arden, issue=universe.flow, typed="n", version=0, by=universe.coder
        )
    assert of(universe.process).open_sheets == [universe.spring]


def test_counting_stops_beyond_a_thousand(recorded: None) -> None:
    process = make_process()
    issue, summit = make_issue(process=process), make_summit(process=process)
    actors = past(Actor.objects).bulk_create(
        [Actor(name=f"A{n}", slug=f"a-{n}", kind="state") for n in range(MOST + 5)]
    )
    past(Position.objects).bulk_create(
        [Position(issue=issue, actor=actor, summit=summit) for actor in actors]
    )
    assert of(process).counts["unreviewed"] == MOST


def test_a_process_costs_the_same_whatever_it_holds_and_whatever_stands_beside_it(
    universe: Universe, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6 + 4):
        assert len(desk([universe.process])) == 1
    with recording(by=None, reason="x", kind=Way.COMMAND):
        made = [make_process() for _ in range(5)]
        for process in made:
            summit = make_summit(process=process)
            for _ in range(3):
                make_position(issue=make_issue(process=process), summit=summit, actor=make_party(process))
    with django_assert_num_queries(6 + 4):
        desk([universe.process])
    with django_assert_num_queries(6 + 2 * 4):
        assert [item.process for item in desk([made[3], universe.process])] == [made[3], universe.process]
