"""Pages as the record was known: a banner, the old state, and a clear word about a bad date."""

from typing import Any

import pytest
from django.test import Client

from issues.tests.acts import correct
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(universe: Universe, admin_user: Any) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


def pages(universe: Universe) -> list[str]:
    slug = universe.process.slug
    return [
        f"/{slug}/",
        f"/{slug}/summits/delta/",
        f"/{slug}/issues/flow/",
        f"/{slug}/actors/arden/",
    ]


def test_every_page_says_that_it_shows_the_record_of_a_day(universe: Universe, reader: Client) -> None:
    for page in pages(universe):
        answer = reader.get(page, {"known": "2025-01-01"})
        assert "As our record was known on" in answer.text, page
        assert "1 January 2025, 23:59 UTC" in answer.text, page


def test_before_the_record_starts_the_matrix_is_empty(universe: Universe, reader: Client) -> None:
    answer = reader.get(f"/{universe.process.slug}/", {"known": "2001-01-01"})
    assert "Not stated" in answer.text
    assert "The record starts on" in answer.text


def test_a_time_is_accepted(universe: Universe, reader: Client) -> None:
    answer = reader.get(f"/{universe.process.slug}/", {"known": "2025-01-01T10:30"})
    assert "1 January 2025, 10:30 UTC" in answer.text


@pytest.mark.parametrize("typed", ["soon", "2027-02-30", "2027-13-01T99:99", "9" * 40, "२०२७", "0000-00-00"])
def test_a_bad_date_is_named(universe: Universe, reader: Client, typed: str) -> None:
    for page in pages(universe):
        answer = reader.get(page, {"known": typed})
        assert answer.status_code == 400, page
        assert "is no date" in answer.text, page


def test_a_corrected_placement_is_marked_with_its_old_value_and_reason(
    universe: Universe, reader: Client
) -> None:
    position = universe.at("belmar", "flow", "weir")
    correct(position, {"option": None, "value": 55.0}, by=universe.coder, reason="Read as 55 on page 3.")
    matrix = reader.get(f"/{universe.process.slug}/", {"summit": "weir"}).text
    assert "Corrected record" in matrix
    assert "50 → 55. Read as 55 on page 3." in " ".join(matrix.split())
    assert "Read as 55 on page 3." in reader.get(f"/{universe.process.slug}/issues/flow/").text
