"""What is recorded is corrected where it is read: with a reason, and back to where one was."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.record.review import mark_reviewed
from issues.history import ChangeSet
from issues.models import Evidence, Outcome, Position, Source, Statement
from issues.tests.acts import correct
from issues.tests.universe import Universe
from issues.tests.views.correct.posting import send, shown
from issues.tests.views.page import page_of
from issues.user import User

WHY = "Misread: the record says a quarter."

Of = Callable[[Universe], Any]
RECORDS: dict[str, tuple[Of, str, str]] = {
    "position": (lambda u: u.at("cadria", "flow", "ford"), "summary", "Nothing of it may stay."),
    "statement": (lambda u: u.statements["arden-1"], "locator", "Page 7"),
    "source": (lambda u: u.sources["record"], "author", "The Clerk"),
    "outcome": (lambda u: u.outcomes["half"], "text", "Half of the flow, for a year."),
    "event": (lambda u: u.events["bridge"], "text", "For a week."),
}


def address(kind: str, record: Any) -> str:
    return reverse(f"correct-{kind}", args=["lenna", record.pk])


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_is_corrected_on_its_page_with_the_reason(
    universe: Universe, client: Client, rosa: User, kind: str
) -> None:
    of, field, said = RECORDS[kind]
    record = of(universe)

    answer = send(client, address(kind, record), reason=WHY, **{field: said})

    assert answer.status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == said
    change = record.history.latest("history_date").change_set
    assert (change.user, change.reason) == (rosa, WHY)


@pytest.mark.parametrize("kind", RECORDS)
def test_it_needs_a_reason_and_loses_nothing_that_was_typed(
    universe: Universe, client: Client, kind: str
) -> None:
    of, field, said = RECORDS[kind]

    answer = send(client, address(kind, of(universe)), reason="", **{field: said})

    assert answer.status_code == 422
    page = page_of(answer)
    assert "#id_reason" in page.one(css="errors").links
    assert shown(page)[field] == said


@pytest.mark.parametrize("kind", RECORDS)
def test_saving_it_as_it_is_changes_nothing(universe: Universe, client: Client, kind: str) -> None:
    record, sets = RECORDS[kind][0](universe), ChangeSet.objects.count()

    answer = send(client, address(kind, record), reason=WHY)

    assert answer.status_code == 422
    assert "Nothing differs from what is recorded" in page_of(answer).text
    assert ChangeSet.objects.count() == sets


@pytest.mark.parametrize("kind", RECORDS)
def test_someone_elses_correction_is_not_overwritten_unseen(
    universe: Universe, client: Client, kind: str
) -> None:
    of, field, said = RECORDS[kind]
    record, opened = of(universe), page_of(client.get(address(kind, of(universe))))
    correct(record, {field: "Of a colleague."}, by=universe.coder, reason="Faster.")

    answer = send(client, address(kind, record), opened, reason=WHY, **{field: said})

    assert answer.status_code == 409
    page = page_of(answer)
    assert "Of a colleague." in page.one(css="errors").text
    assert shown(page)[field] == said
    record.refresh_from_db()
    assert getattr(record, field) == "Of a colleague."
    assert send(client, address(kind, record), page).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == said


@pytest.mark.parametrize("kind", RECORDS)
def test_it_says_that_it_is_no_move_and_leads_to_the_log(
    universe: Universe, client: Client, kind: str
) -> None:
    page = page_of(client.get(address(kind, RECORDS[kind][0](universe))))

    assert "never a move of the actor" in page.text
    leads = {"position": "/lenna/summits/ford/log/", "outcome": "/lenna/summits/weir/log/"}
    assert leads.get(kind, "/lenna/summits/") in page.one("main").links


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/lenna/?summit=weir#said-1", "/lenna/?summit=weir#said-1"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("/\\elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
        ("lenna/", ""),
        ("", ""),
    ],
)
def test_one_comes_back_to_a_page_of_ours_alone(
    universe: Universe, client: Client, asked: str, led: str
) -> None:
    position = universe.at("cadria", "flow", "ford")
    where = address("position", position)
    page = page_of(client.get(where, {"next": asked}))
    own = f"/lenna/positions/{position.pk}/"

    assert page.one("form", **{"class": "stacked wide"}).one("input", name="next").attrs["value"] == (
        led or own
    )
    answer = send(client, where, page, reason=WHY, summary="Nothing of it.", next=asked)
    assert answer["Location"] == (led or own)


@pytest.mark.parametrize(
    ("where", "kind", "record"),
    [
        ("/lenna/?summit=ford", "position", lambda u: u.at("cadria", "flow", "ford")),
        ("/lenna/at/ford/cadria/flow/", "position", lambda u: u.at("cadria", "flow", "ford")),
        ("/lenna/issues/flow/", "position", lambda u: u.at("cadria", "flow", "ford")),
        ("/lenna/summits/ford/", "position", lambda u: u.at("cadria", "flow", "ford")),
        ("/lenna/summits/weir/", "outcome", lambda u: u.outcomes["half"]),
        ("/lenna/summits/weir/", "event", lambda u: u.events["bridge"]),
    ],
)
def test_the_way_to_it_stands_beside_the_history(
    universe: Universe, client: Client, reader: Client, where: str, kind: str, record: Of
) -> None:
    way = address(kind, record(universe))

    links = page_of(client.get(where)).links

    assert [link for link in links if link.startswith(f"{way}?next=/lenna/")] != []
    assert f"/history/{kind}/{record(universe).pk}/" in links
    assert not [link for link in page_of(reader.get(where)).links if "/correct/" in link]


@pytest.mark.parametrize("name", ["position", "statement", "source"])
def test_each_record_with_a_page_has_it_there(universe: Universe, client: Client, name: str) -> None:
    record = RECORDS[name][0](universe)

    links = page_of(client.get(reverse(name, args=["lenna", record.pk]))).links

    assert [link for link in links if link.startswith(address(name, record))] != []
    assert f"/history/{name}/{record.pk}/" in {link.partition("?")[0] for link in links}


def test_a_correction_takes_the_review_back_and_makes_no_move(universe: Universe, client: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    mark_reviewed([position], by=User.objects.create_user("second"))

    send(client, address("position", position), reason=WHY, value="10")

    position.refresh_from_db()
    assert (position.value, position.reviewed_by) == (10, None)
    assert Position.objects.count() == len(universe.positions)
    assert "†" in client.get(f"/lenna/positions/{position.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": "120"}, "value"),
        ({"state": "withdrawn"}, ""),
        ({"accepts_from": "60", "accepts_to": "20"}, ""),
        ({"basis": "inferred"}, ""),
        ({"option": "999999"}, "option"),
    ],
)
def test_a_broken_rule_is_told(
    universe: Universe, client: Client, fields: dict[str, str], field: str
) -> None:
    position = universe.at("cadria", "flow", "ford")

    answer = send(client, address("position", position), reason=WHY, **fields)

    assert answer.status_code == 422
    wrong = page_of(answer).one(css="errors")
    assert (f"#id_{field}" in wrong.links) if field else len(wrong.all("li")) > 0


def test_a_position_keeps_its_last_evidence(universe: Universe, client: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    evidence = position.evidence.get()

    answer = send(client, address("position", position), reason=WHY, **{f"kept__off__{evidence.pk}": "on"})

    assert answer.status_code == 422
    assert "A stated position needs evidence" in page_of(answer).text
    assert Evidence.objects.filter(pk=evidence.pk).exists()


def test_its_evidence_is_exchanged_in_one_correction(universe: Universe, client: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    evidence, other = position.evidence.get(), universe.statements["communique"]

    answer = send(
        client,
        address("position", position),
        reason=WHY,
        **{f"kept__off__{evidence.pk}": "on", "evidence__0__statement": str(other)},
    )

    assert answer.status_code == 302, page_of(answer).text
    new = position.evidence.get()
    assert new.statement == other
    assert new.history.get().change_set.reason == WHY


def test_evidence_that_someone_else_changed_is_shown_first(universe: Universe, client: Client) -> None:
    outcome = universe.outcomes["half"]
    evidence, where = outcome.evidence.get(), address("outcome", outcome)
    opened = page_of(client.get(where))
    correct(evidence, {"stance": "disputes"}, by=universe.coder, reason="It disputes it.")

    answer = send(client, where, opened, reason=WHY, text="Other words.")

    assert answer.status_code == 409
    assert "Someone changed the evidence meanwhile" in page_of(answer).text
    assert Outcome.objects.get(pk=outcome.pk).text != "Other words."


def test_a_speaker_is_named_and_the_words_are_told_apart(universe: Universe, client: Client) -> None:
    statement = universe.statements["arden-1"]
    where = address("statement", statement)

    assert (
        "Nobody on record is called “Nemo”" in page_of(send(client, where, reason=WHY, speaker="Nemo")).text
    )
    assert send(client, where, reason=WHY, speaker="dahl").status_code == 302
    assert Statement.objects.get(pk=statement.pk).speaker == universe.envoy


def test_a_source_is_not_there_twice(universe: Universe, client: Client) -> None:
    first, second = Source.objects.exclude(url=None)[:2]

    answer = send(client, address("source", first), reason=WHY, url=second.url)

    assert answer.status_code == 422
    assert "#id_url" in page_of(answer).one(css="errors").links


def test_what_belongs_to_another_process_is_not_corrected_here(universe: Universe, client: Client) -> None:
    for kind in RECORDS:
        assert client.get(reverse(f"correct-{kind}", args=["lenna", 999_999])).status_code == 404
