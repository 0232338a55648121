"""A source, a person, a past value, found by what a researcher typed or saw."""

from typing import Any

import pytest

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.row import set_source
from issues.actions.log_sheet.sheet import open_sheet
from issues.history import Way, recording
from issues.models import Person, Sheet, Source
from issues.queries.log_sheet.grid import shelf
from issues.queries.log_sheet.source_lookup import (
    code_at,
    find_source,
    looks_like_address,
    people_called,
    source_at,
)
from issues.tests.universe import Universe


@pytest.fixture
def sheet(universe: Universe) -> Sheet:
    return open_sheet(summit=universe.spring, by=universe.coder)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("https://example.org/a", True),
        (" HTTP://EXAMPLE.org ", True),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("ftp://example.org", False),
        ("", False),
    ],
)
def test_only_a_web_address_looks_like_one(typed: str, is_one: bool) -> None:
    assert looks_like_address(typed) == is_one


def test_a_number_is_a_place_on_the_shelf(sheet: Sheet) -> None:
    on_shelf = shelf(sheet)
    assert on_shelf
    for number, source in on_shelf:
        assert find_source(f" {number} ", sheet) == source
    assert find_source(str(len(on_shelf) + 1), sheet) is None


def test_a_key_comes_before_a_title(sheet: Sheet, recorded: Any) -> None:
    Source.objects.create(key="other", title="record", publisher="X", kind="news")
    source_found = find_source("Record", sheet)
    assert source_found is not None
    assert source_found.key == "record"


def test_a_title_that_two_share_is_not_guessed(sheet: Sheet, recorded: Any) -> None:
    for key in ("one", "two"):
        Source.objects.create(key=key, title="Same", publisher="X", kind="news")
    assert find_source("Same", sheet) is None


@pytest.mark.parametrize("typed", ["", "a\x00b", "9" * 5000, "x" * 5000, "https://nowhere.example/"])
def test_nothing_is_found_where_nothing_is_meant(sheet: Sheet, typed: str) -> None:
    assert find_source(typed, sheet) is None


@pytest.mark.parametrize("typed", ["Mira Sol", "mira sol", " MIRA-SOL ", "Мира Сол", "МИРА СОЛ"])
def test_a_person_is_found_by_name_slug_and_alias(universe: Universe, typed: str) -> None:
    assert people_called(typed) == [universe.minister]


@pytest.mark.parametrize("typed", ["", "Mira", "Сол", "Nobody"])
def test_a_part_of_a_name_is_nobody(universe: Universe, typed: str) -> None:
    assert people_called(typed) == []


def test_a_name_that_two_share_is_nobody(universe: Universe) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        Person.objects.create(name="Second", slug="second", aliases="Мира Сол")
        Person.objects.create(name="Jon Dahl", slug="other")
    assert len(people_called("Мира Сол")) == 2
    assert len(people_called("Jon Dahl")) == 2


def test_what_a_cell_said_at_a_version(universe: Universe, sheet: Sheet) -> None:
    where = (sheet, universe.arden.pk, universe.flow.pk)
    for version, typed in enumerate(("a", "b", "", "c")):
        save_cell(
            sheet=sheet,
            actor=universe.arden,
            issue=universe.flow,
            typed=typed,
            version={3: 0}.get(version, version),
            by=universe.coder,
        )
    assert [code_at(*where, version) for version in range(5)] == ["", "a", "b", "c", ""]


def test_which_source_a_row_had_at_a_version(universe: Universe, sheet: Sheet) -> None:
    for source in ("record", None, "gazette"):
        set_source(
            sheet=sheet,
            actor=universe.arden,
            source=universe.sources[source] if source else None,
            by=universe.coder,
        )
    source_found = [source_at(sheet, universe.arden.pk, version) for version in range(4)]
    assert source_found == ["", "record", "", "gazette"]
