"""A real Chromium on the reference process, served by Django's test server."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from issues.actions.demo.accounts import PASSWORD, make_demo_accounts, make_example_assessments
from issues.actions.demo.judgements import make_example_judgements
from issues.actions.demo.load import load_reference
from issues.tests.browser.log_world import SHEET, Talks, make_researcher, make_talks, sign_in_quietly
from issues.tests.conftest import restore_roles
from issues.tests.snapshot import Snapshot
from issues.user import User

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"There is no Chromium at {CHROMIUM}.")
        pytest.skip(f"There is no Chromium at {CHROMIUM}; install Debian's chromium to run this.")
    playwright: Playwright
    expect.set_options(timeout=20_000)  # a machine may be busy; what holds at once waits for nothing
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def empty() -> None:
    """Leave nothing but the roles, under the first keys.

    Tests that commit leave them under keys that count on, and the rows of the demo know them by their keys.
    """
    call_command("flush", interactive=False, verbosity=0)
    restore_roles()


@pytest.fixture(scope="session")
def kept_demo(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    """The rows of the reference process and the demo accounts, made once a run."""
    with django_db_blocker.unblock():
        empty()
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(by=None)
        make_demo_accounts()
        make_example_assessments()
        make_example_judgements()
        kept = Snapshot.taken()
        transaction.set_rollback(True)
    return kept


@pytest.fixture(scope="module")
def server(kept_demo: Snapshot, django_db_blocker: Any) -> Iterator[LiveServer]:
    """The reference process and the demo accounts, served; put in once a module and flushed after it.

    For tests that only read: each runs in a transaction of its own, marked ``django_db``, without which
    pytest-django would make no test database at all.
    """
    with django_db_blocker.unblock(), override_settings(PUBLIC_READ=True):
        try:
            empty()
            with transaction.atomic():
                kept_demo.put_back()
            serving = LiveServer("localhost")
            yield serving
            serving.stop()
        finally:
            empty()


@pytest.fixture(scope="module")
def sessions(server: Any, django_db_blocker: Any) -> dict[str, Any]:
    """A cookie for each account, made before a test holds the database."""
    cookies: dict[str, Any] = {}
    with django_db_blocker.unblock():
        for name in ("admin", "editor", "researcher"):
            client = Client()
            client.force_login(User.objects.get(username=name))
            value = client.cookies["sessionid"].value
            cookies[name] = {"name": "sessionid", "value": value, "url": server.url}
    return cookies


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_page(chromium: Browser, server: LiveServer) -> Iterator[Any]:
    """Open an address in a window of its own; every request must stay on this server and succeed."""
    contexts = []

    def opened(address: str, *, width: int = 1440, scheme: str = "light", **options: Any) -> Page:
        context = chromium.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.requests = []  # type: ignore[method-assign, assignment]
        page.on("response", lambda response: page.requests.append(response))  # type: ignore[attr-defined, call-overload]
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer) -> Iterator[Any]:
    """Open the log sheet in a window of its own, as a user who is signed in; for tests that write."""
    contexts = []

    def opened(
        user: Any, address: str = SHEET, *, width: int = 1440, looks: bool = False, **options: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        sign_in_quietly(context, user, live_server.url)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        if not looks:  # when it looks for what others typed is a matter of time, which a test says
            page.route("**/log/state/**", lambda route: route.abort())
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str) -> None:
    """Sign in as a demo account."""
    page.goto("/sign-in/")
    page.get_by_label("User name or address").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def talks() -> Talks:
    """A summit to log, of three actors."""
    return make_talks(3)


@pytest.fixture
def mara(talks: Talks) -> Any:
    """A researcher of theirs."""
    return make_researcher("mara")
