"""A new summit, made without leaving the flow, and on to its sheet."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from issues.history import recording
from issues.models import Place, Summit
from issues.tests.factories import make_place, make_process, make_summit, make_track
from issues.tests.universe import Universe
from issues.tests.views.log.desk import Desk, words
from issues.tests.views.log.new_summit import make
from issues.tests.views.page import page_of


def test_it_leads_on_to_its_sheet(universe: Universe, mara: Desk) -> None:
    response = make(mara)
    assert response["Location"] == "/lenna/summits/autumn-meeting/log/"
    page = mara.client.get(response["Location"])
    assert "Log positions: Autumn meeting" in words(page)
    assert "was 50 · Weir meeting" in words(page)
    change = Summit.objects.get(slug="autumn-meeting").history.get().change_set
    assert (change.user, change.reason) == (mara.user, "New summit to log.")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Weir meeting", "weir-meeting"),
        ("Weir", "weir-2"),
        ("Վեհաժողով, Դիլիջան", "վեհաժողով-դիլիջան"),
        ("قمة", "قمة"),
        ("!!!", "summit-2032-09-10"),
        ("new", "new-2"),
        ("word " * 30, ("word-" * 14)[:70].rstrip("-")),
    ],
)
def test_its_address_is_made_of_its_name(universe: Universe, mara: Desk, name: str, slug: str) -> None:
    assert make(mara, name=name).status_code == 302
    summit = Summit.objects.latest("pk")
    assert summit.slug == slug
    assert mara.client.get(f"/lenna/summits/{slug}/log/").status_code == 200


def test_two_of_a_name_are_told_apart(universe: Universe, mara: Desk) -> None:
    make(mara)
    make(mara, confirmed="on")
    assert Summit.objects.filter(slug__startswith="autumn").count() == 2
    assert Summit.objects.filter(slug="autumn-meeting-2").exists()


def test_it_comes_after_the_others_of_its_day(universe: Universe, mara: Desk) -> None:
    make(mara, starts_on="2031-09-10", name="Late at the weir")
    late = Summit.objects.get(slug="late-at-the-weir")
    assert late.sequence == universe.aside.sequence + 1
    page = mara.client.get("/lenna/summits/late-at-the-weir/log/")
    assert "was 50 · Weir meeting" in words(page)
    assert make(mara).status_code == 302
    assert Summit.objects.get(slug="autumn-meeting").sequence == 1


def test_the_form_offers_tracks_and_summits_of_its_process_only(
    universe: Universe, mara: Desk, recorded: Any
) -> None:
    other = make_process()
    track, summit = make_track(process=other), make_summit(process=other)
    page = mara.client.get(reverse("new-summit", args=["lenna"])).content.decode()
    assert "River track" in page
    assert track.name not in page
    assert summit.name not in page
    page = make(mara, track=track.pk, parallel_to=summit.pk)
    assert page.status_code == 422
    assert not Summit.objects.filter(name="Autumn meeting").exists()


def test_a_wrong_field_keeps_what_was_typed(universe: Universe, mara: Desk) -> None:
    page = make(mara, starts_on="soon", host="x")
    assert page.status_code == 422
    text = page.content.decode()
    assert 'value="Autumn meeting"' in text
    assert 'href="#id_starts_on"' in text
    assert 'href="#id_host"' in text
    assert "<title>Error: New summit" in text
    assert "autofocus" not in text  # which would lead away from what is wrong


def test_a_parallel_statement_is_not_what_stood_before_the_table(universe: Universe, mara: Desk) -> None:
    make(mara, name="Arden outside", kind="statement", starts_on="2032-03-10", parallel_to=universe.spring.pk)
    aside = Summit.objects.get(slug="arden-outside")
    assert aside.parallel_to == universe.spring
    assert aside.sequence == universe.spring.sequence + 1


def test_its_place_is_found_in_any_spelling_and_a_new_one_is_added(universe: Universe, mara: Desk) -> None:
    with recording(by=mara.user, reason="Set up."):
        known = make_place(name="Dilijan", aliases="Դիլիջան")
    for typed in ("dilijan", " ԴԻԼԻՋԱՆ "):
        make(mara, place=typed)
        assert Summit.objects.latest("pk").place == known
    make(mara, place="Granada")
    summit = Summit.objects.latest("pk")
    assert summit.place is not None
    assert summit.place.name == "Granada"
    assert summit.place.history.get().change_set == summit.history.get().change_set


def test_a_place_is_not_added_for_a_summit_that_is_refused(universe: Universe, mara: Desk) -> None:
    assert make(mara, place="Granada", starts_on="").status_code == 422
    assert not Place.objects.filter(name="Granada").exists()


def test_only_those_who_take_part_are_offered_as_hosts(universe: Universe, mara: Desk) -> None:
    page = page_of(mara.client.get(reverse("new-summit", args=["lenna"])))
    assert "Commission" in page.one("select", name="host").text
    assert str(universe.ministry) not in page.one("select", name="host").text
    assert str(universe.ministry) in page.one("select", name="seats-0-actor").text


TODAY = timezone.localdate()


LAST_YEAR, NEXT_YEAR = TODAY - timedelta(days=365), TODAY + timedelta(days=365)


@pytest.mark.parametrize(
    ("day", "precision", "chosen", "status"),
    [
        (NEXT_YEAR, "day", "", "planned"),
        (TODAY + timedelta(days=1), "day", "", "planned"),
        (TODAY, "day", "", "held"),
        (LAST_YEAR, "day", "", "held"),
        (LAST_YEAR, "day", "planned", "planned"),
        (LAST_YEAR, "day", "not_held", "not_held"),
        (NEXT_YEAR, "day", "not_held", "not_held"),
        (TODAY.replace(day=28), "month", "", "held"),
        (TODAY, "year", "held", "held"),
        (NEXT_YEAR, "year", "", "planned"),
    ],
)
def test_an_occasion_to_come_is_planned(
    universe: Universe, mara: Desk, day: date, precision: str, chosen: str, status: str
) -> None:
    make(mara, starts_on=day.isoformat(), starts_on_precision=precision, status=chosen)

    assert Summit.objects.get(slug="autumn-meeting").status == status


def test_what_is_to_come_was_not_held(universe: Universe, mara: Desk) -> None:
    page = make(mara, starts_on=NEXT_YEAR.isoformat(), status="held")

    assert page.status_code == 422
    assert "This day is still to come, so the occasion is planned" in words(page)
    assert 'href="#id_status"' in page.content.decode()
    assert not Summit.objects.filter(slug="autumn-meeting").exists()


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"ends_on": "2032-09-01"}, "ends_on", "The last day lies before the first."),
        ({"status": "dreamt"}, "status", ""),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    universe: Universe, mara: Desk, fields: dict[str, str], field: str, told: str
) -> None:
    page = make(mara, **fields)

    assert page.status_code == 422
    assert told in words(page)
    assert f'href="#id_{field}"' in page.content.decode()
    assert not Summit.objects.filter(slug="autumn-meeting").exists()


def test_the_same_occasion_is_asked_about(universe: Universe, mara: Desk) -> None:
    same = {"starts_on": "2031-09-10", "place": "Vyrhaus", "status": "not_held"}
    page = make(mara, **same)

    assert page.status_code == 422
    assert 'href="/lenna/summits/weir/"' in page.content.decode()
    assert 'type="checkbox" name="confirmed"' in page.content.decode()
    assert not Summit.objects.filter(slug="autumn-meeting").exists()

    assert make(mara, **same, confirmed="on").status_code == 302
    assert Summit.objects.get(slug="autumn-meeting").sequence == universe.aside.sequence + 1


@pytest.mark.parametrize(
    "other", [{"place": "Granada"}, {"kind": "working"}, {"starts_on": "2031-09-11"}, {"place": ""}]
)
def test_another_place_kind_or_day_is_not_asked_about(
    universe: Universe, mara: Desk, other: dict[str, str]
) -> None:
    same = {"starts_on": "2031-09-10", "place": "Weirhouse", "status": "not_held"}

    assert make(mara, **same | other).status_code == 302


def test_one_is_only_asked_when_it_is_needed(universe: Universe, mara: Desk) -> None:
    page = mara.client.get(reverse("new-summit", args=["lenna"])).content.decode()
    assert 'name="confirmed"' not in page


def test_without_a_name_it_is_called_by_its_place_and_day(universe: Universe, mara: Desk) -> None:
    make(mara, name="", place="Vyrhaus")
    assert Summit.objects.latest("pk").name == "Weirhouse, 10 September 2032"
    make(mara, name="", place="Vyrhaus", starts_on="2032-09-28", ends_on="2032-10-02")
    assert Summit.objects.latest("pk").name == "Weirhouse, 28 September – 2 October 2032"
    make(mara, name="", place="Granada", starts_on_precision="month")
    summit = Summit.objects.latest("pk")
    assert (summit.name, summit.starts_on) == ("Granada, September 2032", date(2032, 9, 1))
    assert "Give the name, or the place and the day" in words(make(mara, name=""))


def test_an_actor_that_is_missing_is_added_first_and_one_is_led_back(
    universe: Universe, editor: Desk
) -> None:
    new = reverse("new-summit", args=["lenna"])
    way = page_of(editor.client.get(new)).one("a", href=f"{reverse('new-actors', args=['lenna'])}?next={new}")
    form = page_of(editor.client.get(way.attrs["href"]))
    assert form.one("input", name="next").attrs["value"] == new
    rows = {"actors-TOTAL_FORMS": "1", "actors-INITIAL_FORMS": "0", "next": new}
    said = {"actors-0-name": "Host Republic", "actors-0-role": "observer", "actors-0-kind": "state"}
    assert editor.client.post(reverse("new-actors", args=["lenna"]), rows | said)["Location"] == new
    assert "Host Republic" in words(editor.client.get(new))


def test_a_new_track_is_made_in_place_once(universe: Universe, mara: Desk) -> None:
    make(mara, new_track="Delta track")
    made = Summit.objects.latest("pk")
    assert made.track is not None
    assert made.track.name == "Delta track"
    make(mara, new_track="DELTA TRACK", confirmed="on")
    assert Summit.objects.latest("pk").track == made.track
    page = make(mara, new_track="Other", track=made.track.pk, confirmed="on")
    assert "Choose a track or name a new one, not both." in words(page)


def test_it_begins_like_another(universe: Universe, mara: Desk) -> None:
    where = reverse("new-summit", args=["lenna"])
    assert f"?like={universe.weir.slug}" in mara.client.get(where).content.decode()

    page = mara.client.get(f"{where}?like=weir").content.decode()

    assert 'value="Mira Sol"' in page
    assert 'value="Weirhouse"' in page
    assert 'name="starts_on" value' not in page
    assert mara.client.get(f"{where}?like=nowhere").status_code == 404
