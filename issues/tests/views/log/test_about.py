"""What a sheet is about: it shows some issues and actors, and puts the others aside."""

from typing import Any

import pytest

from issues.models import Actor, Attendance, Participation, SheetRow
from issues.queries.log_sheet.aside import put_aside
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, fields_of, words
from issues.tests.views.page import page_of


def hidden(page: Any) -> set[str]:
    """The names of the issues and actors whose column or row is not shown."""
    found = page_of(page).one("table")
    heads = [head.text for head in found.all("th") if "hidden" in head.attrs]
    rows = [row.all("th")[0].text for row in found.all("tr") if "hidden" in row.attrs]
    return {*heads, *rows}


def about(desk: Desk, *, issues: list[Any], actors: list[Any], **more: Any) -> Any:
    """Tick these and press the button."""
    return desk.post("log-about", issue=[i.pk for i in issues], actor=[a.pk for a in actors], **more)


def test_what_is_not_ticked_is_put_aside_for_everyone_on_the_sheet(
    universe: Universe, mara: Desk, omar: Desk
) -> None:
    assert hidden(mara.get()) == set()

    response = about(mara, issues=[universe.flow], actors=[universe.arden, universe.belmar])

    assert response["Location"] == mara.address()
    issues, actors = put_aside(mara.sheet())
    assert issues == {universe.data.pk, universe.treaty.pk, universe.preamble.pk}
    assert {universe.cadria.pk, universe.commission.pk} <= actors
    page = omar.get()
    assert {"Cadria", "Commission"} <= hidden(page)
    assert "Put aside: 2 issues, 2 actors." in words(page)
    assert hidden(omar.client.get(omar.address() + "?all=1")) == set()


def test_own_sheets_are_about_what_their_coder_says(universe: Universe, mara: Desk, maras: Desk) -> None:
    about(maras, issues=[universe.flow], actors=[universe.arden])

    assert len(hidden(maras.get())) > 2
    assert hidden(mara.get()) == set()


def test_what_holds_something_typed_or_a_source_is_never_hidden(
    universe: Universe, mara: Desk, recorded: object
) -> None:
    mara.typed(universe.cadria, universe.data, "b")
    mara.sourced(universe.commission, universe.sources["record"])

    about(mara, issues=[universe.flow], actors=[universe.arden])

    assert not {"Cadria", "Commission"} & hidden(mara.get())
    assert universe.data.pk not in put_aside(mara.sheet())[0]


def test_what_was_typed_into_an_issue_that_was_aside_brings_it_back(universe: Universe, mara: Desk) -> None:
    about(mara, issues=[universe.flow], actors=[universe.arden])
    mara.typed(universe.cadria, universe.data, "b")

    page = mara.get()

    assert "Cadria" not in hidden(page)
    assert not any(universe.data.name in name for name in hidden(page))


def test_who_was_at_the_table_is_one_button(universe: Universe, mara: Desk, recorded: object) -> None:
    Attendance.objects.create(summit=universe.spring, actor=universe.ministry)
    Attendance.objects.create(summit=universe.spring, actor=universe.cadria)
    assert "at the table" in words(mara.get())

    about(mara, issues=[universe.flow, universe.data], actors=[], table="1")

    assert {"Belmar", "Commission"} <= hidden(mara.get())
    assert not {"Arden", "Cadria"} & hidden(mara.get())


def test_who_is_not_watched_comes_on_the_sheet_by_a_tick(universe: Universe, mara: Desk) -> None:
    name = f"code-{universe.fishers.pk}-{universe.flow.pk}"
    assert name not in fields_of(mara.get())

    about(mara, issues=[universe.flow], actors=[universe.arden, universe.fishers])

    assert name in fields_of(mara.get())
    assert SheetRow.objects.get().actor == universe.fishers


@pytest.mark.parametrize(("issues", "actors", "named"), [([], ["arden"], "Issues"), (["flow"], [], "Actors")])
def test_nothing_left_is_refused_by_name(
    universe: Universe, mara: Desk, issues: list[str], actors: list[str], named: str
) -> None:
    page = about(
        mara, issues=[getattr(universe, x) for x in issues], actors=[getattr(universe, x) for x in actors]
    )

    assert page.status_code == 422
    assert f"{named}: Leave at least one on the sheet." in words(page)


def test_keys_of_nothing_and_of_another_process_are_passed_by(universe: Universe, mara: Desk) -> None:
    response = mara.post(
        "log-about", issue=[universe.flow.pk, 999999, "x", "-1"], actor=[universe.arden.pk, "9" * 40]
    )

    assert response.status_code == 302


def test_the_script_puts_single_issues_aside(universe: Universe, mara: Desk) -> None:
    where = mara.address("log-about")
    answer = mara.client.post(where, {"aside": [universe.data.pk, 999999]}, HTTP_ACCEPT="application/json")

    assert answer.json() == {}
    assert put_aside(mara.sheet()) == ({universe.data.pk}, set())
    mara.client.post(where, {"aside": universe.treaty.pk}, HTTP_ACCEPT="application/json")
    assert put_aside(mara.sheet())[0] == {universe.data.pk, universe.treaty.pk}


def test_a_closed_sheet_says_so(universe: Universe, mara: Desk) -> None:
    mara.typed(universe.belmar, universe.flow, "n")
    mara.post("log-preview", note="Done.", version=1)

    page = about(mara, issues=[universe.flow], actors=[universe.arden])

    assert page.status_code == 422
    assert "This sheet is closed" in words(page)


def test_what_a_sheet_is_about_does_not_stand_in_the_way_of_its_publication(
    universe: Universe, mara: Desk
) -> None:
    mara.typed(universe.belmar, universe.flow, "n")
    preview = mara.get("log-preview")
    about(mara, issues=[universe.flow], actors=[universe.arden])

    fields = {"note": "Done.", "version": 1, "seen": preview.context["preview"].seen}
    assert mara.post("log-preview", **fields).status_code == 302


# An actor who is not on the sheet


def new_actor(desk: Desk, **fields: Any) -> Any:
    return desk.post("log-new-actor", **{"kind": "", "role": "observer"} | fields)


def test_a_new_actor_is_made_and_takes_part_and_has_a_row(universe: Universe, mara: Desk) -> None:
    response = new_actor(mara, name="Düne Council", kind="organisation")

    actor = Actor.objects.get(name="Düne Council")
    assert response["Location"] == f"{mara.address()}#row-{actor.pk}"
    assert actor.slug == "düne-council"
    taking_part = Participation.objects.get(actor=actor)
    assert (taking_part.process, taking_part.role, taking_part.watched) == (
        universe.process,
        "observer",
        False,
    )
    assert actor.history.get().change_set == taking_part.history.get().change_set
    assert f"code-{actor.pk}-{universe.flow.pk}" in fields_of(mara.get())


def test_an_actor_that_is_called_as_an_address_of_ours_gets_another(universe: Universe, mara: Desk) -> None:
    new_actor(mara, name="New", kind="organisation")
    new_actor(mara, name="Düne–Council", kind="organisation")

    assert Actor.objects.get(name="New").slug == "new-2"
    assert Actor.objects.get(name="Düne–Council").slug == "düne-council"


def test_an_actor_on_record_is_recognised_by_any_spelling(
    universe: Universe, mara: Desk, recorded: object
) -> None:
    known = Actor.objects.create(
        name="River Court", slug="river-court", kind="organisation", aliases="Суд реки"
    )

    assert new_actor(mara, name="СУД реки", watched="on").status_code == 302

    taking_part = Participation.objects.get(actor=known)
    assert (taking_part.process, taking_part.watched) == (universe.process, True)


def test_who_takes_part_already_only_gets_a_row(universe: Universe, mara: Desk) -> None:
    about(mara, issues=[universe.flow], actors=[universe.arden])

    assert new_actor(mara, name="cadria", role="observer").status_code == 302

    assert Participation.objects.get(process=universe.process, actor=universe.cadria).role == "party"
    assert "Cadria" not in hidden(mara.get())


def test_a_name_that_several_share_is_told_with_what_tells_them_apart(
    universe: Universe, mara: Desk, recorded: object
) -> None:
    for slug in ("one", "two"):
        Actor.objects.create(name="Union", slug=slug, kind="organisation")

    page = new_actor(mara, name="Union")

    assert page.status_code == 422
    assert "2 actors are called “Union”: Union (one); Union (two)." in words(page)
    assert new_actor(mara, name="two").status_code == 302


def test_who_is_new_needs_a_kind_and_nothing_typed_is_lost(universe: Universe, mara: Desk) -> None:
    page = new_actor(mara, name="Nobody Yet", role="guarantor")

    assert page.status_code == 422
    assert "Nobody on record is called “Nobody Yet”: say what kind of actor that is." in words(page)
    assert 'value="Nobody Yet"' in page.content.decode()
    assert 'value="guarantor" selected' in page.content.decode()
    assert not Actor.objects.filter(name="Nobody Yet").exists()
