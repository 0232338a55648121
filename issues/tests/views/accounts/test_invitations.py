"""People are asked in by mail: by whom, as what, once, and without a word on who has an account."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.utils import timezone

from issues.actions.accounts.invite import NotGood, accept, find, invite, key_of, may_give
from issues.models import Invitation, Process, ProcessMember
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.visitors import outcome, visit_as, visit_as_member
from issues.user import User

ADDRESS = "/account/invitations/"
JOINS = {"name": "Mara Vale", "new_password1": "nine-herons-wading", "new_password2": "nine-herons-wading"}
MARA = {"email": "mara@example.org", "group": "Researchers"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    """The browser of whoever runs the installation."""
    return visit_as("superuser")


def link() -> str:
    """Where the last letter leads."""
    (found,) = [word for word in mail.outbox[-1].body.split() if "/account/invited/" in word]
    return str(found).removeprefix("http://testserver")


def test_who_follows_the_letter_chooses_name_and_password_and_is_in(desk: Client) -> None:
    sent = desk.post(ADDRESS, MARA, follow=True)
    assert "An invitation was sent to mara@example.org." in page_of(sent).one("main").text
    assert mail.outbox[0].to == ["mara@example.org"]
    browser = Client()
    page = page_of(browser.get(link()))
    assert page.one("h1").text == "You are invited"

    joined = browser.post(link(), JOINS)

    assert (joined.status_code, joined["Location"]) == (302, "/")
    user = User.objects.get(username="mara")
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert (user.name, user.email, [group.name for group in user.groups.all()]) == (
        "Mara Vale",
        "mara@example.org",
        ["Researchers"],
    )
    invitation = Invitation.objects.get()
    assert (invitation.accepted_by, invitation.by.username) == (user, "superuser")
    assert invitation.accepted_at is not None
    assert Client().get(link()).status_code == 410, "it is good once"


def test_a_weak_password_or_no_name_is_told_at_its_field(desk: Client) -> None:
    desk.post(ADDRESS, MARA)
    weak = {"name": "", "new_password1": "mara@example.org", "new_password2": "mara@example.org"}

    answer = Client().post(link(), weak)

    assert answer.status_code == 422
    said = page_of(answer).one("div", role="alert").text
    assert "Your name: This field is required." in said
    assert "too similar" in said
    assert not User.objects.filter(email="mara@example.org").exists()


def test_the_answer_to_who_invites_is_the_same_for_an_address_with_an_account(desk: Client) -> None:
    make_user(username="omar", email="omar@example.org")
    seen = []
    for email in ("omar@example.org", "nobody@example.org"):
        Invitation.objects.all().delete()
        answer = desk.post(ADDRESS, {**MARA, "email": email}, follow=True)
        seen.append(page_of(answer).one("main").text.replace(email, "…"))

    assert seen[0] == seen[1]
    bodies = [letter.body.splitlines() for letter in mail.outbox]
    assert [line for line in bodies[0] if "/invited/" not in line] == [
        line for line in bodies[1] if "/invited/" not in line
    ]


def test_who_has_an_account_signs_in_and_takes_it_up(desk: Client) -> None:
    omar = make_user(username="omar", email="omar@example.org", password="nine-herons-wading")
    desk.post(ADDRESS, {**MARA, "email": "omar@example.org"})
    browser = Client()

    led = browser.post(link(), JOINS)
    assert led["Location"].startswith("/sign-in/?next=%2Faccount%2Finvited%2F")
    signed_in = browser.post(led["Location"], {"username": "omar", "password": "nine-herons-wading"})
    assert signed_in["Location"] == link()
    assert page_of(browser.get(link())).one("main").one("form", action="/sign-out/")
    browser.post(link())

    assert [group.name for group in omar.groups.all()] == ["Researchers"]
    assert User.objects.filter(email="omar@example.org").count() == 1


def test_a_letter_sent_again_ends_the_one_before(desk: Client) -> None:
    desk.post(ADDRESS, MARA)
    before = link()
    invitation = Invitation.objects.get()
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert Client().get(before).status_code == 410

    desk.post(f"{ADDRESS}{invitation.pk}/send/")

    assert Client().get(before).status_code == 410
    assert Client().get(link()).status_code == 200


def test_a_letter_that_was_withdrawn_or_is_old_or_forged_lets_nobody_in(desk: Client) -> None:
    desk.post(ADDRESS, MARA)
    invitation = Invitation.objects.get()
    desk.post(f"{ADDRESS}{invitation.pk}/withdraw/")
    assert Client().get(link()).status_code == 410
    assert Client().post(link(), JOINS).status_code == 410

    other = invite(by=User.objects.get(username="superuser"), email="nia@example.org")
    key = key_of(other)
    in_eight_days = timezone.now().timestamp() + 8 * 86_400
    with patch("django.core.signing.time.time", return_value=in_eight_days), pytest.raises(NotGood):
        find(key)
    for odd in (key[:-1] + ("A" if key[-1] != "A" else "B"), "", "x", "é", "a:b:c", "x" * 5_000):
        with pytest.raises(NotGood):
            find(odd)


def test_of_two_at_once_one_takes_it_up(desk: Client) -> None:
    invitation = invite(by=User.objects.get(username="superuser"), email="nia@example.org")
    accept(invitation, make_user())

    with pytest.raises(NotGood):
        accept(invitation, make_user())


def test_a_mail_that_could_not_be_sent_is_told(desk: Client) -> None:
    with patch("issues.views.accounts.mail.send_mail", side_effect=ConnectionRefusedError):
        answer = desk.post(ADDRESS, MARA, follow=True)

    assert "could not be sent" in page_of(answer).one("main").text
    assert Invitation.objects.get().is_open


def test_nobody_gives_what_they_may_not_do_themselves() -> None:
    keeper = make_user(username="keeper")
    keeper.user_permissions.add(Permission.objects.get(codename="add_user"))
    keeper.groups.add(Group.objects.get(name="Viewers"))
    client = Client()
    client.force_login(keeper)

    assert [role for role in ("", "Viewers", "Researchers", "Editors") if may_give(keeper, role)] == [
        "",
        "Viewers",
    ]
    assert client.post(ADDRESS, {**MARA, "group": "Editors"}).status_code == 422
    assert client.post(ADDRESS, {**MARA, "group": "Viewers"}).status_code == 302


def test_a_process_and_a_role_in_it_are_kept_for_whoever_joins(universe: Universe) -> None:
    client = visit_as("superuser")
    half: dict[str, Any] = {"email": "mara@example.org", "process": "lenna", "role": ""}
    assert client.post(ADDRESS, half).status_code == 422
    assert client.post(ADDRESS, {**half, "process": "", "role": "reader"}).status_code == 422
    assert client.post(ADDRESS, {**half, "process": "elsewhere", "role": "reader"}).status_code == 422

    client.post(ADDRESS, {**half, "role": "researcher"})

    invitation = Invitation.objects.get()
    assert (invitation.process, invitation.role, invitation.group) == (universe.process, "researcher", "")
    assert f"as researcher of “{universe.process}”" in mail.outbox[0].body
    assert f"as researcher of {universe.process}" in page_of(Client().get(link())).one("main").text


def test_who_joins_has_the_role_in_the_process_by_whoever_invited(universe: Universe) -> None:
    private(universe)
    owner = visit_as_member(universe.process, "owner")
    owner.post(ADDRESS, {"email": "mara@example.org", "process": "lenna", "role": "researcher"})

    joined = Client()
    assert joined.post(link(), JOINS)["Location"] == "/lenna/"

    member = ProcessMember.objects.get(user__username="mara")
    assert (member.role, member.given_by.username) == ("researcher", "owner-of-lenna")
    assert joined.get("/lenna/").status_code == 200
    assert joined.get("/account/invitations/").status_code == 403


def private(universe: Universe) -> None:
    past(Process.objects).update(visibility="private")


def test_an_owner_invites_to_their_process_alone_and_gives_no_role_of_the_installation(
    universe: Universe,
) -> None:
    private(universe)
    superuser, owner = visit_as("superuser"), visit_as_member(universe.process, "owner")
    superuser.post(ADDRESS, MARA)

    page = page_of(owner.get(f"{ADDRESS}?process=lenna"))

    assert not page.all("select", name="group")
    assert [one.attrs["value"] for one in page.one("select", name="process").all("option")] == ["", "lenna"]
    assert "mara@example.org" not in page.text
    assert owner.post(f"{ADDRESS}{Invitation.objects.get().pk}/withdraw/").status_code == 404
    assert owner.post(ADDRESS, {"email": "x@y.zz"}).status_code == 422, "to nothing"
    for role in ("reader", "researcher", "editor"):
        assert outcome(visit_as_member(universe.process, role).get(ADDRESS)) == "refused"


def test_who_may_add_people_learns_nothing_of_a_private_process(universe: Universe) -> None:
    private(universe)
    keeper = make_user(username="keeper")
    keeper.user_permissions.add(Permission.objects.get(codename="add_user"))
    client = Client()
    client.force_login(keeper)
    owner = visit_as_member(universe.process, "owner")
    owner.post(ADDRESS, {"email": "mara@example.org", "process": "lenna", "role": "reader"})

    page = client.get(ADDRESS).content.decode()

    assert "mara@example.org" not in page
    assert "lenna" not in page.lower()
    assert client.post(ADDRESS, {"email": "x@y.zz", "process": "lenna", "role": "reader"}).status_code == 422


def test_what_its_sender_may_give_no_more_is_not_given(universe: Universe) -> None:
    owner = visit_as_member(universe.process, "owner")
    owner.post(ADDRESS, {"email": "mara@example.org", "process": "lenna", "role": "owner"})
    ProcessMember.objects.update(until=timezone.now())

    assert Client().post(link(), JOINS).status_code == 410
    assert not User.objects.filter(email="mara@example.org").exists()


def test_nobody_is_made_less_by_an_invitation(universe: Universe) -> None:
    owner = visit_as_member(universe.process, "owner")
    visit = visit_as_member(universe.process, "researcher")
    for role in ("reader", "editor"):
        owner.post(ADDRESS, {"email": "omar@example.org", "process": "lenna", "role": role})
        assert visit.post(link())["Location"] == "/lenna/"
        held = ProcessMember.objects.get(user__username="researcher-of-lenna", until=None).role
        assert held == {"reader": "researcher", "editor": "editor"}[role]


def test_an_account_says_nothing_of_invitations_to_who_may_not_invite() -> None:
    viewer = visit_as("viewer")

    assert outcome(viewer.get(ADDRESS)) == "refused"
    assert ADDRESS not in viewer.get("/account/").content.decode()
