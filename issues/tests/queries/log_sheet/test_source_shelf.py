"""The shelf of a log sheet: the sources within reach and their numbers."""

from typing import Any

from issues.actions.log_sheet.sheet import open_sheet
from issues.models import Source, Statement
from issues.queries.log_sheet.grid import (
    SHELF,
    shelf,
)
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.acts import add
from issues.tests.crowd import make_crowd
from issues.tests.past import past
from issues.tests.universe import Universe


def numbers(desk: Desk) -> dict[str, int]:
    """The number of each source within reach, by its key."""
    return {source.key: number for number, source in shelf(desk.sheet)}


def new_source(desk: Desk, key: str, **fields: Any) -> Source:
    """A source that nothing cites yet."""
    given = {"key": key, "title": key, "publisher": "Press", "kind": "news"} | fields
    return add(Source(**given), by=desk.by, reason="x")


def test_the_shelf_holds_what_the_process_cites_and_what_is_on_the_sheet(universe: Universe) -> None:
    desk = at_desk(universe)
    assert set(numbers(desk)) == {"leaflet", "gazette", "record", "cadria-press"}

    desk.serve("arden", "digest")
    universe.sources["fresh"] = new_source(desk, "fresh")
    desk.write("belmar", "flow", "b", source=universe.sources["fresh"])

    assert set(numbers(desk)) == {"digest", "leaflet", "gazette", "record", "cadria-press", "fresh"}


def test_the_last_recorded_comes_first_whatever_is_on_the_sheet(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.serve("arden", "leaflet")

    on_shelf = shelf(desk.sheet)

    assert [source.key for _, source in on_shelf] == ["cadria-press", "record", "gazette", "leaflet"]
    assert [number for number, _ in on_shelf] == [4, 3, 2, 1]


def test_using_a_source_renumbers_none(universe: Universe) -> None:
    desk = at_desk(universe)
    before_use = numbers(desk)

    desk.row("arden", "record", flow="b")
    desk.row("cadria", "leaflet", flow="c")
    assert numbers(desk) == before_use
    desk.publish()
    assert numbers(desk) == before_use


def test_a_new_source_takes_the_next_number(universe: Universe) -> None:
    desk = at_desk(universe)
    before_use = numbers(desk)
    universe.sources["fresh"] = new_source(desk, "fresh")

    desk.serve("arden", "fresh")

    assert numbers(desk) == before_use | {"fresh": 5}


def test_two_sheets_of_a_process_have_the_same_numbers(universe: Universe) -> None:
    desk, other = at_desk(universe), at_desk(universe, "delta")
    desk.row("arden", "record", flow="b")

    assert numbers(desk) == numbers(other)


def test_numbers_stay_within_two_digits_and_the_newest_take_the_oldest(universe: Universe) -> None:
    desk = at_desk(universe)
    before_many = numbers(desk)
    sources = past(Source.objects).bulk_create(
        [Source(key=f"many-{n}", title=f"Many {n}", publisher="Press", kind="news") for n in range(SHELF + 2)]
    )
    past(Statement.objects).bulk_create(
        [Statement(source=source, ref="s", quote="So.", occasion=universe.spring) for source in sources]
    )

    after = numbers(desk)

    assert len(after) == SHELF
    assert sorted(after.values()) == list(range(1, SHELF + 1))
    assert not set(after) & set(before_many)
    # Four were there before; number 1 went to the hundredth.
    assert (after["many-94"], after["many-95"], after["many-100"]) == (SHELF, 1, 6)


def test_the_shelf_of_another_process_holds_nothing_of_this(universe: Universe) -> None:
    process = make_crowd(summits=1, actors=1)
    summit = process.summits.get()
    desk = at_desk(universe)
    theirs = {source.key for _, source in shelf(open_sheet(summit=summit, by=desk.by))}

    assert theirs
    assert not theirs & set(numbers(desk))
