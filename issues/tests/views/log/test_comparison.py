"""Two coders compared cell by cell once both are finished, and adjudicated into the shared sheet."""

import pytest

from issues.domain.coder_agreement import agreement
from issues.models import SheetRow
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, desk_of, someone, words

NOTHING = "There is nothing to compare yet"


@pytest.fixture
def coded(universe: Universe, maras: Desk, omars: Desk) -> tuple[Desk, Desk]:
    """Mara and Omar agree on two cells and differ on three, one of which Omar left out."""
    maras.sourced(universe.arden, universe.sources["record"])
    omars.sourced(universe.cadria, universe.sources["gazette"])
    for actor, issue, hers, his in (
        (universe.arden, universe.flow, "d", "d"),
        (universe.arden, universe.data, "a", "0"),
        (universe.cadria, universe.flow, "b", "c"),
        (universe.cadria, universe.data, "c", "c!"),
        (universe.commission, universe.flow, "t", None),
    ):
        maras.typed(actor, issue, hers, quote=f"Hers on {issue}.")
        if his is not None:
            omars.typed(actor, issue, his, quote=f"His on {issue}.")
    return maras, omars


def finish(*desks: Desk) -> None:
    for desk in desks:
        assert desk.post("log-finish").status_code == 302


def test_nothing_is_compared_before_both_are_finished(coded: tuple[Desk, Desk], mara: Desk) -> None:
    maras, omars = coded
    assert NOTHING in words(mara.get("log-compare"))
    finish(omars)
    for desk in (mara, maras, omars):
        page = desk.get("log-compare")
        assert NOTHING in words(page)
        assert "His on" not in page.content.decode()
    assert maras.post("log-compare").status_code == 200
    finish(maras)
    assert NOTHING not in words(mara.get("log-compare"))


def test_a_third_coder_who_is_not_finished_holds_the_comparison_up(
    universe: Universe, coded: tuple[Desk, Desk], mara: Desk
) -> None:
    third = desk_of(someone("third"), universe.spring, own=True)
    third.typed(universe.arden, universe.flow, "a")
    finish(*coded)
    assert NOTHING in words(mara.get("log-compare"))
    finish(third)
    assert NOTHING not in words(mara.get("log-compare"))


def test_a_sheet_that_was_only_looked_at_holds_nobody_up(
    universe: Universe, coded: tuple[Desk, Desk], mara: Desk
) -> None:
    curious = desk_of(someone("curious"), universe.spring, own=True)
    assert curious.get().status_code == 200
    finish(*coded)
    assert NOTHING not in words(mara.get("log-compare"))


def test_both_codings_stand_side_by_side_with_alpha(coded: tuple[Desk, Desk], mara: Desk) -> None:
    finish(*coded)
    text = words(mara.get("log-compare"))
    assert "mara and omar differ on 3 of 5 cells." in text
    placed = [[75.0, 0.0, 25.0, 100.0], [75.0, 0.0, 50.0, 100.0]]
    ordinal, interval = agreement(placed, "ordinal").alpha, agreement(placed, "interval").alpha
    assert ordinal is not None
    assert interval is not None
    assert f"over the 4 cells that both placed: ordinal {ordinal:.3f}, interval {interval:.3f}." in text
    assert text.count("≠ differs") == 3
    assert "not coded" in text


def test_alpha_is_undefined_where_one_value_occurs_or_too_few_cells(
    universe: Universe, maras: Desk, omars: Desk
) -> None:
    maras.typed(universe.arden, universe.flow, "b")
    omars.typed(universe.arden, universe.flow, "b")
    finish(maras, omars)
    assert "undefined, because fewer than two cells were placed by both." in words(maras.get("log-compare"))


def test_the_two_are_chosen_by_their_names(universe: Universe, coded: tuple[Desk, Desk], mara: Desk) -> None:
    third = desk_of(someone("third"), universe.spring, own=True)
    third.typed(universe.arden, universe.flow, "a")
    finish(*coded, third)
    where = mara.address("log-compare")
    assert "omar and third differ" in words(mara.client.get(f"{where}?first=omar&second=third"))
    assert "mara and omar differ" in words(mara.client.get(f"{where}?first=nobody&second=nobody"))
    assert "omar and mara differ" in words(mara.client.get(f"{where}?first=omar&second=omar"))


def test_adjudication_fills_the_shared_sheet_with_words_and_source(
    universe: Universe, coded: tuple[Desk, Desk], mara: Desk
) -> None:
    finish(*coded)
    cadria = universe.cadria.pk
    response = mara.post(
        "log-compare",
        **{
            f"choice-{cadria}-{universe.flow.pk}": "second",
            f"choice-{universe.commission.pk}-{universe.flow.pk}": "first",
        },
    )
    assert response["Location"] == mara.address()
    assert mara.codes() == {
        ("arden", "flow"): "d",
        ("arden", "data"): "a",
        ("cadria", "flow"): "c",
        ("commission", "flow"): "t",
    }
    taken = mara.cell(universe.cadria, universe.flow)
    assert taken is not None
    assert (taken.quote, taken.source) == ("His on Summer flow.", universe.sources["gazette"])
    agreed = mara.cell(universe.arden, universe.flow)
    assert agreed is not None
    assert agreed.source == universe.sources["record"]
    assert "Commission on Summer flow" in words(mara.get("log-preview"))


def test_where_they_differ_and_nothing_is_chosen_nothing_is_taken(
    universe: Universe, coded: tuple[Desk, Desk], mara: Desk
) -> None:
    finish(*coded)
    mara.post("log-compare", **{f"choice-{universe.cadria.pk}-{universe.flow.pk}": "nonsense"})
    assert ("cadria", "flow") not in mara.codes()
    page = mara.get("log-compare").content.decode()
    assert " checked" not in page


def test_what_the_shared_sheet_says_already_is_not_overwritten_unseen(
    universe: Universe, coded: tuple[Desk, Desk], mara: Desk
) -> None:
    finish(*coded)
    mara.typed(universe.cadria, universe.flow, "e")
    mara.typed(universe.arden, universe.flow, "e")
    key = f"{universe.cadria.pk}-{universe.flow.pk}"
    page = mara.post("log-compare", **{f"choice-{key}": "first", f"version-{key}": "0"})
    assert page.status_code == 422
    assert "Cadria on Summer flow was changed on the shared sheet meanwhile." in words(page)
    assert mara.codes()["cadria", "flow"] == "e"
    assert mara.codes()["arden", "flow"] == "e"
    assert f'name="version-{key}" value="1"' in " ".join(page.content.decode().split())
    assert mara.post("log-compare", **{f"choice-{key}": "first", f"version-{key}": "1"}).status_code == 302
    assert mara.codes()["cadria", "flow"] == "b"


def test_into_a_published_sheet_nothing_is_taken(
    universe: Universe, coded: tuple[Desk, Desk], mara: Desk
) -> None:
    finish(*coded)
    mara.typed(universe.belmar, universe.flow, "n")
    mara.post("log-preview", note="Done.", version=1)
    page = mara.post("log-compare")
    assert page.status_code == 422
    assert "Arden on Summer flow: This sheet is closed; reopen it to correct what it says." in words(page)
    assert mara.codes() == {("belmar", "flow"): "n"}


def test_what_joined_on_an_own_sheet_joins_on_the_shared_one(universe: Universe, mara: Desk) -> None:
    for name in ("zoe", "abe"):
        own = desk_of(someone(name), mara.summit, own=True)
        own.sourced(universe.arden, universe.sources["record"])
        own.typed(universe.arden, universe.flow, "b", quote="We agree.")
        own.post("log-join", lead=universe.arden.pk, **{"with": universe.cadria.pk})
        own.post("log-finish")

    assert mara.post("log-compare").status_code == 302

    assert SheetRow.objects.get(sheet=mara.sheet(), actor=universe.cadria).joins == universe.arden
    assert "Joint: Arden, Cadria" in words(mara.get("log-preview"))
