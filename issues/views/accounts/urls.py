"""Addresses of accounts: ours, and those of allauth that are wanted, by the names that it knows.

Its own list has more: signing up, addresses of mail, ties to providers. What is not here is not reached.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provided
from allauth.socialaccount.providers.openid_connect.views import callback
from allauth.usersessions import views as sessions
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.cache import never_cache

from issues.views import converters  # noqa: F401 -- has them known
from issues.views.accounts.invitations import (
    invitations_page,
    send_invitation_page,
    withdraw_invitation_page,
)
from issues.views.accounts.invited import invited_page
from issues.views.accounts.page import account_page
from issues.views.accounts.sign_in import SignIn, single_sign_on
from issues.views.accounts.tokens import revoke_token_page, tokens_page

_OURS: tuple[tuple[str, Any, str], ...] = (
    ("sign-in/", SignIn.as_view(), "sign-in"),
    ("sign-in/", SignIn.as_view(), "account_login"),
    ("sign-out/", LogoutView.as_view(), "sign-out"),
    ("sign-out/", LogoutView.as_view(), "account_logout"),
    ("account/", account_page, "account"),
    ("account/tokens/", tokens_page, "tokens"),
    ("account/tokens/<key:pk>/revoke/", revoke_token_page, "token-revoke"),
    ("account/invitations/", invitations_page, "invitations"),
    ("account/invitations/<key:pk>/send/", send_invitation_page, "invitation-send"),
    ("account/invitations/<key:pk>/withdraw/", withdraw_invitation_page, "invitation-withdraw"),
    ("account/invited/<str:key>/", invited_page, "invited"),
)
_PASSWORD = (
    ("", account.password_change, "account_change_password"),
    ("set/", account.password_set, "account_set_password"),
    ("reset/", account.password_reset, "account_reset_password"),
    ("reset/sent/", account.password_reset_done, "account_reset_password_done"),
    ("reset/done/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    ("reset/<base36:uidb36>-<str:key>/", account.password_reset_from_key, "account_reset_password_from_key"),
)
_SECOND_FACTOR = (
    ("", factors.index, "mfa_index"),
    ("sign-in/", factors.authenticate, "mfa_authenticate"),
    ("confirm/", factors.reauthenticate, "mfa_reauthenticate"),
    ("app/", codes.activate_totp, "mfa_activate_totp"),
    ("app/remove/", codes.deactivate_totp, "mfa_deactivate_totp"),
    ("recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    ("recovery-codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    ("passkeys/new/", passkeys.add_webauthn, "mfa_add_webauthn"),
    ("passkeys/sign-in/", passkeys.login_webauthn, "mfa_login_webauthn"),
    ("passkeys/confirm/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    ("passkeys/<key:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    ("passkeys/<key:pk>/name/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
)
_SINGLE_SIGN_ON = (
    ("cancelled/", provided.login_cancelled, "socialaccount_login_cancelled"),
    ("error/", provided.login_error, "socialaccount_login_error"),
    ("<str:provider_id>/", single_sign_on, "openid_connect_login"),
    ("<str:provider_id>/answer/", callback, "openid_connect_callback"),
)
_THEIRS = (
    ("closed/", account.account_inactive, "account_inactive"),
    ("confirm/", account.reauthenticate, "account_reauthenticate"),
    ("sessions/", sessions.list_usersessions, "usersessions_list"),
    *((f"password/{address}", view, name) for address, view, name in _PASSWORD),
    *((f"second-factor/{address}", view, name) for address, view, name in _SECOND_FACTOR),
    *((f"single-sign-on/{address}", view, name) for address, view, name in _SINGLE_SIGN_ON),
)

urlpatterns = [
    *(path(address, view, name=name) for address, view, name in _OURS),
    *(path(f"account/{address}", never_cache(view), name=name) for address, view, name in _THEIRS),
]
