"""Bibliographies of reference managers, read as a table of sources."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.importing.reading import Grid, ReadError, read
from issues.importing.reading.references import COLUMNS

RIS = """TY  - NEWS
TI  - Leaders meet: “no breakthrough”
AU  - Doe, Jane
AU  - Roe, Max
T2  - The Paper
DA  - 2023/07/15/
PY  - 2023
UR  - https://example.org/a
Y2  - 2024/01/02/10:11:12
LA  - en
KW  - news report
ID  - paper-2023
ER  -

TY  - GOVDOC
TI  - A communiqué
PB  - Ministry
PY  - 1983/02
ER  -
"""
BIBTEX = r"""% From a colleague
@article{doe2023,
  title = {Leaders meet {\"u}ber {Alles} \& more},
  author = {Doe, Jane and {The Ministry}},
  journal = {The Paper}, year = 2023, month = jul, day = {15},
  url = {https://example.org/a_b}, urldate = {2024-01-02}, keywords = {a, news report}
}
@misc{later, title = {Second}, date = {1983-02}, howpublished = {Agency}}
"""
CSL = [
    {
        "id": "paper-2023",
        "type": "article-newspaper",
        "title": "Leaders meet",
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "The Ministry"}],
        "container-title": "The Paper",
        "URL": "https://example.org/a",
        "issued": {"date-parts": [[2023, 7]]},
        "accessed": {"date-parts": [["2024", "1", "2"]]},
        "keyword": "a, news report",
    }
]


def rows(grid: Grid) -> list[dict[str, str]]:
    """The entries by the names of the columns, without what is empty."""
    head, *entries = grid.rows
    assert head.cells == COLUMNS
    assert [row.number for row in entries] == list(range(2, len(entries) + 2))
    return [{name: value for name, value in zip(COLUMNS, row.cells, strict=True) if value} for row in entries]


def test_ris_is_read_as_a_table_with_the_precision_of_its_days() -> None:
    first, second = rows(read(RIS.encode()))

    assert first == {
        "key": "paper-2023",
        "title": "Leaders meet: “no breakthrough”",
        "author": "Doe, Jane; Roe, Max",
        "publisher": "The Paper",
        "url": "https://example.org/a",
        "date": "2023-07-15",
        "accessed": "2024-01-02",
        "language": "en",
        "type": "NEWS",
        "keywords": "news report",
    }
    assert second == {
        "title": "A communiqué",
        "publisher": "Ministry",
        "date": "1983-02",
        "type": "GOVDOC",
    }


def test_bibtex_is_read_without_its_markup() -> None:
    first, second = rows(read(BIBTEX.encode()))

    assert first["title"] == "Leaders meet über Alles & more"
    assert first["author"] == "Doe, Jane; The Ministry"
    assert (first["publisher"], first["date"], first["accessed"]) == (
        *("The Paper", "2023-07-15", "2024-01-02"),
    )
    assert (first["url"], first["keywords"]) == ("https://example.org/a_b", "a; news report")
    assert second == {
        "key": "later",
        "title": "Second",
        "publisher": "Agency",
        "date": "1983-02",
        "type": "misc",
    }


def test_csl_json_is_read_with_days_as_exact_as_they_are() -> None:
    (only,) = rows(read(json.dumps(CSL).encode("utf-8-sig")))

    assert only["author"] == "Doe, Jane; The Ministry"
    assert (only["date"], only["accessed"], only["key"]) == ("2023-07", "2024-01-02", "paper-2023")


def test_a_digital_object_identifier_is_an_address() -> None:
    (only,) = rows(read(b"TY  - JOUR\nTI  - T\nDO  - 10.1000/182\nER  - \n"))

    assert only["url"] == "https://doi.org/10.1000/182"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@misc{a, title={x}\n@misc{b, title={y}}", "Row 1: This entry cannot be read"),
        ('[{"a": 1}]', "Row 2: This is no source of CSL-JSON"),
        ('{"items": 3, "x": 1}', "holds no list of sources"),
        ('[{"title": ', "This JSON cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(text.encode())


@given(st.sampled_from([RIS, BIBTEX, json.dumps(CSL)]), st.data())
def test_damage_anywhere_gives_a_table_or_a_reason(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    damage = data.draw(st.text(max_size=4))
    length = data.draw(st.integers(0, 30))
    try:
        grid = read((text[:place] + damage + text[place + length :]).encode("utf-8", "surrogatepass"))
    except ReadError:
        return
    assert grid.rows
