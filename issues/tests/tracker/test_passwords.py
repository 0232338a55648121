"""The password of the demo opens nothing outside of it; the deploy check names the accounts that have it."""

import logging
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from issues.actions.demo.accounts import PASSWORD, make_demo_accounts
from issues.tests.factories import make_user
from issues.user import User

pytestmark = pytest.mark.django_db

SIGN_IN = RequestFactory().post("/sign-in/")


def test_the_accounts_of_the_demo_sign_in_where_they_are_meant_to(settings: Any) -> None:
    make_demo_accounts()

    assert authenticate(SIGN_IN, username="admin", password=PASSWORD) == User.objects.get(username="admin")


def test_elsewhere_they_do_not_and_the_log_says_so(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    make_demo_accounts()
    settings.DEMO_ACCOUNTS = False
    client = Client()

    with caplog.at_level(logging.ERROR, "tracker"):
        client.post("/sign-in/", {"username": "admin", "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert "has the password of the demo" in caplog.text
    assert "admin" not in caplog.text


def test_other_passwords_do(settings: Any) -> None:
    settings.DEMO_ACCOUNTS = False
    user = make_user(username="mara", password="of-her-own")

    assert authenticate(SIGN_IN, username="mara", password="of-her-own") == user
    assert authenticate(SIGN_IN, username="mara", password="wrong") is None


def test_nobody_takes_that_password() -> None:
    with pytest.raises(ValidationError, match="password of the demo"):
        validate_password(PASSWORD, make_user())


def deploy_errors() -> list[str]:
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return [one.msg for one in found if one.id == "redlines.E001"]


def test_before_it_is_opened_to_others_the_accounts_are_named(settings: Any) -> None:
    make_demo_accounts()
    assert deploy_errors() == [], "on one's own machine they are meant to be"

    settings.DEMO_ACCOUNTS = False
    (said,) = deploy_errors()
    assert said.startswith("admin, editor, researcher, viewer can be signed in to")

    for user in User.objects.exclude(username="editor"):
        user.set_password("of-its-own")
        user.save()
    User.objects.filter(username="editor").update(is_active=False)
    assert deploy_errors() == []
