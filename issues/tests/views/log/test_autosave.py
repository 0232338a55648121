"""What the sheet's script is answered for one cell: its version, what stands there instead, what is wrong."""

import re

import pytest

from issues.actions.log_sheet.publish import publish
from issues.models import Cell
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk


def test_a_cell_is_stored_and_answered_with_its_version_and_the_time(universe: Universe, mara: Desk) -> None:
    response = mara.send(universe.arden, universe.flow, " c ")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    answer = response.json()
    assert re.fullmatch(r"\d\d:\d\d UTC", answer.pop("time"))
    assert answer == {"version": 1, "code": "c"}
    assert mara.codes() == {("arden", "flow"): "c"}


def test_a_cell_typed_over_counts_its_version_up(universe: Universe, mara: Desk) -> None:
    mara.send(universe.arden, universe.flow, "c")
    assert mara.send(universe.arden, universe.flow, "e", 1).json()["version"] == 2
    assert mara.codes() == {("arden", "flow"): "e"}


def test_an_emptied_cell_is_answered_as_empty(universe: Universe, mara: Desk) -> None:
    mara.send(universe.arden, universe.flow, "c")
    answer = mara.send(universe.arden, universe.flow, "", 1).json()
    assert (answer["version"], answer["code"]) == (0, "")
    assert mara.codes() == {}


def test_the_same_words_sent_twice_are_stored_once(universe: Universe, mara: Desk) -> None:
    for _ in range(2):
        assert mara.send(universe.arden, universe.flow, "c", 0).json()["version"] == 1
    assert Cell.history.count() == 1


def test_a_conflict_tells_what_stands_there_who_typed_it_and_when(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.cadria, universe.flow, "e", source=universe.sources["record"])
    response = mara.send(universe.cadria, universe.flow, "c", 0)
    assert response.status_code == 409
    told = response.json()["conflict"]
    assert re.fullmatch(r"\d\d:\d\d UTC", told.pop("time"))
    assert told == {"code": "e", "version": 1, "who": "omar", "source": "record"}
    assert mara.codes() == {("cadria", "flow"): "e"}


def test_a_conflict_with_an_emptied_cell_says_that_nothing_stands_there(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    mara.send(universe.cadria, universe.flow, "e")
    omar.send(universe.cadria, universe.flow, "", 1)
    response = mara.send(universe.cadria, universe.flow, "c", 1)
    assert response.status_code == 409
    assert response.json()["conflict"] == {"code": "", "version": 0, "who": "", "time": "", "source": ""}
    assert mara.send(universe.cadria, universe.flow, "c", 0).status_code == 200


def test_a_cell_emptied_and_typed_anew_is_not_the_one_that_was_seen(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    mara.send(universe.cadria, universe.flow, "e")
    omar.send(universe.cadria, universe.flow, "", 1)
    omar.send(universe.cadria, universe.flow, "b", 0)
    assert mara.send(universe.cadria, universe.flow, "c", 1).status_code == 409


def test_mine_is_kept_over_theirs_once_theirs_was_seen_and_both_stay_in_the_history(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.cadria, universe.flow, "e")
    seen = mara.send(universe.cadria, universe.flow, "c", 0).json()["conflict"]["version"]
    assert mara.send(universe.cadria, universe.flow, "c", seen).status_code == 200
    past = [(row.code, row.history_user.username) for row in Cell.history.order_by("history_id")]
    assert past == [("e", "omar"), ("c", "mara")]


def test_marked_disputed_the_cell_keeps_its_note_and_notes_the_other_code(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.cadria, universe.flow, "e", note="Off the record.")
    response = mara.send(
        universe.cadria, universe.flow, "c", 1, disputed="1", note="omar typed e." + "x" * 600
    )
    assert response.status_code == 200
    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert (cell.code, cell.disputed) == ("c", True)
    assert cell.note.startswith("Off the record.\nomar typed e.x")
    assert len(cell.note) == len("Off the record.\nomar typed e.") + 600


@pytest.mark.parametrize(
    ("actor", "issue", "code", "message"),
    [
        ("belmar", "flow", "r", "“r” needs a standing position; this actor has none on this issue."),
        ("arden", "flow", "h", "There is no option h: this issue has a to e."),
        ("arden", "flow", "120", "120 is outside the scale of 0 to 100."),
        (
            "arden",
            "flow",
            "1,000",
            "“1,000” may be thousands or a fraction; write a fraction with a point.",
        ),
        ("arden", "flow", "45!!", "“!” is there 2 times; once is enough."),
        ("arden", "flow", "no!", "“no!” is no code. Type r, a letter, a number, t, w or n."),
        ("arden", "preamble", "45", "This issue has no scale: type r, t, w or n."),
        ("arden", "flow", "4" * 3000, "This is too long for a code; put words into the details."),
        ("arden", "flow", "\x00", "“\x00” is no code. Type r, a letter, a number, t, w or n."),
    ],
)
def test_a_wrong_code_is_answered_in_words(
    universe: Universe, mara: Desk, actor: str, issue: str, code: str, message: str
) -> None:
    who, what = getattr(universe, actor), getattr(universe, issue)
    response = mara.send(who, what, code)
    assert response.status_code == 422
    assert response.json() == {"error": message, "cell": f"{who} on {what}"}
    assert mara.codes() == {}


@pytest.mark.parametrize("version", ["x", "-1", "1" * 10, "", "1.0", "²"])
def test_a_version_that_is_no_number_is_refused(universe: Universe, mara: Desk, version: str) -> None:
    for response in (
        mara.send(universe.arden, universe.flow, "c", version),
        mara.send_source(universe.arden, "record", version),
    ):
        assert response.status_code == 422
        assert response.json() == {"error": "The version is no number."}


def test_a_version_from_the_future_is_a_conflict(universe: Universe, mara: Desk) -> None:
    assert mara.send(universe.arden, universe.flow, "c", 7).status_code == 409


def test_a_closed_sheet_takes_no_cell_and_no_source(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.belmar, universe.flow, "n")
    publish(sheet=mara.sheet(), note="Done.", by=mara.user)
    for response in (
        mara.send(universe.arden, universe.flow, "c"),
        mara.send_source(universe.arden, "record"),
    ):
        assert response.status_code == 422
        assert response.json()["error"] == "This sheet is closed; reopen it to correct what it says."


def test_a_row_whose_source_another_changed_is_a_conflict_too(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    assert omar.send_source(universe.arden, "record").json()["version"] == 1
    response = mara.send_source(universe.arden, "gazette", 0)
    assert response.status_code == 409
    told = response.json()["conflict"]
    del told["time"]
    assert told == {"code": "record", "version": 1, "who": "omar", "source": ""}
    assert mara.send_source(universe.arden, "gazette", 1).json()["version"] == 2


def test_the_same_source_set_by_two_is_no_conflict(universe: Universe, mara: Desk, omar: Desk) -> None:
    omar.send_source(universe.arden, "record")
    assert mara.send_source(universe.arden, "record", 0).status_code == 200
