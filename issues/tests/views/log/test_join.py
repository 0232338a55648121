"""A joint or coalition statement is logged for several actors in one act."""

from datetime import date
from typing import Any

from issues.models import Participation, SheetRow
from issues.tests.acts import add, correct
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, fields_of, words


def lower_basin_takes_part(universe: Universe) -> None:
    add(
        Participation(process=universe.process, actor=universe.lower_basin, role="party", order=5),
        by=universe.coder,
        reason="It speaks.",
    )


def test_the_row_is_copied_to_those_who_are_ticked(universe: Universe, mara: Desk) -> None:
    mara.sourced(universe.arden, universe.sources["record"])
    mara.typed(universe.arden, universe.flow, "b", quote="We agree.")
    mara.typed(universe.arden, universe.preamble, "t")
    response = mara.post(
        "log-join", lead=universe.arden.pk, **{"with": [universe.belmar.pk, universe.cadria.pk]}
    )
    assert response["Location"] == f"{mara.address()}#row-{universe.arden.pk}"
    assert mara.codes() == {
        (actor, issue): code
        for actor in ("arden", "belmar", "cadria")
        for issue, code in (("flow", "b"), ("preamble", "t"))
    }
    cell = mara.cell(universe.cadria, universe.flow)
    assert cell is not None
    assert cell.quote == "We agree."
    page = mara.get()
    assert fields_of(page)[f"source-{universe.cadria.pk}"] == "record"
    assert words(page).count("joins Arden") == 2


def test_a_coalitions_row_counts_for_its_members_without_ticking(universe: Universe, mara: Desk) -> None:
    lower_basin_takes_part(universe)
    assert "Lower Basin (Cadria, Belmar)" in words(mara.get())
    mara.sourced(universe.lower_basin, universe.sources["record"])
    mara.typed(universe.lower_basin, universe.flow, "a")
    assert mara.post("log-join", lead=universe.lower_basin.pk).status_code == 302
    assert mara.codes() == {(name, "flow"): "a" for name in ("lower-basin", "belmar", "cadria")}
    assert SheetRow.objects.filter(joins=universe.lower_basin).count() == 2


def test_a_cell_that_is_typed_already_is_left_as_it_is(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "b")
    mara.typed(universe.cadria, universe.flow, "e")
    mara.post("log-join", lead=universe.arden.pk, **{"with": universe.cadria.pk})
    assert mara.codes()["cadria", "flow"] == "e"


def test_someone_who_is_not_watched_may_join(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "b")
    mara.post("log-join", lead=universe.arden.pk, **{"with": universe.fishers.pk})
    assert mara.codes()["fishers", "flow"] == "b"
    assert f"code-{universe.fishers.pk}-{universe.flow.pk}" in fields_of(mara.get())


def test_actors_of_other_processes_and_nonsense_do_not_join(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "b")
    joined: list[Any] = [universe.ministry.pk, "x", "9" * 40, "-1", universe.arden.pk]
    assert mara.post("log-join", lead=universe.arden.pk, **{"with": joined}).status_code == 302
    assert mara.codes() == {("arden", "flow"): "b"}


def test_a_lead_that_is_nobody_is_not_found(mara: Desk) -> None:
    for lead in ("", "x", "0", "9" * 40):
        assert mara.post("log-join", lead=lead).status_code == 404


def test_on_a_closed_sheet_the_error_is_listed_and_nobody_joins(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "n")
    mara.post("log-preview", note="Done.", version=1)
    page = mara.post("log-join", lead=universe.arden.pk, **{"with": universe.cadria.pk})
    assert page.status_code == 422
    text = words(page)
    assert "The statement of Arden could not be logged for all" in text
    assert "This sheet is closed; reopen it to correct what it says." in text
    assert mara.codes() == {("arden", "flow"): "n"}


def test_on_ones_own_sheet_it_stays_there(universe: Universe, maras: Desk, mara: Desk) -> None:
    maras.typed(universe.arden, universe.flow, "b")
    response = maras.post("log-join", lead=universe.arden.pk, **{"with": universe.cadria.pk})
    assert "?sheet=own" in response["Location"]
    assert maras.codes()["cadria", "flow"] == "b"
    assert mara.codes() == {}


def test_a_coalition_that_is_ticked_brings_its_members_of_that_day(universe: Universe, mara: Desk) -> None:
    lower_basin_takes_part(universe)
    left = universe.lower_basin.memberships.get(member=universe.belmar)
    correct(left, {"until": date(2032, 3, 9)}, by=universe.coder, reason="It left the day before.")
    mara.typed(universe.arden, universe.flow, "a")

    mara.post("log-join", lead=universe.arden.pk, **{"with": universe.lower_basin.pk})

    assert mara.codes() == {(name, "flow"): "a" for name in ("arden", "lower-basin", "cadria")}


def test_a_row_is_taken_out_of_a_joint_statement_and_keeps_its_cells(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.arden, universe.flow, "b")
    mara.post("log-join", lead=universe.arden.pk, **{"with": universe.cadria.pk})
    assert "Take it out of the joint statement: Cadria" in words(mara.get())

    response = mara.post("log-leave", actor=universe.cadria.pk)

    assert response["Location"] == f"{mara.address()}#row-{universe.cadria.pk}"
    assert not SheetRow.objects.filter(joins=universe.arden).exists()
    assert mara.codes()["cadria", "flow"] == "b"
    assert mara.post("log-leave", actor="x").status_code == 404


def test_on_a_closed_sheet_nobody_is_taken_out(universe: Universe, mara: Desk) -> None:
    mara.sourced(universe.arden, universe.sources["record"])
    mara.typed(universe.arden, universe.flow, "b")
    mara.post("log-join", lead=universe.arden.pk, **{"with": universe.cadria.pk})
    preview = words(mara.get("log-preview"))
    assert "Joint: Arden, Cadria" in preview
    mara.post("log-preview", note="Done.", version=1)

    page = mara.post("log-leave", actor=universe.cadria.pk)

    assert page.status_code == 422
    assert "This sheet is closed" in words(page)
    assert SheetRow.objects.filter(joins=universe.arden).count() == 1
