"""What a colleague types is seen as it comes: what stands on a sheet, by whom, for a window that is open."""

import re

import pytest

from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words


def state(desk: Desk) -> dict:
    return desk.get("log-state").json()["fields"]


def test_a_blank_sheet_holds_nothing(universe: Universe, mara: Desk) -> None:
    assert state(mara) == {}


def test_what_others_typed_is_told_with_their_name_and_one_s_own_without(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.arden, universe.flow, "b")
    mara.typed(universe.arden, universe.flow, "c", version=1)
    omar.typed(universe.cadria, universe.flow, "e")
    omar.sourced(universe.arden, universe.sources["record"])

    found = state(mara)

    cells = [f"code-{actor.pk}-{universe.flow.pk}" for actor in (universe.arden, universe.cadria)]
    assert [(found[name]["typed"], found[name]["version"], found[name]["who"]) for name in cells] == [
        ("c", 2, ""),
        ("e", 1, "omar"),
    ]
    source = found[f"source-{universe.arden.pk}"]
    assert (source["typed"], source["name"]) == ("record", "Lenna Commission: Record of the meetings")
    assert re.fullmatch(r"\d\d:\d\d UTC", source["time"])
    assert set(found) == {*cells, f"source-{universe.arden.pk}"}


def test_what_has_not_changed_is_not_sent_again(universe: Universe, mara: Desk, omar: Desk) -> None:
    omar.typed(universe.arden, universe.flow, "b")
    first = mara.get("log-state")

    def again() -> int:
        where = mara.address("log-state")
        return mara.client.get(where, headers={"if-none-match": first["ETag"]}).status_code

    assert again() == 304
    omar.typed(universe.arden, universe.flow, "c", version=1)
    assert again() == 200


def test_own_sheets_are_told_to_their_coder_alone(
    universe: Universe, mara: Desk, maras: Desk, omars: Desk
) -> None:
    maras.typed(universe.arden, universe.flow, "b")

    assert len(state(maras)) == 1
    assert state(omars) == state(mara) == {}


def test_without_a_script_it_is_there_on_reload(universe: Universe, mara: Desk, omar: Desk) -> None:
    omar.typed(universe.arden, universe.flow, "b")
    mara.typed(universe.cadria, universe.flow, "c")

    page = words(mara.get())

    assert re.search(r"omar \d\d:\d\d", page)
    assert re.search(r"Saved \d\d:\d\d", page)


@pytest.mark.parametrize("cells", [1, 4])
def test_it_takes_the_same_queries_however_much_is_typed(
    universe: Universe, mara: Desk, django_assert_num_queries, cells: int
) -> None:
    for actor in (universe.arden, universe.belmar, universe.cadria, universe.commission)[:cells]:
        mara.typed(actor, universe.flow, "b")
    with django_assert_num_queries(STATE):
        state(mara)


STATE = 8  # session, user, three of the permission, the summit, the sheet, its cells, its rows
