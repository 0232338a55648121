"""Signing in: mistakes are told, nothing odd breaks it, and it never goes round in circles."""

from typing import Any

import pytest
from django.test import Client

from issues.tests.factories import make_user
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db


def test_the_right_password_leads_to_the_page_that_was_asked_for() -> None:
    make_user(username="reader", password="right")

    response = Client().post(
        "/sign-in/", {"username": "reader", "password": "right", "next": "/lenna/?summit=weir"}
    )

    assert (response.status_code, response["Location"]) == (302, "/lenna/?summit=weir")


def test_the_wrong_password_is_told_and_the_name_kept() -> None:
    make_user(username="reader", password="right")

    response = Client().post("/sign-in/", {"username": "reader", "password": "wrong"})
    page = page_of(response)

    assert page.all("title")[0].text.startswith("Error:")
    assert "There is a problem" in page.one("div", role="alert").text
    assert page.one("input", name="username").attrs["value"] == "reader"
    assert "right" not in response.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "a\x00b", "password": "x"},
        {"username": "reader", "password": "a\x00b"},
        {"username": "x" * 5_000, "password": "x"},
        {"username": "🐟", "password": "🐟"},
        {"username": "<script>alert(1)</script>", "password": "x"},
        {},
    ],
)
def test_odd_credentials_are_refused(fields: dict[str, str]) -> None:
    response = Client().post("/sign-in/", fields)

    assert response.status_code == 200
    assert "There is a problem" in page_of(response).one("div", role="alert").text
    assert b"<script>" not in response.content


def test_odd_browsers_are_refused_like_any_other() -> None:
    client = Client(headers={"user-agent": "x" * 5_000, "accept": "y" * 5_000})

    response = client.post(f"/sign-in/?next=/{'z' * 5_000}", {"username": "reader", "password": "wrong"})

    assert response.status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_nobody_is_led_to_another_site(wanted: str) -> None:
    make_user(username="reader", password="right")

    response = Client().post("/sign-in/", {"username": "reader", "password": "right", "next": wanted})

    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("wanted", ["/sign-in/", "/sign-in/?next=/sign-in/"])
def test_who_is_signed_in_is_not_led_round_in_circles(wanted: str) -> None:
    client = Client()
    client.force_login(make_user())

    response = client.get("/sign-in/", {"next": wanted})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_too_many_wrong_passwords_lock_the_account_for_a_while() -> None:
    make_user(username="reader", password="right")
    client = Client()
    for _ in range(10):
        client.post("/sign-in/", {"username": "reader", "password": "wrong"})

    response = client.post("/sign-in/", {"username": "reader", "password": "right"})

    assert response.status_code == 429
    page = page_of(response)
    assert page.one("h1").text == "Too many wrong passwords"
    assert "Try again in a quarter of an hour." in page.one("main").text


def test_behind_our_proxy_one_readers_mistakes_lock_out_nobody_else(settings: Any) -> None:
    settings.PROXIES = 1
    make_user(username="reader", password="right")
    client = Client()
    for _ in range(10):
        wrong = {"username": "reader", "password": "wrong"}
        client.post("/sign-in/", wrong, headers={"x-forwarded-for": "203.0.113.7"})

    right = {"username": "reader", "password": "right"}
    locked = client.post("/sign-in/", right, headers={"x-forwarded-for": "198.51.100.9, 203.0.113.7"})
    other = client.post("/sign-in/", right, headers={"x-forwarded-for": "203.0.113.8"})

    assert (locked.status_code, other.status_code) == (429, 302)
