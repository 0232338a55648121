"""Files, the API and citations are in UTC: their bytes do not depend on who asks, nor on the installation."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.history import ChangeSet
from issues.models import Snapshot
from issues.tests.acts import add, correct
from issues.tests.api.reading import TELLING
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.addresses import READ
from issues.tests.views.releasing import make
from issues.tests.views.zones.conftest import NOON

pytestmark = pytest.mark.django_db

LiveIn = Callable[[str], Client]
Clock = Callable[[datetime], None]
# A day after that of UTC.
ZONE = "Pacific/Kiritimati"
TELL_THE_DAY = (".svg", ".docx", "record_edits.csv", "cite=txt", "cite=ris", "assessments.csv", ".atom")
FORMS = ("txt", "bib", "ris", "json")


def told(answer: Any) -> Any:
    """What an answer says: of an archive its files, of which the wrapping says when it was made."""
    assert answer.status_code == 200, answer
    body = answer.getvalue()
    return files_of(body) if body.startswith(b"PK") else body


def files_of(body: bytes) -> dict[str, bytes]:
    """The files of an archive; not what says when its wrapping was made."""
    archive = zipfile.ZipFile(BytesIO(body))
    return {
        name.split("/", 1)[-1]: archive.read(name)
        for name in archive.namelist()
        if not name.endswith("docProps/core.xml")
    }


def files(universe: Universe) -> list[str]:
    """Every address that reads a process and answers with no page, and the citations of pages."""
    found = [(name, reverse(name, args=args(universe))) for name, args in READ.items()]
    return [
        *(address for _, address in found if not address.endswith("/")),
        "/lenna/data/record_edits.csv",
        "/lenna/data/record_edits.json",
        "/lenna/data/record_edits.xlsx",
        "/lenna/data/assessments.csv",
        "/lenna/changes.atom?known=2026-11-30T09:00Z",
        "/lenna/data/positions.csv?known=2026-11-29",
        *(f"/lenna/?summit=weir&cite={form}" for form in FORMS),
        *TELLING,
        "/api/v1/processes/lenna/record_edits.csv",
    ]


def test_a_file_is_the_same_whoever_asks(universe: Universe, live_in: LiveIn, clock: Clock) -> None:
    add(
        Snapshot(source=universe.sources["record"], url="https://a.example/", taken_at=NOON),
        by=universe.coder,
        reason="Kept.",
    )
    kept = Snapshot.objects.get(url="https://a.example/")
    correct(kept, {"taken_at": NOON.replace(hour=2)}, by=universe.coder, reason="Misread.")
    clock(NOON)
    asked = files(universe)
    assert len(asked) > 40
    reader = live_in("UTC")
    in_utc = {address: told(reader.get(address)) for address in asked}
    assert b"30 November 2026, 02:30 UTC" in in_utc["/lenna/data/record_edits.csv"]

    reader = live_in(ZONE)
    assert [address for address in asked if told(reader.get(address)) != in_utc[address]] == []


def test_nor_does_it_depend_on_the_zone_of_the_installation(
    universe: Universe, live_in: LiveIn, clock: Clock, settings: Any
) -> None:
    clock(NOON)
    reader, asked = live_in(""), [one for one in files(universe) if one.endswith(TELL_THE_DAY)]
    assert len(asked) > 6
    in_utc = {address: told(reader.get(address)) for address in asked}

    settings.TIME_ZONE = "Pacific/Midway"

    assert [address for address in asked if told(reader.get(address)) != in_utc[address]] == []


def test_a_release_is_made_the_same_wherever_it_is_made(live_in: LiveIn) -> None:
    known, made = ChangeSet.objects.latest("pk").time.isoformat(), []
    for number, zone in (("70001", "UTC"), ("70002", ZONE)):
        make(live_in(zone), number, title="The Lenna", known=known)
        made.append(files_of(live_in(zone).get(f"/lenna/releases/{number}/package.zip").getvalue()))

    utc, there = made
    assert utc.keys() == there.keys()
    differing = {
        line
        for name in utc.keys() - {"SHA256SUMS"}
        for line in set(utc[name].splitlines()) ^ set(there[name].splitlines())
    }
    # The second tells which it is, and which was before it.
    assert [line for line in differing if b"7000" not in line and b"No ids changed" not in line] == []


def test_an_answer_of_the_api_keeps_its_sign_in_every_zone(live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)
    address = "/api/v1/processes/lenna/positions/"
    sign = live_in("").get(address)["ETag"]

    assert live_in(ZONE).get(address)["ETag"] == sign


def test_a_page_leads_on_to_the_same_addresses(universe: Universe, live_in: LiveIn, clock: Clock) -> None:
    clock(NOON)
    past(ChangeSet.objects).update(time=NOON)
    address = "/lenna/?summit=weir&known=2026-11-30T09:00:00%2B04:00"
    here, there = (
        set(re.findall(r'href="([^"]*known[^"]*)"', live_in(zone).get(address).text)) for zone in ("", ZONE)
    )

    assert here
    assert there == here
