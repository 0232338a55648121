"""Settings of accounts and of mail, all read from the environment (the table is in README.md)."""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tracker.environment import env, whole, yes_or_no

_ON_A_LAPTOP = yes_or_no("DEBUG") or "pytest" in sys.modules

# Mail: on a laptop it is written to the console.
globals().update(env.email("EMAIL_URL", default="consolemail://" if _ON_A_LAPTOP else "smtp://localhost:25"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="redlines@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60  # seconds

# The roles of an installation, from the one who may do least.
ROLES = ("Viewers", "Researchers", "Editors")
# For how many days the link of an invitation is good.
INVITATION_DAYS = whole("INVITATION_DAYS", default=7, least=1, most=90)

# Who has to have a second factor: nobody, those who may delete records or decide about accounts, or everyone.
REQUIRE_SECOND_FACTOR: str = env.str("REQUIRE_SECOND_FACTOR", default="off")
if REQUIRE_SECOND_FACTOR not in ("off", "editors", "all"):
    raise ImproperlyConfigured("REQUIRE_SECOND_FACTOR is off, editors or all.")

# Single sign-on by a provider of OpenID Connect, where one is named.
OIDC_NAME: str = env.str("OIDC_NAME", default="")
OIDC_SERVER_URL: str = env.str("OIDC_SERVER_URL", default="")
OIDC_CLIENT_ID: str = env.str("OIDC_CLIENT_ID", default="")
OIDC_SECRET: str = env.str("OIDC_SECRET", default="")
# What role somebody gets whom the provider lets in and nobody invited; empty: they are not let in.
OIDC_ROLE: str = env.str("OIDC_ROLE", default="")
_OIDC = {
    "OIDC_NAME": OIDC_NAME,
    "OIDC_SERVER_URL": OIDC_SERVER_URL,
    "OIDC_CLIENT_ID": OIDC_CLIENT_ID,
    "OIDC_SECRET": OIDC_SECRET,
}
if any(_OIDC.values()) and not all(_OIDC.values()):
    raise ImproperlyConfigured(
        f"Single sign-on needs {', '.join(name for name, value in _OIDC.items() if not value)} too."
    )
if OIDC_SERVER_URL and not OIDC_SERVER_URL.startswith("https://") and not _ON_A_LAPTOP:
    raise ImproperlyConfigured("OIDC_SERVER_URL begins with https://, or anybody on the way could sign in.")
if OIDC_ROLE and OIDC_ROLE not in ROLES:
    raise ImproperlyConfigured(f"OIDC_ROLE is one of {', '.join(ROLES)}, or empty.")


def oidc_apps(name: str, server_url: str, client_id: str, secret: str) -> dict[str, Any]:
    """What allauth is told of the provider; nothing where none is named."""
    if not server_url:
        return {}
    app = {"provider_id": "sso", "name": name, "client_id": client_id, "secret": secret}
    app["settings"] = {"server_url": server_url}  # type: ignore[assignment]
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


SOCIALACCOUNT_PROVIDERS = oidc_apps(OIDC_NAME, OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_SECRET)

ALLAUTH_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
ACCOUNT_ADAPTER = "tracker.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Nobody signs up here; allauth asks all the same that these fit the above.
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
# An address of mail is given by whoever invites or by the admin, and by nobody for themselves.
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Django's own: that of allauth copies addresses into a table of its own, as not confirmed.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our form of the reset does it, see tracker.accounts.forms
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
_FORMS = "tracker.accounts.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "reset_password": f"{_FORMS}.ResetForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "reauthenticate": f"{_FORMS}.PasswordAgainForm",
}
# Wrong passwords are counted by django-axes, successes by nobody; codes of a second factor are counted here.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}

MFA_ADAPTER = "tracker.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeForm",
    "reauthenticate": f"{_FORMS}.CodeAgainForm",
    "activate_totp": f"{_FORMS}.FirstCodeForm",
    "add_webauthn": f"{_FORMS}.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _ON_A_LAPTOP
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_COUNT = 10
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "tracker.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
# A form of ours may be sent to ourselves alone (form-action), and a browser counts where it is led on to; so
# a link begins it, as OpenID Connect foresees; one on another site does not (views/accounts/sign_in.py). What
# the provider answers is bound to the session as ever.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds
