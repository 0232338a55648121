"""The settings, read from the environment by a fresh process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

KEY = "k3y-" * 16

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` with nothing in its environment but this."""
    path = {"PATH": os.environ.get("PATH", ""), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *command],
        env={**path, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setting(name: str, **environment: str) -> str:
    """The value of a setting in a fresh process."""
    asked = manage(
        "shell",
        "--no-imports",
        "-c",
        f"from django.conf import settings; print(repr((settings.{name})))",
        **environment,
    )
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.strip()


def test_without_debug_there_is_no_start_without_a_secret_key() -> None:
    refused = manage("check", ALLOWED_HOSTS="example.org")

    assert refused.returncode != 0
    assert "Set SECRET_KEY, or DEBUG=true on your own machine." in refused.stderr


def test_an_empty_secret_key_is_none() -> None:
    assert "Set SECRET_KEY" in manage("check", SECRET_KEY="").stderr


def test_with_debug_nothing_needs_to_be_set() -> None:
    started = manage("check", DEBUG="true")

    assert (started.returncode, started.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    )


def test_an_installation_has_no_deployment_warnings() -> None:
    checked = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY=plausible_key(),
        ALLOWED_HOSTS="example.org",
        PROXIES="1",
    )

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("name", "environment", "value"),
    [
        ("PUBLIC_READ", {}, "False"),
        ("PUBLIC_READ", {"PUBLIC_READ": "true"}, "True"),
        ("TAG_AUTHORITY", {}, "''"),
        ("TAG_AUTHORITY", {"TAG_AUTHORITY": "example.org,2026"}, "'example.org,2026'"),
        ("ALLOWED_HOSTS", {}, "[]"),
        ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "a.example,b.example"}, "['a.example', 'b.example']"),
        ("EMAIL_BACKEND", {}, "'django.core.mail.backends.smtp.EmailBackend'"),
        ("EMAIL_HOST", {"EMAIL_URL": "smtp+tls://a:b@mail.example.org:587"}, "'mail.example.org'"),
        ("SECURE_SSL_REDIRECT", {"SECURE_SSL_REDIRECT": "false"}, "False"),
        ("SESSION_COOKIE_SECURE", {}, "True"),
        ("DEBUG", {}, "False"),
        (
            "DATABASES['default']['ENGINE']",
            {"DATABASE_URL": "postgres://u:p@db/x"},
            "'django.db.backends.postgresql'",
        ),
    ],
)
def test_settings_come_from_the_environment(name: str, environment: dict[str, str], value: str) -> None:
    assert setting(name, SECRET_KEY=KEY, **environment) == value


def test_an_authority_that_is_none_is_refused_at_the_start() -> None:
    refused = manage("check", DEBUG="true", TAG_AUTHORITY="https://example.org")

    assert refused.returncode != 0
    assert "TAG_AUTHORITY is a domain and a day on which it was yours" in refused.stderr


TRUSTED = (
    "SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD, "
    "settings.SECURE_PROXY_SSL_HEADER, settings.METRICS_TOKEN, settings.SENTRY_DSN"
)
OVER_TLS = "('HTTP_X_FORWARDED_PROTO', 'https')"
SAID = {
    "PROXIES": "1",
    "SECURE_HSTS_SECONDS": "40000000",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": "on",
    "SECURE_HSTS_PRELOAD": "yes",
}


@pytest.mark.parametrize(
    ("environment", "value"),
    [
        ({}, "(31536000, False, False, None, '', '')"),
        (SAID, f"(40000000, True, True, {OVER_TLS}, '', '')"),
    ],
    ids=["off", "said"],
)
def test_what_is_promised_or_trusted_beyond_this_host_is_off_until_it_is_said(
    environment: dict[str, str], value: str
) -> None:
    assert setting(TRUSTED, SECRET_KEY=KEY, **environment) == value


def test_a_promise_for_the_lists_of_browsers_needs_the_others() -> None:
    refused = manage("check", SECRET_KEY=KEY, SECURE_HSTS_PRELOAD="true")

    assert refused.returncode != 0
    assert "SECURE_HSTS_PRELOAD needs SECURE_HSTS_INCLUDE_SUBDOMAINS=true" in refused.stderr


def plausible_key() -> str:
    return "".join(chr(ord("!") + (n * 37) % 90) for n in range(90))


def test_only_origins_may_show_our_pictures_in_a_frame() -> None:
    sites = setting(
        "EMBED_SITES", DEBUG="true", EMBED_SITES="https://example.org/,https://*.press.example:8443"
    )
    assert sites == "['https://example.org', 'https://*.press.example:8443']"

    for site in ("*", "example.org", "https://example.org/page", "https://a.example; script-src *", "'self'"):
        refused = manage("check", DEBUG="true", EMBED_SITES=site)
        assert refused.returncode != 0, site
        assert "is no origin of a site" in refused.stderr, site


BREAKS = """
import warnings
from unittest.mock import patch
from django.conf import settings
from django.test import Client, override_settings
warnings.filterwarnings("ignore", "No directory at")
plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
broken = patch("tracker.health.revision", side_effect=ZeroDivisionError("by zero"))
with broken, override_settings(STORAGES=settings.STORAGES | plain):
    answer = Client(raise_request_exception=False).get("/healthz", headers={"host": "example.org"})
print(answer.status_code)
"""


def test_what_breaks_is_told_on_the_standard_error_and_plain_http_may_ask_how_it_is() -> None:
    told = manage(
        "shell", "--no-imports", "-c", BREAKS, SECRET_KEY=plausible_key(), ALLOWED_HOSTS="example.org"
    )

    assert told.stdout.strip() == "500", told.stderr
    line = json.loads(next(line for line in told.stderr.splitlines() if '"ERROR"' in line))
    assert line["logger"] == "django.request"
    assert line["exceptions"][0]["type"] == "builtins.ZeroDivisionError"
    assert "tracker/health.py" in " ".join(line["exceptions"][0]["frames"])
    assert "by zero" not in told.stderr
    assert plausible_key() not in told.stderr


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"REQUIRE_SECOND_FACTOR": "some"}, "REQUIRE_SECOND_FACTOR is off, editors or all."),
        ({"OIDC_NAME": "x", "OIDC_SECRET": "y"}, "needs OIDC_SERVER_URL, OIDC_CLIENT_ID too"),
        ({"OIDC_ROLE": "Owners"}, "OIDC_ROLE is one of Viewers, Researchers, Editors"),
        (
            {
                "OIDC_NAME": "x",
                "OIDC_SECRET": "y",
                "OIDC_CLIENT_ID": "z",
                "OIDC_SERVER_URL": "http://login.example.org",
            },
            "OIDC_SERVER_URL begins with https://",
        ),
    ],
)
def test_settings_of_accounts_that_make_no_sense_are_refused(environment: dict[str, str], why: str) -> None:
    assert why in manage("check", SECRET_KEY=KEY, **environment).stderr
