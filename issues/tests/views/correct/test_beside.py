"""What hangs on a record is corrected with it: who signed, linked issues, archived copies."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from issues.actions.record.review import mark_reviewed
from issues.history import ChangeSet
from issues.models import Event, EventIssue, PositionLink, Signatory, Snapshot, Source, Statement
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe
from issues.tests.views.correct.posting import send, shown
from issues.tests.views.page import page_of
from issues.user import User

WHY = "The copy names another."


@pytest.fixture
def editor(universe: Universe, client: Client, rosa: User) -> Client:
    """Rosa, who may remove what is recorded."""
    rosa.groups.add(Group.objects.get(name="Editors"))
    return client


def signed(statement: Statement) -> set[str]:
    return {one.actor.slug for one in statement.signatories.select_related("actor")}


def where(record: Any) -> str:
    return reverse(f"correct-{record._meta.model_name}", args=["lenna", record.pk])


def keys(*records: Any) -> list[str]:
    return [str(record.pk) for record in records]


def test_who_signed_is_corrected_in_one_change_set(universe: Universe, client: Client, rosa: User) -> None:
    joint = universe.statements["joint"]
    assert sorted(shown(page_of(client.get(where(joint))))["signatories"]) == sorted(
        keys(universe.arden, universe.cadria)
    )

    answer = send(
        client, where(joint), reason=WHY, locator="2", signatories=keys(universe.arden, universe.belmar)
    )

    assert answer.status_code == 302, page_of(answer).text
    assert signed(joint) == {"arden", "belmar"}
    change = ChangeSet.objects.latest("pk")
    assert (change.user, change.reason) == (rosa, WHY)
    assert Signatory.history.filter(change_set=change).count() == 2
    assert Statement.history.filter(change_set=change).count() == 1


def test_who_signed_may_be_all_that_is_wrong(universe: Universe, client: Client) -> None:
    joint, sets = universe.statements["joint"], ChangeSet.objects.count()

    send(client, where(joint), reason=WHY, signatories=keys(universe.arden, universe.cadria))
    assert ChangeSet.objects.count() == sets
    send(client, where(joint), reason=WHY, signatories=[])

    assert signed(joint) == set()
    assert ChangeSet.objects.count() == sets + 1


def test_one_alone_signs_nothing_and_it_is_told_at_the_boxes(universe: Universe, client: Client) -> None:
    joint = universe.statements["joint"]

    answer = send(client, where(joint), reason=WHY, signatories=keys(universe.arden))

    page = page_of(answer)
    assert answer.status_code == 422
    assert "#id_signatories" in page.one(css="errors").links
    assert page.one("div", id="id_signatories")
    assert "A joint statement has two signatories or more." in page.one(css="errors").text
    assert shown(page)["signatories"] == str(universe.arden.pk)
    assert signed(joint) == {"arden", "cadria"}


def test_what_several_signed_becomes_the_report_of_one_and_back(universe: Universe, client: Client) -> None:
    joint = universe.statements["joint"]

    answer = send(client, where(joint), reason=WHY, signatories=[], reported_by_actor=str(universe.belmar.pk))
    assert answer.status_code == 302, page_of(answer).text
    joint.refresh_from_db()
    assert (joint.reported_by_actor, signed(joint)) == (universe.belmar, set())

    both = keys(universe.arden, universe.cadria)
    refused = send(client, where(joint), reason=WHY, signatories=both)
    assert refused.status_code == 422
    assert "#id_signatories" in page_of(refused).one(css="errors").links
    assert send(client, where(joint), reason=WHY, signatories=both, reported_by_actor="").status_code == 302
    assert signed(joint) == {"arden", "cadria"}


def test_boxes_that_a_colleague_changed_are_shown_and_not_overwritten_unseen(
    universe: Universe, client: Client
) -> None:
    joint = universe.statements["joint"]
    opened = page_of(client.get(where(joint)))
    add(Signatory(statement=joint, actor=universe.belmar), by=universe.coder, reason="It signed too.")

    untouched = send(client, where(joint), opened, reason=WHY, locator="Page 2")
    assert untouched.status_code == 409
    assert "“Signed by” was changed while you had it open" in page_of(untouched).text
    again = shown(page_of(untouched))
    assert (len(again["signatories"]), again["locator"]) == (3, "Page 2")

    ticked = send(
        client, where(joint), opened, reason=WHY, signatories=keys(universe.arden, universe.commission)
    )
    assert ticked.status_code == 409
    page = page_of(ticked)
    assert sorted(shown(page)["signatories"]) == sorted(keys(universe.arden, universe.commission))
    assert "Belmar" in page.one(css="errors").text
    assert signed(joint) == {"arden", "belmar", "cadria"}
    assert send(client, where(joint), page).status_code == 302
    assert signed(joint) == {"arden", universe.commission.slug}


def test_the_issues_of_an_event_that_a_colleague_changed_are_told(universe: Universe, client: Client) -> None:
    bridge = universe.events["bridge"]
    opened = page_of(client.get(where(bridge)))
    add(EventIssue(event=bridge, issue=universe.data), by=universe.coder, reason="On data too.")

    answer = send(client, where(bridge), opened, reason=WHY, title="The bridge is shut")

    assert answer.status_code == 409
    assert Event.objects.get(pk=bridge.pk).title == bridge.title
    assert bridge.event_issues.filter(issue=universe.data).exists()


def test_linked_issues_are_corrected_and_the_review_is_taken_back(universe: Universe, client: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    mark_reviewed([position], by=User.objects.create_user("second"))

    answer = send(client, where(position), reason=WHY, links=keys(universe.data))

    assert answer.status_code == 302, page_of(answer).text
    assert [one.issue for one in PositionLink.objects.filter(position=position)] == [universe.data]
    position.refresh_from_db()
    assert position.reviewed_by is None
    assert not any(
        node.attrs.get("value") == str(universe.flow.pk) and node.attrs.get("name") == "links"
        for node in page_of(client.get(where(position))).all("input")
    )


def test_archived_copies_are_added_changed_and_removed_in_one_correction(
    universe: Universe, editor: Client, rosa: User
) -> None:
    record = universe.sources["record"]
    first = record.snapshots.get()
    second = add(
        Snapshot(source=record, url="https://archive.example/second"), by=universe.coder, reason="A second."
    )

    answer = send(
        editor,
        where(record),
        reason=WHY,
        **{
            f"copy__{first.pk}__off": "on",
            f"copy__{second.pk}__taken_at": "2031-10-01T10:30:00",
            "copies__0__url": "https://archive.example/third",
            "copies__0__taken_at": "2031-11-01T08:00",
            "copies__0__taken_by": "Lenna Archive",
        },
    )

    assert answer.status_code == 302, page_of(answer).text
    assert [(one.url, one.taken_at) for one in record.snapshots.order_by("taken_at")] == [
        ("https://archive.example/second", datetime(2031, 10, 1, 10, 30, tzinfo=UTC)),
        ("https://archive.example/third", datetime(2031, 11, 1, 8, 0, tzinfo=UTC)),
    ]
    record.refresh_from_db()
    assert record.archive_url == "https://archive.example/third"
    change = ChangeSet.objects.latest("pk")
    assert (change.user, change.reason) == (rosa, WHY)
    assert Snapshot.history.filter(change_set=change).count() == 3


def test_copies_that_are_as_they_were_correct_nothing(universe: Universe, client: Client) -> None:
    sets = ChangeSet.objects.count()

    answer = send(client, where(universe.sources["record"]), reason=WHY)

    assert "Nothing differs from what is recorded" in page_of(answer).text
    assert ChangeSet.objects.count() == sets


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"copies__0__taken_at": "2031-11-01T08:00"}, "id_copies-0-url"),
        ({"copies__0__url": "no address"}, "id_copies-0-url"),
        ({"copies__0__url": "https://a.example/", "copies__0__taken_at": "in May"}, "id_copies-0-taken_at"),
        ({"copies__0__url": "KEPT"}, "id_copies-0-url"),
        ({"copy__KEY__url": ""}, "id_copy-KEY-url"),
        ({"copy__KEY__url": "https://a.example/", "copies__0__url": "https://a.example/"}, "id_copies-0-url"),
    ],
)
def test_a_copy_that_cannot_be_is_told_at_its_field(
    universe: Universe, client: Client, typed: dict[str, str], field: str
) -> None:
    record = universe.sources["record"]
    copy = record.snapshots.get()
    given = {
        name.replace("KEY", str(copy.pk)): value.replace("KEPT", copy.url) for name, value in typed.items()
    }

    answer = send(client, where(record), reason=WHY, author="The Clerk", **given)

    page = page_of(answer)
    assert answer.status_code == 422
    assert f"#{field.replace('KEY', str(copy.pk))}" in page.one(css="errors").links
    sent = shown(page)
    assert sent["author"] == "The Clerk"
    assert all(sent[name.replace("__", "-")] == value for name, value in given.items())
    assert (Source.objects.get(pk=record.pk).author, record.snapshots.count()) == (record.author, 1)


def test_a_copy_that_was_read_for_a_statement_stays(universe: Universe, editor: Client) -> None:
    record = universe.sources["record"]
    copy, statement = record.snapshots.get(), record.statements.first()
    correct(statement, {"snapshot": copy}, by=universe.coder, reason="Read there.")

    answer = send(editor, where(record), reason=WHY, **{f"copy__{copy.pk}__off": "on"})

    assert answer.status_code == 422
    assert f"It was read for statement {statement.ref}" in page_of(answer).one(css="errors").text
    assert record.snapshots.count() == 1


def test_copies_that_a_colleague_changed_or_removed_are_told(universe: Universe, client: Client) -> None:
    record = universe.sources["record"]
    copy, opened = record.snapshots.get(), page_of(client.get(where(record)))
    typed = {f"copy__{copy.pk}__taken_by": "Somebody", "copies__0__url": "https://archive.example/new"}
    correct(copy, {"note": "Of a colleague."}, by=universe.coder, reason="Faster.")

    changed = send(client, where(record), opened, reason=WHY, **typed)
    assert changed.status_code == 409
    page = page_of(changed)
    assert "Of a colleague." in page.one(css="errors").text
    assert shown(page)[f"copy-{copy.pk}-taken_by"] == "Somebody"
    assert shown(page)["copies-0-url"] == "https://archive.example/new"

    remove(Snapshot.objects.get(pk=copy.pk), by=universe.coder, reason="No copy of it.")
    gone = send(client, where(record), opened, reason=WHY, **typed)
    assert gone.status_code == 409
    assert copy.url in page_of(gone).one(css="errors").text
    assert send(client, where(record), page_of(gone)).status_code == 302
    assert record.snapshots.filter(url="https://archive.example/new").exists()
    assert not record.snapshots.filter(taken_by="Somebody").exists()


def test_evidence_that_a_colleague_took_off_is_told(universe: Universe, client: Client) -> None:
    outcome = universe.outcomes["half"]
    opened = page_of(client.get(where(outcome)))
    remove(outcome.evidence.get(), by=universe.coder, reason="It says nothing of it.")

    answer = send(client, where(outcome), opened, reason=WHY, text="Other words.")

    assert answer.status_code == 409
    outcome.refresh_from_db()
    assert outcome.text != "Other words."


def test_more_copies_come_with_everything_typed(universe: Universe, client: Client) -> None:
    answer = send(
        client, where(universe.sources["record"]), author="Half", copies__0__url="no", more="copies"
    )

    sent = shown(page_of(answer))
    assert answer.status_code == 200
    assert (sent["author"], sent["copies-0-url"], sent["copies-3-url"]) == ("Half", "no", "")
