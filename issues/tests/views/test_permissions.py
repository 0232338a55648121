"""Who may see what: every address for every kind of visitor, from one table."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from issues.models import Process
from issues.models.process import Visibility
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG, OWN, READ
from issues.tests.views.visitors import MAY_LOG, VISITORS, outcome, visit_as, visit_as_member
from issues.urls import urlpatterns

pytestmark = pytest.mark.sqlite
ROLES = ("reader", "researcher", "owner")
MAY = ("superuser", "researcher of it", "owner of it")


@pytest.fixture
def visitors(universe: Universe) -> dict[str, Client]:
    """A browser for each kind of visitor."""
    return {visitor: visit_as(visitor) for visitor in VISITORS}


@pytest.fixture
def everyone(universe: Universe, visitors: dict[str, Client]) -> dict[str, Client]:
    """And for the members of the process, who have no role in the installation."""
    return visitors | {f"{role} of it": visit_as_member(universe.process, role) for role in ROLES}


def test_every_address_is_in_the_table() -> None:
    names = [pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)]

    assert len(names) == len(urlpatterns) == len(set(names))
    assert set(names) == READ.keys() | LOG.keys() | OWN


@pytest.mark.parametrize("name", READ)
def test_a_process_is_read_by_whom_it_is_shown_to(
    universe: Universe, settings: Any, everyone: dict[str, Client], name: str
) -> None:
    settings.PUBLIC_READ = True
    address = reverse(name, args=READ[name](universe))
    seen = {}
    for visibility in Visibility:
        past(Process.objects).update(visibility=visibility)
        asked = ("stranger", "account", "editor", "superuser", "reader of it")
        answers = {visitor: everyone[visitor].get(address) for visitor in asked}
        let_in = {visitor for visitor, answer in answers.items() if answer.status_code == 200}
        seen[visibility.value] = let_in
        assert {answers[visitor].status_code for visitor in answers.keys() - let_in} <= {404}
        kept = {visitor: answer.get("Cache-Control", "") for visitor, answer in answers.items()}
        assert "no-store" not in kept.pop("stranger")
        # What anyone may read may be kept by who reads it, who asks whether it is still so.
        ways = {"private, no-store"} | ({"private, no-cache"} if visibility == Visibility.PUBLIC else set())
        assert set(kept.values()) <= ways

    assert seen == {
        "private": {"superuser", "reader of it"},
        "open": {"superuser", "reader of it", "account", "editor"},
        "public": {"superuser", "reader of it", "account", "editor", "stranger"},
    }
    settings.PUBLIC_READ = False
    assert outcome(everyone["stranger"].get(address)) == "sign in"


@pytest.mark.parametrize("public_read", [False, True], ids=["closed", "public-read"])
@pytest.mark.parametrize("visitor", ["stranger", "account", "editor"])
def test_a_private_process_cannot_be_told_from_one_that_does_not_exist(
    universe: Universe, settings: Any, visitor: str, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    past(Process.objects).update(visibility="private")
    client = visit_as(visitor)

    private, unknown = client.get("/lenna/"), client.get("/other/")

    assert private.status_code == unknown.status_code
    assert private.content.decode().replace("lenna", "other") == unknown.content.decode()
    assert private.get("Location", "").replace("lenna", "other") == unknown.get("Location", "")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", READ)
def test_a_page_that_is_read_takes_no_other_method(
    universe: Universe, visitors: dict[str, Client], name: str, method: str
) -> None:
    address = reverse(name, args=READ[name](universe))

    assert {outcome(getattr(client, method)(address)) for client in visitors.values()} == {"no such method"}


@pytest.mark.parametrize("name", READ)
def test_the_head_of_a_page_is_that_of_the_page(universe: Universe, reader: Client, name: str) -> None:
    address = reverse(name, args=READ[name](universe))

    response = reader.head(address)

    assert (response.status_code, response.getvalue()) == (200, b"")


@pytest.mark.parametrize("name", LOG)
def test_only_researchers_log(universe: Universe, everyone: dict[str, Client], name: str) -> None:
    everyone["superuser"].get("/lenna/summits/spring/log/")  # opens the shared sheet
    method, args = LOG[name]
    address = reverse(name, args=args(universe))
    seen = {}
    for visibility in ("public", "private"):
        past(Process.objects).update(visibility=visibility)
        seen[visibility] = {
            visitor: "no such page"
            if (answer := getattr(client, method)(address)).status_code == 404
            and visitor not in MAY
            and visibility == "private"
            else outcome(answer)  # what is not there yet is asked for by who may
            for visitor, client in everyone.items()
            if visitor in (*MAY, "stranger", "account", "viewer", "editor", "reader of it")
        }

    may = dict.fromkeys(MAY, "let in")
    assert seen == {
        "public": {
            "stranger": "sign in",
            "account": "refused",
            "viewer": "refused",
            "reader of it": "refused",
            "editor": "let in",
            **may,
        },
        "private": {
            "stranger": "sign in",
            "account": "no such page",
            "viewer": "no such page",
            "editor": "no such page",
            "reader of it": "refused",
            **may,
        },
    }


@pytest.mark.parametrize("name", [name for name, (method, _) in LOG.items() if method == "post"])
def test_what_writes_is_not_done_by_following_a_link(
    universe: Universe, visitors: dict[str, Client], name: str
) -> None:
    address = reverse(name, args=LOG[name][1](universe))

    assert {outcome(client.get(address)) for client in visitors.values()} == {"no such method"}


@pytest.mark.parametrize("public_read", [False, True], ids=["closed", "public-read"])
def test_the_start_leads_to_the_only_process_for_those_who_may_read_it(
    universe: Universe, visitors: dict[str, Client], settings: Any, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read

    seen = {
        visitor: response["Location"]
        if (response := client.get("/")).status_code == 302
        else outcome(response)
        for visitor, client in visitors.items()
    }

    assert seen == {
        "stranger": "/lenna/" if public_read else "/sign-in/?next=/",
        "account": "/lenna/",
        **dict.fromkeys(("viewer", *MAY_LOG), "/lenna/"),
    }


@pytest.mark.parametrize("public_read", [False, True], ids=["closed", "public-read"])
@pytest.mark.parametrize("visibility", Visibility.values)
def test_everyone_finds_what_they_may_read_and_nothing_else(
    universe: Universe, visitors: dict[str, Client], settings: Any, visibility: str, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    past(Process.objects).update(visibility=visibility)

    seen = {}
    for visitor, client in visitors.items():
        answer = client.get("/search/?q=arden")
        was_found = "/lenna/actors/arden/" in answer.content.decode()
        seen[visitor] = "found" if was_found else outcome(answer)

    others = "let in" if visibility == "private" else "found"
    for_all = "found" if visibility == "public" else "let in"
    assert seen == {
        "stranger": for_all if public_read else "sign in",
        **dict.fromkeys(("account", "viewer", "researcher", "editor"), others),
        "superuser": "found",
    }
    assert {outcome(client.post("/search/")) for client in visitors.values()} == {"no such method"}


def test_whoever_asks_is_told_whether_the_installation_answers(visitors: dict[str, Client]) -> None:
    assert {client.get("/healthz").status_code for client in visitors.values()} == {200}


def test_signing_in_is_for_strangers_and_signing_out_for_the_others(visitors: dict[str, Client]) -> None:
    pages = {visitor: client.get("/sign-in/").status_code for visitor, client in visitors.items()}

    assert pages.pop("stranger") == 200
    assert set(pages.values()) == {302}
    assert {outcome(client.get("/sign-out/")) for client in visitors.values()} == {"no such method"}
    assert visitors["viewer"].post("/sign-out/").status_code == 302
    assert outcome(visitors["viewer"].get("/lenna/")) == "sign in"


def test_a_stranger_comes_back_to_the_page_that_was_asked_for(universe: Universe) -> None:
    response = Client().get("/lenna/?summit=weir&changed=1")

    assert response["Location"] == "/sign-in/?next=/lenna/%3Fsummit%3Dweir%26changed%3D1"


@pytest.mark.parametrize("visitor", ["stranger", "account"])
def test_links_to_the_admin_are_for_those_who_may_use_it(
    universe: Universe, settings: Any, visitor: str
) -> None:
    settings.PUBLIC_READ = True
    client = visit_as(visitor)

    for name, args in READ.items():
        response = client.get(reverse(name, args=args(universe)))
        if response["Content-Type"].startswith("text/html"):
            content = response.getvalue().decode()
            assert "/admin/" not in content, name
            assert "/log/" not in content, name


def test_a_researcher_finds_the_way_to_edit(universe: Universe) -> None:
    client = visit_as("researcher")

    content = client.get("/lenna/?summit=weir").content.decode()

    assert f"/lenna/positions/{universe.at('arden', 'flow', 'weir').pk}/correct/" in content
    assert "/lenna/summits/weir/log/" in content
