"""The sheet as a page, and the whole of it saved by one button, as where no script runs."""

from typing import Any

from issues.actions.log_sheet.publish import publish
from issues.models import Cell
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, fields_of, words


def code(actor: Any, issue: Any) -> str:
    return f"code-{actor.pk}-{issue.pk}"


def source(actor: Any) -> str:
    return f"source-{actor.pk}"


def test_rows_are_the_watched_actors_and_columns_the_issues_open_on_the_day(
    universe: Universe, mara: Desk
) -> None:
    page = mara.get()
    fields = fields_of(page)
    expected = {
        code(actor, issue)
        for actor in (universe.arden, universe.belmar, universe.cadria, universe.commission)
        for issue in (universe.flow, universe.data, universe.preamble)
    }
    assert {name for name in fields if name.startswith("code-")} == expected
    assert "0 of 12 logged" in words(page)
    assert "Treaty text" not in words(page)


def test_a_cell_says_what_stood_before(universe: Universe, mara: Desk) -> None:
    text = words(mara.get())
    for said in (
        "was 50 · Weir meeting",
        "was 25 · Delta meeting · red line",
        "was 25 · Delta meeting",
        "withdrawn",
        "never stated",
    ):
        assert said in text
    assert "was text only · Delta meeting" in text


def test_one_save_stores_cells_and_sources_and_comes_back_to_the_sheet(
    universe: Universe, mara: Desk
) -> None:
    response = mara.save(
        {
            source(universe.arden): "record",
            code(universe.arden, universe.flow): "r",
            code(universe.arden, universe.data): " B ",
            code(universe.cadria, universe.flow): "+5!",
            code(universe.belmar, universe.flow): "n",
        }
    )
    assert response.status_code == 302
    assert response["Location"] == mara.address()
    assert mara.codes() == {
        ("arden", "flow"): "r",
        ("arden", "data"): "B",
        ("cadria", "flow"): "+5!",
        ("belmar", "flow"): "n",
    }
    page = mara.get()
    assert "4 of 12 logged" in words(page)
    assert fields_of(page)[source(universe.arden)] == "record"
    assert fields_of(page)[code(universe.cadria, universe.flow)] == "+5!"


def test_the_button_that_leads_to_the_preview_saves_first(universe: Universe, mara: Desk) -> None:
    response = mara.save({code(universe.arden, universe.flow): "r", "preview": "1"})
    assert response["Location"] == mara.address("log-preview")
    assert mara.codes() == {("arden", "flow"): "r"}


def test_valid_cells_are_saved_though_another_is_wrong(universe: Universe, mara: Desk) -> None:
    wrong = {
        code(universe.arden, universe.flow): "b",
        code(universe.belmar, universe.flow): "r",
        code(universe.cadria, universe.flow): "120",
        code(universe.cadria, universe.data): "h",
        code(universe.commission, universe.flow): "45!!",
        code(universe.commission, universe.preamble): "b",
    }
    page = mara.save(wrong)
    assert page.status_code == 422
    assert mara.codes() == {("arden", "flow"): "b"}
    text = words(page)
    assert "There is a problem 1 cell saved; what follows is not." in text
    for message in (
        "Belmar on Summer flow: “r” needs a standing position",
        "Cadria on Summer flow: 120 is outside the scale of 0 to 100.",
        "Cadria on Data sharing: There is no option h: this issue has a to c.",
        "Commission on Summer flow: “!” is there 2 times; once is enough.",
        "Commission on Preamble: This issue has no scale",
    ):
        assert message in text


def test_a_wrong_cell_keeps_what_was_typed_and_its_error_leads_to_it(universe: Universe, mara: Desk) -> None:
    name = code(universe.cadria, universe.flow)
    page = mara.save({name: "120"})
    assert fields_of(page)[name] == "120"
    assert page.content.decode().count(f'href="#{name}"') == 1
    assert f'id="{name}"' in page.content.decode()
    assert 'aria-invalid="true"' in page.content.decode()
    assert "<title>Error: Log Spring meeting" in page.content.decode()
    assert mara.save({name: "25"}, page).status_code == 302
    assert mara.codes() == {("cadria", "flow"): "25"}


def test_an_emptied_field_empties_the_cell(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "b")
    assert mara.save({code(universe.arden, universe.flow): ""}).status_code == 302
    assert mara.codes() == {}


def test_saving_again_without_a_change_stores_nothing(universe: Universe, mara: Desk) -> None:
    mara.save({code(universe.arden, universe.flow): "r", source(universe.arden): "record"})
    history = Cell.history.count()
    mara.save({})
    assert Cell.history.count() == history


def test_two_people_in_different_cells_merge(universe: Universe, mara: Desk, omar: Desk) -> None:
    page = mara.get()
    omar.save({code(universe.cadria, universe.flow): "b", source(universe.cadria): "record"})
    response = mara.save({code(universe.arden, universe.flow): "c", source(universe.arden): "gazette"}, page)
    assert response.status_code == 302
    assert mara.codes() == {("arden", "flow"): "c", ("cadria", "flow"): "b"}
    fields = fields_of(mara.get())
    assert fields[source(universe.cadria)] == "record"
    assert fields[source(universe.arden)] == "gazette"


def test_a_cell_that_another_changed_stays_changed_where_it_was_not_typed_over(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.cadria, universe.flow, "b")
    page = mara.get()
    omar.typed(universe.cadria, universe.flow, "e", version=1)
    assert mara.save({code(universe.arden, universe.flow): "c"}, page).status_code == 302
    assert mara.codes()["cadria", "flow"] == "e"


def test_a_cell_that_another_emptied_stays_empty_where_it_was_not_typed_over(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.cadria, universe.flow, "b")
    page = mara.get()
    omar.send(universe.cadria, universe.flow, "", 1)
    assert mara.save({code(universe.arden, universe.flow): "c"}, page).status_code == 302
    assert mara.codes() == {("arden", "flow"): "c"}


def test_the_same_cell_shows_both_values_and_saves_the_others(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    page = mara.get()
    omar.typed(universe.cadria, universe.flow, "b")
    name = code(universe.cadria, universe.flow)
    shown = mara.save({name: "e", code(universe.arden, universe.flow): "c"}, page)
    assert shown.status_code == 409
    assert mara.codes() == {("cadria", "flow"): "b", ("arden", "flow"): "c"}
    text = words(shown)
    assert "You typed e. Meanwhile: b. Save again to keep yours, or type the other." in text
    assert "Cadria on Summer flow: someone typed “b” meanwhile." in text
    assert fields_of(shown)[name] == "e"

    assert mara.save({}, shown).status_code == 302
    assert mara.codes()["cadria", "flow"] == "e"


def test_in_a_conflict_the_others_value_is_taken_by_typing_it(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    page = mara.get()
    omar.typed(universe.cadria, universe.flow, "b")
    name = code(universe.cadria, universe.flow)
    shown = mara.save({name: "e"}, page)
    assert mara.save({name: "b"}, shown).status_code == 302
    stored = mara.cell(universe.cadria, universe.flow)
    assert stored is not None
    assert (stored.code, stored.version) == ("b", 1)


def test_a_cell_emptied_and_typed_anew_by_another_is_a_conflict(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    omar.typed(universe.cadria, universe.flow, "b")
    page = mara.get()
    omar.send(universe.cadria, universe.flow, "", 1)
    omar.send(universe.cadria, universe.flow, "c", 0)
    assert mara.save({code(universe.cadria, universe.flow): "e"}, page).status_code == 409
    assert mara.codes()["cadria", "flow"] == "c"


def test_a_row_that_got_another_source_meanwhile_says_so(universe: Universe, mara: Desk, omar: Desk) -> None:
    page = mara.get()
    omar.sourced(universe.cadria, universe.sources["record"])
    shown = mara.save({source(universe.cadria): "gazette"}, page)
    assert shown.status_code == 422
    assert "Cadria: someone changed this source to “record” meanwhile; save again" in words(shown)
    assert fields_of(shown)[source(universe.cadria)] == "gazette"
    assert mara.save({}, shown).status_code == 302
    assert fields_of(mara.get())[source(universe.cadria)] == "gazette"


def test_a_source_that_is_not_known_is_named_and_may_be_made(universe: Universe, mara: Desk) -> None:
    page = mara.save({source(universe.arden): "nonsense", source(universe.cadria): "https://new.example/x"})
    assert page.status_code == 422
    assert "Arden: No source is called “nonsense”." in words(page)
    assert "Cadria: Not on record yet." in words(page)
    assert mara.address("log-new-source", universe.cadria) in page.content.decode()
    assert fields_of(page)[source(universe.arden)] == "nonsense"


def test_a_version_that_is_no_number_keeps_what_was_typed_and_saves_the_others(
    universe: Universe, mara: Desk
) -> None:
    name = code(universe.arden, universe.flow)
    for version in ("x", "-1", "", "1" * 10, "²"):
        page = mara.save(
            {
                name: "c",
                name.replace("code", "version"): version,
                source(universe.arden): "record",
                f"version-{source(universe.arden)}": version,
            }
        )
        assert page.status_code == 422, version
        assert "the page does not say which version it shows; reload it." in words(page)
        assert fields_of(page)[name] == "c"
        assert fields_of(page)[source(universe.arden)] == "record"
    assert mara.codes() == {}


def test_a_cell_that_is_not_on_the_sheet_is_refused(universe: Universe, mara: Desk) -> None:
    page = mara.save({code(universe.arden, universe.treaty): "b", "code-1-999999999999999999": "b"})
    assert page.status_code == 422
    assert "This cell is not on the sheet; reload it." in words(page)
    assert mara.codes() == {}


def test_one_actor_is_a_page_and_its_save_leaves_the_others(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.cadria, universe.flow, "b")
    page = mara.client.get(mara.address() + "?actor=arden")
    names = {name for name in fields_of(page) if name.startswith("code-")}
    assert {int(name.split("-")[1]) for name in names} == {universe.arden.pk}
    fields = fields_of(page) | {code(universe.arden, universe.flow): "c"}
    assert mara.client.post(mara.address() + "?actor=arden", fields).status_code == 302
    assert mara.codes() == {("arden", "flow"): "c", ("cadria", "flow"): "b"}


def test_a_published_sheet_is_closed_to_a_page_that_was_open_before(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    page = mara.get()
    omar.typed(universe.belmar, universe.flow, "n")
    publish(sheet=omar.sheet(), note="Done.", by=omar.user)
    shown = mara.save({code(universe.arden, universe.flow): "c", source(universe.arden): "record"}, page)
    assert shown.status_code == 422
    assert words(shown).count("This sheet is closed; reopen it to correct what it says.") >= 2
    assert "This sheet is published." in words(shown)
    assert mara.codes() == {("belmar", "flow"): "n"}


def test_words_of_any_script_and_markup_are_shown_as_they_are(universe: Universe, mara: Desk) -> None:
    name = code(universe.arden, universe.flow)
    page = mara.save({name: '"><b>x', source(universe.arden): "<script>alert(1)</script>"})
    assert page.status_code == 422
    assert fields_of(page)[name] == '"><b>x'
    assert b"<script>alert" not in page.content
