"""New summits and sources get their short ids from what is known of them."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.models import Source, Summit
from issues.tests.acts import add_source, add_summit
from issues.tests.factories import make_process
from issues.tests.universe import Universe


def summit(universe: Universe, **fields: Any) -> Summit:
    made = Summit(**{"process": universe.process, "name": "Autumn", "starts_on": date(2032, 9, 1)} | fields)
    return add_summit(made, by=universe.coder, reason="New.")


def source(universe: Universe, **fields: Any) -> Source:
    made = Source(**{"publisher": "Gazette", "title": "Dam", "kind": "news"} | fields)
    return add_source(made, by=universe.coder, reason="New.")


def test_a_summit_follows_the_last_of_its_day_in_its_process(universe: Universe, recorded: Any) -> None:
    assert summit(universe).sequence == 1
    assert summit(universe, name="Evening").sequence == 2
    assert summit(universe, starts_on=date(2031, 9, 10)).sequence == universe.aside.sequence + 1
    assert summit(universe, process=make_process()).sequence == 1


def test_slugs_are_free_within_a_process_only(universe: Universe, recorded: Any) -> None:
    assert [summit(universe).slug for _ in range(3)] == ["autumn", "autumn-2", "autumn-3"]
    assert summit(universe, process=make_process()).slug == "autumn"


def test_the_first_free_number_is_taken(universe: Universe) -> None:
    first, second = summit(universe, slug="x"), summit(universe)
    assert (first.slug, second.slug) == ("autumn", "autumn-2")
    assert summit(universe, name="autumn-2").slug == "autumn-2-2"


def test_a_new_summit_never_hides_behind_the_form_of_new_ones(universe: Universe) -> None:
    assert summit(universe, name="New!").slug == "new-2"


def test_a_summit_that_breaks_a_rule_is_not_stored(universe: Universe, recorded: Any) -> None:
    with pytest.raises(ValidationError):
        summit(universe, ends_on=date(2032, 8, 1))
    assert not Summit.objects.filter(name="Autumn").exists()


def test_a_source_is_called_by_its_publisher_and_date(universe: Universe) -> None:
    assert source(universe).key == "gazette-2"  # the universe has a gazette already
    assert source(universe, published_on=date(2032, 9, 1)).key == "gazette-2032-09-01"
    assert source(universe, published_on=date(2032, 9, 1)).key == "gazette-2032-09-01-2"
    assert source(universe, publisher="Ազատություն").key == "ազատություն"
    assert source(universe, publisher="!!!").key == "source"
    assert len(source(universe, publisher="long " * 40).key) <= 60


def test_its_address_is_stored_in_one_way(universe: Universe) -> None:
    made = source(universe, url="HTTPS://Gazette.example:443/dam?utm_source=x#top")
    assert made.url == "https://gazette.example/dam"


def test_an_address_on_record_is_refused(universe: Universe) -> None:
    with pytest.raises(ValidationError) as refused:
        source(universe, url="https://gazette.example/riverside#2")
    assert "url" in refused.value.message_dict
