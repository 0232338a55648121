"""Who reads what through the API: every address for every kind of reader, by session and by token."""

import json
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern

from issues.actions.access import give
from issues.actions.accounts.close import close_account
from issues.actions.accounts.tokens import make_token, revoke
from issues.api.urls import urlpatterns
from issues.exports.tables import TABLES
from issues.models.process import Visibility
from issues.models.token import Scope
from issues.tests.actions.log_sheet.drafting import Desk
from issues.tests.api.reading import OF_LENNA, TELLING, V1, told
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.visitors import GROUPS
from issues.user import User

DRAFTS = f"{OF_LENNA}drafts/"
ROLES = ("account", "viewer", "researcher", "editor", "superuser")
# Who reads what is its members' alone.
MEMBERS = ("member", "superuser")
SEES_DRAFTS = ("researcher", "editor", "superuser")
# Of a process, and of all that may be read.
OF_A_PROCESS = tuple(address for address in TELLING if address.startswith(OF_LENNA))
READ, SIGN_IN, REFUSED, HIDDEN = 200, 401, 403, 404


def make_reader(role: str) -> User:
    """An account of a role."""
    user = make_user(username=role, is_superuser=role == "superuser")
    if role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    return user


@pytest.fixture
def readers(universe: Universe) -> dict[tuple[str, str], Any]:
    """A way to ask for an address, for every role and way to say who asks."""
    asks: dict[tuple[str, str], Any] = {("stranger", ""): Client().get}
    for role in (*ROLES, "member"):
        user, browser = make_reader(role), Client()
        browser.force_login(user)
        if role == "member":
            give(process=universe.process, user=user, role="reader", by=universe.coder, reason="One of us.")
        asks[role, "session"] = browser.get
        for scope in Scope:
            if scope == Scope.DRAFTS and role not in SEES_DRAFTS:
                continue
            _, shown = make_token(user, "test", scope)
            program = Client(headers={"Authorization": f"Bearer {shown}"})
            asks[role, scope.value] = program.get
    return asks


def test_every_address_is_asked_for() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    lists = ("processes", "drafts", *TABLES)

    assert names == {
        *("api-root", "api-schema", "api-docs", "api-process", "api-nothing"),
        *(f"api-{name}{form}" for name in lists for form in ("", "-csv", "-json")),
    }
    assert len(names) == len(urlpatterns)


@pytest.mark.parametrize(("visibility", "public_read"), list(product(Visibility.values, [False, True])))
def test_a_process_is_read_by_whom_it_is_shown_to(
    universe: Universe, readers: Any, settings: Any, visibility: str, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    past(type(universe.process).objects).update(visibility=visibility)
    for address in (OF_LENNA, f"{OF_LENNA}positions/", f"{OF_LENNA}events.csv", f"{OF_LENNA}scenarios.json"):
        seen = {who: ask(address).status_code for who, ask in readers.items()}
        for (role, way), status in seen.items():
            if role != "stranger":
                is_shown = visibility != "private" or role in MEMBERS
                assert status == (READ if is_shown else HIDDEN), (address, role, way)
            else:
                expected = SIGN_IN if not public_read else READ if visibility == "public" else HIDDEN
                assert status == expected, (address, role, way)


def test_every_table_is_read_by_every_role_that_may_and_by_no_other(
    universe: Universe, readers: Any, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    past(type(universe.process).objects).update(visibility="private")
    for address in OF_A_PROCESS:
        seen = {who: ask(address).status_code for who, ask in readers.items() if who[1] != Scope.DRAFTS}
        assert seen == {who: READ if who[0] in MEMBERS else HIDDEN for who in seen}, address


def test_the_list_of_processes_holds_those_that_may_be_read(
    universe: Universe, readers: Any, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    past(type(universe.process).objects).update(visibility="private")

    found = {who: json.loads(ask(f"{V1}processes/").content)["results"] for who, ask in readers.items()}

    assert {who for who, rows in found.items() if rows} == {who for who in readers if who[0] in MEMBERS}


def test_a_private_process_cannot_be_told_from_one_that_is_not_there(
    universe: Universe, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    past(type(universe.process).objects).update(visibility="open")

    private, unknown = (
        Client().get(f"{V1}processes/{slug}/positions/?actr=1") for slug in ("lenna", "other")
    )

    assert private.status_code == unknown.status_code == 404
    assert private.content.decode().replace("lenna", "other") == unknown.content.decode()


@pytest.mark.parametrize("public_read", [False, True], ids=["closed", "public-read"])
def test_drafts_are_for_researchers_and_for_tokens_that_were_given_for_them(
    universe: Universe, readers: Any, settings: Any, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    coder = User.objects.get(username="researcher")
    Desk(universe, coder).write("arden", "flow", "45")
    Desk(universe, coder, private=True).write("belmar", "flow", "25")

    for (role, way), ask in readers.items():
        answer = ask(DRAFTS)
        if role not in SEES_DRAFTS or way == Scope.PUBLISHED:
            assert answer.status_code == (SIGN_IN if role == "stranger" else REFUSED), (role, way)
            continue
        codes = {row["code"] for row in json.loads(answer.content)["results"]}
        assert codes == ({"45", "25"} if role == "researcher" else {"45"}), (role, way)


def test_a_token_given_for_drafts_stops_reading_them_with_its_accounts_right(
    universe: Universe, settings: Any
) -> None:
    user = make_reader("researcher")
    _, shown = make_token(user, "test", Scope.DRAFTS)
    program = Client(headers={"Authorization": f"Bearer {shown}"})
    assert program.get(DRAFTS).status_code == READ

    user.groups.set([Group.objects.get(name="Viewers")])
    assert program.get(DRAFTS).status_code == REFUSED
    assert program.get(f"{OF_LENNA}events/").status_code == READ

    past(type(universe.process).objects).update(visibility="private")
    assert program.get(f"{OF_LENNA}events/").status_code == HIDDEN


@pytest.mark.parametrize("public_read", [False, True], ids=["closed", "public-read"])
def test_a_token_that_is_not_in_force_is_refused_even_for_what_is_public(
    universe: Universe, settings: Any, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    user = make_reader("viewer")
    token, shown = make_token(user, "test", Scope.PUBLISHED)
    closed, of_closed = make_user(), ""
    _, of_closed = make_token(closed, "test", Scope.PUBLISHED)
    close_account(closed)
    revoke(token)

    for sent in (shown, of_closed, "nonsense", "", "a b", f"{shown} "):
        answer = Client().get(f"{OF_LENNA}events/", headers={"Authorization": f"Bearer {sent}"})
        assert answer.status_code == SIGN_IN
        assert answer["WWW-Authenticate"] == 'Bearer realm="redlines"'
        assert answer["Content-Type"] == "application/problem+json"


def test_other_ways_to_say_who_asks_are_a_strangers(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    for sent in ("Basic YTpi", "Token abc", "Bearer"):
        assert Client().get(f"{OF_LENNA}events/", headers={"Authorization": sent}).status_code == (
            SIGN_IN if sent == "Bearer" else READ
        )


def test_strangers_read_the_description_and_nothing_else_of_a_closed_installation(
    universe: Universe,
) -> None:
    assert told(Client(), f"{V1}schema/")["openapi"].startswith("3.1")
    assert Client().get(f"{V1}docs/").status_code == READ
    assert {Client().get(address).status_code for address in TELLING} == {SIGN_IN}


def test_a_browser_needs_no_sign_against_forgery_to_be_told_that_nothing_is_written(
    universe: Universe,
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_reader("viewer"))

    assert browser.post(f"{OF_LENNA}events/").status_code == 405
