"""An actor: what it wants, what it will not accept, when it last moved, who speaks for it."""

from issues.models import Participation
from issues.queries.pages.actor_profile import Profile, profile
from issues.queries.reading.process import read
from issues.tests.universe import Universe


def of(universe: Universe, actor: str, summit: str) -> Profile:
    """An actor as of a summit."""
    participation = Participation.objects.select_related("actor").get(actor__slug=actor)
    return profile(read(universe.process), participation, getattr(universe, summit))


def test_there_is_a_stand_for_every_issue(universe: Universe) -> None:
    shown = of(universe, "arden", "delta")

    assert [(stand.issue.slug, stand.cell.now, len(stand.changes)) for stand in shown.stands] == [
        ("flow", 50, 5),
        ("data", 25, 4),
        ("treaty", 50, 1),
        ("preamble", None, 0),
    ]
    assert (shown.stated, shown.is_logged) == (3, True)


def test_the_issues_with_a_standing_red_line_are_told(universe: Universe) -> None:
    assert [stand.issue.slug for stand in of(universe, "cadria", "weir").red_lines] == ["flow", "data"]
    assert [stand.issue.slug for stand in of(universe, "cadria", "delta").red_lines] == ["data"]


def test_the_last_move_is_told_by_issue_and_overall(universe: Universe) -> None:
    shown = of(universe, "arden", "delta")
    moved = {
        stand.issue.slug: (stand.moved[0].delta, stand.moved[1].slug) for stand in shown.stands if stand.moved
    }

    assert moved == {"flow": (-25, "weir"), "data": (25, "delta")}
    assert shown.last_moved is not None
    assert shown.last_moved.issue == universe.data


def test_who_never_moved_has_no_last_move(universe: Universe) -> None:
    assert of(universe, "commission", "delta").last_moved is None


def test_the_cells_say_what_changed_at_the_summit(universe: Universe) -> None:
    flow = of(universe, "arden", "weir").stands[0].cell

    assert (flow.now, flow.was) == (50, 75)
    assert flow.text == universe.at("arden", "flow", "aside")


def test_offices_of_the_actor_and_of_its_organs_are_told(universe: Universe) -> None:
    shown = of(universe, "arden", "delta")

    assert [(office.person, office.actor) for office in shown.offices] == [
        (universe.minister, universe.ministry)
    ]
    assert shown.organs == [universe.ministry]
    assert of(universe, "belmar", "delta").offices == []


def test_coalitions_of_a_member_are_told(universe: Universe) -> None:
    assert of(universe, "belmar", "delta").coalitions == [universe.lower_basin]
    assert of(universe, "arden", "delta").coalitions == []


def test_who_has_said_nothing_yet_is_not_logged(universe: Universe) -> None:
    assert not of(universe, "fishers", "mill").is_logged
    assert of(universe, "fishers", "weir").is_logged


def test_a_withdrawal_is_logged_but_stands_for_nothing(universe: Universe) -> None:
    shown = of(universe, "belmar", "delta")

    assert shown.stands[0].cell.standing.withdrawn is not None
    assert shown.stated == 2
