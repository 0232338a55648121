"""Sources come in as a table or as a bibliography, and what left comes back as the same."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from issues.exports.references import bibtex, csl_json, ris
from issues.models import Source
from issues.tests.acts import correct
from issues.tests.commands.importing_tables import refused, run
from issues.tests.universe import Universe

NEW = """TY  - NEWS
TI  - The river falls
AU  - Doe, Jane
T2  - The Gauge
DA  - 1983/02//
UR  - https://gauge.example/river/?utm_source=x
LA  - en
ER  -
TY  - RPRT
TI  - The river falls
PB  - Ministry of Waters
UR  - https://ministry.example/river
ER  -
"""


def test_a_bibliography_makes_sources_of_which_a_person_says_the_kind(
    universe: Universe, tmp_path: Path
) -> None:
    assert refused(tmp_path, "sources", NEW)[0].startswith("kind")

    kinds = {"columns": COLUMNS, "values": {"type": {"NEWS": "news", "RPRT": "official"}}}
    run(tmp_path, "sources", NEW, kinds, reason="From the library.")

    news, official = Source.objects.filter(title="The river falls").order_by("kind")
    assert (news.kind, news.publisher, news.author) == ("news", "The Gauge", "Doe, Jane")
    assert (news.published_on_precision, str(news.published_on)) == ("month", "1983-02-01")
    assert news.url == "https://gauge.example/river/"
    assert (official.kind, official.url) == ("official", "https://ministry.example/river")
    assert "all of this is on record" in run(tmp_path, "sources", NEW, kinds, reason="Again.")


COLUMNS = {
    "title": "title",
    "slug": "key",
    "author": "author",
    "publisher": "publisher",
    "kind": "type",
    "url": "url",
    "date": "date",
    "language": "language",
}


@pytest.mark.parametrize("write", [ris, bibtex, csl_json])
def test_what_left_comes_back_as_the_same(universe: Universe, tmp_path: Path, write: Any) -> None:
    written = write(list(Source.objects.order_by("key")))

    told = run(tmp_path, "sources", written, reason="Again.")
    assert "0 new, 0 moved, 0 corrected, 5 same, 0 refused" in told
    assert "all of this is on record" in told


def test_a_changed_entry_is_a_correction(universe: Universe, tmp_path: Path) -> None:
    record = universe.sources["record"]
    text = f"title,url,author\nAnother title,{record.url},The secretary\n"

    run(tmp_path, "sources", text, reason="As printed.")

    record.refresh_from_db()
    assert (record.title, record.author) == ("Another title", "The secretary")


def test_a_row_at_another_address_is_the_source_that_is_there(universe: Universe, tmp_path: Path) -> None:
    record = universe.sources["record"]
    correct(record, {"other_urls": "https://mirror.example/r;1"}, by=universe.coder, reason="Also there.")

    text = "title,url,author\nAnother title,http://mirror.example/r;1/,The secretary\n"
    run(tmp_path, "sources", text, reason="As printed.")

    again = Source.objects.get(pk=record.pk)
    assert (again.title, again.author, again.url) == ("Another title", "The secretary", record.url)
    assert "all of this is on record" in run(tmp_path, "sources", text, reason="Again.")


def test_other_addresses_come_in_and_are_added_to(universe: Universe, tmp_path: Path) -> None:
    record = universe.sources["record"]
    head = "title,url,other_urls\n"

    run(
        tmp_path,
        "sources",
        f"{head}{record.title},{record.url},http://a.example/x;1 {record.url}\n",
        reason="x",
    )
    run(tmp_path, "sources", f"{head}{record.title},{record.url},HTTP://b.example\n", reason="x")

    record.refresh_from_db()
    assert record.other_urls.splitlines() == ["http://a.example/x;1", "http://b.example/"]
    (wrong,) = refused(tmp_path, "sources", f"{head}{record.title},{record.url},nowhere\n")
    assert "other_urls" in wrong
    taken = "title,publisher,kind,url,other_urls\nNew,P,news,https://n.example/,https://a.example/x;1\n"
    assert any("is an address of" in line for line in refused(tmp_path, "sources", taken))


def test_what_is_wrong_is_told_at_once(universe: Universe, tmp_path: Path) -> None:
    text = "title,publisher,kind,url,accessed\nA,,news,nowhere,2023\nB,P,gossip,,\n"

    first, second = refused(tmp_path, "sources", text)
    assert "url “nowhere” is no address of a page" in first
    assert "publisher is missing" in first
    assert "accessed “2023” is no day" in first
    assert "kind “gossip” is none of official" in second


def test_a_bibliography_is_uploaded_on_the_page(universe: Universe, admin_client: Client) -> None:
    answer = admin_client.post("/lenna/import/", {"pasted": NEW}, follow=True)

    page = answer.content.decode()
    assert "The river falls" in page
    assert "kind" in page
