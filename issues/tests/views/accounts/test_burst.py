"""Several send one form of accounts at the same moment, a double click among them, and none fails.

Every address of accounts is sent what is typed there and nothing at all, by four browsers of one person.
"""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36

from issues.actions.accounts.invite import invite, key_of
from issues.actions.accounts.tokens import make_token
from issues.history import Way, recording
from issues.models import Invitation, ProcessMember
from issues.models.process_member import Role
from issues.models.token import Scope
from issues.tests.burst import AT_ONCE, Fields, at_once, each_at_once
from issues.tests.factories import make_process, make_user
from issues.tests.views.accounts.test_second_factor import code
from issues.tests.views.addresses import ACCOUNTS
from issues.user import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "nine-herons-wading"
JOINS = {"name": "Nia", "new_password1": PASSWORD, "new_password2": PASSWORD}
AGAIN = {"password1": "ten-egrets-fishing", "password2": "ten-egrets-fishing"}
SIGN_IN = {"username": "mara", "password": PASSWORD}
# Reads alone; or what a provider or the browser itself has to answer before there is anything to send.
READ_ALONE = {
    *("account_inactive", "account_reset_password_done", "account_reset_password_from_key_done"),
    *("mfa_index", "mfa_view_recovery_codes", "mfa_list_webauthn"),
    *("openid_connect_callback", "socialaccount_login_cancelled", "socialaccount_login_error"),
}


class Cast:
    """A person and four browsers; from one of them may be sent four times, as by a double click."""

    def __init__(self) -> None:
        self.mara = make_user(
            username="mara", email="mara@example.org", password=PASSWORD, is_superuser=True, is_staff=True
        )
        self.browsers = [signed_in() for _ in range(AT_ONCE)]
        self.mara.refresh_from_db()

    def one_browser(self) -> list[Client]:
        """Four windows of one browser, which share a session."""
        return [with_cookies_of(self.browsers[0]) for _ in range(AT_ONCE)]

    def passkey(self) -> Authenticator:
        """A passkey of hers, as it is stored."""
        data = {"name": "Key", "passwordless": True, "credential": {}}
        return Authenticator.objects.create(user=self.mara, type=Authenticator.Type.WEBAUTHN, data=data)

    def app(self) -> str:
        """An app of codes, and recovery codes; the code that it shows."""
        secret = generate_totp_secret()
        TOTP.activate(self.mara, secret)
        RecoveryCodes.activate(self.mara)
        return code(secret)

    def invited(self) -> Invitation:
        return invite(by=self.mara, email="nia@example.org", group="Researchers")


def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    assert client.post("/sign-in/", SIGN_IN).status_code == 302
    return client


def with_cookies_of(client: Client) -> Client:
    other = Client(raise_request_exception=False)
    for name, morsel in client.cookies.items():
        other.cookies[name] = morsel.value
    return other


Sent = tuple[list[Client], list[Any], Fields]


def strangers() -> list[Client]:
    return [Client(raise_request_exception=False) for _ in range(AT_ONCE)]


def first_code(cast: Cast) -> Sent:
    """Of one browser, which was shown one key."""
    secret = cast.browsers[0].get(reverse("mfa_activate_totp")).context["form"].secret
    return cast.one_browser(), [], {"code": code(secret)}


def half_in(cast: Cast) -> Sent:
    shown = cast.app()
    found = strangers()
    for client in found:
        client.post("/sign-in/", SIGN_IN)
    return found, [], {"code": shown}


def new_password(cast: Cast) -> Sent:
    """By a link that was followed by each: its key is kept in the session from then on."""
    key = f"{int_to_base36(cast.mara.pk)}", default_token_generator.make_token(cast.mara)
    found = strangers()
    for client in found:
        client.get(reverse("account_reset_password_from_key", args=key))
    return found, [key[0], "set-password"], AGAIN


def without_password(cast: Cast) -> Sent:
    User.objects.update(password="!")
    for client in cast.browsers:
        client.force_login(cast.mara)
    return cast.browsers, [], AGAIN


# Who sends what to each: browsers, the arguments of the address, the fields.
SENT: dict[str, Callable[[Cast], Sent]] = {
    "sign-in": lambda c: (strangers(), [], SIGN_IN),
    "account_login": lambda c: (strangers(), [], SIGN_IN | {"password": "wrong"}),
    "sign-out": lambda c: (c.one_browser(), [], {}),
    "account_logout": lambda c: (c.browsers, [], {}),
    "account_reset_password": lambda c: (strangers(), [], {"email": "mara@example.org"}),
    "account_reset_password_from_key": new_password,
    "invited": lambda c: (strangers(), [key_of(c.invited())], JOINS),
    "mfa_login_webauthn": lambda c: (strangers(), [], {"credential": "{}"}),
    "mfa_authenticate": half_in,
    "openid_connect_login": lambda c: (strangers(), ["sso"], {}),
    "account": lambda c: (c.browsers, [], {"name": "Mara V."}),
    "tokens": lambda c: (c.browsers, [], {"name": "One", "scope": "published"}),
    "token-revoke": lambda c: (c.browsers, [make_token(c.mara, "x", Scope.PUBLISHED)[0].pk], {}),
    "usersessions_list": lambda c: (c.browsers, [], {}),
    "account_change_password": lambda c: (c.browsers, [], AGAIN | {"oldpassword": PASSWORD}),
    "account_set_password": without_password,
    "account_reauthenticate": lambda c: (c.browsers, [], {"password": PASSWORD}),
    "mfa_reauthenticate": lambda c: (c.browsers, [], {"code": c.app()}),
    "mfa_activate_totp": first_code,
    "mfa_deactivate_totp": lambda c: (c.browsers, [], {"code": c.app()}),
    "mfa_generate_recovery_codes": lambda c: (c.one_browser(), [], {"code": c.app()}),
    "mfa_add_webauthn": lambda c: (c.browsers, [], {"name": "Key", "credential": "{}"}),
    "mfa_reauthenticate_webauthn": lambda c: (c.browsers, [], {"credential": f"{c.passkey().pk}"}),
    "mfa_remove_webauthn": lambda c: (c.browsers, [c.passkey().pk], {}),
    "mfa_edit_webauthn": lambda c: (c.browsers, [c.passkey().pk], {"name": "Other"}),
    "invitations": lambda c: (c.browsers, [], {"email": "nia@example.org", "group": "Viewers"}),
    "invitation-send": lambda c: (c.browsers, [c.invited().pk], {}),
    "invitation-withdraw": lambda c: (c.browsers, [c.invited().pk], {}),
}


def test_every_address_of_accounts_that_writes_is_in_the_table() -> None:
    assert SENT.keys() | READ_ALONE == ACCOUNTS


@pytest.mark.parametrize("name", SENT)
def test_none_fails_where_several_send_it_at_once(db: None, name: str) -> None:
    clients, args, fields = SENT[name](Cast())
    address = reverse(name, args=args)

    nothing, answers = at_once(clients, address, {}), at_once(clients, address, fields)

    assert max(*nothing, *answers) < 500


def test_of_one_invitation_that_is_taken_up_at_once_one_account_is_made(db: None) -> None:
    key = key_of(Cast().invited())

    assert set(at_once(strangers(), reverse("invited", args=[key]), JOINS)) <= {302, 410}
    assert User.objects.filter(email="nia@example.org").count() == 1


def test_of_one_address_that_was_invited_twice_one_account_is_made(db: None) -> None:
    """And of several people whose addresses begin alike each has a user name."""
    cast = Cast()
    with recording(by=cast.mara, reason="A process.", kind=Way.COMMAND):
        process = make_process()
    letters = [cast.invited(), cast.invited()]
    for email in ("nia@a.example", "nia@b.example"):
        letters += [invite(by=cast.mara, email=email, process=process, role=Role.READER)]
    addresses = [reverse("invited", args=[key_of(letter)]) for letter in letters]
    sent = [(client, address, JOINS) for client, address in zip(strangers(), addresses, strict=True)]

    answers = each_at_once(sent)

    assert set(answers) == {302}
    assert User.objects.filter(email="nia@example.org").count() == 1
    assert User.objects.filter(email__startswith="nia@").count() == 3
    assert ProcessMember.objects.filter(role=Role.READER).count() == 2
