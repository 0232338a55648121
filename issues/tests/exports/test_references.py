"""Sources as a reference manager takes them, and as the importer reads them back."""

import json
from collections.abc import Callable
from datetime import date
from itertools import accumulate
from typing import Any

import pytest
from django.test import Client

from issues.domain.address import normalised
from issues.exports.references import bibtex, csl_json, ris
from issues.importing.reading import read
from issues.importing.reading.references import COLUMNS
from issues.models import Source
from issues.tests.universe import Universe

WRITERS = [ris, bibtex, csl_json]


def there_and_back(write: Callable[[list[Source]], str], *sources: Source) -> list[dict[str, str]]:
    head, *rows = read(write(list(sources)).encode()).rows
    assert head.cells == COLUMNS
    return [dict(zip(COLUMNS, row.cells, strict=True)) for row in rows]


@pytest.mark.parametrize("write", WRITERS)
def test_a_source_is_read_back_as_it_was(write: Callable[[list[Source]], str]) -> None:
    source = Source(
        key="գիրք-1",
        title="50 % & more_x {of} it -- “so” \\ #1 ~ ^ 'it' ''q''",
        author="Ministry of Trade, and Others",
        publisher="Газета & Co",
        kind="news",
        url="https://example.org/a_b?x=1&y=%20#z",
        archive_url="https://archive.example.org/1",
        published_on=date(1983, 2, 1),
        published_on_precision="month",
        accessed_on=date(2024, 1, 2),
        language="ru",
        note="Seen in print.",
    )

    (back,) = there_and_back(write, source)

    assert back | {"type": "", "keywords": ""} == {
        "key": "գիրք-1",
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "archive_url": source.archive_url,
        "date": "1983-02",
        "accessed": "2024-01-02",
        "language": "ru",
        "kind": "news",
        "type": "",
        "keywords": "",
        "note": "Seen in print.",
    }


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("kind", Source.Kind.values)
def test_what_is_not_known_is_left_out(write: Callable[[list[Source]], str], kind: str) -> None:
    first, second = there_and_back(
        write,
        Source(key="a", title="A", publisher="P", kind=kind),
        Source(key="b", title="B", publisher="P", kind=kind, published_on=date(2023, 7, 1)),
    )

    assert {name for name, value in first.items() if value} == {
        *("key", "title", "publisher", "language", "kind", "type", "keywords"),
    }
    assert (first["kind"], second["date"]) == (kind, "2023-07-01")


@pytest.mark.parametrize("key", ["", "Citation Key: a\n"])
def test_what_a_reference_manager_drops_of_csl_stands_above_the_note(key: str) -> None:
    """Zotero keeps neither id nor keyword, nor the copy of a web page; a key it may give back as one."""
    source = Source(
        key="a",
        title="A",
        publisher="P",
        kind="mirror",
        archive_url="https://archive.example.org/1",
        note="kind: of a copy\nSeen.",
    )
    (item,) = json.loads(csl_json([source]))
    for name in ("keyword", "archive_location"):
        del item[name]
    item |= {"id": "http://example.org/items/1", "note": item["note"].replace("Citation Key: a\n", key)}
    item |= {} if key else {"citation-key": "a"}

    (back,) = there_and_back(lambda _: json.dumps([item]), source)

    assert (back["key"], back["kind"], back["note"]) == ("a", "mirror", "kind: of a copy Seen.")
    assert back["archive_url"] == source.archive_url


def test_ris_says_the_key_where_zotero_reads_it() -> None:
    assert "M2  - Citation Key: a" in ris([Source(key="a", title="A", publisher="P", kind="news")])


BRACES = ("Only { open", "} closed", "{}}{ \\{ \\} {\\")


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("words", BRACES)
def test_braces_are_read_back_wherever_they_stand(write: Callable[[list[Source]], str], words: str) -> None:
    source = Source(key="a", title=words, author=words, publisher=words, note=words, kind="official")

    back, after = there_and_back(write, source, Source(key="b", title="B", publisher="P", kind="news"))

    assert {back[name] for name in ("title", "author", "publisher", "note")} == {words}
    assert (back["key"], after["key"], after["title"]) == ("a", "b", "B")


@pytest.mark.parametrize("words", BRACES)
def test_no_field_of_bibtex_is_ended_by_a_brace_of_its_own(words: str) -> None:
    odd = f"https://example.org/{words}".replace(" ", "").replace("\\", "")
    made = {"url": odd, "archive_url": odd, "title": words, "author": words, "publisher": words}

    written = bibtex([Source(key="a", kind="news", **made)])

    entry = written.strip()
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in entry))
    assert depths[-1] == 0
    assert 0 not in depths[entry.index("{") : -1]
    (back,) = there_and_back(bibtex, Source(key="a", kind="news", **made))
    assert back["url"] == back["archive_url"] == normalised(odd)


def test_what_reference_managers_read_of_an_archived_copy_a_language_and_a_kind() -> None:
    kinds = {
        kind: Source(key=kind, title="T", publisher="P", kind=kind, language="ru")
        for kind in Source.Kind.values
    }
    official = kinds["official"]
    official.archive_url = "https://archive.example.org/1;2"

    assert r"file = {https\://archive.example.org/1\;2}" in bibtex([official])
    assert "language = {ru}" in bibtex([official])
    assert "langid = {ru}" in bibtex([official])
    assert there_and_back(bibtex, official)[0]["archive_url"] == official.archive_url
    written = {kind: ris([source]).partition("\n")[0] for kind, source in kinds.items()}
    assert written == {
        "official": "TY  - GOVDOC",
        "mirror": "TY  - ELEC",
        "news": "TY  - NEWS",
        "analysis": "TY  - RPRT",
        "damaged": "TY  - ELEC",
    }


@pytest.mark.parametrize("form", ["ris", "bib", "json"])
def test_the_file_holds_what_the_list_is_filtered_to(universe: Universe, reader: Client, form: str) -> None:
    def titles(query: str) -> list[str]:
        answer = reader.get(f"/lenna/sources.{form}{query}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="lenna-sources.{form}"'
        return sorted(row.cells[1] for row in read(answer.content).rows[1:])

    listed = reader.get("/lenna/sources/").context["page"].object_list
    assert titles("") == sorted(source.title for source in listed)
    news = sorted(source.title for source in listed if source.kind == "news")
    assert titles("?kind=news") == news != titles("")
    assert reader.get(f"/lenna/sources.{form}?kind=nonsense").status_code == 400


@pytest.fixture
def reader(admin_client: Client) -> Any:
    return admin_client
