"""A coder's own sheet is seen by nobody else, by any address, before both are finished."""

import re
from collections import Counter, deque

import pytest
from django.urls import reverse

from issues.models import Sheet
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, desk_of, fields_of, someone, words

SECRETS = ("87.25", "Whispered", "On the quiet", "Private reading")


@pytest.fixture
def secret(universe: Universe, omars: Desk) -> Desk:
    """Omar's own sheet, with words that stand nowhere else."""
    omars.typed(
        universe.arden,
        universe.flow,
        "87.25!",
        quote="Whispered to the coder.",
        summary="On the quiet.",
        note="Private reading.",
    )
    omars.sourced(universe.arden, universe.sources["leaflet"])
    return omars


def test_with_own_in_the_address_everyone_has_their_own(
    universe: Universe, secret: Desk, maras: Desk, mara: Desk
) -> None:
    assert fields_of(secret.get())[f"code-{universe.arden.pk}-{universe.flow.pk}"] == "87.25!"
    assert fields_of(maras.get())[f"code-{universe.arden.pk}-{universe.flow.pk}"] == ""
    assert fields_of(mara.get())[f"code-{universe.arden.pk}-{universe.flow.pk}"] == ""
    assert "Your own sheet, seen by nobody else until both coders are finished" in words(secret.get())


def test_what_is_typed_and_saved_on_ones_own_stays_there(universe: Universe, maras: Desk, mara: Desk) -> None:
    name = f"code-{universe.arden.pk}-{universe.flow.pk}"
    response = maras.save({name: "b", f"source-{universe.arden.pk}": "record"})
    assert response["Location"] == maras.address()
    assert maras.send(universe.cadria, universe.flow, "c").status_code == 200
    assert maras.send_source(universe.cadria, "record").status_code == 200
    assert maras.post(
        "log-details", universe.cadria, universe.flow, version=1, language="en", basis="stated"
    )["Location"].startswith(maras.address())
    assert maras.codes() == {("arden", "flow"): "b", ("cadria", "flow"): "c"}
    assert mara.codes() == {}
    assert not mara.sheet().rows.exists()


@pytest.mark.parametrize(
    "query", ["sheet={pk}", "sheet=omar", "sheet=OWN", "coder=omar", "sheet=own&coder=omar"]
)
def test_no_address_names_the_sheet_of_another(
    universe: Universe, secret: Desk, mara: Desk, query: str
) -> None:
    query = "?" + query.format(pk=secret.sheet().pk)
    for page, keys in (
        ("log", ()),
        ("log-preview", ()),
        ("log-compare", ()),
        ("log-details", (universe.arden, universe.flow)),
    ):
        response = mara.client.get(mara.address(page, *keys) + query)
        content = response.content.decode()
        assert response.status_code in (200, 302, 400, 404)
        assert not [word for word in SECRETS if word in content]


def test_no_address_writes_on_the_sheet_of_another(universe: Universe, secret: Desk, mara: Desk) -> None:
    before = secret.codes()
    for query in (f"?sheet={secret.sheet().pk}", "?sheet=own", ""):
        where = mara.address("log-cell", universe.arden, universe.flow) + query
        mara.client.post(where, {"code": "", "version": 1, "sheet": secret.sheet().pk})
    assert secret.codes() == before


@pytest.mark.sqlite
def test_nobody_finds_a_word_of_it_on_any_page_of_the_site_or_the_admin(
    universe: Universe, secret: Desk, mara: Desk
) -> None:
    editor = desk_of(someone("boss", "Editors"), universe.spring)
    editor.user.is_staff = True
    editor.user.save()
    secret.typed(universe.cadria, universe.flow, "88.25", note="Private reading.")
    secret.send(universe.cadria, universe.flow, "", 1)
    touched = [universe.arden, universe.cadria, universe.flow, universe.spring, universe.sources["leaflet"]]
    of_touched = [
        reverse(f"admin:issues_{record._meta.model_name}_{page}", args=[record.pk])
        for record in touched
        for page in ("change", "history", "delete")
    ]
    starts = ["/", reverse("admin:index"), reverse("admin:issues_changeset_changelist"), mara.address()]
    seen = crawl(editor, [*starts, *of_touched])
    assert any(address.startswith("/admin/issues/changeset/") for address in seen)
    assert len(seen) > 100
    found = {
        address: leaks
        for address, content in seen.items()
        if (leaks := [word for word in (*SECRETS, "88.25") if word in content])
    }
    assert found == {}


def crawl(desk: Desk, start: list[str], of_a_kind: int = 3) -> dict[str, str]:
    """The pages that links lead to, a few of those that differ in their numbers only."""
    seen: dict[str, str] = {}
    known, queue, kinds = set(start), deque(start), Counter[str]()
    while queue:
        address = queue.popleft()
        response = desk.client.get(address)
        assert response.status_code < 500, address
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        seen[address] = content = body.decode(errors="replace")
        for link in re.findall(r'href="([^"#]+)', content):
            link = link.replace("&amp;", "&")
            target = link if link.startswith("/") else address.split("?")[0] + link if link[0] == "?" else ""
            path = target.split("?")[0]
            kind = re.sub(r"\d+", "#", path)
            if path in known or not path or path.startswith(("/static/", "/admin/logout")):
                continue
            if kinds[kind] < of_a_kind:
                known.add(path)
                kinds[kind] += 1
                queue.append(target)
    return seen


@pytest.mark.parametrize("model", ["sheet", "sheetrow", "cell"])
@pytest.mark.parametrize("page", ["", "1/change/", "1/history/", "add/", "1/delete/"])
def test_the_admin_knows_no_sheets_not_even_for_a_superuser(
    universe: Universe, secret: Desk, model: str, page: str
) -> None:
    root = desk_of(make_user(username="root", is_staff=True, is_superuser=True), universe.spring)
    assert root.client.get(f"/admin/issues/{model}/{page}").status_code == 404
    for history in (f"/history/{model}/1/", f"/admin/autocomplete/?app_label=issues&model_name={model}"):
        assert root.client.get(history).status_code in (403, 404)


def test_it_is_never_previewed_nor_published(universe: Universe, secret: Desk) -> None:
    assert secret.get("log-preview")["Location"] == secret.address()
    response = secret.post("log-preview", note="Mine.", version=1)
    assert response["Location"] == secret.address()
    assert secret.sheet().published is None
    assert "Preview and publish" not in words(secret.get())


def test_the_shared_sheet_is_untouched_by_reopening_and_undoing_from_ones_own(
    universe: Universe, secret: Desk
) -> None:
    for page in ("log-reopen", "log-undo"):
        assert secret.post(page, note="Mine.").status_code in (302, 403, 404)
    assert Sheet.objects.filter(coder=secret.user, published=None).count() == 1


def test_finished_it_is_closed(universe: Universe, secret: Desk) -> None:
    assert "I am finished" in words(secret.get())
    response = secret.post("log-finish")
    assert response["Location"].startswith(secret.address("log-compare").split("?")[0])
    page = secret.get()
    assert "You finished this sheet." in words(page)
    assert "I am finished" not in words(page)
    assert secret.send(universe.cadria, universe.flow, "b").status_code == 422


def test_finishing_without_a_sheet_of_ones_own_makes_none(universe: Universe, mara: Desk) -> None:
    assert mara.post("log-finish").status_code == 302
    assert not Sheet.objects.filter(coder=mara.user).exists()


def test_finishing_twice_is_finishing_once(secret: Desk) -> None:
    secret.post("log-finish")
    version = secret.sheet().version
    assert secret.post("log-finish").status_code == 302
    assert secret.sheet().version == version


def test_nobody_else_reads_the_history_of_it_at_its_own_address(universe: Universe, secret: Desk) -> None:
    records = [secret.sheet(), *secret.sheet().cells.all(), *secret.sheet().rows.all()]
    others = [
        desk_of(someone("mara"), universe.spring),
        desk_of(someone("boss", "Editors"), universe.spring),
        desk_of(make_user(username="root", is_staff=True, is_superuser=True), universe.spring),
    ]
    assert len(records) == 3
    for record in records:
        where = f"/history/{record._meta.model_name}/{record.pk}/"
        row = record.history.latest().pk
        for other in others:
            for address in (where, f"{where}{row}/undo/", f"{where}{row}/restore/"):
                for response in (other.client.get(address), other.client.post(address, {"reason": "Mine."})):
                    assert response.status_code in (403, 404, 405), address
    assert secret.codes() == {("arden", "flow"): "87.25!"}
