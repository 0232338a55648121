"""A passkey made and used in a real Chromium, and every page of accounts looked at in both looks."""

from typing import Any

import pytest
from playwright.sync_api import expect

from issues.actions.accounts.invite import invite, key_of
from issues.tests.browser.axe import faults
from issues.tests.factories import make_user
from issues.user import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-heron-in-the-reeds"
FACTORS = "/account/second-factor/"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Any:
    """A window with a key that knows its owner, whose console stays empty."""
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    key = keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    page.set_present = lambda is_present: keys.send(
        "WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": is_present}
    )
    yield page
    context.close()
    assert [one for one in said if "422" not in one and "410" not in one] == []


def sign_in(page: Any, name: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name or address").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_made_signs_in_alone_and_shows_that_it_is_oneself(page: Any) -> None:
    mara = make_user(username="mara", password=PASSWORD)
    sign_in(page, "mara")
    page.goto(f"{FACTORS}passkeys/new/")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("button", name="Sign out").click()

    page.goto("/sign-in/?next=/account/tokens/")
    page.set_present(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey did not answer")).to_be_visible()
    page.set_present(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your tokens")

    page.goto(f"{FACTORS}passkeys/confirm/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, "mara")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/")
    assert User.objects.get(pk=mara.pk).last_login is not None


def test_every_page_of_accounts_is_accessible_in_both_looks(page: Any, live_server: Any) -> None:
    desk = make_user(username="desk", password=PASSWORD, is_superuser=True)
    link = f"/account/invited/{key_of(invite(by=desk, email='mara@example.org'))}/"
    found: dict[str, list[str]] = {}

    def look(path: str) -> None:
        answer = page.goto(path)
        assert answer.status in (200, 410), path
        found[path] = faults(page)

    for path in ("/sign-in/", link, "/account/invited/x/", "/account/closed/"):
        look(path)
    for path in ("reset/", "reset/sent/", "reset/done/", "reset/1-x/"):
        look(f"/account/password/{path}")
    sign_in(page, "desk")
    for path in ("", "password/", "sessions/", "invitations/", "second-factor/", "second-factor/app/"):
        look(f"/account/{path}")
    look(f"{FACTORS}passkeys/new/")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    found["codes"] = faults(page)
    for path in ("", "passkeys/", "recovery-codes/", "recovery-codes/new/", "passkeys/confirm/"):
        look(f"{FACTORS}{path}")
    look("/account/confirm/")

    assert {path: errors[:5] for path, errors in found.items() if errors} == {}
