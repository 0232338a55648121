"""An occasion is edited whole on its page: days, place, track, and who sat at the table."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from issues.models import Attendance, Person, Summit
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe
from issues.tests.views.correct.posting import send, shown
from issues.tests.views.page import page_of
from issues.user import User

WHERE = "/lenna/summits/weir/edit/"
WHY = "The communiqué gives another day."


def table(universe: Universe) -> set[tuple[str, str]]:
    seats = Attendance.objects.filter(summit=universe.weir)
    return {(seat.actor.slug, seat.person.slug if seat.person else "") for seat in seats}


def test_its_page_leads_there_and_back(universe: Universe, client: Client, reader: Client) -> None:
    page = page_of(client.get("/lenna/summits/weir/"))
    way = next(link for link in page.links if link.startswith(WHERE))
    assert "/edit/" not in "".join(page_of(reader.get("/lenna/summits/weir/")).links)

    assert send(client, way, reason=WHY, summary="Three days.")["Location"] == "/lenna/summits/weir/"
    assert Summit.objects.get(slug="weir").summary == "Three days."


def test_every_field_is_corrected_in_one_change_set(universe: Universe, client: Client, rosa: User) -> None:
    answer = send(
        client,
        WHERE,
        reason=WHY,
        name="Weir talks",
        starts_on="2031-09-11",
        ends_on="2031-09-13",
        status="not_held",
        kind="ministers",
        place="Granada",
        new_track="Delta track",
        track="",
        host=str(universe.arden.pk),
        seats__2__actor=str(universe.commission.pk),
        seats__2__person="Dahl",
    )

    assert answer.status_code == 302, page_of(answer).text
    summit = Summit.objects.get(pk=universe.weir.pk)
    assert summit.slug == "weir"
    assert summit.track is not None
    assert summit.place is not None
    assert [summit.name, summit.starts_on, summit.ends_on, summit.status, summit.kind, summit.place.name] == [
        "Weir talks",
        date(2031, 9, 11),
        date(2031, 9, 13),
        "not_held",
        "ministers",
        "Granada",
    ]
    assert (summit.track.name, summit.host) == ("Delta track", universe.arden)
    assert table(universe) == {("arden", "mira-sol"), ("cadria", ""), ("commission", "jon-dahl")}
    change = summit.history.latest("history_date").change_set
    assert (change.user, change.reason) == (rosa, WHY)
    assert {summit.place.history.get().change_set, summit.track.history.get().change_set} == {change}


def test_days_known_to_the_month_are_told_so(universe: Universe, client: Client) -> None:
    send(client, WHERE, reason=WHY, status="planned", starts_on_precision="month", ends_on="2031-10-12")

    summit = Summit.objects.get(slug="weir")
    assert (summit.starts_on, summit.ends_on) == (date(2031, 9, 1), date(2031, 10, 1))
    assert "September 2031 to October 2031" in page_of(client.get("/lenna/summits/weir/")).text


def test_a_row_that_is_emptied_is_taken_off(universe: Universe, client: Client) -> None:
    page = page_of(client.get(WHERE))
    sent = shown(page)
    assert sent["seats-1-person"] == "Mira Sol"

    send(client, WHERE, page, reason=WHY, seats__1__actor="", seats__1__person="")

    assert table(universe) == {("cadria", "")}
    gone = Attendance.history.filter(summit=universe.weir, history_type="-").get()
    assert gone.change_set.reason == WHY


def test_saved_as_it_is_it_leaves_no_trace(universe: Universe, client: Client) -> None:
    before = universe.weir.history.count()

    assert send(client, WHERE, reason=WHY).status_code == 302

    assert universe.weir.history.count() == before
    assert table(universe) == {("arden", "mira-sol"), ("cadria", "")}


def test_it_needs_a_reason(universe: Universe, client: Client) -> None:
    page = page_of(send(client, WHERE, reason=" ", name="Other", seats__2__person="Dahl"))

    assert "#id_reason" in page.one(css="errors").links
    assert "#id_seats-2-actor" in page.one(css="errors").links
    assert (shown(page)["name"], shown(page)["seats-2-person"]) == ("Other", "Dahl")


def test_a_colleagues_edit_is_shown_before_it_is_overwritten(universe: Universe, client: Client) -> None:
    opened = page_of(client.get(WHERE))
    correct(universe.weir, {"summary": "Of a colleague."}, by=universe.coder, reason="Faster.")

    answer = send(client, WHERE, opened, reason=WHY, name="Weir talks")

    assert answer.status_code == 409
    page = page_of(answer)
    assert "Of a colleague." in page.one(css="errors").text
    assert (shown(page)["name"], shown(page)["summary"]) == ("Weir talks", "Of a colleague.")
    assert send(client, WHERE, page).status_code == 302
    summit = Summit.objects.get(slug="weir")
    assert (summit.name, summit.summary) == ("Weir talks", "Of a colleague.")


def test_a_colleagues_seat_is_not_taken_off_unseen(universe: Universe, client: Client) -> None:
    opened = page_of(client.get(WHERE))
    add(Attendance(summit=universe.weir, actor=universe.belmar), by=universe.coder, reason="There too.")

    answer = send(client, WHERE, opened, reason=WHY, name="Weir talks")

    assert answer.status_code == 409
    assert "By now it is: Cadria, Belmar, Arden – Mira Sol." in page_of(answer).text
    assert ("belmar", "") in table(universe)
    assert send(client, WHERE, page_of(answer)).status_code == 302
    assert ("belmar", "") not in table(universe)


def test_a_place_that_a_colleague_changed_is_taken_over_where_it_was_left(
    universe: Universe, client: Client
) -> None:
    opened = page_of(client.get(WHERE))
    correct(universe.weir, {"place": None}, by=universe.coder, reason="Not known.")

    page = page_of(send(client, WHERE, opened, reason=WHY, name="Weir talks"))

    assert shown(page)["place"] == ""


def test_on_the_day_of_another_it_comes_after_it(universe: Universe, client: Client) -> None:
    send(client, WHERE, reason=WHY, status="planned", starts_on="2031-06-10", ends_on="2031-06-11")

    assert Summit.objects.get(slug="weir").sequence == 2


def test_the_same_occasion_is_asked_about(universe: Universe, client: Client) -> None:
    correct(
        universe.mill, {"place": universe.weir.place, "kind": "leaders"}, by=universe.coder, reason="There."
    )

    page = page_of(send(client, WHERE, reason=WHY, status="planned", starts_on="2031-06-10"))

    assert "/lenna/summits/mill/" in page.one("main").links
    assert send(client, WHERE, page, confirmed="on").status_code == 302


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": ""}, "id_starts_on"),
        ({"starts_on": "soon"}, "id_starts_on"),
        ({"ends_on": "2031-09-01"}, "id_ends_on"),
        ({"parallel_to": "999999"}, "id_parallel_to"),
        ({"starts_on": "2031-09-09"}, "id_status"),
        ({"seats__1__person": "Nobody"}, "id_seats-1-person"),
        ({"seats__TOTAL_FORMS": "many"}, ""),
        ({"name": "x" * 201}, "id_name"),
        ({"name": "a\x00b"}, "id_name"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    universe: Universe, client: Client, fields: dict[str, Any], field: str
) -> None:
    answer = send(client, WHERE, reason=WHY, **fields)

    assert answer.status_code == 422
    wrong = page_of(answer).one(css="errors")
    assert not field or f"#{field}" in wrong.links
    assert Summit.objects.get(slug="weir").version == universe.weir.version


def test_a_person_who_is_gone_meanwhile_is_told(universe: Universe, client: Client) -> None:
    opened = page_of(client.get(WHERE))
    seat = Attendance.objects.get(summit=universe.weir, actor=universe.arden)
    remove(seat, by=universe.coder, reason="Was not there.")

    answer = send(client, WHERE, opened, reason=WHY)

    assert answer.status_code == 409
    assert Person.objects.filter(slug="mira-sol").exists()
    assert table(universe) == {("cadria", "")}
