"""What is read of a process, and what stands as of each summit."""

from typing import Any

import pytest

from issues.models import Evidence, Position, Process, Summit
from issues.queries.pages.summit_brief import listed, logged, neighbours
from issues.queries.reading.process import Reading, read
from issues.tests.crowd import make_crowd
from issues.tests.past import past
from issues.tests.universe import Universe


def standing(reading: Reading, universe: Universe, actor: str, issue: str) -> list[float | None]:
    """The placements of an actor on an issue as of each occasion, in order."""
    found = []
    for summit in reading.summits.values():
        stands = reading.as_of(summit).of(getattr(universe, actor).pk, getattr(universe, issue).pk)
        found.append(stands.placement.value if stands.placement else None)
    return found


def test_occasions_come_in_order_the_parallel_one_after_its_meeting(universe: Universe) -> None:
    reading = read(universe.process)

    assert [summit.slug for summit in reading.summits.values()] == [
        "ford",
        "mill",
        "weir",
        "aside",
        "delta",
        "spring",
    ]


@pytest.mark.parametrize(
    ("actor", "issue", "placements"),
    [
        ("arden", "flow", [75, 75, 50, 50, 50, 50]),
        ("belmar", "flow", [25, 25, 50, 50, None, None]),
        ("cadria", "flow", [0, 0, 0, 0, 25, 25]),
        ("commission", "flow", [None] * 6),
        ("arden", "data", [10, 0, 0, 0, 25, 25]),
        ("belmar", "data", [None, 50, 50, 50, 50, 50]),
        ("cadria", "data", [100, 90, 90, 90, 90, 90]),
        ("cadria", "treaty", [None, None, 50, 50, 100, None]),
        ("fishers", "preamble", [None] * 6),
    ],
)
def test_placements_stand_until_restated_withdrawn_or_closed(
    universe: Universe, actor: str, issue: str, placements: list[float | None]
) -> None:
    assert standing(read(universe.process), universe, actor, issue) == placements


def test_words_said_in_parallel_count_as_of_the_meeting(universe: Universe) -> None:
    reading = read(universe.process)
    text = reading.as_of(universe.weir).of(universe.arden.pk, universe.flow.pk).text

    assert text is not None
    assert text.value == universe.at("arden", "flow", "aside").pk


def test_the_whole_fold_ends_where_the_last_summit_does_but_for_closed_issues(universe: Universe) -> None:
    reading = read(universe.process)
    treaty = universe.treaty.pk

    assert set(reading.whole.standing) - set(reading.as_of(universe.spring).standing) == {
        (actor.pk, treaty) for actor in (universe.arden, universe.cadria, universe.commission)
    }


def test_the_red_line_and_the_salience_are_those_last_given(universe: Universe) -> None:
    reading = read(universe.process)
    arden = reading.as_of(universe.delta).of(universe.arden.pk, universe.flow.pk)
    cadria = reading.as_of(universe.weir).of(universe.cadria.pk, universe.flow.pk)

    assert arden.salience is not None
    assert arden.salience.value == 80.0
    assert cadria.red_line is not None
    assert (cadria.red_line.value.declared, cadria.red_line.value.range) == (True, (0.0, 25.0))


def test_a_claim_of_reaffirmation_is_read_only_from_supporting_evidence(universe: Universe) -> None:
    claimed = {entry.id for entry in read(universe.process).entries if entry.claimed_reaffirmed}

    assert claimed == {
        universe.at("belmar", "flow", "mill").pk,
        universe.at("commission", "flow", "weir").pk,
    }
    disputing = Evidence.objects.get(statement=universe.statements["doubt"])
    assert disputing.position == universe.at("belmar", "flow", "weir")


def test_a_value_finer_than_the_option_is_the_placement(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    past(Position.objects.filter(pk=position.pk)).update(value=70.0)
    entry = next(entry for entry in read(universe.process).entries if entry.id == position.pk)

    assert entry.placement == 70.0


def test_parties_and_watched_actors_come_from_the_roles(universe: Universe) -> None:
    reading = read(universe.process)
    parties = {universe.arden.pk, universe.belmar.pk, universe.cadria.pk}

    assert reading.parties == parties
    assert reading.watched == parties | {universe.commission.pk}


def test_the_latest_is_the_last_meeting_that_was_held(universe: Universe) -> None:
    assert read(universe.process).latest == universe.delta


def test_the_latest_is_the_meeting_to_which_the_last_words_are_parallel(universe: Universe) -> None:
    past(Summit.objects.filter(pk=universe.delta.pk)).update(status="not_held")

    assert read(universe.process).latest == universe.weir


def test_without_a_held_meeting_there_is_no_latest(universe: Universe) -> None:
    past(Summit.objects).update(status="planned")

    assert read(universe.process).latest is None


def test_a_summit_is_found_by_its_slug_in_its_process(universe: Universe) -> None:
    reading = read(universe.process)

    assert reading.by_slug("weir") == universe.weir
    assert reading.by_slug("Weir meeting") is None


def test_neighbours_are_the_occasions_before_and_after(universe: Universe) -> None:
    reading = read(universe.process)

    assert neighbours(reading, universe.ford) == (None, universe.mill)
    assert neighbours(reading, universe.weir) == (universe.mill, universe.aside)
    assert neighbours(reading, universe.spring) == (universe.delta, None)


def test_positions_are_counted_by_occasion(universe: Universe) -> None:
    assert logged(read(universe.process)) == {
        universe.ford.pk: 7,
        universe.mill.pk: 10,
        universe.weir.pk: 8,
        universe.aside.pk: 2,
        universe.delta.pk: 8,
    }


def test_occasions_are_listed_newest_first(universe: Universe) -> None:
    assert [summit.slug for summit in listed(universe.process)] == [
        "spring",
        "delta",
        "aside",
        "weir",
        "mill",
        "ford",
    ]


@pytest.mark.parametrize(("summits", "actors"), [(3, 5), (30, 5), (3, 60)])
def test_a_process_of_any_size_is_read_in_five_queries(
    db: None, django_assert_num_queries: Any, summits: int, actors: int
) -> None:
    process: Process = make_crowd(summits=summits, actors=actors)

    with django_assert_num_queries(5):
        reading = read(process)
        folded = reading.as_of(list(reading.summits.values())[-1])

    assert len(reading.entries) == len(folded.changes) == summits * actors * 2
