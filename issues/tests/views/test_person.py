"""The page of a person: offices, and everything said."""

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.upkeep.merge import merge
from issues.models import Attendance, Office, Outcome, Person, Statement
from issues.tests.acts import add, correct, remove
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.people import MIRA, get, say, statements


def test_a_person_is_told_with_offices_spellings_tables_and_every_statement(
    reader: Client, universe: Universe
) -> None:
    add(
        Attendance(summit=universe.mill, actor=universe.arden, person=universe.minister),
        by=universe.coder,
        reason="Seen.",
    )
    page = get(reader, MIRA).one("main")
    assert page.one("h1").text == "Mira Sol"
    assert "Also called Мира Сол" in page.text
    assert "Minister of Water, Ministry of Water (Arden) from 1 May 2030" in page.text
    seats = [item.text for item in page.one("details", css="seats").all("li")]
    assert "Mill meeting, 10 June 2031, for Arden" in seats
    (item,) = page.one("ol", css="cited").all("li", id=f"statement-{universe.statements['arden-1'].pk}")
    assert item.one("blockquote").text == "“Most of the summer flow stays behind the dam.”"
    told = [line.text for line in item.one("ul", css="bearing").all("li")]
    assert (
        told
        == [
            "Supports the position of Arden on Summer flow at Ford meeting, stated publicly",
            "Supports the position of Arden on Summer flow at Mill meeting, stated publicly",
            "Supports the outcome of Weir meeting: Half was agreed.",
        ][: len(told)]
    )
    assert "https://archive.example/record" in item.links


def test_everything_said_is_in_order_by_issue_or_on_none(reader: Client, universe: Universe) -> None:
    say(universe, "Later.", speaker=universe.minister, occasion=universe.delta)
    say(universe, "Undated.", speaker=universe.minister, occasion=universe.ford)
    flow, nothing = "“Most of the summer flow stays behind the dam.”", ["“Later.”", "“Undated.”"]

    assert statements(get(reader, MIRA)) == ["“Later.”", "“Undated.”", flow]
    assert statements(get(reader, f"{MIRA}?order=oldest")) == [flow, "“Undated.”", "“Later.”"]
    assert statements(get(reader, f"{MIRA}?issue=flow")) == [flow]
    assert statements(get(reader, f"{MIRA}?without=issue")) == nothing
    assert statements(get(reader, f"{MIRA}?issue=data")) == []
    by_issue = get(reader, f"{MIRA}?issue=flow").one("nav", css="by-issue")
    assert [link.text for link in by_issue.all("a")] == ["All issues (3)", "Summer flow (1)", "no issue (2)"]
    assert [link.text for link in by_issue.all("a") if "aria-current" in link.attrs] == ["Summer flow (1)"]


def test_what_is_known_by_someones_report_is_told_apart(reader: Client, universe: Universe) -> None:
    page = get(reader, "/lenna/people/jon-dahl/")
    assert "No statement by Jon Dahl in" in page.text
    assert "1 that was made by others is on record by this person’s report." in page.text
    assert statements(get(reader, "/lenna/people/jon-dahl/?role=reported")) == [
        "“Monthly is more than we can give.”"
    ]


@pytest.mark.parametrize(
    ("query", "status"),
    [("role=sang", 400), ("issue=weather", 404), ("without=x", 400), ("order=x", 400), ("who=x", 400)],
)
def test_what_cannot_be_asked_of_a_person_is_named(
    reader: Client, universe: Universe, query: str, status: int
) -> None:
    get(reader, f"{MIRA}?{query}", status)


def test_pages_of_fifty(reader: Client, universe: Universe) -> None:
    source = universe.sources["record"]
    past(Statement.objects).bulk_create(
        [
            Statement(
                source=source, ref=f"n{n}", quote=f"{n}", speaker=universe.minister, occasion=universe.mill
            )
            for n in range(60)
        ]
    )
    page = get(reader, MIRA)
    assert len(statements(page)) == 50
    assert len(statements(get(reader, f"{MIRA}?page=2"))) == 11
    assert "1–50 of 61 statements" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/lenna/issues/flow/",
        "/lenna/actors/arden/",
        "/lenna/summits/weir/",
        "/lenna/?summit=ford",
        "/lenna/at/ford/arden/flow/",
        "/lenna/changes/",
        "/search/?q=mira",
        "/lenna/scenarios/mid-2032/half/",
    ],
)
def test_a_name_leads_to_everything_that_was_said(reader: Client, universe: Universe, address: str) -> None:
    links = get(reader, address).one("main").links
    assert {"/lenna/people/mira-sol/", "/lenna/people/jon-dahl/"} & set(links), address


def test_the_pages_of_a_record_lead_to_who_spoke(reader: Client, universe: Universe) -> None:
    position, statement = universe.at("arden", "flow", "ford"), universe.statements["arden-1"]
    for address in (
        f"/lenna/positions/{position.pk}/",
        f"/lenna/statements/{statement.pk}/",
        f"/lenna/sources/{statement.source_id}/",
    ):
        assert MIRA in get(reader, address).one("main").links, address


def test_any_statement_of_a_speaker_is_two_clicks_from_the_matrix(reader: Client, universe: Universe) -> None:
    matrix = get(reader, "/lenna/")
    assert "/lenna/people/" in matrix.one("header").links
    assert MIRA in get(reader, "/lenna/people/").one("main").links
    assert MIRA in get(reader, "/lenna/?summit=ford").one("main").links  # one click where the words are shown


def test_a_page_as_known_has_the_statements_offices_and_names_of_then(
    reader: Client, universe: Universe
) -> None:
    known = timezone.now().isoformat().replace("+", "%2B")
    before = statements(get(reader, f"{MIRA}?known={known}"))
    correct(universe.statements["arden-1"], {"quote": "Less."}, by=universe.coder, reason="Misheard.")
    say(universe, "Later.", speaker=universe.minister, occasion=universe.delta)
    correct(Office.objects.get(), {"title": "Prime Minister"}, by=universe.coder, reason="Promoted.")

    then = get(reader, f"{MIRA}?known={known}").one("main")
    assert statements(then) == before == ["“Most of the summer flow stays behind the dam.”"]
    assert "Minister of Water" in then.text
    assert "Prime Minister" in get(reader, MIRA).text
    assert then.links[0].startswith("/lenna/people/?known=")
    assert get(reader, f"/lenna/people/?known={known}").one("tbody").text.count("Minister of Water") == 1
    assert "No statement by" in get(reader, f"{MIRA}?known=2001-01-01").text


def test_a_statement_that_was_anothers_then_is_not_this_ones(reader: Client, universe: Universe) -> None:
    known = timezone.now().isoformat().replace("+", "%2B")
    correct(
        universe.statements["arden-1"], {"speaker": universe.envoy}, by=universe.coder, reason="Another's."
    )
    assert statements(get(reader, "/lenna/people/jon-dahl/"))
    assert statements(get(reader, f"{MIRA}?known={known}"))
    assert not statements(get(reader, f"/lenna/people/jon-dahl/?known={known}"))
    assert not statements(get(reader, MIRA))


def test_one_who_was_merged_is_found_under_the_keeper(reader: Client, universe: Universe) -> None:
    other = Person(name="M. Sol", slug="m-sol")
    add(other, by=universe.coder, reason="Another spelling.")
    say(universe, "Twice on record.", speaker=other, occasion=universe.weir)
    known = timezone.now().isoformat().replace("+", "%2B")
    merge(universe.minister, [other], by=universe.coder, reason="The same.")

    assert "“Twice on record.”" in statements(get(reader, MIRA))
    moved = reader.get("/lenna/people/m-sol/?order=oldest")
    assert (moved.status_code, moved["Location"]) == (301, f"{MIRA}?order=oldest")
    assert len(statements(get(reader, f"{MIRA}?known={known}"))) == 2
    asked = reader.get("/lenna/changes/?speaker=m-sol")
    assert (asked.status_code, asked["Location"]) == (301, "/lenna/changes/?speaker=mira-sol")


def test_one_who_was_renamed_keeps_the_old_address(reader: Client, universe: Universe) -> None:
    correct(universe.minister, {"slug": "sol", "name": "Mira Dam"}, by=universe.coder, reason="Married.")
    assert reader.get(MIRA)["Location"] == "/lenna/people/sol/"


def test_who_is_named_by_an_office_an_account_or_a_table_alone_has_a_page(
    reader: Client, universe: Universe
) -> None:
    for slug, of in (
        ("by-office", lambda who: Office(person=who, actor=universe.belmar, title="Speaker")),
        ("by-seat", lambda who: Attendance(summit=universe.weir, actor=universe.belmar, person=who)),
        (
            "by-account",
            lambda who: Outcome(
                summit=universe.weir, ref="told", status="none", text="No.", according_to_person=who
            ),
        ),
    ):
        person = Person(name=slug, slug=slug)
        add(person, by=universe.coder, reason="Named.")
        add(of(person), by=universe.coder, reason="Named.")
        assert "No statement by" in get(reader, f"/lenna/people/{slug}/").text


def test_a_person_who_is_named_no_more_has_a_page_and_a_history_that_leads_to_it(
    reader: Client, universe: Universe
) -> None:
    person = Person(name="Once", slug="once")
    add(person, by=universe.coder, reason="Named.")
    seat = Attendance(summit=universe.weir, actor=universe.belmar, person=person)
    add(seat, by=universe.coder, reason="Named.")
    remove(seat, by=universe.coder, reason="Was not there.")

    assert "/lenna/people/once/" in get(reader, f"/history/person/{person.pk}/").links
    get(reader, "/lenna/people/once/")
    get(reader, "/lenna/people/nobody/", 404)
