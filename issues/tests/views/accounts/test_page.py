"""One's own page: name, where one is signed in, what one did."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from issues.history import recording
from issues.models import Place, Process, ProcessMember
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as
from issues.user import User

pytestmark = pytest.mark.django_db

PASSWORD = "a-heron-in-the-reeds"


def browser_of(user: User, agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def test_a_name_is_stored_and_told_in_the_history_from_then_on() -> None:
    client = visit_as("viewer")

    answer = client.post("/account/", {"name": "  Mara Վալե "}, follow=True)

    assert "Your name and time zone were stored." in page_of(answer).one("main").text
    assert User.objects.get(username="viewer").name == "Mara Վալե"
    assert client.post("/account/", {"name": "x" * 151}).status_code == 422


def test_a_time_zone_is_chosen_from_a_list_that_needs_no_script() -> None:
    client = visit_as("viewer")
    field = page_of(client.get("/account/")).one("select", name="time_zone")
    assert field.all("option", value="")[0].text == "as this installation: UTC"
    assert field.one("optgroup", label="Asia").one("option", value="Asia/Yerevan").text == "Yerevan"

    answer = client.post("/account/", {"name": "Mara", "time_zone": "Asia/Yerevan"}, follow=True)

    assert User.objects.get(username="viewer").time_zone == "Asia/Yerevan"
    assert "selected" in page_of(answer).one("option", value="Asia/Yerevan").attrs


@pytest.mark.parametrize("typed", ["Mars/Base", "localtime", "../../etc/passwd", "asia/yerevan"])
def test_what_is_no_time_zone_is_refused_by_name(typed: str) -> None:
    client = visit_as("viewer")

    answer = client.post("/account/", {"name": "Mara", "time_zone": typed})

    assert answer.status_code == 422
    alert = page_of(answer).one(role="alert")
    assert f"Time zone: “{typed}” is no time zone that there is to choose." in alert.text
    assert alert.links == ["#id_time_zone"]
    assert User.objects.get(username="viewer").time_zone == ""


def test_a_zone_that_is_not_known_any_more_is_said_and_one_of_an_older_name_kept() -> None:
    client = visit_as("viewer")
    User.objects.update(time_zone="Mars/Base")
    assert "“Mars/Base”, which you had chosen, is not known here any more." in client.get("/account/").text

    User.objects.update(time_zone="Turkey")
    assert "selected" in page_of(client.get("/account/")).one("option", value="Turkey").attrs


def test_the_other_browsers_are_signed_out() -> None:
    user = make_user(username="mara", password=PASSWORD)
    here, there = browser_of(user, "Here/1"), browser_of(user, "There/2")
    page = page_of(here.get("/account/")).one("main").text
    assert "Here/1 (this one)" in page
    assert "There/2" in page

    here.post("/account/sessions/")

    assert there.get("/account/").status_code == 302
    assert "There/2" not in page_of(here.get("/account/")).one("main").text


def test_another_password_signs_the_other_browsers_out() -> None:
    user = make_user(username="mara", email="mara@example.org", password=PASSWORD)
    here, there = browser_of(user, "Here/1"), browser_of(user, "There/2")
    new = {"oldpassword": PASSWORD, "password1": "nine-herons-wading", "password2": "nine-herons-wading"}

    assert here.post("/account/password/", {**new, "oldpassword": "wrong"}).status_code == 200
    assert here.post("/account/password/", new)["Location"] == "/account/"

    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["mara@example.org"], "Redlines: your password was changed")
    assert "with this browser:\nHere/1" in letter.body


def test_what_somebody_did_lately_leads_to_where_it_is_told(universe: Universe) -> None:
    user = universe.coder
    client = Client()
    client.force_login(user)
    ProcessMember.objects.update(until=timezone.now())  # who began it owns it
    past(Process.objects).update(visibility="private")
    with recording(by=user, reason="On the map."):
        Place(name="Ijevan").save()

    latest = page_of(client.get("/account/")).one("main").all("li")
    links = page_of(client.get("/account/")).one("main").links

    assert "On the map." in " ".join(one.text for one in latest)
    assert [one for one in links if one.startswith("/lenna/changes/?tab=record&change_set=")] == []
    user.is_superuser = True
    user.save()
    links = page_of(client.get("/account/")).one("main").links
    assert [one for one in links if one.startswith("/lenna/changes/?tab=record&change_set=")]
