"""A row's source: recognised by what is typed, completed in place where it is new."""

from datetime import date

import pytest

from issues.models import SheetRow, Source
from issues.queries.log_sheet.grid import shelf
from issues.tests.factories import make_source
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, fields_of, words

NEW = {
    "url": "https://News.example/dam?utm_source=x#top",
    "title": "The dam",
    "publisher": "Lenna News",
    "kind": "news",
    "published_on": "2032-03-10",
    "language": "en",
}


@pytest.mark.parametrize(
    "typed",
    [
        "record",
        "RECORD",
        " record ",
        "Record of the meetings",
        "record of the MEETINGS",
        "https://commission.example/record",
        "http://commission.example/record/",
        "HTTPS://Commission.Example:443/record?utm_source=mail&fbclid=1#page=3",
    ],
)
def test_a_source_is_known_by_key_title_and_any_form_of_its_address(
    universe: Universe, mara: Desk, typed: str
) -> None:
    answer = mara.send_source(universe.arden, typed).json()
    assert (answer["source"], answer["name"]) == ("record", "Lenna Commission: Record of the meetings")
    assert fields_of(mara.get())[f"source-{universe.arden.pk}"] == "record"


def test_a_source_is_known_by_its_number_on_the_shelf(universe: Universe, mara: Desk) -> None:
    on_shelf = shelf(mara.sheet())
    assert len(on_shelf) > 1
    for number, source in on_shelf:
        version = mara.get().context["grid"].lines[0].row
        answer = mara.send_source(universe.arden, str(number), version.version if version else 0).json()
        assert answer["source"] == source.key


def test_the_shelf_is_on_the_page_with_its_numbers(universe: Universe, mara: Desk) -> None:
    page = mara.get().content.decode()
    on_shelf = shelf(mara.sheet())
    assert on_shelf
    for number, source in on_shelf:
        assert f'<li value="{number}">' in page
        assert source.title in page


def test_a_number_means_the_same_after_another_was_used(universe: Universe, mara: Desk, omar: Desk) -> None:
    numbers = {source.key: number for number, source in shelf(mara.sheet())}
    mara.send_source(universe.arden, str(numbers["gazette"]))
    omar.send_source(universe.belmar, str(numbers["cadria-press"]))
    assert mara.send_source(universe.cadria, str(numbers["record"])).json()["source"] == "record"


def test_an_emptied_field_takes_the_source_away(universe: Universe, mara: Desk) -> None:
    mara.send_source(universe.arden, "record")
    answer = mara.send_source(universe.arden, "", 1).json()
    assert (answer["source"], answer["name"], answer["version"]) == ("", "", 2)
    assert fields_of(mara.get())[f"source-{universe.arden.pk}"] == ""


@pytest.mark.parametrize("typed", ["https://new.example/x", "http://commission.example/other"])
def test_an_unknown_address_is_offered_as_new(universe: Universe, mara: Desk, typed: str) -> None:
    response = mara.send_source(universe.arden, typed)
    assert response.status_code == 422
    assert response.json() == {"error": "Not on record yet.", "is_new": True, "is_entry": False}


@pytest.mark.parametrize(
    "typed", ["nonsense", "77", "9" * 5000, "javascript:alert(1)", "rec\x00ord", "x" * 800]
)
def test_anything_else_is_no_source(universe: Universe, mara: Desk, typed: str) -> None:
    response = mara.send_source(universe.arden, typed)
    assert response.status_code == 422
    error = f"No source is called “{typed[:80]}”."
    assert response.json() == {"error": error, "is_new": False, "is_entry": False}


def test_the_form_of_a_new_source_starts_with_the_address(universe: Universe, mara: Desk) -> None:
    where = mara.address("log-new-source", universe.arden) + "?url=https%3A%2F%2Fnews.example%2Fdam"
    page = mara.client.get(where).content.decode()
    assert 'value="https://news.example/dam"' in page
    assert "<h1>New source for Arden</h1>" in page


def test_a_new_source_serves_the_row_at_once(universe: Universe, mara: Desk) -> None:
    response = mara.post("log-new-source", universe.arden, **NEW)
    assert response["Location"] == f"{mara.address()}#row-{universe.arden.pk}"
    source = Source.objects.get(key="lenna-news-2032-03-10")
    assert (source.url, source.published_on) == ("https://news.example/dam", date(2032, 3, 10))
    change = source.history.get().change_set
    assert (change.user, change.reason) == (mara.user, "Source for Spring meeting.")
    assert fields_of(mara.get())[f"source-{universe.arden.pk}"] == source.key


def test_a_second_source_of_the_day_gets_a_number(universe: Universe, mara: Desk) -> None:
    mara.post("log-new-source", universe.arden, **NEW)
    mara.post("log-new-source", universe.belmar, **NEW | {"url": ""})
    mara.post("log-new-source", universe.cadria, **NEW | {"url": ""})
    keys = Source.objects.filter(publisher="Lenna News").values_list("key", flat=True)
    stem = "lenna-news-2032-03-10"
    assert set(keys) == {stem, f"{stem}-2", f"{stem}-3"}


def test_an_address_on_record_is_not_entered_twice(universe: Universe, mara: Desk) -> None:
    for url in ("https://commission.example/record?gclid=1", "http://commission.example/record/"):
        page = mara.post("log-new-source", universe.arden, **NEW | {"url": url})
        assert page.status_code == 422
        assert "record" in words(page)
    assert not Source.objects.filter(publisher="Lenna News").exists()


def test_a_wrong_field_keeps_what_was_typed(universe: Universe, mara: Desk) -> None:
    wrong = NEW | {"title": "", "url": "nonsense", "published_on": "31/31/31", "kind": "x"}
    page = mara.post("log-new-source", universe.arden, **wrong)
    assert page.status_code == 422
    text = page.content.decode()
    assert "<title>Error: New source for Arden" in text
    assert 'value="nonsense"' in text
    for field in ("id_title", "id_url", "id_published_on", "id_kind"):
        assert f'href="#{field}"' in text
    assert not Source.objects.filter(publisher="Lenna News").exists()


def test_a_new_source_for_a_closed_sheet_is_not_half_stored(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.belmar, universe.flow, "n")
    mara.post("log-preview", note="Done.", version=1)
    page = mara.post("log-new-source", universe.arden, **NEW)
    assert page.status_code == 422
    assert "This sheet is closed" in words(page)
    assert not Source.objects.filter(publisher="Lenna News").exists()


def test_a_new_source_takes_over_a_row_that_had_another(universe: Universe, mara: Desk) -> None:
    mara.sourced(universe.arden, universe.sources["record"])
    assert mara.post("log-new-source", universe.arden, **NEW).status_code == 302
    assert fields_of(mara.get())[f"source-{universe.arden.pk}"] == "lenna-news-2032-03-10"


def test_a_new_source_of_a_cell_serves_no_row(universe: Universe, mara: Desk) -> None:
    where = mara.address("log-new-source", universe.arden) + "?of=cell"
    given = {"title": "New", "publisher": "Courier", "kind": "news", "language": "fr"}
    assert mara.client.post(where, given | {"url": "https://new.example/x"}).status_code == 302
    assert not SheetRow.objects.exists()
    mara.typed(universe.arden, universe.flow, "b")
    page = mara.get("log-details", universe.arden, universe.flow).content.decode()
    assert where in page
    response = mara.post(
        "log-details",
        universe.arden,
        universe.flow,
        version=1,
        language="fr",
        basis="stated",
        source="https://new.example/x",
    )
    assert response.status_code == 302
    cell = mara.cell(universe.arden, universe.flow)
    assert cell is not None
    assert cell.source is not None
    assert cell.source.title == "New"


def test_the_language_of_the_source_is_offered_until_something_is_quoted(
    universe: Universe, mara: Desk, recorded: object
) -> None:
    arabic = make_source(language="ar")
    mara.sourced(universe.arden, arabic)
    mara.typed(universe.arden, universe.flow, "b")
    page = mara.get("log-details", universe.arden, universe.flow).content.decode()
    assert 'name="language" value="ar"' in page
    mara.typed(universe.arden, universe.flow, "b", version=1, quote="A quarter.", language="en")
    page = mara.get("log-details", universe.arden, universe.flow).content.decode()
    assert 'name="language" value="en"' in page
