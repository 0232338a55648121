"""The change feed: the fold's changes, the newest summit first, narrowed by what is stored and derived."""

from typing import Any

import pytest
from django.http import QueryDict

from issues.domain.change import ChangeKind
from issues.filters import ChangeFilter
from issues.models import Issue, Participation, Process
from issues.queries.pages.change_feed import last_recorded, matching, recorded_at, speakers, tracks
from issues.queries.pages.named_changes import named_changes
from issues.queries.reading.process import read
from issues.tests.acts import correct, log_position
from issues.tests.crowd import make_crowd
from issues.tests.past import past
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db

MOVES = [
    "cadria flow delta",
    "arden data delta",
    "cadria treaty delta",
    "arden flow weir",
    "belmar flow weir",
    "arden data mill",
    "cadria data mill",
]
AT_THE_WEIR = [
    "arden flow weir",
    "belmar flow weir",
    "cadria flow weir",
    "commission flow weir",
    "cadria data weir",
    "arden treaty weir",
    "cadria treaty weir",
    "fishers preamble weir",
]
AT_WEIR = ["arden flow aside", "arden data aside", "arden flow weir", "arden treaty weir"]


def listed(universe: Universe, query: str) -> list[str]:
    """What a filter leaves, as “actor issue summit”, in the order of the feed."""
    reading = read(universe.process)
    asked = ChangeFilter(QueryDict(query), reading, tracks(universe.process), speakers(reading))
    assert asked.form.is_valid(), asked.form.errors
    changes = matching(reading, asked.wants(), asked.stored)
    return [
        f"{item.actor.slug} {item.issue.slug} {item.summit.slug}" for item in named_changes(reading, changes)
    ]


def errors(universe: Universe, query: str) -> set[str]:
    asked = ChangeFilter(QueryDict(query), read(universe.process), tracks(universe.process))
    return set(asked.form.errors)


def test_without_a_filter_every_position_is_there_newest_summit_first(universe: Universe) -> None:
    summits = [line.split()[-1] for line in listed(universe, "")]
    assert len(summits) == len(universe.positions)
    assert list(dict.fromkeys(summits)) == ["delta", "aside", "weir", "mill", "ford"]


def test_within_one_summit_issues_come_in_their_order_and_actors_in_theirs_within_each(
    universe: Universe,
) -> None:
    def at_the_weir() -> list[str]:
        return [line for line in listed(universe, "summit=weir") if line.endswith(" weir")]

    assert at_the_weir() == AT_THE_WEIR
    for place, pk in enumerate(["cadria", "commission", "belmar", "arden"]):
        past(Participation.objects.filter(actor=getattr(universe, pk))).update(order=place)
    for place, issue in enumerate([universe.preamble, universe.treaty, universe.data, universe.flow]):
        past(Issue.objects.filter(pk=issue.pk)).update(order=place)
    assert at_the_weir() == [
        "fishers preamble weir",
        "cadria treaty weir",
        "arden treaty weir",
        "cadria data weir",
        "cadria flow weir",
        "commission flow weir",
        "belmar flow weir",
        "arden flow weir",
    ]


def test_what_was_logged_late_stands_at_its_summit_and_not_on_top(universe: Universe) -> None:
    log_position(
        issue=universe.treaty,
        actor=universe.belmar,
        summit=universe.mill,
        statements=[universe.statements["report"]],
        by=universe.coder,
        reason="Found late.",
        summary="No draft.",
    )
    lines = listed(universe, "")
    assert [line for line in lines if line.endswith("treaty mill")] == [
        "belmar treaty mill",
        "commission treaty mill",
    ]
    assert [line.split()[-1] for line in lines] == sorted(
        (line.split()[-1] for line in lines), key=["delta", "aside", "weir", "mill", "ford"].index
    )


def test_moves_are_found_in_the_order_of_issues_and_actors(universe: Universe) -> None:
    assert listed(universe, "kind=moved") == MOVES


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=withdrawn", ["belmar flow delta"]),
        ("kind=silent", ["arden flow delta", "cadria data delta", "cadria flow mill"]),
        ("kind=placed", ["belmar data mill"]),
        ("red_line=dropped", ["cadria flow delta"]),
        ("red_line=tightened", ["arden data delta", "cadria flow weir"]),
        ("red_line=drawn", ["arden data aside", "cadria data weir", "cadria flow ford"]),
        ("red_line=dropped&red_line=tightened&issue=flow", ["cadria flow delta", "cadria flow weir"]),
        ("kind=moved&issue=treaty", ["cadria treaty delta"]),
        ("kind=moved&actor=belmar&actor=cadria&issue=flow", ["cadria flow delta", "belmar flow weir"]),
        ("kind=moved&direction=softened&issue=flow&actor=arden", ["arden flow weir"]),
        ("role=observer", ["fishers preamble weir"]),
        ("basis=inferred", ["commission flow delta"]),
        ("confidence=low", ["commission flow delta"]),
        ("kind=moved&since=2031-12-01", MOVES[:3]),
        ("kind=moved&until=2031-06-10", MOVES[5:]),
        ("kind=moved&from_summit=mill&to_summit=weir", MOVES[3:]),
        ("actor=arden&summit=weir", AT_WEIR),
        ("actor=arden&summit=aside", ["arden flow aside", "arden data aside"]),
        ("actor=arden&to_summit=ford", ["arden flow ford", "arden data ford"]),
        ("actor=arden&from_summit=weir&to_summit=weir&issue=flow", ["arden flow aside", "arden flow weir"]),
        ("track=River track&actor=arden&since=2031-09-01&until=2031-09-30", AT_WEIR[2:]),
        ("q=quarter+MAY&kind=moved", ["cadria flow delta"]),
        ("q=tragedy", ["belmar flow weir"]),
        ("q=sol", ["arden flow mill", "arden flow ford"]),
        ("q=Мира+summer", ["arden flow mill", "arden flow ford"]),
        ("speaker=mira-sol", ["arden flow mill", "arden flow ford"]),
        ("speaker=mira-sol&summit=ford", ["arden flow ford"]),
        ("source_kind=damaged", ["fishers preamble weir"]),
        ("source_kind=news&actor=arden&issue=flow", ["arden flow aside"]),
        ("source_kind=news&source_kind=damaged&kind=moved", [MOVES[1], MOVES[4], MOVES[5]]),
        ("without=track", ["arden flow aside", "arden data aside"]),
        ("without=source&issue=flow", ["arden flow delta", "commission flow delta", "cadria flow mill"]),
        ("without=speaker&actor=arden&issue=flow&to_summit=weir", ["arden flow aside", "arden flow weir"]),
        ("without=track&without=source&actor=arden&issue=flow", ["arden flow delta", "arden flow aside"]),
        ("without=track&track=River track", []),
        ("q=no+water+without", ["cadria preamble mill"]),
        ("q=dragon", []),
        ("kind=&issue=&q=&summit=&page=&kind=withdrawn", ["belmar flow delta"]),
    ],
)  # fmt: skip
def test_each_filter_narrows_as_it_says(universe: Universe, query: str, expected: list[str]) -> None:
    assert listed(universe, query) == expected


def test_unreviewed_leaves_out_what_was_reviewed(universe: Universe) -> None:
    seen = {"reviewed_by": universe.coder, "reviewed_at": "2032-01-01T00:00Z"}
    correct(universe.at("belmar", "flow", "delta"), seen, by=universe.coder, reason="Read again.")
    assert listed(universe, "kind=withdrawn&unreviewed=1") == []
    assert len(listed(universe, "unreviewed=1")) == len(universe.positions) - 1


def test_a_correction_adds_no_change(universe: Universe) -> None:
    position = universe.at("arden", "data", "ford")
    correct(position, {"summary": "Hardly any."}, by=universe.coder, reason="Wording.")
    assert listed(universe, "kind=moved") == MOVES


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=jumped", "kind"),
        ("issue=weather", "issue"),
        ("issue=1", "issue"),
        ("actor=" + "9" * 30, "actor"),
        ("summit=nowhere", "summit"),
        ("track=1", "track"),
        ("speaker=jon-dahl", "speaker"),
        ("source_kind=letter", "source_kind"),
        ("without=summit", "without"),
        ("since=yesterday", "since"),
        ("since=0001-01-01", "since"),
        ("until=9999-12-31", "until"),
        ("since=2031-02-30", "since"),
        ("since=2031-02-02&until=2031-02-01", "until"),
        ("from_summit=weir&to_summit=mill", "to_summit"),
        ("page=" + "9" * 30, "page"),
        ("page=" + "9" * 5000, "page"),
        ("page=0", "page"),
        ("unreviewed=perhaps", "unreviewed"),
        ("q=" + "a" * 201, "q"),
        ("q=" + "a+" * 13, "q"),
        ("q=a%00", "q"),
        ("&".join(f"kind={number}" for number in range(60)), "kind"),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_its_field_and_finds_nothing(
    universe: Universe, query: str, field: str
) -> None:
    assert errors(universe, query) == {field}
    reading = read(universe.process)
    assert list(ChangeFilter(QueryDict(query), reading, []).stored or ()) == []


def test_the_feed_of_what_was_recorded_last_begins_with_it(universe: Universe) -> None:
    changes = last_recorded(read(universe.process).whole.changes)
    assert [change.entry.id for change in changes] == sorted(
        (position.pk for position in universe.positions.values()), reverse=True
    )
    assert changes[0].entry.id == universe.at("belmar", "preamble", "delta").pk


def test_recorded_at_says_when_first_and_when_last(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    correct(position, {"summary": "Most of it may stay."}, by=universe.coder, reason="Wording.")
    first, last = recorded_at([position.pk])[position.pk]
    assert first < last
    assert position.history.earliest().history_date == first


@pytest.fixture(params=[3, 30], ids=lambda size: f"{size} summits")
def crowd(request: pytest.FixtureRequest, db: None) -> Process:
    return make_crowd(summits=request.param, actors=5)


def test_reading_a_page_of_changes_takes_the_same_queries_whatever_is_stored(
    crowd: Process, django_assert_num_queries: Any
) -> None:
    reading = read(crowd)
    asked = ChangeFilter(QueryDict("role=party&role=mediator&kind=moved"), reading, ["none"])
    with django_assert_num_queries(5):  # positions, evidence, who signed, links, linked issues
        shown = named_changes(reading, matching(reading, asked.wants(), asked.stored)[:50])
    assert {item.change.kind for item in shown} == {ChangeKind.MOVED}
