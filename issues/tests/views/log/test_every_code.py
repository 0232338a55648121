"""Every code of the table and every error, as the script commits them and as the whole form does.

On the flow, which has five options, Arden stands at 50 without a red line and Belmar nowhere; on the data,
which has three, Arden stands at 25 behind a red line.
"""

import pytest

from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words

# Actor, issue, what is typed, and what it means: kind, placement, red line, low confidence.
CODES = [
    ("arden", "flow", "r", "reaffirmed", None, "not_addressed", False),
    ("arden", "flow", "a", "placed", 0.0, "not_addressed", False),
    ("arden", "flow", "E", "placed", 100.0, "not_addressed", False),
    ("arden", "flow", "45", "placed", 45.0, "not_addressed", False),
    ("arden", "flow", "33,3", "placed", 33.3, "not_addressed", False),
    ("arden", "flow", "+5", "placed", 55.0, "not_addressed", False),
    ("arden", "flow", "-10", "placed", 40.0, "not_addressed", False),
    ("arden", "flow", "t", "text", None, "not_addressed", False),
    ("arden", "flow", "w", "withdrawn", None, "not_addressed", False),
    ("arden", "flow", "n", "silent", None, "not_addressed", False),
    ("arden", "flow", "c!", "placed", 50.0, "declared", False),
    ("arden", "data", "r/", "reaffirmed", None, "dropped", False),
    ("arden", "flow", "t?", "text", None, "not_addressed", True),
    ("arden", "data", "b!?", "placed", 50.0, "declared", True),
]

ERRORS = [
    ("belmar", "flow", "r", "“r” needs a standing position; this actor has none on this issue."),
    ("belmar", "flow", "w", "“w” needs a standing position; this actor has none on this issue."),
    ("belmar", "flow", "+5", "A step needs a standing placement; this actor has none on this issue."),
    ("arden", "flow", "h", "There is no option h: this issue has a to e."),
    ("arden", "data", "d", "There is no option d: this issue has a to c."),
    ("arden", "flow", "120", "120 is outside the scale of 0 to 100."),
    ("arden", "flow", "+60", "110 is outside the scale of 0 to 100."),
    ("arden", "flow", "1,000", "“1,000” may be thousands or a fraction; write a fraction with a point."),
    ("arden", "flow", "45!!", "“!” is there 2 times; once is enough."),
    ("arden", "flow", "c!/", "A red line is declared (!) or dropped (/), not both."),
    ("arden", "flow", "c/", "No red line stands that could be dropped (/)."),
    ("arden", "flow", "n!", "“n” says nothing of a red line; leave the mark out."),
    ("arden", "flow", "!", "“!” is a mark without a code; type a code before it."),
    ("arden", "preamble", "45", "This issue has no scale: type r, t, w or n."),
    ("arden", "preamble", "a", "This issue has no scale: type r, t, w or n."),
    ("arden", "flow", "yes", "“yes” is no code. Type r, a letter, a number, t, w or n."),
    ("arden", "flow", "4" * 17, "This is too long for a code; put words into the details."),
]


@pytest.mark.parametrize("case", CODES, ids=lambda case: f"{case[2]} on {case[1]}")
def test_a_code_is_stored_with_what_it_means(
    universe: Universe, mara: Desk, case: tuple[str, str, str, str, float | None, str, bool]
) -> None:
    name, on, typed, *meant = case
    actor, issue = getattr(universe, name), getattr(universe, on)
    assert mara.send(actor, issue, typed).status_code == 200
    cell = mara.cell(actor, issue)
    assert cell is not None
    assert [cell.kind, cell.placement, cell.red_line, cell.low_confidence] == meant
    assert cell.code == typed
    # The whole form says the same.
    mara.send(actor, issue, "", cell.version)
    assert mara.save({f"code-{actor.pk}-{issue.pk}": typed}).status_code == 302
    again = mara.cell(actor, issue)
    assert again is not None
    assert [again.kind, again.placement, again.red_line, again.low_confidence] == meant


@pytest.mark.parametrize(("name", "on", "typed", "says"), ERRORS)
def test_an_error_names_the_cell_and_stores_nothing(
    universe: Universe, mara: Desk, name: str, on: str, typed: str, says: str
) -> None:
    actor, issue = getattr(universe, name), getattr(universe, on)
    answer = mara.send(actor, issue, typed)
    assert (answer.status_code, answer.json()) == (422, {"error": says, "cell": f"{actor} on {issue}"})
    page = mara.save({f"code-{actor.pk}-{issue.pk}": typed})
    assert page.status_code == 422
    assert f"{actor} on {issue}: {says}" in words(page)
    assert mara.codes() == {}
