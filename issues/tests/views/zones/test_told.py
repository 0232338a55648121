"""Times on pages, in the admin, in letters and on the sheet: in the zone of whoever reads, which is named."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as project
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from issues.domain.span import moment_in_words
from issues.domain.time_zone import NamedZone
from issues.history import ChangeSet
from issues.models import Invitation
from issues.templatetags.times import in_utc, when, when_words
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk
from issues.tests.views.page import page_of
from issues.user import User
from issues.views.zone import ZoneOfReader

pytestmark = pytest.mark.django_db

LiveIn = Callable[[str], Client]
AT = datetime(2026, 11, 30, 21, 30, 15, tzinfo=UTC)
IN_YEREVAN = "1 December 2026, 01:30 Asia/Yerevan"
IN_LOS_ANGELES = "30 November 2026, 13:30 PST"
RECORD = "/lenna/changes/?tab=record"


@pytest.fixture(autouse=True)
def all_at_once(universe: Universe) -> None:
    past(ChangeSet.objects).update(time=AT)


def times(page: Any) -> set[tuple[str, str]]:
    """The times of a page: for programs, and in words."""
    return {(one.attrs["datetime"], one.text) for one in page_of(page).all("time")}


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("", "30 November 2026, 21:30 UTC"),
        ("Asia/Yerevan", IN_YEREVAN),
        ("America/Los_Angeles", IN_LOS_ANGELES),
        ("Mars/Base", "30 November 2026, 21:30 UTC"),
    ],
)
def test_edits_are_told_in_the_zone_of_whoever_reads(live_in: LiveIn, zone: str, told: str) -> None:
    assert times(live_in(zone).get(RECORD)) == {("2026-11-30T21:30:15+00:00", told)}


def test_a_history_and_an_edit_are_too(universe: Universe, live_in: LiveIn) -> None:
    position = universe.at("cadria", "flow", "ford")
    past(type(position).history.filter(id=position.pk)).update(history_date=AT)
    reader, change_set = live_in("Asia/Yerevan"), ChangeSet.objects.earliest("pk")

    history = page_of(reader.get(f"/history/position/{position.pk}/")).text
    edit = page_of(reader.get(f"{RECORD}&change_set={change_set.pk}"))

    assert "1 December 2026, 01:30:15 Asia/Yerevan" in history
    assert edit.one("h1").text == f"Edit of {IN_YEREVAN}"
    assert edit.one("title").text.startswith(f"Edit of {IN_YEREVAN} ·")


def test_who_is_not_signed_in_reads_in_the_zone_of_the_installation(settings: Any, client: Client) -> None:
    settings.PUBLIC_READ, settings.TIME_ZONE = True, "Asia/Yerevan"

    assert {told for _, told in times(client.get(RECORD))} == {IN_YEREVAN}


def test_the_admin_tells_them_so(live_in: LiveIn) -> None:
    User.objects.filter(username="superuser").update(is_staff=True)

    assert IN_LOS_ANGELES in page_of(live_in("America/Los_Angeles").get("/admin/issues/changeset/")).text
    assert IN_YEREVAN in page_of(live_in("Asia/Yerevan").get("/admin/issues/changeset/")).text


def test_the_admin_reads_them_so_and_says_it(universe: Universe, live_in: LiveIn) -> None:
    User.objects.filter(username="superuser").update(is_staff=True)
    page = page_of(live_in("Asia/Yerevan").get("/admin/issues/snapshot/add/"))

    assert "In Asia/Yerevan." in page.text


def test_the_sheet_tells_them_so(
    universe: Universe, reader: Client, live_in: LiveIn, clock: Callable[[datetime], None]
) -> None:
    live_in("America/Los_Angeles")
    desk = Desk(User.objects.get(username="superuser"), reader, universe.spring)
    clock(AT)

    saved = desk.send(universe.arden, universe.flow, "b").json()
    state = desk.get("log-state").json()["fields"]

    assert saved["time"] == "13:30 PST"
    assert {field["time"] for field in state.values()} == {"13:30 PST"}
    assert re.search(r'Saved <time datetime="2026-11-30T21:30:15\+00:00">13:30 PST</time>', desk.get().text)


def test_a_letter_is_in_the_zone_of_whoever_gets_it(clock: Callable[[datetime], None]) -> None:
    password = "a-heron-in-the-reeds"
    make_user(username="mara", email="m@example.org", password=password, time_zone="Asia/Yerevan")
    client = Client()
    client.post("/sign-in/", {"username": "mara", "password": password})
    clock(AT)

    client.post(
        "/account/password/",
        {"oldpassword": password, "password1": "nine-herons-wading", "password2": "nine-herons-wading"},
    )

    assert f"on {IN_YEREVAN}," in mail.outbox[0].body


def test_an_invitation_is_in_that_of_the_installation(settings: Any, live_in: LiveIn) -> None:
    settings.TIME_ZONE, client = "Asia/Yerevan", live_in("Europe/Paris")

    answer = client.post("/account/invitations/", {"email": "omar@example.org", "group": "Viewers"})

    assert answer.status_code == 302
    until = Invitation.objects.get().good_until
    in_yerevan = moment_in_words(until.astimezone(NamedZone("Asia/Yerevan")))
    in_paris = moment_in_words(until.astimezone(NamedZone("Europe/Paris")))
    assert f"until {in_yerevan}." in mail.outbox[0].body
    assert f"good until {in_paris}" in page_of(client.get("/account/invitations/")).text


def test_nothing_of_a_zone_is_left_after_a_request(live_in: LiveIn) -> None:
    live_in("Pacific/Kiritimati").get(RECORD)
    assert timezone.get_current_timezone_name() == "UTC"

    seen: list[str] = []

    def breaks(request: HttpRequest) -> HttpResponse:
        answered.process_view(request)
        seen.append(timezone.get_current_timezone_name())
        raise LookupError

    answered, request = ZoneOfReader(breaks), HttpRequest()
    request.COOKIES[project.SESSION_COOKIE_NAME] = "of-somebody"
    request.user = User(time_zone="Pacific/Kiritimati")
    with pytest.raises(LookupError):
        answered(request)
    assert (seen, timezone.get_current_timezone_name()) == (["Pacific/Kiritimati"], "UTC")


def test_people_who_ask_at_once_each_have_their_own() -> None:
    zones = ["Asia/Yerevan", "America/Los_Angeles", "Pacific/Kiritimati", ""] * 25

    def told(zone: str) -> tuple[str, str]:
        def answer(request: HttpRequest) -> HttpResponse:
            answered.process_view(request)
            return HttpResponse(timezone.get_current_timezone_name())

        answered, request = ZoneOfReader(answer), HttpRequest()
        request.COOKIES[project.SESSION_COOKIE_NAME] = "of-somebody"
        request.user = User(time_zone=zone)
        return zone or "UTC", answered(request).text

    with ThreadPoolExecutor(4) as together:
        found = list(together.map(told, zones))

    assert [name for name, _ in found] == [name for _, name in found]


def test_a_time_that_is_not_there_is_told_by_nothing() -> None:
    """A cell that another emptied, while its sheet was read, has nobody who typed it any more."""
    nothing: Any = ""
    assert (when(nothing), when_words(nothing), in_utc(nothing)) == ("", "", "")
    assert render_to_string("components/typed_by.html", {"typed": None}).strip() == ""
