"""Starting a process on one page."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from issues.actions.take_back.undo_change_set import undo
from issues.forms.refusals import TAKEN
from issues.history import ChangeSet, Way, recording
from issues.models import Actor, Issue, Membership, Participation, Place, Process, Summit
from issues.tests.factories import make_actor, make_process, make_user
from issues.tests.views.page import page_of
from issues.tests.views.starting import FLOW, PARTY, sent, told, typed, value_of
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return visit_as("researcher")


def test_a_process_with_all_that_belongs_to_it_is_made_at_once_and_undone_as_one(client: Client) -> None:
    answer = client.post(
        "/new/",
        typed(
            name="Arden–Belmar",
            summary="A dam.",
            actors=[
                {"name": "Republic of Arden", "short_name": "Arden", "member_of": "Upper Basin", **PARTY},
                {"name": "Belmar", "aliases": "Белмар; Bellmar", **PARTY},
                {"name": "Upper Basin", "kind": "coalition", "role": "observer"},
            ],
            issues=[
                FLOW | {"reference": "most"},
                {
                    "name": "Summer",
                    "question": "And in summer?",
                    "options": "0 none\n40 some\n100 all",
                    "parent": "flow",
                },
                {"name": "Preamble", "question": "What does it say?", "kind": "text"},
            ],
            meetings=[
                {"name": "Ford", "day": "March 2026", "place": "Fordham", "status": "held"},
                {"name": "Mill", "day": "2130-06-10", "place": "fordham", "kind": "ministers"},
            ],
        ),
    )

    assert (answer.status_code, answer["Location"]) == (302, "/arden-belmar/")
    process = Process.objects.get()
    takes_part = [(str(one), one.watched) for one in process.participations.all()]
    assert takes_part == [("Arden, party", True), ("Belmar, party", True), ("Upper Basin, observer", False)]
    assert Actor.objects.get(name="Belmar").aliases == "Белмар\nBellmar"
    assert str(Membership.objects.get()) == "Arden in Upper Basin"
    flow, summer, preamble = process.issues.all()
    assert [str(one) for one in flow.options.all()] == [
        "0 none",
        "25 a quarter",
        "50 half",
        "75 most",
        "100 all",
    ]
    assert (flow.reference_point, summer.parent) == (flow.options.get(value=75), flow)
    assert (summer.low_label, summer.high_label) == ("none", "all")
    assert (preamble.kind, preamble.options.count()) == ("text", 0)
    ford, mill = process.summits.all()
    assert (ford.starts_on, ford.starts_on_precision, ford.status) == (date(2026, 3, 1), "month", "held")
    assert (mill.status, mill.kind, mill.place) == ("planned", "ministers", ford.place)
    assert Place.objects.count() == 1

    change_set = ChangeSet.objects.get()
    assert change_set.reason == "Started “Arden–Belmar”."
    undo(change_set, by=make_user(is_superuser=True), reason="It was a trial.")
    kinds = (Process, Actor, Issue, Summit, Membership, Participation, Place)
    assert not any(kind.objects.exists() for kind in kinds)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Воды Лены", "воды-лены"),
        ("مياه لينا", "مياه-لينا"),
        ("勒纳 水", "勒纳-水"),
        ("New", "new-2"),
        ("…", "process"),
    ],
)
def test_a_slug_keeps_the_script_and_takes_no_address_of_ours(client: Client, name: str, slug: str) -> None:
    answer = client.post("/new/", typed(name=name), follow=True)

    assert Process.objects.get().slug == slug
    assert answer.redirect_chain == [(reverse("matrix", args=[slug]), 302)]
    assert answer.status_code == 200


def test_errors_name_list_row_and_field_and_nothing_typed_is_lost(client: Client) -> None:
    rows = {
        "actors": [
            {"name": "Arden", "role": "party", "kind": ""},
            {"name": "", "role": "", "kind": "state"},
            {"name": "Belmar", "role": "", "kind": "state", "short_name": "B"},
        ],
        "issues": [FLOW | {"options": "50 half\n50 a half"}],
        "meetings": [{"name": "Ford", "day": "some day", "place": "Fordham"}],
    }

    answer = client.post("/new/", typed(name="", summary="A dam.", **rows))

    assert told(answer) == [
        "What the negotiation is called: This field is required.",
        "Who takes part, actor 2, Name: This field is required.",
        "Who takes part, actor 2, Role: This field is required.",
        "Who takes part, actor 3, Role: This field is required.",
        "What they negotiate, issue 1, Options between, a line each: 50 is the number of two options.",
        "When they meet, meeting 1, Day, month or year: “some day” is no date: write 2002-12-31, "
        "2002-12 or 2002.",
    ]
    page = page_of(answer)
    for name, text in typed(summary="A dam.", **rows).items():
        if name.partition("-")[2] != "INITIAL_FORMS":
            assert value_of(page, name) == str(text), name
    assert not Process.objects.exists()
    anchors = list(page.one("div", css="errors").links)
    ids = {node.attrs.get("id") for node in page.walk()}
    assert {anchor.removeprefix("#") for anchor in anchors} <= ids


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            {"actors": [{"name": "Arden", "role": "party"}]},
            "actor 1, Kind, if it is not on record: “Arden” is not on record",
        ),
        (
            {"actors": [{"name": "Arden", **PARTY}, {"name": "ARDEN", **PARTY}]},
            "actor 2, Name: “ARDEN” is actor 1 already",
        ),
        (
            {"actors": [{"name": "Arden", "member_of": "Belmar", **PARTY}, {"name": "Belmar", **PARTY}]},
            "actor 1, Member of coalitions, with ; between: “Belmar” is no coalition",
        ),
        (
            {"actors": [{"name": "Arden", "member_of": "Nowhere", **PARTY}]},
            "“Nowhere” is nobody in this list",
        ),
        ({"issues": [FLOW, FLOW | {"name": "flow"}]}, "issue 2, Name: “flow” is issue 1 already"),
        ({"issues": [FLOW | {"reference": "none of it"}]}, "“none of it” is none of the options"),
        ({"issues": [FLOW | {"parent": "Flow"}]}, "“Flow” is no other issue"),
        ({"issues": [FLOW | {"kind": "text"}]}, "kind text has no scale"),
        (
            {"issues": [FLOW | {"options": "", "high_label": ""}]},
            "issue 1, What 100 means: An issue with a scale needs",
        ),
        (
            {"meetings": [{"name": "Ford", "day": "2130-01-01", "status": "held"}]},
            "meeting 1, Status: This day is still to come",
        ),
        (
            {"meetings": [{"name": "Ford", "day": "2030-01"}, {"name": "ford", "day": "2030-02"}]},
            "“ford” is meeting 1 already",
        ),
        ({"meetings": [{"name": "Ford", "day": "03/04/2030"}]}, "“03/04/2030” may be two days"),
    ],
)
def test_what_cannot_be_is_told_at_its_row(client: Client, rows: dict[str, Any], message: str) -> None:
    answer = client.post("/new/", typed(name="Lakes", **rows))

    assert any(message in problem for problem in told(answer)), told(answer)
    assert not Process.objects.exists()
    assert not Actor.objects.exists()


def test_namesakes_are_told_apart_by_their_short_name_in_addresses(client: Client) -> None:
    with recording(by=make_user(), reason="Namesakes."):
        make_actor(name="Arden", slug="arden-north")
        make_actor(name="Arden", slug="arden-south")

    problems = told(client.post("/new/", typed(name="Lakes", actors=[{"name": "Arden", "role": "party"}])))
    assert any("May be any of Arden (arden-north), Arden (arden-south)" in problem for problem in problems)
    answer = client.post("/new/", typed(name="Lakes", actors=[{"name": "arden-south", "role": "party"}]))
    assert answer.status_code == 302


def test_more_rows_come_without_a_script_and_what_is_half_typed_is_not_wrong_yet(client: Client) -> None:
    data = typed(name="", actors=[{"name": "Arden", "role": "", "kind": "state"}]) | {"more": "actors"}

    answer = client.post("/new/", data)

    assert answer.status_code == 200
    page = page_of(answer)
    assert page.all("div", css="errors") == []
    assert value_of(page, "actors-TOTAL_FORMS") == "5"
    assert value_of(page, "issues-TOTAL_FORMS") == "1"
    assert (value_of(page, "actors-0-name"), value_of(page, "actors-0-kind")) == ("Arden", "state")
    assert page.all("input", name="actors-4-name")
    assert all("aria-invalid" not in node.attrs for node in page.walk())


def test_a_list_ends_where_it_is_too_long(client: Client) -> None:
    actors = [{"name": f"Actor {number}", **PARTY} for number in range(81)]

    assert any(
        "at most 80" in problem for problem in told(client.post("/new/", typed(name="Lakes", actors=actors)))
    )
    assert told(client.post("/new/", {"name": "Lakes", "actors-TOTAL_FORMS": "x"}))


@pytest.mark.parametrize(
    ("template", "name", "value"),
    [
        ("two-parties", "actors-2-role", "mediator"),
        ("conference", "actors-0-kind", "coalition"),
        ("treaty", "issues-0-kind", "stage"),
    ],
)
def test_a_template_begins_with_roles_and_kinds_and_what_is_left_blank_makes_nothing(
    client: Client, template: str, name: str, value: str
) -> None:
    page = page_of(client.get(f"/new/?template={template}"))
    assert value_of(page, name) == value
    data = sent(page)

    assert client.post(f"/new/?template={template}", data | {"name": "Lakes"}).status_code == 302
    process = Process.objects.get()
    assert not process.participations.exists()
    assert not process.issues.exists()


def test_a_file_may_come_first(client: Client) -> None:
    assert client.post("/new/", typed(name="Lakes") | {"then": "import"})["Location"] == "/lakes/import/"


@pytest.mark.parametrize("visitor", ["stranger", "account", "viewer"])
@pytest.mark.parametrize("address", ["/new/", "/lakes/actors/new/", "/lakes/issues/new/"])
def test_who_may_not_make_it_is_refused(visitor: str, address: str) -> None:
    with recording(by=make_user(), reason="Lakes."):
        make_process(name="Lakes", slug="lakes")
    client = visit_as(visitor)

    for answer in (client.get(address), client.post(address, typed(name="Rivers"))):
        assert answer.status_code in (302, 401, 403)
    assert Process.objects.count() == 1


@pytest.mark.parametrize("count", ["0", "-1", "many", "", "99999"])
@pytest.mark.parametrize("address", ["/lakes/actors/new/", "/lakes/issues/new/"])
def test_a_number_of_rows_that_cannot_be_is_refused(client: Client, address: str, count: str) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        process = make_process(name="Lakes", slug="lakes")
    name = address.split("/")[2]

    answer = client.post(address, {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": "0"})

    assert answer.status_code == 422
    assert page_of(answer).one("div", css="errors").all("li")
    assert not process.participations.exists()


def test_what_two_add_at_the_same_moment_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: Any) -> None:
        raise IntegrityError

    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_process(name="Lakes", slug="lakes")
    monkeypatch.setattr("issues.views.start.add_structure", taken)
    rows = {"actors-TOTAL_FORMS": "1", "actors-INITIAL_FORMS": "0", "actors-0-name": "Arden"}

    answer = client.post("/lakes/actors/new/", rows | {"actors-0-role": "party", "actors-0-kind": "state"})

    assert answer.status_code == 422
    assert TAKEN in page_of(answer).one("div", css="errors").text
