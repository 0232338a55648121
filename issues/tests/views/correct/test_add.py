"""Outcomes and events are added on their pages, with evidence, from the page of the summit."""

from datetime import date

import pytest
from django.test import Client

from issues.models import Event, Evidence, Outcome, Source, Statement
from issues.tests.universe import Universe
from issues.tests.views.correct.posting import send, shown
from issues.tests.views.page import page_of
from issues.user import User

OUTCOME = "/lenna/summits/delta/outcomes/new/"
EVENT = "/lenna/events/new/"


def test_where_no_outcome_is_recorded_the_way_is_offered_to_who_may(
    universe: Universe, client: Client, reader: Client
) -> None:
    page = page_of(client.get("/lenna/summits/delta/"))
    assert "No outcome has been recorded." in page.text
    assert f"{OUTCOME}?next=/lenna/summits/delta/" in page.links
    assert f"{EVENT}?next=/lenna/summits/delta/" in page.links
    assert not [link for link in page_of(reader.get("/lenna/summits/delta/")).links if "/new/" in link]
    assert (
        "/lenna/summits/weir/outcomes/new/?next=/lenna/summits/weir/"
        in page_of(client.get("/lenna/summits/weir/")).links
    )


def test_an_outcome_is_recorded_by_an_account_with_evidence(
    universe: Universe, client: Client, rosa: User
) -> None:
    answer = send(
        client,
        OUTCOME,
        issue=str(universe.flow.pk),
        status="agreed",
        text="A quarter of the flow.",
        placement="25",
        according_to_person="Dahl",
        evidence__0__statement=str(universe.statements["communique"]),
    )

    assert answer["Location"] == "/lenna/summits/delta/"
    outcome = Outcome.objects.get(summit=universe.delta)
    assert (outcome.ref, outcome.placement, outcome.according_to_person) == ("o1", 25, universe.envoy)
    assert outcome.evidence.get().statement == universe.statements["communique"]
    changes = {outcome.history.get().change_set, outcome.evidence.get().history.get().change_set}
    assert [(one.user, one.reason) for one in changes] == [(rosa, "New outcome of Delta meeting.")]
    assert "A quarter of the flow." in page_of(client.get("/lenna/summits/delta/")).text


def test_a_source_that_is_not_on_record_shows_where_its_title_is_given(
    universe: Universe, client: Client
) -> None:
    words = {"evidence__0__source": "https://harbour.example/report", "evidence__0__quote": "A quarter."}
    page = page_of(send(client, OUTCOME, status="none", text="Nothing.", **words))
    fold = next(one for one in page.all("details") if "More of statement 1" in one.text)
    assert "open" in fold.attrs


def test_new_words_in_a_new_source_are_stored_with_it(universe: Universe, client: Client) -> None:
    words = {
        "evidence__0__source": "https://harbour.example/report?utm_source=x",
        "evidence__0__title": "The harbour report",
        "evidence__0__publisher": "Harbour Post",
        "evidence__0__published_on": "2031-12-11",
        "evidence__0__quote": "A quarter it is.",
        "evidence__0__speaker": "Sol",
        "evidence__0__stance": "disputes",
    }

    assert send(client, OUTCOME, status="none", text="Nothing.", **words).status_code == 302

    evidence = Outcome.objects.get(summit=universe.delta).evidence.get()
    statement, source = evidence.statement, evidence.statement.source
    assert (evidence.stance, statement.quote, statement.speaker) == (
        "disputes",
        "A quarter it is.",
        universe.minister,
    )
    assert (source.key, source.url, source.published_on) == (
        "harbour-post-2031-12-11",
        "https://harbour.example/report",
        date(2031, 12, 11),
    )


def test_words_in_a_source_on_record_are_added_to_it(universe: Universe, client: Client) -> None:
    source = universe.sources["record"]

    send(
        client,
        OUTCOME,
        status="none",
        text="x",
        evidence__0__source=source.key,
        evidence__0__quote="So be it.",
    )

    assert Statement.objects.get(quote="So be it.").source == source


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"status": ""}, "id_status"),
        ({"text": ""}, "id_text"),
        ({"placement": "120", "issue": "flow"}, "id_placement"),
        ({"placement": "25"}, ""),
        ({"according_to_person": "Nemo"}, "id_according_to_person"),
        ({"according_to_person": "Dahl", "according_to_actor": "arden"}, ""),
        ({"evidence__0__statement": "no such"}, "id_evidence-0-statement"),
        ({"evidence__0__source": "record"}, "id_evidence-0-quote"),
        ({"evidence__0__quote": "Words."}, "id_evidence-0-source"),
        ({"evidence__0__source": "zzz", "evidence__0__quote": "Words."}, "id_evidence-0-source"),
        ({"evidence__0__title": "T", "evidence__0__quote": "Words."}, "id_evidence-0-publisher"),
        ({"evidence__0__speaker": "Nemo"}, "id_evidence-0-speaker"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_stored(
    universe: Universe, client: Client, fields: dict[str, str], field: str
) -> None:
    named = {"flow": str(universe.flow.pk), "arden": str(universe.arden.pk)}
    counts = Outcome.objects.count(), Evidence.objects.count(), Source.objects.count()
    given = {name: named.get(value, value) for name, value in fields.items()}

    answer = send(client, OUTCOME, **{"status": "agreed", "text": "Agreed.", **given})

    assert answer.status_code == 422
    page = page_of(answer)
    assert (f"#{field}" in page.one(css="errors").links) if field else page.one(css="errors").all("li")
    assert shown(page)["text"] == given.get("text", "Agreed.")
    assert (Outcome.objects.count(), Evidence.objects.count(), Source.objects.count()) == counts


def test_more_rows_come_with_everything_typed(universe: Universe, client: Client) -> None:
    answer = send(client, OUTCOME, text="Half typed.", evidence__0__quote="Words.", more="evidence")

    sent = shown(page_of(answer))
    assert answer.status_code == 200
    assert (sent["text"], sent["evidence-0-quote"], sent["evidence-3-quote"]) == ("Half typed.", "Words.", "")
    assert page_of(answer).all(css="errors") == []


def test_an_event_is_recorded_with_the_issues_that_it_bears_on(universe: Universe, client: Client) -> None:
    answer = send(
        client,
        EVENT,
        title="The gauge is read",
        date="2031-10-15",
        date_precision="month",
        issues=str(universe.data.pk),
        evidence__0__statement=str(universe.statements["report"]),
    )

    assert answer["Location"] == "/lenna/summits/"
    event = Event.objects.get(title="The gauge is read")
    assert (event.ref, event.date) == ("the-gauge-is-read", date(2031, 10, 1))
    assert [link.issue for link in event.event_issues.all()] == [universe.data]
    assert event.evidence.count() == 1
    assert "The gauge is read" in page_of(client.get("/lenna/summits/delta/")).text


def test_the_issues_of_an_event_are_corrected(universe: Universe, client: Client) -> None:
    bridge = universe.events["bridge"]

    send(client, f"/lenna/events/{bridge.pk}/correct/", reason="Misread.", issues=str(universe.data.pk))

    assert [link.issue for link in bridge.event_issues.all()] == [universe.data]


def test_there_is_no_outcome_of_a_summit_that_is_not_there(universe: Universe, client: Client) -> None:
    assert client.get("/lenna/summits/nowhere/outcomes/new/").status_code == 404
    assert client.get(f"{OUTCOME}?summit=weir").status_code == 400


@pytest.mark.parametrize("where", [OUTCOME, EVENT, "/lenna/summits/new/", "/lenna/summits/weir/edit/"])
def test_enter_saves_and_does_not_ask_for_more_rows(universe: Universe, client: Client, where: str) -> None:
    form = page_of(client.get(where)).one("form", **{"class": "stacked wide"})

    assert "name" not in form.all("button")[0].attrs
