"""Who sees which history, and who takes back what."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from issues.history import Way, recording
from issues.models import RECORDS, Evidence, Membership, Process, Statement
from issues.queries.history.scope import scope_of
from issues.tests.acts import add
from issues.tests.factories import make_cell, make_process, make_sheet, make_summit, make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.history.conftest import address, change, client_of, lines
from issues.tests.views.page import page_of
from issues.user import User

pytestmark = pytest.mark.sqlite


@pytest.fixture
def visitors(universe: Universe, viewer: Client, researcher: Client, editor: Client) -> dict[str, Client]:
    account = Client()
    account.force_login(make_user(username="account"))
    return {
        "stranger": Client(),
        "account": account,
        "viewer": viewer,
        "researcher": researcher,
        "editor": editor,
    }


@pytest.mark.parametrize("public_read", [False, True])
@pytest.mark.parametrize("visibility", ["private", "open", "public"])
def test_a_history_is_read_by_those_who_read_the_process(
    universe: Universe, visitors: dict[str, Client], settings: Any, visibility: str, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    past(Process.objects).update(visibility=visibility)
    records = [
        universe.at("cadria", "flow", "ford"),
        universe.at("cadria", "flow", "ford").evidence.get(),
        universe.statements["doubt"],
        universe.sources["record"],
        universe.arden,
        universe.minister,
        universe.flow,
        universe.weir,
        universe.process,
    ]
    for record in records:
        found = {who: client.get(address(record)) for who, client in visitors.items()}
        codes = {who: answer.status_code for who, answer in found.items()}
        readers = ("account", "viewer", "researcher", "editor")
        told = dict.fromkeys(readers, 404 if visibility == "private" else 200)
        if not public_read:
            assert codes == {"stranger": 302, **told}
            assert found["stranger"]["Location"].startswith("/sign-in/?next=/history/")
        else:
            hidden = 200 if visibility == "public" else 404
            assert codes == {"stranger": hidden, **told}, record


def test_every_kind_of_record_says_to_which_processes_it_belongs(universe: Universe) -> None:
    assert set(scope_of(Process.objects.all())) == set(RECORDS)


@pytest.mark.parametrize("how", ["undo", "restore"])
@pytest.mark.parametrize("public_read", [False, True])
def test_only_those_who_record_take_back(
    universe: Universe, visitors: dict[str, Client], settings: Any, how: str, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    position = universe.at("cadria", "flow", "ford")
    rosa = User.objects.get(username="rosa")
    change(position, "Of my own.", by=rosa, note="Rosa's.")
    old, new = position.history.order_by("history_date")
    url = address(position, (new if how == "undo" else old).pk, how)
    for method, typed in (("get", {}), ("post", {"reason": "Back.", "opened_version": 0})):
        codes = {who: getattr(client, method)(url, typed).status_code for who, client in visitors.items()}
        done, strange = (200, 302) if method == "get" else (400, 401)
        assert codes == {
            "stranger": strange,
            "account": 403,
            "viewer": 403,
            "researcher": done,
            "editor": done,
        }
    position.refresh_from_db()
    assert position.note == "Rosa's."


def test_a_researcher_undoes_only_what_is_theirs(
    universe: Universe, researcher: Client, editor: Client
) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, by=universe.coder, note="The coder's.")
    url = address(position, position.history.latest().pk, "undo")
    assert researcher.get(url).status_code == 403
    assert url not in page_of(researcher.get(address(position))).links
    assert editor.get(url).status_code == 200
    assert url in page_of(editor.get(address(position))).links


def test_a_reader_is_offered_nothing_that_writes(universe: Universe, viewer: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="x")
    links = page_of(viewer.get(address(position))).links
    assert not [link for link in links if link.endswith(("/undo/", "/restore/"))]


def test_a_private_process_is_not_named_in_what_it_shares(
    universe: Universe, settings: Any, viewer: Client
) -> None:
    settings.PUBLIC_READ = True
    statement: Statement = universe.at("cadria", "flow", "ford").evidence.get().statement
    with recording(by=universe.coder, reason="Elsewhere.", kind=Way.PAGE):
        secret = make_process(name="Secret talks", slug="secret", visibility="open")
        meeting = make_summit(process=secret, name="Secret meeting")
    change(statement, occasion=meeting)

    assert "Secret meeting" in lines(viewer, address(statement))[0]
    told = lines(Client(), address(statement))[0]
    assert "Secret" not in told
    assert "a record of another process" in told


def test_private_evidence_of_a_shared_statement_stays_private(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    evidence = universe.at("cadria", "flow", "ford").evidence.get()
    past(type(universe.process).objects).update(visibility="open")
    assert Client().get(address(evidence)).status_code == 404
    assert Client().get(address(evidence.statement)).status_code == 404


def test_sheets_are_for_researchers_and_private_ones_for_their_coder(
    universe: Universe, visitors: dict[str, Client], settings: Any
) -> None:
    settings.PUBLIC_READ = True
    omar = make_user(username="omar")
    omar.groups.add(Group.objects.get(name="Researchers"))
    own = Client()
    own.force_login(omar)
    with recording(by=omar, reason="Typed.", kind=Way.PAGE):
        shared = make_sheet(summit=universe.spring)
        private = make_sheet(summit=universe.spring, coder=omar)
        cells = [
            make_cell(sheet=sheet, actor=universe.arden, issue=universe.flow) for sheet in (shared, private)
        ]
    for record in (shared, cells[0]):
        codes = {who: client.get(address(record)).status_code for who, client in visitors.items()}
        readers = {"researcher": 200, "editor": 200}
        assert codes == {"stranger": 302, "account": 403, "viewer": 403, **readers}
    for record in (private, cells[1]):
        codes = {who: client.get(address(record)).status_code for who, client in visitors.items()}
        others = {"researcher": 404, "editor": 404}
        assert codes == {"stranger": 302, "account": 403, "viewer": 403, **others}
        assert own.get(address(record)).status_code == 200
    row = cells[0].history.latest().pk
    assert own.get(address(cells[0], row, "undo")).status_code == 403
    assert (
        own.post(address(cells[0], row, "restore"), {"reason": "x", "opened_version": 1}).status_code == 403
    )


def test_links_of_shared_records_lead_where_the_reader_may_go(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    member, seen = Membership.objects.get(member=universe.belmar), list[str]()
    for record in (universe.arden, member.coalition, universe.sources["record"]):
        answer = Client().get(address(record))
        if answer.status_code == 200:
            seen += page_of(answer).one("main").links[:1]
    assert seen
    assert {Client().get(link).status_code for link in seen} == {200}


def test_editors_of_a_group_see_the_same_as_researchers(universe: Universe) -> None:
    reader = client_of("other", "Researchers")
    add(
        Evidence(
            statement=universe.statements["doubt"],
            position=universe.at("cadria", "flow", "ford"),
            stance="disputes",
        ),
        by=User.objects.get(username="other"),
        reason="Doubts.",
    )
    links = page_of(reader.get(address(universe.at("cadria", "flow", "ford")))).links
    assert len([link for link in links if link.endswith("/undo/")]) == 1
