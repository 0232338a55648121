"""What was typed is not lost where a sign-in has expired or is another one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from issues.models import Place, Process
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as

NEW = "/lenna/summits/new/"
UNTYPED = {"seats-TOTAL_FORMS": "1", "next": "/lenna/"}
WORDS = "Half of the flow,\nand “not a drop” <more>."


def test_a_form_of_someone_signed_out_is_kept_and_can_be_sent_again(universe: Universe) -> None:
    answer = Client().post(
        NEW, {"name": "Dam meeting", "summary": WORDS, "seats-0-actor": ["1", "2"], **UNTYPED}
    )
    page = page_of(answer)

    assert answer.status_code == 401
    assert answer["Cache-Control"] == "private, no-store"
    assert page.one("h1").text == "You are signed out"
    form = page.one("main").one("form")
    assert form.attrs["action"] == NEW
    hidden = [(field.attrs["name"], field.attrs["value"]) for field in form.all("input", type="hidden")]
    assert [one for one in hidden if one[0] != "csrfmiddlewaretoken"] == [
        ("name", "Dam meeting"),
        ("summary", WORDS),
        ("seats-0-actor", "1"),
        ("seats-0-actor", "2"),
        *UNTYPED.items(),
    ]
    assert [one.text for one in page.all("dt")] == ["name", "summary", "seats-0-actor", "seats-0-actor"]
    assert "“not a drop” <more>." in page.one("dl").text
    assert page.one("main").one("a", target="_blank").attrs["href"] == "/sign-in/"


def test_what_is_sent_again_is_stored(universe: Universe) -> None:
    sent = {"name": "Lake talks"}
    fields = page_of(Client().post("/", sent)).one("main").one("form").all("input", type="hidden")
    again = {field.attrs["name"]: field.attrs["value"] for field in fields}

    assert visit_as("editor").post("/", again).status_code == 302
    assert Process.objects.filter(name="Lake talks").exists()


@pytest.fixture
def strict(universe: Universe) -> Client:
    """An editor whose browser must send the secret of its forms."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(is_superuser=True))
    return client


def test_a_form_opened_before_another_sign_in_is_kept(strict: Client) -> None:
    answer = strict.post("/", {"name": "Lake talks"}, headers={"referer": "http://testserver/", "origin": ""})
    page = page_of(answer)

    assert answer.status_code == 403
    form = page.one("main").one("form")
    again = {one.attrs["name"]: one.attrs["value"] for one in form.all("input", type="hidden")}
    assert again["name"] == "Lake talks"
    assert not page.all("a", target="_blank"), "who is signed in need not sign in"
    assert strict.post("/", again).status_code == 302
    assert Process.objects.filter(name="Lake talks").exists()


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"referer": "http://evil.example/"}]
)
def test_what_another_site_sent_is_not_offered(strict: Client, headers: dict[str, str]) -> None:
    answer = strict.post("/", {"name": "Not mine"}, headers=headers)
    page = page_of(answer)

    assert answer.status_code == 403
    assert "came from another site" in page.one("main").text
    assert "Not mine" not in answer.content.decode()
    assert not page.one("main").all("form")
    assert not Place.objects.filter(name="Not mine").exists()


def test_no_password_is_kept_in_a_page(strict: Client) -> None:
    answer = strict.post(
        "/sign-in/", {"username": "mara", "password": "s3cret"}, headers={"origin": "http://testserver"}
    )

    assert answer.status_code == 403
    assert "s3cret" not in answer.content.decode()
    assert "Nothing was stored." in page_of(answer).one("main").text


def test_a_file_cannot_be_kept_and_is_named(universe: Universe) -> None:
    file: Any = SimpleUploadedFile("talks & more.csv", b"a,b")
    page = page_of(Client().post("/lenna/import/", {"file": file}))

    assert "Files cannot be kept in a page: talks & more.csv." in " ".join(page.one("main").text.split())
    assert not page.one("main").all("form")
