"""What hundreds of positions on a page share is worked out once, and is what it would be for each."""

import pytest
from django.urls import reverse

from issues.models import Actor, Issue, Process, Summit
from issues.queries.reading.people import NOBODY
from issues.templatetags.shown import Shown


def shown(slug: str = "lenna") -> Shown:
    return Shown(Process(slug=slug), None, NOBODY, None, None)


@pytest.mark.parametrize("slug", ["lenna", "0", "հայ"])
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("source", None),
        ("position", None),
        ("review", None),
        ("correct-position", None),
        ("history", "position"),
    ],
)
def test_the_address_of_a_record_is_what_reverse_writes(slug: str, name: str, before: str | None) -> None:
    page = shown(slug)
    for key in (12, 345):
        assert page.address(name, key, before or slug) == reverse(name, args=[before or slug, key])


def test_the_address_of_a_cell_is_what_reverse_writes() -> None:
    page, summit = shown(), Summit(slug="a")
    for actor, issue in (("arden", "flow"), ("i", "a"), ("արա", "ջուր")):
        address = page.cell_address(summit, Actor(slug=actor), Issue(slug=issue))
        assert address == reverse("cell", args=["lenna", "a", actor, issue])


def test_what_is_told_twice_is_written_once() -> None:
    page, written = shown(), []

    def write() -> str:
        written.append(1)
        return "told"

    assert [page.once("it", write), page.once("it", write), page.once("else", write)] == ["told"] * 3
    assert len(written) == 2
