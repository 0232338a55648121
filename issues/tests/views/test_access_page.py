"""Owners say who sees a process and as what: the page, its errors, and what becomes of those who leave."""

import pytest
from django.test import Client

from issues.models import Process, ProcessMember
from issues.models.process_member import in_force
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.visitors import VISITORS, visit_as, visit_as_member

pytestmark = pytest.mark.sqlite

PAGE = "/lenna/access/"
GIVE = {"act": "give", "give-user": "coder", "give-role": "reader", "give-reason": "x"}
SHOW = {"act": "show", "show-visibility": "private", "show-reason": "Not yet.", "show-opened_version": "1"}


@pytest.fixture
def owner(universe: Universe) -> Client:
    return visit_as_member(universe.process, "owner")


def test_it_is_for_owners_and_administrators(universe: Universe) -> None:
    seen = {visitor: visit_as(visitor).get(PAGE).status_code for visitor in VISITORS}
    members = {
        role: visit_as_member(universe.process, role).get(PAGE).status_code
        for role in ("reader", "researcher", "editor", "owner")
    }

    assert seen == {
        "stranger": 302,
        **dict.fromkeys(("account", "viewer", "researcher", "editor"), 403),
        "superuser": 200,
    }
    assert members == {"reader": 403, "researcher": 403, "editor": 403, "owner": 200}


def test_each_choice_says_what_it_means(owner: Client) -> None:
    labels = [label.text for label in page_of(owner.get(PAGE)).one("fieldset").all("label")]
    assert [label.split(":")[0] for label in labels] == ["private", "open", "public"]


def test_only_owners_are_led_to_it(universe: Universe, owner: Client) -> None:
    assert PAGE in page_of(owner.get("/lenna/")).links
    assert PAGE not in page_of(visit_as("editor").get("/lenna/")).links


def test_an_owner_makes_it_private_with_a_reason(universe: Universe, owner: Client) -> None:
    assert owner.post(PAGE, SHOW).status_code == 302
    assert Process.objects.get().is_private
    assert visit_as("editor").get("/lenna/").status_code == 404
    assert owner.get("/lenna/").status_code == 200

    late = owner.post(PAGE, SHOW | {"show-visibility": "public"})
    assert late.status_code == 409
    assert "Someone changed it while you had this page open" in late.content.decode()
    assert Process.objects.get().is_private


def test_an_owner_gives_a_role_by_user_name(universe: Universe, owner: Client) -> None:
    make_user(username="mara", email="mara@example.org")
    given = {
        "act": "give",
        "give-user": "mara",
        "give-role": "researcher",
        "give-reason": "To log.",
    }
    assert owner.post(PAGE, given | {"give-reason": "To log."}).status_code == 302
    page = page_of(owner.get(PAGE))

    assert "mara" in page.text
    assert in_force().get(user__username="mara").role == "researcher"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (
            {"act": "give", "give-user": "nobody", "give-role": "reader", "give-reason": "x"},
            "no open account",
        ),
        ({"act": "give", "give-user": "coder", "give-role": "reader", "give-reason": ""}, "Why"),
        ({"act": "give", "give-user": "coder", "give-role": "king", "give-reason": "x"}, "As"),
        ({"act": "end", "end-user": "99999", "end-reason": "x"}, "valid choice"),
        (
            {"act": "show", "show-visibility": "secret", "show-reason": "x", "show-opened_version": 1},
            "read by",
        ),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    universe: Universe, owner: Client, sent: dict[str, str], says: str
) -> None:
    before = list(ProcessMember.objects.values_list("pk", "until"))
    answer = owner.post(PAGE, sent)

    assert answer.status_code == 422
    assert says in page_of(answer).one("div", css="errors").text
    assert list(ProcessMember.objects.values_list("pk", "until")) == before
    assert Process.objects.get().visibility == "public"


def test_what_is_no_act_of_the_page_shows_it_again(owner: Client) -> None:
    assert owner.post(PAGE, {"act": "nonsense"}).status_code == 200


def test_an_owner_ends_a_role_and_it_stays_told(universe: Universe, owner: Client) -> None:
    reader = visit_as_member(universe.process, "reader")
    member = ProcessMember.objects.get(user__username="reader-of-lenna")
    owner.post(PAGE, {"act": "end", "end-user": member.user_id, "end-reason": "The work is done."})

    assert "The work is done." in page_of(owner.get(PAGE)).text
    owner.post(
        PAGE, {"act": "show", "show-visibility": "private", "show-reason": "x", "show-opened_version": 1}
    )
    assert reader.get("/lenna/").status_code == 404


def test_an_owner_who_leaves_is_led_to_what_is_left(universe: Universe, owner: Client) -> None:
    me = ProcessMember.objects.get(user__username="owner-of-lenna")
    answer = owner.post(PAGE, {"act": "end", "end-user": me.user_id, "end-reason": "I leave."})
    assert answer["Location"] == "/"


def test_the_last_owner_is_told_why_they_stay(universe: Universe, owner: Client) -> None:
    ProcessMember.objects.exclude(user__username="owner-of-lenna").delete()
    me = ProcessMember.objects.get()
    answer = owner.post(PAGE, {"act": "end", "end-user": me.user_id, "end-reason": "I leave."})

    assert answer.status_code == 422
    assert "has to keep an owner" in answer.content.decode()
