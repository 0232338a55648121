"""The page of edits: filtered by who, when, how and why; each opens field by field; drafts never show."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.models import Position, Process
from issues.tests.actions.log_sheet.drafting import at_desk
from issues.tests.acts import add, correct
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.user import User

pytestmark = pytest.mark.django_db

RECORD = "/lenna/changes/?tab=record"


@pytest.fixture(autouse=True)
def public(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    past(Process.objects).update(names_public=True)


@pytest.fixture
def misread(universe: Universe) -> ChangeSet:
    """Amina's correction of one position."""
    amina = User.objects.create_user("Amina")
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"option": None, "value": 30.0}, by=amina, reason="Misread the ⅓.")
    return ChangeSet.objects.latest("pk")


def get(query: str = "", status: int = 200) -> Node:
    response = Client().get(f"{RECORD}{query}")
    assert response.status_code == status
    return page_of(response)


def sentences(page: Node) -> list[str]:
    return [node.text for node in page.all("p", css="sentence")]


def test_an_edit_is_a_sentence_that_leads_to_its_fields(misread: ChangeSet) -> None:
    page = get()
    assert sentences(page)[0] == "Amina corrected Belmar on Summer flow at Ford meeting: Misread the ⅓."
    opening = f"{RECORD}&change_set={misread.pk}"
    assert opening in page.links

    opened = page_of(Client().get(opening))
    assert sentences(opened) == [
        "Corrected position Belmar on Summer flow at Ford meeting:"
        " option 25 a quarter → nothing; value nothing → 30"
    ]
    assert [node.text for node in opened.all("del")] == ["25 a quarter", "nothing"]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("&person=amina", True),
        ("&person=coder", False),
        ("&person=nobody", False),
        ("&way=page&way=admin", True),
        ("&way=import", False),
        ("&q=MISREAD+⅓", True),
        ("&q=misread+twice", False),
        ("&since=2000-01-01&until=2199-12-31", True),
        ("&until=2000-01-01T00:00Z", False),
        ("&since=2199-01-01", False),
    ],
)
def test_edits_are_found_by_who_when_how_and_why(misread: ChangeSet, query: str, listed: bool) -> None:
    assert (
        "Amina corrected Belmar on Summer flow at Ford meeting: Misread the ⅓." in sentences(get(query))
    ) == listed


def test_since_a_moment_means_after_it(misread: ChangeSet) -> None:
    moment = misread.time.isoformat().replace("+", "%2B")
    assert sentences(get(f"&until={moment}"))[0].startswith("Amina")
    page = get(f"&since={moment}")
    assert sentences(page) == []
    assert page.one("input", name="since").attrs["value"] == misread.time.isoformat()
    assert page.one("input", name="since").attrs["type"] == "text"


def test_the_banner_of_a_known_date_leads_to_what_has_changed_since(misread: ChangeSet) -> None:
    before = misread.time.replace(microsecond=0).isoformat().replace("+", "%2B")
    page = page_of(Client().get(f"/lenna/?known={before}"))
    (leads,) = [node.attrs["href"] for node in page.all("a") if node.text == "What has changed since"]
    assert leads == f"{RECORD}&since={before.replace(':', '%3A')}"
    assert sentences(page_of(Client().get(leads)))[0].startswith("Amina corrected")


@pytest.mark.parametrize(
    "query",
    [
        "&since=yesterday",
        "&since=0001-01-01T00:00%2B23:59",
        "&until=9999-12-31T23:59:59-23:59",
        "&since=2032-01-02&until=2032-01-01",
        "&way=rumour",
        "&q=" + "a+" * 13,
        "&person=" + "a" * 151,
        "&before=" + "9" * 30,
        "&change_set=" + "9" * 30,
        "&change_set=-1",
        "&page=x",
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_shown(misread: ChangeSet, query: str) -> None:
    page = get(query, 400)
    summary = page.one("div", css="errors")
    assert page.one("title").text.startswith("Error:")
    assert {link.removeprefix("#") for link in summary.links} <= {
        node.attrs.get("id") for node in page.walk()
    }
    assert sentences(page) == []


def test_an_empty_result_names_the_filters(misread: ChangeSet) -> None:
    page = get("&person=nobody&way=import")
    assert "No edit matches way by an import, person nobody" in [node.text for node in page.all("p")]
    assert {node.attrs["href"] for node in page.all("a") if node.text == "Clear"} == {RECORD}


def test_older_edits_are_one_step_away(universe: Universe, misread: ChangeSet) -> None:
    position = Position.objects.get(pk=universe.at("arden", "flow", "ford").pk)
    for number in range(60):
        position = correct(position, {"note": f"{number}"}, by=universe.coder, reason=f"Note {number}.")
    page = get("&person=coder&way=page")
    assert len(sentences(page)) == 50
    (more,) = page.all("a", rel="next")
    older = page_of(Client().get("/lenna/changes/" + more.attrs["href"]))
    assert sentences(older)[0] == "coder corrected Arden on Summer flow at Ford meeting: Note 9."
    assert not any(line.startswith("Amina") for line in sentences(older))


def test_what_was_undone_and_what_undid_it_lead_to_each_other(universe: Universe, misread: ChangeSet) -> None:
    undo(misread, by=universe.coder, reason="It was right.")
    page = get()
    assert (
        sentences(page)[0]
        == "coder undid “Misread the ⅓.”; corrected Belmar on Summer flow at Ford meeting: It was right."
    )
    undoing = ChangeSet.objects.latest("pk")
    assert f"{RECORD}&change_set={undoing.pk}" in get(f"&change_set={misread.pk}").links
    assert f"{RECORD}&change_set={misread.pk}" in get(f"&change_set={undoing.pk}").links


def test_typing_on_a_sheet_never_shows(universe: Universe) -> None:
    before = sentences(get())
    private = at_desk(universe, private=True)
    private.row("belmar", "gazette", flow="a")
    private.write("belmar", "data", "50", summary="A private thought.", quote="Nobody knows.")
    assert sentences(get()) == before
    typing = ChangeSet.objects.filter(reason__contains="log sheet")
    assert typing
    for change_set in typing:
        assert Client().get(f"{RECORD}&change_set={change_set.pk}").status_code == 404


def test_edits_of_another_process_are_not_found(universe: Universe) -> None:
    add(Process(name="Secret", slug="secret"), by=universe.coder, reason="A secret.")
    secret = ChangeSet.objects.latest("pk").pk
    get(f"&change_set={secret}", 404)
    get(f"&before={secret}", 404)
    assert not any("secret" in line for line in sentences(get()))


def test_a_reason_of_markup_is_text(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    reviewed = {"reviewed_by": universe.coder, "reviewed_at": timezone.now()}
    correct(position, reviewed, by=universe.coder, reason="<script>alert(1)</script>")
    assert (
        sentences(get())[0]
        == "coder reviewed Arden on Summer flow at Ford meeting: <script>alert(1)</script>"
    )


@pytest.mark.parametrize("number", [1, 60])
def test_the_page_takes_the_same_queries_for_any_number_of_edits(
    universe: Universe, number: int, django_assert_num_queries: Any
) -> None:
    position = Position.objects.get(pk=universe.at("arden", "flow", "ford").pk)
    for turn in range(number):
        position = correct(position, {"note": f"{turn}"}, by=universe.coder, reason="Again.")
    # the process; the change sets, which go beyond it; the reading in five; figures, positions; the switch
    with django_assert_num_queries(11):
        get()


def test_each_edit_leads_to_the_page_as_known_just_before_it(universe: Universe, misread: ChangeSet) -> None:
    opened = get(f"&change_set={misread.pk}")
    (before,) = [link for link in opened.links if "known=" in link]
    position = universe.at("belmar", "flow", "ford")

    assert before.startswith("/lenna/issues/flow/?known=")
    assert before.endswith(f"#position-{position.pk}")
    then = page_of(Client().get(before.partition("#")[0]))
    assert "30" not in then.one("main").one(id=f"position-{position.pk}").one("p", css="sentence").text
    assert f"/history/position/{position.pk}/?process=lenna" in opened.links


def test_the_pages_of_before_are_there_whatever_was_edited(universe: Universe) -> None:
    links = set()
    for change_set in ChangeSet.objects.order_by("-pk")[:40]:
        answer = Client().get(f"{RECORD}&change_set={change_set.pk}")
        if answer.status_code == 200:
            links |= {link.partition("#")[0] for link in page_of(answer).links if "known=" in link}
    assert links
    lost = [link for link in links if Client().get(link).status_code != 200]
    assert lost == []
