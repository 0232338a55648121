"""The demo accounts: one a role and an administrator, made once."""

import pytest
from django.contrib.auth.models import Group

from issues.actions.demo.accounts import ACCOUNTS, ADMINISTRATOR, PASSWORD, make_demo_accounts
from issues.user import User

pytestmark = pytest.mark.django_db


def test_there_is_one_account_a_role_and_an_administrator() -> None:
    assert make_demo_accounts() == ["viewer", "researcher", "editor", "admin"]

    for name, group in ACCOUNTS.items():
        user = User.objects.get(username=name)
        assert [found.name for found in user.groups.all()] == [group]
        assert (user.is_staff, user.is_superuser, user.check_password(PASSWORD)) == (True, False, True)
    admin = User.objects.get(username=ADMINISTRATOR)
    assert (admin.is_superuser, admin.check_password(PASSWORD)) == (True, True)


def test_making_them_again_leaves_passwords_and_groups_alone() -> None:
    make_demo_accounts()
    for name in ("viewer", ADMINISTRATOR):
        user = User.objects.get(username=name)
        user.set_password("mine")
        user.save()
    viewer = User.objects.get(username="viewer")
    viewer.groups.set([Group.objects.get(name="Editors")])

    make_demo_accounts()

    assert User.objects.count() == 4
    assert User.objects.get(username="viewer").check_password("mine")
    assert User.objects.get(username=ADMINISTRATOR).check_password("mine")
    assert [group.name for group in viewer.groups.all()] == ["Editors"]


def test_an_account_is_made_whole_or_not_at_all() -> None:
    Group.objects.filter(name="Editors").delete()

    with pytest.raises(Group.DoesNotExist):
        make_demo_accounts()

    assert not User.objects.exists()
