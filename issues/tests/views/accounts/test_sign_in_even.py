"""Whether an address or a name has an account is told by no answer; and tries are counted."""

from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from issues.tests.factories import make_user
from issues.tests.views.page import page_of
from issues.user import User

pytestmark = pytest.mark.django_db

RESET = "/account/password/reset/"


@pytest.fixture
def mara() -> User:
    return make_user(username="mara", email="Mara@Example.org", password="a-heron-in-the-reeds")


def sign_in(name: str, password: str, **headers: str) -> Any:
    return Client(headers=headers).post("/sign-in/", {"username": name, "password": password})


@pytest.mark.parametrize("name", ["mara", "MARA", "mara@example.org", "Mara@example.org"])
def test_one_signs_in_by_name_or_address_in_any_case(mara: User, name: str) -> None:
    assert sign_in(name, "a-heron-in-the-reeds").status_code == 302


def told(answer: Any, name: str) -> str:
    return page_of(answer).one("main").text.replace(name, "…")


def test_a_wrong_password_is_answered_as_a_name_that_is_not_there(mara: User) -> None:
    User.objects.filter(pk=make_user(username="closed", password="right").pk).update(is_active=False)
    names = ("mara", "nobody", "mara@example.org", "nobody@example.org")
    answers = {name: sign_in(name, "wrong") for name in names}
    answers["closed"] = sign_in("closed", "right")

    assert {answer.status_code for answer in answers.values()} == {200}
    assert len({told(answer, name) for name, answer in answers.items()}) == 1


@pytest.mark.parametrize("name", ["mara", "nobody", "mara@example.org", "nobody@example.org", "sso"])
def test_every_sign_in_costs_one_hash(mara: User, name: str) -> None:
    make_user(username="sso")  # without a password
    with patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
    ) as hashed:
        sign_in(name, "wrong")

    assert hashed.call_count == 1


def test_a_new_password_is_asked_for_with_the_same_answer_and_one_letter(mara: User) -> None:
    answers = [
        Client().post(RESET, {"email": email}, follow=True) for email in ("mara@example.org", "x@y.zz")
    ]

    assert [answer.redirect_chain for answer in answers] == [[(f"{RESET}sent/", 302)]] * 2
    assert answers[0].content == answers[1].content
    known, unknown = mail.outbox
    assert (known.to, unknown.to) == (["mara@example.org"], ["x@y.zz"])
    assert known.subject == unknown.subject
    assert "/account/password/reset/" in known.body
    assert "no account" in unknown.body


def test_a_mail_server_that_is_away_changes_no_answer(mara: User, caplog: pytest.LogCaptureFixture) -> None:
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError):
        answers = [Client().post(RESET, {"email": email}) for email in ("mara@example.org", "x@y.zz")]

    assert [answer["Location"] for answer in answers] == [f"{RESET}sent/"] * 2
    assert caplog.text.count("A mail could not be sent") == 2
    assert "example.org" not in caplog.text


def test_the_link_sets_a_password_once(mara: User) -> None:
    Client().post(RESET, {"email": "mara@example.org"})
    (link,) = [word for word in mail.outbox[0].body.split() if "/reset/" in word]
    browser = Client()
    form = browser.get(link, follow=True)
    typed = {"password1": "nine-herons-wading", "password2": "nine-herons-wading"}

    done = browser.post(form.redirect_chain[-1][0], typed, follow=True)

    assert page_of(done).one("h1").text == "Your password is set"
    assert "_auth_user_id" not in browser.session, "the second factor is asked for at the sign-in"
    assert sign_in("mara", "nine-herons-wading").status_code == 302
    assert "not good" in page_of(Client().get(link, follow=True)).one("main").text
    assert mail.outbox[-1].subject.endswith("your password was set anew")
    assert not EmailAddress.objects.exists(), "addresses stand in one place"


def test_only_so_many_letters_go_to_one_address() -> None:
    statuses = [Client().post(RESET, {"email": "x@y.zz"}).status_code for _ in range(6)]

    assert statuses == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_one_address_that_tries_many_names_is_stopped(mara: User, settings: Any) -> None:
    settings.FAILURES_OF_AN_ADDRESS = 12
    statuses = [sign_in(f"name-{number}", "wrong").status_code for number in range(13)]

    assert statuses == [200] * 11 + [429] * 2
    locked = sign_in("mara", "a-heron-in-the-reeds")
    assert locked.status_code == 429
    assert page_of(locked).one("h1").text == "Too many wrong passwords"


def test_behind_our_proxy_it_is_the_address_of_the_reader(mara: User, settings: Any) -> None:
    settings.FAILURES_OF_AN_ADDRESS, settings.PROXIES = 5, 1
    for number in range(6):
        sign_in(f"name-{number}", "wrong", **{"x-forwarded-for": "203.0.113.7"})

    right = ("mara", "a-heron-in-the-reeds")
    assert sign_in(*right, **{"x-forwarded-for": "203.0.113.7"}).status_code == 429
    assert sign_in(*right, **{"x-forwarded-for": "203.0.113.8"}).status_code == 302


def test_many_who_sign_in_from_one_address_stop_nobody(mara: User, settings: Any) -> None:
    settings.FAILURES_OF_AN_ADDRESS = 5
    for number in range(8):
        make_user(username=f"user-{number}-here", email=f"{number}@example.org", password="right")
        assert sign_in(f"{number}@example.org", "wrong").status_code == 200
        assert sign_in(f"user-{number}-here", "right").status_code == 302

    assert not AccessAttempt.objects.exists()
    assert sign_in("mara", "a-heron-in-the-reeds").status_code == 302


def test_a_name_in_another_case_is_the_same_name(mara: User) -> None:
    for number in range(10):
        sign_in("MaRa" if number % 2 else "mara", "wrong")

    assert sign_in("maRA", "a-heron-in-the-reeds").status_code == 429
