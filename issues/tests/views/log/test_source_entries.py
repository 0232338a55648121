"""A source by any part of it, and a new one from an address or an entry of a reference manager."""

from datetime import date
from typing import Any

import pytest

from issues.models import SheetRow, Source
from issues.tests.factories import make_source
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, fields_of, words
from issues.tests.views.page import page_of

SAID = """TY  - NEWS
TI  - The dam is half full
T2  - Lenna News
AU  - Sol, Mira
UR  - https://news.example/dam?utm_source=x
DA  - 2032/03//
LA  - fr
"""
RIS = f"{SAID}ER  - \n"
BIBTEX = """@article{dam2032,
  title = {The {Dam} is half full},
  journal = {Lenna News},
  year = 2032,
  keywords = {kind: official},
  url = {https://news.example/dam}
}"""


def found(desk: Desk, typed: str) -> list[str]:
    return [
        one["key"] for one in desk.client.get(desk.address("log-sources"), {"q": typed}).json()["sources"]
    ]


# Any part


@pytest.mark.parametrize(
    "typed", ["WATER levels", "lévels", "press levels", "waters.example", "eau-2", "Сол"]
)
def test_a_source_is_found_by_any_part_of_it(
    universe: Universe, mara: Desk, recorded: object, typed: str
) -> None:
    make_source(
        key="eau-2",
        title="Levels of the water",
        publisher="Press",
        url="https://waters.example/l",
        author="Сол",
    )

    assert found(mara, typed) == ["eau-2"]


def test_the_newest_is_first_and_what_is_not_dated_last(
    universe: Universe, mara: Desk, recorded: object
) -> None:
    for key, day in (("old", date(2030, 1, 1)), ("undated", None), ("new", date(2032, 5, 1))):
        make_source(key=key, title="Levels of the water", published_on=day)

    assert found(mara, "levels") == ["new", "old", "undated"]
    told = mara.client.get(mara.address("log-sources"), {"q": "levels"}).json()["sources"]
    assert [one["date"] for one in told] == ["1 May 2032", "1 January 2030", "undated"]


def test_of_many_a_few_are_listed_and_that_there_are_more_is_said(
    universe: Universe, mara: Desk, recorded: object
) -> None:
    for number in range(12):
        make_source(key=f"many-{number}", title="Levels")

    answer = mara.client.get(mara.address("log-sources"), {"q": "levels"}).json()

    assert (len(answer["sources"]), answer["more"]) == (8, True)


@pytest.mark.parametrize("typed", ["", " ", "x" * 5000, "%", "nowhere"])
def test_nothing_is_found_by_what_is_nowhere(universe: Universe, mara: Desk, typed: str) -> None:
    assert found(mara, typed) == []


def test_what_only_one_source_has_is_that_source(universe: Universe, mara: Desk, recorded: object) -> None:
    make_source(key="one", title="Levels of the water")

    assert mara.send_source(universe.arden, "water LEV").json()["source"] == "one"


def test_what_several_have_is_told_with_their_keys(universe: Universe, mara: Desk, recorded: object) -> None:
    for key in ("one", "two"):
        make_source(key=key, title="Levels of the water", publisher="Press")

    answer = mara.send_source(universe.arden, "levels")

    assert answer.status_code == 422
    told = "Several sources have “levels” in them; type the key of one:"
    assert answer.json()["error"].startswith(told)
    assert "one (Press: Levels of the water)" in answer.json()["error"]
    page = mara.save({f"source-{universe.arden.pk}": "levels"})
    assert told in words(page)


# An entry, as the script sends it


@pytest.mark.parametrize("entry", [RIS, " ".join(RIS.splitlines()), SAID])
def test_an_entry_that_says_all_is_a_new_source_at_once(universe: Universe, mara: Desk, entry: str) -> None:
    answer = mara.send_source(universe.arden, entry)

    assert answer.status_code == 200
    source = Source.objects.get(key=answer.json()["source"])
    assert (source.title, source.publisher, source.author) == (
        "The dam is half full",
        "Lenna News",
        "Sol, Mira",
    )
    assert (source.url, source.kind, source.language) == ("https://news.example/dam", "news", "fr")
    assert (source.published_on, source.published_on_precision) == (date(2032, 3, 1), "month")
    assert SheetRow.objects.get().source == source
    assert source.history.get().change_set.user == mara.user


def test_an_entry_in_bibtex(universe: Universe, mara: Desk) -> None:
    answer = mara.send_source(universe.arden, BIBTEX)

    source = Source.objects.get(key=answer.json()["source"])
    assert (source.title, source.kind) == ("The Dam is half full", "official")
    assert (source.published_on, source.published_on_precision) == (date(2032, 1, 1), "year")


@pytest.mark.parametrize(
    "entry",
    [
        "TY  - NEWS\nTI  - Another title\nUR  - http://commission.example/record/?utm_source=x\nER  - ",
        "@misc{record, title = {Record of the meetings}}",
    ],
    ids=["its address", "its key and title"],
)
def test_an_entry_that_is_on_record_is_recognised(universe: Universe, mara: Desk, entry: str) -> None:
    before = Source.objects.count()

    assert mara.send_source(universe.arden, entry).json()["source"] == "record"
    assert Source.objects.count() == before


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (RIS.replace("TI  - The dam is half full\n", ""), "Title: This field is required."),
        (RIS.replace("T2  - Lenna News\n", ""), "Publisher: This field is required."),
        (RIS.replace("NEWS", "GEN", 1), "Kind: This field is required."),
        (RIS.replace("2032/03//", "soon"), "Published on: Enter a valid date."),
        (RIS.replace("https://news.example", "no where"), "Address: Enter a valid URL."),
        (RIS + RIS, "There are 2 entries here; paste one."),
        ("@article{x, title = {Unfinished", "cannot be read"),
    ],
    ids=["title", "publisher", "kind", "date", "address", "two", "unfinished"],
)
def test_what_is_wrong_with_an_entry_is_told_by_its_field(
    universe: Universe, mara: Desk, entry: str, told: str
) -> None:
    before = Source.objects.count()

    answer = mara.send_source(universe.arden, entry)

    assert answer.status_code == 422
    assert told in answer.json()["error"]
    assert answer.json()["is_entry"] is True
    assert Source.objects.count() == before


# The same on the page


def read(desk: Desk, universe: Universe, entry: str, **typed: str) -> Any:
    return desk.post("log-new-source", universe.arden, entry=entry, read="1", **typed)


def test_an_entry_fills_the_fields_and_leaves_what_was_typed(universe: Universe, mara: Desk) -> None:
    page = read(
        mara, universe, BIBTEX.replace("keywords = {kind: official},", ""), kind="analysis", language="hy"
    )

    assert page.status_code == 200
    text = page.content.decode()
    assert 'value="The Dam is half full"' in text
    assert 'value="2032-01-01"' in text
    assert '<option value="year" selected>' in text
    assert 'value="hy"' in text
    assert not Source.objects.filter(publisher="Lenna News").exists()


def test_an_address_fills_its_field(universe: Universe, mara: Desk) -> None:
    page = read(mara, universe, "https://news.example/dam")
    assert 'name="url" value="https://news.example/dam"' in page.content.decode()


def test_enter_saves_though_an_entry_was_read(universe: Universe, mara: Desk) -> None:
    read = page_of(mara.post("log-new-source", universe.arden, entry="https://wire.example/n", read="1"))
    presses = [one.attrs.get("name") for one in read.one("form", **{"class": "stacked wide"}).all("button")]
    assert presses[:2] == [None, "read"]  # the first of a form is what Enter presses


def test_the_fields_are_filled_before_the_browser_asks_for_them(universe: Universe, mara: Desk) -> None:
    page = page_of(mara.get("log-new-source", universe.arden))
    assert "formnovalidate" in page.one("button", name="read").attrs
    assert "autofocus" in page.one("textarea", name="entry").attrs
    filled = page_of(mara.post("log-new-source", universe.arden, entry="https://wire.example/n", read="1"))
    assert "autofocus" in filled.one("input", name="title").attrs


def test_what_is_no_entry_is_refused_by_name_and_kept(universe: Universe, mara: Desk) -> None:
    page = read(mara, universe, "just words", title="Typed")

    assert page.status_code == 422
    assert "Address or entry: This is neither a web address nor an entry as RIS" in words(page)
    assert "just words" in words(page)
    assert 'value="Typed"' in page.content.decode()


def test_what_is_on_record_is_offered_and_used(universe: Universe, mara: Desk) -> None:
    page = read(mara, universe, "https://commission.example/record")

    assert "It is on record: Lenna Commission: Record of the meetings" in words(page)
    response = mara.post("log-new-source", universe.arden, use="record")
    assert response["Location"] == f"{mara.address()}#row-{universe.arden.pk}"
    assert fields_of(mara.get())[f"source-{universe.arden.pk}"] == "record"


@pytest.mark.parametrize("use", ["", "nobody", "rec\0ord"])
def test_what_is_not_on_record_is_not_used(universe: Universe, mara: Desk, use: str) -> None:
    assert mara.post("log-new-source", universe.arden, use=use).status_code == 422


def test_enter_without_an_entry_saves_what_was_typed(universe: Universe, mara: Desk) -> None:
    given = {"title": "New", "publisher": "Courier", "kind": "news", "language": "en"}

    assert read(mara, universe, "", **given).status_code == 302
    assert Source.objects.get(publisher="Courier").published_on_precision == "day"


def test_what_an_entry_lacks_is_told_at_its_field_at_once(universe: Universe, mara: Desk) -> None:
    page = read(mara, universe, RIS.replace("T2  - Lenna News\n", "").replace("2032/03//", "soon"))

    assert page.status_code == 422
    assert "Publisher: This field is required." in words(page)
    assert "Published on: Enter a valid date." in words(page)
    assert 'value="The dam is half full"' in page.content.decode()
