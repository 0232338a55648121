"""What is found is linked to the page on which it stands, and to the place on that page."""

import pytest

from issues.models import Process
from issues.queries.search.find import search
from issues.tests.universe import Universe


def found(typed: str, kind: str) -> list[tuple[str, str, str]]:
    """The name of each record of a kind that is found, its address and what is said beside it."""
    groups = {group.kind.slug: group.hits for group in search(Process.objects.all(), typed).groups}
    return [("".join(piece.text for piece in hit.name), hit.address, hit.beside) for hit in groups[kind]]


@pytest.mark.parametrize(
    ("typed", "name", "slug"),
    [("summer flow", "Summer flow", "flow"), ("how often", "Data sharing", "data")],
)
def test_an_issue_leads_to_its_page(universe: Universe, typed: str, name: str, slug: str) -> None:
    assert found(typed, "issues") == [(name, f"/lenna/issues/{slug}/", "Waters of the Lenna")]


@pytest.mark.parametrize(
    ("typed", "name", "slug"),
    [("two days", "Weir meeting", "weir"), ("press office", "Arden's press office", "aside")],
)
def test_a_summit_leads_to_its_page(universe: Universe, typed: str, name: str, slug: str) -> None:
    assert found(typed, "summits") == [(name, f"/lenna/summits/{slug}/", "Waters of the Lenna")]


def test_a_position_leads_to_its_place_on_the_page_of_its_issue(universe: Universe) -> None:
    flow, data = universe.at("arden", "flow", "ford"), universe.at("arden", "data", "mill")

    assert found("Most may stay.", "positions") == [
        ("Most may stay.", f"/lenna/issues/flow/#position-{flow.pk}", str(flow))
    ]
    assert found("No data at all", "positions") == [
        ("No data at all.", f"/lenna/issues/data/#position-{data.pk}", str(data))
    ]


def test_each_of_several_leads_to_its_own_place_the_newest_summit_first(universe: Universe) -> None:
    said = [universe.at("cadria", "flow", "delta"), universe.at("belmar", "flow", "ford")]

    assert found("A quarter may stay", "positions") == [
        ("A quarter may stay.", f"/lenna/issues/flow/#position-{item.pk}", str(item)) for item in said
    ]
    assert [address for _, address, _ in found("meeting", "summits")] == [
        f"/lenna/summits/{slug}/" for slug in ("spring", "delta", "weir", "mill", "ford")
    ]
