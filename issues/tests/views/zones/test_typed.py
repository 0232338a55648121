"""Times that are typed: read in the zone beside the field, and in an address the same for everyone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from issues.domain.time_zone import NamedZone
from issues.history import ChangeSet
from issues.models import Snapshot
from issues.models.release import Release
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.correct.posting import send
from issues.tests.views.page import page_of
from issues.tests.views.releasing import make
from issues.tests.views.zones.conftest import NOON, located

pytestmark = pytest.mark.django_db

LiveIn = Callable[[str], Client]
Clock = Callable[[datetime], None]
RECORD = "/lenna/changes/"


def sent(client: Client, page: str, **typed: str) -> str:
    """Where a form of a page leads, filled in and sent by a browser that follows no script."""
    forms = page_of(client.get(page)).all("form", method="get")
    (form,) = [one for one in forms if any(field.attrs.get("name") in typed for field in one.all("input"))]
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input", type="hidden")}
    return located(client.get(urlsplit(page).path, {**hidden, **typed}))


def asked(address: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def shown(client: Client, address: str, name: str) -> dict[str, str]:
    """A field of a page: how it is typed, and what stands in it."""
    field = page_of(client.get(address)).one("input", id=f"id_{name}").attrs
    return {field["type"]: field.get("value", "")}


@pytest.mark.parametrize(
    ("zone", "typed", "known"),
    [
        ("Asia/Yerevan", "2026-03-01", "2026-03-01T23:59:59.999999+04:00"),
        ("Asia/Yerevan", "2026-03-01 14:30", "2026-03-01T14:30:00+04:00"),
        ("Asia/Yerevan", "2026-03-01T14:30Z", "2026-03-01T14:30Z"),
        # The day on which clocks go back, and the one on which they go forward.
        ("America/Los_Angeles", "2026-11-01", "2026-11-01T23:59:59.999999-08:00"),
        ("America/Los_Angeles", "2026-11-01T00:30", "2026-11-01T00:30:00-07:00"),
        ("America/Los_Angeles", "2026-03-08", "2026-03-08T23:59:59.999999-07:00"),
        ("Pacific/Kiritimati", "2026-12-01", "2026-12-01T00:30:00+14:00"),
        ("Pacific/Midway", "2026-11-29", "2026-11-29T23:30:00-11:00"),
    ],
)
def test_a_day_of_the_record_is_a_day_of_whoever_types_it(
    live_in: LiveIn, clock: Clock, zone: str, typed: str, known: str
) -> None:
    clock(NOON)

    address = sent(live_in(zone), "/lenna/?summit=weir", known=typed, summit="weir")

    assert asked(address) == {"summit": "weir", "known": known}


def test_an_address_means_the_same_for_every_reader(live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)
    address = sent(live_in("Asia/Yerevan"), "/lenna/", known="2026-03-01", summit="weir")

    assert "known on 1 March 2026, 23:59 Asia/Yerevan:" in page_of(live_in("Asia/Yerevan").get(address)).text
    assert shown(live_in("Asia/Yerevan"), address, "known") == {"date": "2026-03-01"}
    assert "known on 1 March 2026, 11:59 PST:" in page_of(live_in("America/Los_Angeles").get(address)).text
    assert shown(live_in("America/Los_Angeles"), address, "known") == {
        "text": "2026-03-01T11:59:59.999999-08:00"
    }


def test_a_day_in_an_address_is_one_of_utc_whoever_opens_it(live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)
    address = "/lenna/?known=2026-03-01"

    assert "2 March 2026, 03:59 Asia/Yerevan:" in page_of(live_in("Asia/Yerevan").get(address)).text
    assert shown(live_in("Asia/Yerevan"), address, "known") == {"text": "2026-03-02T03:59:59.999999+04:00"}
    assert shown(live_in(""), address, "known") == {"date": "2026-03-01"}


def test_what_lies_ahead_of_whoever_types_it_is_refused(live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)
    address = sent(live_in("Pacific/Midway"), "/lenna/", known="2026-11-30", summit="weir")

    answer = live_in("Pacific/Midway").get(address)

    assert answer.status_code == 400
    assert "is still to come" in page_of(answer).text


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "", "\x7f"])
def test_a_zone_that_there_is_not_is_refused(live_in: LiveIn, zone: str) -> None:
    answer = live_in("").get("/lenna/", {"known": "2026-03-01", "time_zone": zone})

    assert answer.status_code == 400


def test_the_zone_stands_beside_the_field(live_in: LiveIn) -> None:
    def label(page: Any) -> str:
        return page_of(page).one("label", **{"for": "id_known"}).text

    assert label(live_in("Asia/Yerevan").get("/lenna/")) == "as known on (Asia/Yerevan)"
    assert label(live_in("").get("/lenna/")) == "as known on (UTC)"
    assert page_of(live_in("").get("/lenna/")).all("input", name="time_zone") == []


def test_edits_are_found_by_the_days_of_whoever_asks(live_in: LiveIn) -> None:
    first, second, third = ChangeSet.objects.order_by("pk")[:3]
    past(ChangeSet.objects).update(time=datetime(2026, 1, 1, tzinfo=UTC))
    for one, at in ((first, "07T19:59:59"), (second, "07T20:00"), (third, "08T20:00")):
        past(ChangeSet.objects.filter(pk=one.pk)).update(time=datetime.fromisoformat(f"2026-03-{at}+00:00"))
    day = {"since": "2026-03-08", "until": "2026-03-08"}

    reader = live_in("Asia/Yerevan")
    address = sent(reader, f"{RECORD}?tab=record", **day)
    labels = page_of(reader.get(address)).one("form", css="feed-filter").all("label")
    assert {"From (Asia/Yerevan):", "To (Asia/Yerevan):"} <= {one.text for one in labels}

    found = [link for link in page_of(reader.get(address)).links if "change_set=" in link]
    assert found == [f"/lenna/changes/?tab=record&change_set={second.pk}"]
    assert shown(reader, address, "since") == {"date": "2026-03-08"}
    assert shown(reader, address, "until") == {"date": "2026-03-08"}
    assert shown(live_in("America/Los_Angeles"), address, "until") == {
        "text": "2026-03-08T23:59:59.999999+04:00"
    }


def test_when_a_copy_was_taken_is_read_there(universe: Universe, live_in: LiveIn) -> None:
    record = universe.sources["record"]
    reader, page = live_in("America/Los_Angeles"), f"/lenna/sources/{record.pk}/correct/"
    form = page_of(reader.get(page))
    assert "In America/Los_Angeles, as 2023-10-05 14:30." in form.text

    def kept(at: str) -> Any:
        copy = {"copies__0__url": "https://a.example/copy", "copies__0__taken_at": at}
        return send(reader, page, reason="Kept.", **copy)

    refused = kept("2026-03-08T02:30:00")  # clocks went from 2 to 3
    assert refused.status_code == 422
    assert "America/Los_Angeles" in page_of(refused).one(role="alert").text
    assert kept("2026-07-01T08:00:00").status_code == 302

    copy = Snapshot.objects.get(url="https://a.example/copy")
    assert copy.taken_at == datetime(2026, 7, 1, 15, tzinfo=UTC)
    assert "taken on 1 July 2026, 08:00 PDT" in page_of(reader.get(f"/lenna/sources/{record.pk}/")).text


def test_a_release_is_made_of_the_record_of_a_time_of_whoever_makes_it(live_in: LiveIn) -> None:
    reader, now = live_in("Asia/Yerevan"), timezone.now().replace(microsecond=0)
    assert "A day or a time in Asia/Yerevan" in page_of(reader.get("/lenna/releases/new/")).text

    answer = make(reader, known=f"{now.astimezone(NamedZone('Asia/Yerevan')):%Y-%m-%d %H:%M:%S}")

    assert answer.status_code == 302
    assert Release.objects.get().known_at == now
