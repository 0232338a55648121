"""The brief of a summit: what changed under which heading, what was agreed, what is missing."""

import pytest

from issues.models import Participation
from issues.queries.pages.summit_brief import Brief, brief, events_before
from issues.queries.reading.process import read
from issues.tests.past import past
from issues.tests.universe import Universe


def briefed(universe: Universe, summit: str) -> Brief:
    """The brief of a summit."""
    return brief(read(universe.process), getattr(universe, summit))


def headings(universe: Universe, summit: str) -> dict[str, list[str]]:
    """Under each heading, who on what, by slug."""
    return {
        heading.title: [f"{item.actor.slug} {item.issue.slug}" for item in heading.changes]
        for heading in briefed(universe, summit).headings
    }


def test_each_change_is_told_once_under_its_heading(universe: Universe) -> None:
    assert headings(universe, "weir") == {
        "Red lines": ["cadria flow", "cadria data", "arden data"],
        "Softened": ["arden flow"],
        "Moved": ["belmar flow"],
        "Agreed jointly": ["arden treaty", "cadria treaty"],
        "New": ["fishers preamble"],
        "Reaffirmed": ["commission flow"],
        "Restated without a placement": ["arden flow"],
    }


def test_silence_withdrawal_and_first_placement_have_their_headings(universe: Universe) -> None:
    assert headings(universe, "mill") == {
        "Hardened": ["arden data"],
        "Softened": ["cadria data"],
        "New": ["commission data", "commission treaty", "cadria preamble"],
        "Placed for the first time": ["belmar data"],
        "The same placement, seen again": ["arden flow"],
        "Reaffirmed": ["belmar flow"],
        "Restated without a placement": ["commission flow"],
        "Silent": ["cadria flow"],
    }
    assert headings(universe, "delta") == {
        "Red lines": ["cadria flow", "arden data"],
        "Moved": ["cadria treaty"],
        "Withdrawn": ["belmar flow"],
        "New": ["belmar preamble"],
        "Restated without a placement": ["commission flow"],
        "Silent": ["arden flow", "cadria data"],
    }


def test_what_left_everything_as_it_was_is_minor(universe: Universe) -> None:
    minor = {
        heading.title
        for summit in ("mill", "weir", "delta")
        for heading in briefed(universe, summit).headings
        if heading.is_minor
    }

    again = "The same placement, seen again"
    assert minor == {again, "Reaffirmed", "Restated without a placement", "Silent"}


def test_headings_come_in_the_order_of_what_must_not_be_missed(universe: Universe) -> None:
    assert list(headings(universe, "weir")) == [
        "Red lines",
        "Agreed jointly",
        "Softened",
        "Moved",
        "New",
        "Reaffirmed",
        "Restated without a placement",
    ]


def test_what_was_said_beside_the_table_is_marked(universe: Universe) -> None:
    told = [item for heading in briefed(universe, "weir").headings for item in heading.changes]

    assert {item.position for item in told if not item.at_table} == {
        universe.at("arden", "flow", "aside"),
        universe.at("arden", "data", "aside"),
    }
    assert {item.summit for item in told} == {universe.weir, universe.aside}
    assert all(item.one == [item.position] for item in told)


def test_parallels_and_attendance_are_listed(universe: Universe) -> None:
    shown = briefed(universe, "weir")

    assert shown.parallels == [universe.aside]
    assert [(item.actor.slug, item.person and item.person.slug) for item in shown.attendance] == [
        ("cadria", None),
        ("arden", "mira-sol"),
    ]


def test_accounts_that_differ_are_contested_side_by_side(universe: Universe) -> None:
    whole, flow = briefed(universe, "weir").agreed

    assert whole.issue is None
    assert not whole.is_contested
    assert [outcome.status for outcome in whole.outcomes] == ["progress"]
    assert flow.issue == universe.flow
    assert flow.is_contested
    assert [(outcome.ref, outcome.status) for outcome in flow.outcomes] == [
        ("half", "agreed"),
        ("nothing", "none"),
    ]


def test_coverage_counts_watched_actors_on_open_scaled_issues(universe: Universe) -> None:
    covered = briefed(universe, "weir").coverage

    assert len(covered.expected) == 4 * 3
    assert len(covered.logged) == 8


def test_silence_and_withdrawal_are_logged(universe: Universe) -> None:
    logged = briefed(universe, "delta").coverage.logged

    assert {
        (universe.arden.pk, universe.flow.pk),
        (universe.belmar.pk, universe.flow.pk),
        (universe.cadria.pk, universe.data.pk),
    } <= logged


def test_a_closed_issue_is_not_expected_any_more(universe: Universe) -> None:
    assert len(briefed(universe, "spring").coverage.expected) == 4 * 2


def test_what_nobody_logged_is_listed_by_actor(universe: Universe) -> None:
    missing = briefed(universe, "weir").missing

    assert [(actor.slug, [issue.slug for issue in issues]) for actor, issues in missing] == [
        ("belmar", ["data", "treaty"]),
        ("commission", ["data", "treaty"]),
    ]


@pytest.mark.parametrize(
    ("summit", "events"),
    [("ford", []), ("mill", []), ("weir", ["bridge"]), ("delta", ["rally"]), ("spring", [])],
)
def test_events_are_those_since_the_meeting_before(
    universe: Universe, summit: str, events: list[str]
) -> None:
    shown = events_before(read(universe.process), getattr(universe, summit))

    assert [event.ref for event in shown] == events


def test_events_before_the_first_meeting_are_told_there(universe: Universe) -> None:
    past(universe.process.events.filter(ref="bridge")).update(date="2030-01-01")

    assert [event.ref for event in events_before(read(universe.process), universe.ford)] == ["bridge"]


def test_an_actor_that_takes_no_part_any_more_is_left_out(universe: Universe) -> None:
    past(Participation.objects.filter(actor=universe.cadria))._raw_delete("default")

    assert headings(universe, "delta")["Red lines"] == ["arden data"]
