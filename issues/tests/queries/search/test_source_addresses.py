"""A source is found at each of its addresses, and no other one can be added there."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.forms.sheet_source import SourceForm
from issues.importing.stored import stored
from issues.models import Process, Source
from issues.queries.log_sheet.source_lookup import find_source, known_source, sources_like
from issues.queries.search.addresses import found_at
from issues.queries.search.find import search
from issues.queries.upkeep.duplicates import likely_duplicates
from issues.tests.acts import add, correct
from issues.tests.universe import Universe

MIRROR = "https://mirror.example/path?id=7"


@pytest.fixture
def gazette(universe: Universe) -> Source:
    correct(
        universe.sources["gazette"],
        {"other_urls": f"HTTPS://Mirror.example:443/path?utm_source=x&id=7\r\n\n{MIRROR}\nhttp://b.example"},
        by=universe.coder,
        reason="Also there.",
    )
    return Source.objects.get(pk=universe.sources["gazette"].pk)


def test_addresses_are_written_in_one_way_and_once(gazette: Source) -> None:
    assert gazette.other_urls.splitlines() == [MIRROR, "http://b.example/"]
    assert gazette.addresses[-2:] == [MIRROR, "http://b.example/"]


@pytest.mark.parametrize("typed", [MIRROR, "http://MIRROR.example/path?id=7#top", "https://b.example"])
def test_every_look_up_finds_it(universe: Universe, gazette: Source, typed: str) -> None:
    assert found_at(typed) == gazette
    assert find_source(typed, None) == gazette  # type: ignore[arg-type]
    assert known_source(typed, "", "") == gazette
    assert stored(universe.process).source_at(typed) == gazette.pk


@pytest.mark.parametrize("typed", ["https://mirror.example/path", "https://mirror.example/PATH?id=7"])
def test_a_part_of_an_address_is_no_address(gazette: Source, typed: str) -> None:
    assert found_at(typed) is None


def test_words_of_an_address_find_it(universe: Universe, gazette: Source) -> None:
    assert sources_like("mirror.example", 3) == [gazette]
    hits = {group.kind.slug: group.hits for group in search(Process.objects.all(), "mirror.example").groups}
    assert ["".join(piece.text for piece in hit.name) for hit in hits["sources"]] == [gazette.title]


def new(universe: Universe, **fields: Any) -> Source:
    made = {"key": "again", "title": "Again", "publisher": "Somebody", "kind": "news"} | fields
    found: Source = add(Source(**made), by=universe.coder, reason="x")
    return found


@pytest.mark.parametrize("field", ["url", "other_urls"])
def test_it_is_not_added_again_under_another_address(universe: Universe, gazette: Source, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        new(universe, **{field: "http://mirror.example/path?id=7"})
    assert f"“{gazette}” ({gazette.key})" in refused.value.message_dict[field][0]


def test_its_first_address_is_no_other_address_of_another(universe: Universe, gazette: Source) -> None:
    correct(gazette, {"url": "https://first.example/"}, by=universe.coder, reason="x")
    with pytest.raises(ValidationError, match="is an address of"):
        new(universe, other_urls="http://first.example")


def test_the_form_of_the_sheet_names_it(gazette: Source) -> None:
    form = SourceForm({"url": MIRROR, "title": "x", "publisher": "x", "kind": "news", "language": "en"})
    assert gazette.key in str(form.errors["url"])


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "no address", f"https://x.example/{'a' * 700}"])
def test_what_is_no_address_is_refused_at_the_field(universe: Universe, typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        new(universe, other_urls=typed)
    assert set(refused.value.message_dict) == {"other_urls"}


def test_two_that_share_another_address_are_likely_the_same(universe: Universe, gazette: Source) -> None:
    twin = new(universe, url="https://www.mirror.example/path?id=7")
    assert {gazette.pk, twin.pk} <= set(likely_duplicates(Source))
