"""What is on record beside a sheet costs the same to know, however much was published."""

from typing import Any

import pytest

from issues.queries.log_sheet.published_state import published_state
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.universe import Universe

ACTORS = ("arden", "belmar", "cadria", "commission")
ISSUES = ("flow", "data", "preamble")


def published(universe: Universe, actors: tuple[str, ...], issues: tuple[str, ...]) -> Desk:
    """A sheet on which each of these said something of each of the issues, published and open again."""
    desk = at_desk(universe)
    for actor in actors:
        desk.serve(actor, "record")
        for issue in issues:
            desk.write(actor, issue, "t", quote=f"{actor} on {issue}.", summary="Said.")
    desk.publish()
    desk.reopen()
    return desk


@pytest.mark.parametrize(
    ("actors", "issues"), [(ACTORS[:1], ISSUES[:2]), (ACTORS, ISSUES)], ids=["2 cells", "12 cells"]
)
def test_it_takes_nine_queries_for_few_published_cells_and_for_many(
    universe: Universe, actors: tuple[str, ...], issues: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    sheet = published(universe, actors, issues).sheet
    cells = len(actors) * len(issues)

    # Two of them: who signed what was said there, and who made or took away that.
    with django_assert_num_queries(9):
        state = published_state(sheet)
        quotes = {item.statement.quote for items in state.evidence.values() for item in items}
        sources = {item.statement.source.key for items in state.evidence.values() for item in items}
        known = {(item.source.key, item.quote) for item in state.statements.values()}

    assert len(state.made) == len(state.given) == len(state.evidence) == len(state.statements) == cells
    assert quotes == {f"{actor} on {issue}." for actor in actors for issue in issues}
    assert (sources, known) == ({"record"}, {("record", quote) for quote in quotes})
    assert len(state.publications) == 1
