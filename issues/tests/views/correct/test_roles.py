"""What a Correct page asks is what the person may store: by role, and by each right that is lacking."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from issues.models import Evidence, Source, Statement
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.correct.posting import send, shown
from issues.tests.views.page import Node, page_of
from issues.tests.views.visitors import VISITORS, outcome, visit_as

WHY = "Misread."
NEW = {
    "evidence__0__source": "https://harbour.example/report",
    "evidence__0__title": "The harbour report",
    "evidence__0__publisher": "Harbour Post",
    "evidence__0__quote": "A quarter it is.",
}


def records(universe: Universe) -> dict[str, Any]:
    return {
        "position": universe.at("cadria", "flow", "ford"),
        "statement": universe.statements["joint"],
        "source": universe.sources["record"],
        "outcome": universe.outcomes["half"],
        "event": universe.events["bridge"],
    }


def with_rights(*rights: str) -> Client:
    """Someone who reads, and has these rights alone."""
    user = make_user(username="-".join(rights)[:100])
    names = [*rights, "view_process"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def where(kind: str, record: Any) -> str:
    return reverse(f"correct-{kind}", args=["lenna", record.pk])


def asked(page: Node) -> set[str]:
    """What a page asks, without the keys of what is on record."""
    hidden = ("csrfmiddlewaretoken", "next", "reason", "opened_version", "ties_seen")
    names = {name for name in shown(page) if name not in hidden and "_FORMS" not in name}
    boxes = {node.attrs.get("name", "") for node in page.all("input", type="checkbox")}
    return {
        "-".join(part for part in name.split("-") if not part.isdecimal())
        for name in names | boxes
        if "__prefix__" not in name
    }


@pytest.mark.parametrize("kind", ["position", "statement", "source", "outcome", "event"])
def test_who_may_correct_sees_the_page_and_the_way_to_it(universe: Universe, kind: str) -> None:
    record = records(universe)[kind]
    for visitor in VISITORS:
        client = visit_as(visitor)
        expected = {"stranger": "sign in", "account": "refused", "viewer": "refused"}.get(visitor, "let in")
        assert outcome(client.get(where(kind, record))) == expected, visitor
        assert outcome(client.post(where(kind, record))) == expected, visitor


@pytest.mark.parametrize("role", ["researcher", "editor"])
@pytest.mark.parametrize("kind", ["position", "statement", "source", "outcome", "event"])
def test_what_a_role_sees_is_what_it_may_store(universe: Universe, role: str, kind: str) -> None:
    client, record = visit_as(role), records(universe)[kind]
    names = asked(page_of(client.get(where(kind, record))))

    beside = {
        "position": {"kept-stance", "kept-off", "evidence-quote", "evidence-title", "links"},
        "statement": {"signatories"},
        "source": {"copy-url", "copies-url"},
        "outcome": {"kept-stance", "kept-off", "evidence-quote", "evidence-title"},
        "event": {"evidence-quote", "evidence-title", "issues"},
    }[kind]
    assert beside <= names
    # What is on record is removed by editors alone; words are taken off by whoever records them.
    assert ("copy-off" in names) is (kind == "source" and role == "editor")


def test_a_researcher_who_posts_the_box_of_an_editor_removes_nothing(universe: Universe) -> None:
    client, record = visit_as("researcher"), universe.sources["record"]
    copy = record.snapshots.get()

    send(client, where("source", record), reason=WHY, author="The Clerk", **{f"copy__{copy.pk}__off": "on"})

    assert record.snapshots.get() == copy
    record.refresh_from_db()
    assert record.author == "The Clerk"


def test_each_role_stores_all_that_it_is_asked(universe: Universe) -> None:
    for role in ("researcher", "editor"):
        client = visit_as(role)
        for kind, field in {
            "position": "note",
            "statement": "note",
            "source": "note",
            "outcome": "text",
            "event": "text",
        }.items():
            record = records(universe)[kind]
            beside = {
                "source": {
                    "copies__0__url": f"https://archive.example/{role}",
                    "copies__0__taken_by": "Lenna Archive",
                },
                "statement": {},
            }.get(kind, {**NEW, "evidence__0__source": f"https://harbour.example/{role}-{kind}"})
            answer = send(client, where(kind, record), reason=WHY, **{field: f"By the {role}."}, **beside)
            assert answer.status_code == 302, (role, kind, page_of(answer).text)


@pytest.mark.parametrize("kind", ["position", "outcome", "event"])
def test_who_may_not_record_evidence_is_asked_for_none(universe: Universe, kind: str) -> None:
    client, record = with_rights(f"change_{kind}"), records(universe)[kind]
    page = page_of(client.get(where(kind, record)))

    assert not [name for name in asked(page) if name.startswith(("evidence", "kept-stance", "kept-off"))]
    assert not {"links", "issues"} & asked(page)
    assert "Evidence to add" not in page.text
    assert not [link for link in page.one("main").links if link.endswith("/log/") or "/statements/" in link]
    field = "summary" if kind == "position" else "text"
    count = Evidence.objects.count()
    answer = send(client, where(kind, record), reason=WHY, **{field: "Corrected."}, **NEW)
    assert answer.status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Corrected."
    assert Evidence.objects.count() == count


def test_who_may_not_record_words_links_those_on_record(universe: Universe) -> None:
    client, position = with_rights("change_position", "add_evidence"), universe.at("cadria", "flow", "ford")
    page = page_of(client.get(where("position", position)))

    assert "recording new words is not for this account" in page.text
    assert {name for name in asked(page) if name.startswith("evidence")} == {
        "evidence-statement",
        "evidence-stance",
    }
    other = universe.statements["communique"]
    counts = Statement.objects.count(), Source.objects.count()
    answer = send(client, where("position", position), reason=WHY, **NEW, evidence__0__statement=str(other))
    assert answer.status_code == 302
    assert position.evidence.filter(statement=other).exists()
    assert (Statement.objects.count(), Source.objects.count()) == counts


def test_who_may_not_add_sources_quotes_those_on_record_and_is_told_so(universe: Universe) -> None:
    client = with_rights("change_position", "add_evidence", "add_statement")
    position = universe.at("cadria", "flow", "ford")
    count = Source.objects.count()
    page = page_of(client.get(where("position", position)))
    assert not {"evidence-title", "evidence-publisher"} & asked(page)

    refused = send(client, where("position", position), reason=WHY, **NEW)

    assert refused.status_code == 422
    wrong = page_of(refused).one(css="errors")
    assert "#id_evidence-0-source" in wrong.links
    assert "adding sources is not for this account" in wrong.text
    assert shown(page_of(refused))["evidence-0-quote"] == NEW["evidence__0__quote"]
    answer = send(
        client,
        where("position", position),
        reason=WHY,
        evidence__0__source=universe.sources["record"].key,
        evidence__0__quote="A quarter it is.",
    )
    assert answer.status_code == 302
    assert Source.objects.count() == count


def test_who_may_not_name_signatories_corrects_the_words(universe: Universe) -> None:
    client, joint = with_rights("change_statement"), universe.statements["joint"]
    assert "signatories" not in asked(page_of(client.get(where("statement", joint))))

    answer = send(client, where("statement", joint), reason=WHY, locator="2", signatories=[])

    assert answer.status_code == 302
    assert joint.signatories.count() == 2


def test_who_may_not_record_copies_is_asked_for_none(universe: Universe) -> None:
    client, record = with_rights("change_source"), universe.sources["record"]
    copy = record.snapshots.get()
    page = page_of(client.get(where("source", record)))
    assert not [name for name in asked(page) if name.startswith("copies")]

    answer = send(
        client,
        where("source", record),
        reason=WHY,
        author="The Clerk",
        **{f"copy__{copy.pk}__url": "https://elsewhere.example/"},
    )

    assert answer.status_code == 302
    assert record.snapshots.get().url == copy.url


def test_the_admin_is_offered_to_its_staff_alone(universe: Universe, admin_client: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    in_admin = f"/admin/issues/position/{position.pk}/change/?next=/lenna/positions/{position.pk}/"

    ways = {
        name: in_admin in page_of(client.get(where("position", position))).links
        for name, client in {"staff": admin_client, "editor": visit_as("editor")}.items()
    }

    assert ways == {"staff": True, "editor": False}


def test_who_may_correct_an_occasion_alone_is_asked_for_no_seats_tracks_or_places(universe: Universe) -> None:
    client, weir = with_rights("change_summit"), universe.weir
    seats = list(weir.attendance.values_list("pk", flat=True))
    page = page_of(client.get("/lenna/summits/weir/edit/"))
    assert not {"new_track", "seats-actor", "seats-person"} & asked(page)

    answer = send(client, "/lenna/summits/weir/edit/", reason=WHY, summary="Three days.", place="Elsewhere")
    assert answer.status_code == 422
    assert "#id_place" in page_of(answer).one(css="errors").links
    assert "adding places is not for this account" in page_of(answer).text
    assert send(client, "/lenna/summits/weir/edit/", reason=WHY, summary="Three days.").status_code == 302
    weir.refresh_from_db()
    assert weir.summary == "Three days."
    assert list(weir.attendance.values_list("pk", flat=True)) == seats


def test_who_may_not_add_people_seats_those_on_record(universe: Universe) -> None:
    client = with_rights("change_summit", "add_attendance", "delete_attendance")
    page = page_of(client.get("/lenna/summits/weir/edit/"))
    seats = {name for name in asked(page) if name.startswith("seats-")}
    assert seats == {"seats-actor", "seats-person", "seats-pasted"}
    place = int(shown(page)["seats-TOTAL_FORMS"]) - 1

    def seat(person: str) -> Any:
        typed = {f"seats__{place}__actor": str(universe.cadria.pk), f"seats__{place}__person": person}
        return send(client, "/lenna/summits/weir/edit/", reason=WHY, **typed)

    block = {"seats__pasted": "Actor\tPerson\tOffice\nCadria\tDahl\tEnvoy"}
    refused = send(client, "/lenna/summits/weir/edit/", reason=WHY, **block)
    assert refused.status_code == 422
    assert "There is no column “Office” here; there are actor, person." in page_of(refused).text
    assert seat("Nemo").status_code == 422
    assert seat("Dahl").status_code == 302
    assert universe.weir.attendance.filter(actor=universe.cadria, person=universe.envoy).exists()
