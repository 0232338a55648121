"""Who reaches the log sheet, and what any address of it answers to the wrong person or the wrong words."""

from typing import Any

import pytest
from django.urls import reverse

from issues.history import ChangeSet
from issues.models import Sheet
from issues.tests.factories import make_issue, make_party, make_process
from issues.tests.universe import Universe
from issues.tests.views.log.desk import JSON, Desk, words

BOTH = [
    ("log", ()),
    ("log-preview", ()),
    ("log-compare", ()),
    ("log-details", ("arden", "flow")),
    ("log-new-source", ("arden",)),
]
POSTED = [
    ("log-cell", ("arden", "flow")),
    ("log-source", ("arden",)),
    ("log-join", ()),
    ("log-silent", ()),
    ("log-reopen", ()),
    ("log-undo", ()),
    ("log-finish", ()),
]
EVERY = BOTH + POSTED
IDS = [name for name, _ in EVERY]


def address(universe: Universe, name: str, keys: tuple[str, ...], **other: str) -> str:
    at = {"process": "lenna", "slug": "spring"} | other
    return reverse(name, args=[at["process"], at["slug"], *(getattr(universe, key).pk for key in keys)])


@pytest.mark.parametrize(("name", "keys"), EVERY, ids=IDS)
class TestEveryAddress:
    def test_asks_a_stranger_to_sign_in_and_comes_back(
        self, universe: Universe, stranger: Desk, name: str, keys: tuple[str, ...]
    ) -> None:
        where = address(universe, name, keys)
        asked, sent = stranger.client.get(where), stranger.client.post(where)
        assert sent.status_code in (401, 405)
        if asked.status_code != 405:
            assert asked.status_code == 302
            assert asked["Location"].startswith("/sign-in/?next=/lenna/summits/spring/log/")

    def test_refuses_a_viewer(
        self, universe: Universe, viewer: Desk, name: str, keys: tuple[str, ...]
    ) -> None:
        where = address(universe, name, keys)
        assert viewer.client.post(where).status_code == 403
        assert viewer.client.get(where).status_code in (403, 405)
        assert Sheet.objects.count() == 0

    def test_knows_no_other_summit(
        self, universe: Universe, mara: Desk, name: str, keys: tuple[str, ...]
    ) -> None:
        for other in ({"slug": "nowhere"}, {"process": "nothing"}):
            assert mara.client.post(address(universe, name, keys, **other)).status_code == 404

    def test_takes_no_other_method(
        self, universe: Universe, mara: Desk, name: str, keys: tuple[str, ...]
    ) -> None:
        where = address(universe, name, keys)
        assert mara.client.put(where).status_code == 405
        assert mara.client.delete(where).status_code == 405
        assert (mara.client.get(where).status_code == 405) == ((name, keys) in POSTED)


@pytest.mark.parametrize("name", ["mara", "editor"])
def test_a_researcher_and_an_editor_open_the_sheet(request: Any, universe: Universe, name: str) -> None:
    desk: Desk = request.getfixturevalue(name)
    mara_or_ed = desk.typed(universe.arden, universe.flow, "b")
    for page, keys in BOTH:
        where = address(universe, page, keys)
        assert desk.client.get(where).status_code == 200, page
        assert desk.client.head(where).status_code == 200, page
    assert mara_or_ed.version == 1


def test_who_only_looks_writes_nothing(universe: Universe, mara: Desk) -> None:
    before = ChangeSet.objects.count()
    for query in ("", "?sheet=own"):
        for page, keys in BOTH:
            mara.client.get(address(universe, page, keys) + query)
            mara.client.head(address(universe, page, keys) + query)
    assert (Sheet.objects.count(), ChangeSet.objects.count()) == (0, before)


def test_the_first_who_types_makes_the_sheet(universe: Universe, mara: Desk) -> None:
    page = mara.get()
    assert "0 of 12 logged" in words(page)
    assert mara.send(universe.arden, universe.flow, "b").status_code == 200
    assert Sheet.objects.get().summit == universe.spring


@pytest.mark.parametrize("name", ["log-cell", "log-source"])
def test_the_script_is_told_in_json_that_the_login_has_expired(
    universe: Universe, stranger: Desk, name: str
) -> None:
    keys = ("arden", "flow") if name == "log-cell" else ("arden",)
    response = stranger.client.post(address(universe, name, keys), {"code": "b"}, **JSON)
    assert response.status_code == 401
    assert response.json() == {"error": "Your login has expired. Sign in again."}


def test_the_script_of_a_viewer_is_refused_and_not_asked_to_sign_in(universe: Universe, viewer: Desk) -> None:
    assert viewer.send(universe.arden, universe.flow, "b").status_code == 403


def test_actors_and_issues_of_another_process_are_not_found(
    universe: Universe, mara: Desk, recorded: Any
) -> None:
    other = make_process()
    actor, issue = make_party(other), make_issue(process=other)
    assert mara.send(actor, universe.flow, "b").status_code == 404
    assert mara.send(universe.arden, issue, "b").status_code == 404
    assert mara.send_source(actor, "record").status_code == 404
    assert mara.get("log-details", actor, universe.flow).status_code == 404
    assert mara.get("log-new-source", actor).status_code == 404
    assert mara.post("log-join", lead=actor.pk).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999999999999999", "1" * 19, "x"])
def test_keys_that_no_record_has_are_not_found(mara: Desk, universe: Universe, key: str) -> None:
    for page in (f"cell/{key}/{universe.flow.pk}/", f"cell/{universe.arden.pk}/{key}/", f"row/{key}/"):
        assert mara.client.post(mara.address() + page, {"code": "b"}).status_code == 404


def test_the_form_of_a_new_summit_is_for_researchers(mara: Desk, viewer: Desk, stranger: Desk) -> None:
    where = reverse("new-summit", args=["lenna"])
    assert mara.client.get(where).status_code == 200
    assert viewer.client.get(where).status_code == 403
    assert stranger.client.get(where)["Location"].startswith("/sign-in/")
    assert mara.client.get(reverse("new-summit", args=["nothing"])).status_code == 404
    assert mara.client.put(where).status_code == 405


def test_a_form_without_its_token_is_refused(universe: Universe, mara: Desk) -> None:
    mara.client.handler.enforce_csrf_checks = True
    assert mara.post("log").status_code == 403
    assert mara.send(universe.arden, universe.flow, "b").status_code == 403


def test_the_pages_of_readers_lead_to_the_sheet_only_where_one_may_log(
    universe: Universe, mara: Desk, viewer: Desk
) -> None:
    summit = universe.spring.get_absolute_url()
    assert mara.address() in mara.client.get(summit).content.decode()
    assert mara.address() not in viewer.client.get(summit).content.decode()


@pytest.mark.parametrize("page", ["log", "log-preview", "log-state", "log-new-actor"])
def test_a_parameter_that_there_is_not_is_named(universe: Universe, mara: Desk, page: str) -> None:
    response = mara.client.get(mara.address(page) + "?nonsense=1")

    assert response.status_code == 400
    assert "nonsense" in words(response)
