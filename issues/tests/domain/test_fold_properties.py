"""What holds of every fold, whatever was said."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.change import Change, ChangeKind, Standing
from issues.domain.fold import Folded, apply, fold
from issues.domain.order import ActorIssue, Order
from issues.domain.others import Others, Placed
from issues.domain.position import Entry, State, as_of
from issues.domain.redline import RedLine
from issues.domain.scale import IssueKind
from issues.tests.domain.story import day
from issues.tests.domain.strategies import ACTORS, Negotiation, negotiations

FRESH = 1000


def _standing(folded: Folded) -> Mapping[ActorIssue, Standing]:
    return {cell: standing for cell, standing in folded.standing.items() if standing != Standing()}


def _replayed(entries_in_order: list[Entry]) -> Mapping[ActorIssue, Standing]:
    standing: dict[ActorIssue, Standing] = {}
    for entry in entries_in_order:
        cell = (entry.actor, entry.issue)
        standing[cell] = apply(standing.get(cell, Standing()), entry)
    return standing


@given(negotiations())
def test_folding_twice_gives_the_same(negotiation: Negotiation) -> None:
    assert negotiation.folded() == negotiation.folded()


@given(negotiations(), st.randoms(use_true_random=False))
def test_the_order_in_which_occasions_are_given_does_not_matter(
    negotiation: Negotiation, random: Random
) -> None:
    by_occasion = [
        list(group)
        for _, group in groupby(
            sorted(negotiation.entries, key=lambda entry: entry.occasion), lambda entry: entry.occasion
        )
    ]
    random.shuffle(by_occasion)
    occasions = list(negotiation.occasions)
    random.shuffle(occasions)
    shuffled = replace(
        negotiation,
        occasions=tuple(occasions),
        entries=tuple(entry for group in by_occasion for entry in group),
    )

    assert shuffled.folded() == negotiation.folded()


@given(negotiations(), st.integers(0, 4))
def test_the_fold_of_the_first_occasions_is_the_replay_of_their_positions(
    negotiation: Negotiation, number: int
) -> None:
    first = negotiation.in_order()[:number]
    said = [entry for occasion in first for entry in negotiation.entries if entry.occasion == occasion.id]

    folded = fold(first, negotiation.entries, negotiation.issues, negotiation.parties)

    assert folded.standing == _replayed(said)
    assert [change.entry for change in folded.changes] == said
    assert folded.changes == negotiation.folded().changes[: len(said)]


@given(negotiations(), st.data(), st.none() | st.integers(1, 7).map(day))
def test_what_the_first_tables_left_is_in_the_fold_of_all(
    negotiation: Negotiation, data: st.DataObject, on: date | None
) -> None:
    summit = data.draw(st.sampled_from(negotiation.occasions)).id
    first, order = as_of(negotiation.occasions, summit), Order(negotiation.occasions, negotiation.entries)
    terms, parties = negotiation.issues, negotiation.parties

    left = negotiation.folded().until(first, terms, on)

    assert left == fold(first, negotiation.entries, terms, parties, on, order)


@given(negotiations(), st.permutations(ACTORS))
def test_other_numbers_for_the_actors_change_nothing_else(
    negotiation: Negotiation, numbers: list[int]
) -> None:
    named = {actor: 10 * number for actor, number in zip(ACTORS, numbers, strict=True)}
    renamed = replace(
        negotiation,
        entries=tuple(replace(entry, actor=named[entry.actor]) for entry in negotiation.entries),
        parties=frozenset(named[party] for party in negotiation.parties),
    )

    plain, other = negotiation.folded(), renamed.folded()

    assert other.standing == {
        (named[actor], issue): stands for (actor, issue), stands in plain.standing.items()
    }
    assert [_named(change, named) for change in plain.changes] == [
        replace(change, entry=None) for change in other.changes
    ]


def _named(change: Change, names: Mapping[int, int]) -> Change:
    """The same change under other numbers of the actors."""
    others = change.others
    if others is not None:
        placed = {names[party]: placement for party, placement in others.placed.by_party.items()}
        others = Others(Placed(placed), frozenset(names[party] for party in others.without))
    return replace(
        change,
        entry=None,
        others=others,
        co_signatories=frozenset(names[party] for party in change.co_signatories),
    )


@given(negotiations())
def test_the_mirrored_scale_gives_the_mirrored_fold(negotiation: Negotiation) -> None:
    mirrored = replace(negotiation, entries=tuple(_mirrored(entry) for entry in negotiation.entries)).folded()
    plain = negotiation.folded()

    assert [_unsided(change) for change in mirrored.changes] == [_unsided(change) for change in plain.changes]
    assert [change.delta for change in mirrored.changes] == [
        change.delta and -change.delta for change in plain.changes
    ]
    assert mirrored.standing == {cell: _mirrored_standing(stands) for cell, stands in plain.standing.items()}


def _unsided(change: Change) -> tuple[object, ...]:
    near = [(item.party, item.before, item.after) for item in change.against]
    told = (change.agreed_jointly, change.order_known, change.co_signatories)
    return change.entry.id, change.kind, change.red_line, change.direction, change.distances, near, *told


def _flipped(point: float | None) -> float | None:
    return None if point is None else 100 - point


def _mirrored(entry: Entry) -> Entry:
    return replace(
        entry,
        placement=_flipped(entry.placement),
        accepts_from=_flipped(entry.accepts_to),
        accepts_to=_flipped(entry.accepts_from),
    )


def _mirrored_standing(stands: Standing) -> Standing:
    placement, line = stands.placement, stands.red_line
    return replace(
        stands,
        placement=placement and replace(placement, value=_flipped(placement.value)),
        red_line=line and replace(line, value=_mirrored_line(line.value)),
    )


def _mirrored_line(line: RedLine) -> RedLine:
    return RedLine(line.declared, _flipped(line.accepts_to), _flipped(line.accepts_from))


@given(negotiations())
def test_silence_never_changes_what_stands(negotiation: Negotiation) -> None:
    silences = tuple(
        Entry(FRESH + 100 * actor + 10 * issue + occasion.id, issue, actor, occasion.id, State.SILENT)
        for actor in ACTORS
        for issue in negotiation.issues
        for occasion in negotiation.occasions
    )
    watched = replace(negotiation, entries=negotiation.entries + silences).folded()
    plain = negotiation.folded()

    assert _standing(watched) == _standing(plain)
    assert [change for change in watched.changes if change.entry.id < FRESH] == list(plain.changes)
    assert all(
        (change.kind, change.before, change.direction) == (ChangeKind.SILENT, change.after, None)
        for change in watched.changes
        if change.entry.id >= FRESH
    )


@given(negotiations())
def test_the_moves_since_a_first_placement_add_up_to_the_whole_way(negotiation: Negotiation) -> None:
    folded = negotiation.folded()

    for actor, issue in folded.standing:
        way: list[Change] = []
        for change in folded.history(actor, issue):
            if change.kind == ChangeKind.WITHDRAWN:
                way.clear()
            elif change.entry.placement is not None:
                way.append(change)
        if way:
            moved = sum(change.delta or 0 for change in way)
            assert way[0].delta is None
            assert moved == way[-1].entry.placement - way[0].entry.placement
            assert folded.of(actor, issue).placement.value == way[-1].entry.placement


@given(negotiations())
def test_every_change_goes_on_from_where_the_last_one_left_off(negotiation: Negotiation) -> None:
    folded = negotiation.folded()

    assert sum(len(folded.history(*cell)) for cell in folded.standing) == len(folded.changes)
    for cell in folded.standing:
        history = folded.history(*cell)
        assert [change.before for change in history] == [
            Standing(),
            *(change.after for change in history[:-1]),
        ]
        assert history[-1].after == folded.of(*cell)


@given(negotiations())
def test_every_part_comes_from_the_position_that_it_names(negotiation: Negotiation) -> None:
    said = {entry.id: entry for entry in negotiation.entries}

    for (actor, issue), stands in negotiation.folded().standing.items():
        for part in (stands.text, stands.placement, stands.red_line, stands.salience, stands.withdrawn):
            if part is not None:
                entry = said[part.position]
                assert (entry.actor, entry.issue, entry.occasion) == (actor, issue, part.occasion)
        assert stands.placement is None or stands.placement.value == said[stands.placement.position].placement
        assert stands.salience is None or stands.salience.value == said[stands.salience.position].salience


@given(negotiations())
def test_directions_are_given_to_parties_on_preference_issues_alone_and_kept_by_the_numbers(
    negotiation: Negotiation,
) -> None:
    for change in negotiation.folded().changes:
        is_preference = negotiation.issues[change.entry.issue].kind == IssueKind.PREFERENCE
        if not (is_preference and change.entry.actor in negotiation.parties and change.order_known):
            assert change.direction is None
            assert change.distances is None
        elif change.red_line == "not_addressed":
            by = change.distances[1] - change.distances[0] if change.distances else 0
            assert change.direction == ("hardened" if by > 5 else "softened" if by < -5 else None)
