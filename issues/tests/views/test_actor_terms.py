"""The terms of memberships and offices on an actor's page: what is over is never told as running."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from issues.models import Membership, Office
from issues.tests.acts import add
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

# The weir meeting begins on 10 September 2031.
ENDED = {"until": date(2031, 9, 9)}
ENDS_THAT_DAY = {"until": date(2031, 9, 10)}
ENDS_THAT_MONTH = {"until": date(2031, 9, 1), "until_precision": "month"}
ENDS_THAT_YEAR = {"until": date(2031, 1, 1), "until_precision": "year"}
ENDED_THE_YEAR_BEFORE = {
    "since": date(2028, 5, 1),
    "since_precision": "month",
    "until": date(2030, 1, 1),
    "until_precision": "year",
}
BEGINS_LATER = {"since": date(2031, 9, 11)}
BEGINS_NEXT_YEAR = {"since": date(2032, 1, 1), "since_precision": "year"}


def text(reader: Client, slug: str = "arden", summit: str = "weir") -> str:
    response = reader.get(f"/lenna/actors/{slug}/?summit={summit}")
    assert response.status_code == 200
    return page_of(response).text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (ENDED, "Was a member of Lower Basin until 9 September 2031"),
        (ENDS_THAT_DAY, "Member of Lower Basin (until 10 September 2031)"),
        (ENDS_THAT_MONTH, "Member of Lower Basin (until September 2031)"),
        (ENDS_THAT_YEAR, "Member of Lower Basin (until 2031)"),
        (ENDED_THE_YEAR_BEFORE, "Was a member of Lower Basin from May 2028 until 2030"),
        (BEGINS_LATER, "Became a member later: Lower Basin from 11 September 2031"),
        (BEGINS_NEXT_YEAR, "Became a member later: Lower Basin from 2032"),
        ({}, "Member of Lower Basin"),
    ],
)
def test_a_membership_is_told_as_of_the_summit_with_both_ends_as_they_are_known(
    universe: Universe, reader: Client, fields: dict[str, Any], told: str
) -> None:
    add(
        Membership(coalition=universe.lower_basin, member=universe.arden, **fields),
        by=universe.coder,
        reason="For a time.",
    )

    page = text(reader)

    assert told in page
    assert page.count("Lower Basin") == 1


def test_a_membership_that_was_renewed_is_told_in_both_its_terms(universe: Universe, reader: Client) -> None:
    for fields in (ENDED_THE_YEAR_BEFORE, BEGINS_LATER):
        add(
            Membership(coalition=universe.lower_basin, member=universe.arden, **fields),
            by=universe.coder,
            reason="For a time.",
        )

    assert "Member of Lower Basin" not in text(reader)
    later = text(reader, summit="delta")
    assert "Member of Lower Basin (from 11 September 2031)" in later
    assert "Was a member of Lower Basin from May 2028 until 2030" in later


@pytest.mark.parametrize(
    ("fields", "heading", "told"),
    [
        (ENDED, "Who spoke for it before", "until 9 September 2031"),
        (ENDS_THAT_YEAR, "Who speaks for it", "until 2031"),
        (ENDED_THE_YEAR_BEFORE, "Who spoke for it before", "from May 2028 until 2030"),
        (BEGINS_NEXT_YEAR, "Who spoke for it later", "from 2032"),
    ],
)
def test_an_office_is_told_as_of_the_summit_with_both_ends_as_they_are_known(
    universe: Universe, reader: Client, fields: dict[str, Any], heading: str, told: str
) -> None:
    add(
        Office(person=universe.envoy, actor=universe.belmar, title="Envoy", **fields),
        by=universe.coder,
        reason="For a time.",
    )

    page = text(reader, "belmar")

    assert f"{heading} Jon Dahl, Envoy {told}" in page


def test_a_search_tells_the_end_of_an_office(universe: Universe, reader: Client) -> None:
    add(
        Office(person=universe.envoy, actor=universe.belmar, title="Envoy", **ENDED_THE_YEAR_BEFORE),
        by=universe.coder,
        reason="For a time.",
    )

    assert "Envoy, Belmar, from May 2028 until 2030" in page_of(reader.get("/search/?q=Dahl")).text
