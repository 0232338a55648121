"""Accounts are made and changed in the admin, under the name that the history keeps."""

import pytest
from django.test import Client

from issues.tests.admin.conftest import client_of
from issues.tests.factories import make_user
from issues.user import User


@pytest.fixture
def superuser(db: None) -> Client:
    return client_of(make_user(username="super", is_staff=True, is_superuser=True))


def test_an_account_is_made_with_a_password_and_named_afterwards(superuser: Client) -> None:
    typed = {"username": "mara", "usable_password": "true", "password1": "Dam-and-weir-9"}
    answer = superuser.post("/admin/issues/user/add/", typed | {"password2": "Dam-and-weir-9"})
    made = User.objects.get(username="mara")
    assert answer["Location"] == f"/admin/issues/user/{made.pk}/change/"
    assert made.check_password("Dam-and-weir-9")
    page = superuser.get(answer["Location"]).content.decode()
    assert 'name="name"' in page
    joined = f"{made.date_joined:%Y-%m-%d}", f"{made.date_joined:%H:%M:%S}"
    typed = {"username": "mara", "name": "Mara Voss", "email": "", "is_active": "on"}
    typed |= {"date_joined_0": joined[0], "date_joined_1": joined[1]}
    assert superuser.post(answer["Location"], typed).status_code == 302
    made.refresh_from_db()
    assert made.name == "Mara Voss"


def test_a_username_is_taken_once(superuser: Client) -> None:
    typed = {"username": "super", "usable_password": "true", "password1": "Dam-and-weir-9"}
    answer = superuser.post("/admin/issues/user/add/", typed | {"password2": "Dam-and-weir-9"})
    assert answer.status_code == 200
    assert User.objects.count() == 1


def test_an_address_that_another_account_has_is_told(superuser: Client) -> None:
    make_user(username="omar", email="omar@example.org")
    mara = make_user(username="mara")
    joined = f"{mara.date_joined:%Y-%m-%d}", f"{mara.date_joined:%H:%M:%S}"
    typed = {"username": "mara", "email": "Omar@Example.org", "is_active": "on"}
    typed |= {"date_joined_0": joined[0], "date_joined_1": joined[1]}

    answer = superuser.post(f"/admin/issues/user/{mara.pk}/change/", typed)

    assert answer.status_code == 200
    assert "Another account has this address." in answer.content.decode()
