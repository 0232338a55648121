"""``manage.py serve``: what is unsafe or not made ready is refused and named; what runs is finished."""

import signal
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings

from issues.management.bench.server import HOST, PATIENCE, served
from issues.tests.tracker.slow import HALVES
from issues.tests.tracker.test_settings import manage, plausible_key
from tracker.checks import _file_system, sqlite_lies_here
from tracker.serving import obstacles

SAFE: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": plausible_key(),
    "ALLOWED_HOSTS": ["tracker.example.org"],
    "CSRF_TRUSTED_ORIGINS": [],
    "PROXIES": 1,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "DEMO_ACCOUNTS": False,
}


@pytest.fixture
def ready(db: None) -> Iterator[None]:
    """An installation against which nothing stands, but that a server of tests is a superuser's."""
    with (
        override_settings(**SAFE),
        patch("tracker.serving._lack_static", return_value=False),
        patch("tracker.serving._collect"),
        patch("tracker.checks.MOUNTS", Path("/nowhere")),
    ):
        yield


def against() -> str:
    """What stands against serving."""
    of_the_test = ("redlines.E006", "async.E001")
    said = [line for line in obstacles() if not any(name in line for name in of_the_test)]
    return "\n".join(said)


def test_nothing_stands_against_what_is_safe_and_ready(ready: None) -> None:
    assert against() == ""


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ({"DEBUG": True}, "DEBUG"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS has *"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS must not be empty"),
        ({"PROXIES": 0}, "PROXIES is 0"),
        ({"SECURE_SSL_REDIRECT": False}, "SECURE_SSL_REDIRECT"),
        ({"SECURE_HSTS_SECONDS": 0}, "SECURE_HSTS_SECONDS"),
        ({"CSRF_TRUSTED_ORIGINS": ["http://a.example"]}, "CSRF_TRUSTED_ORIGINS trusts http://a.example"),
        (
            {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
            "EMAIL_URL has mails written down",
        ),
        ({"RELEASES_DIR": "/proc/releases"}, "RELEASES_DIR"),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_what_is_unsafe_is_named(ready: None, unsafe: dict[str, Any], named: str) -> None:
    with (
        override_settings(**unsafe),
        patch("tracker.serving.os.access", return_value="RELEASES_DIR" not in unsafe),
    ):
        assert named in against()


def test_all_that_stands_against_it_is_told_at_once(ready: None) -> None:
    with override_settings(ALLOWED_HOSTS=["*"], PROXIES=0), pytest.raises(CommandError) as refused:
        call_command("serve")

    assert "- ALLOWED_HOSTS has *" in str(refused.value)
    assert "- PROXIES is 0" in str(refused.value)


def test_a_database_that_lacks_migrations_is_told_the_command(ready: None) -> None:
    plan = [("one", False), ("two", False)]
    with patch("tracker.serving.MigrationExecutor.migration_plan", return_value=plan):
        assert against() == "The database lacks 2 migrations. Run: python manage.py migrate"


def test_static_files_that_are_not_collected_are_told_the_command(ready: None) -> None:
    with patch("tracker.serving._lack_static", return_value=True):
        assert "Run: python manage.py collectstatic --noinput" in against()


def test_a_cache_in_a_table_that_is_not_there_is_told_the_command(ready: None, settings: Any) -> None:
    of_the_database = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": of_the_database, "LOCATION": "kept"}}
    told = "CACHE_URL: the database has no table kept. Run: python manage.py createcachetable"
    assert told in against()


@pytest.mark.sqlite
def test_a_database_that_is_not_there_is_not_made(ready: None, tmp_path: Path) -> None:
    with patch.dict(connection.settings_dict, {"NAME": str(tmp_path / "none.sqlite3")}):
        assert f"there is no database at {tmp_path}/none.sqlite3. Run: python manage.py migrate" in against()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgresql
def test_a_superuser_of_the_database_is_refused(ready: None) -> None:
    assert any("names a superuser of PostgreSQL" in line for line in obstacles())


@pytest.mark.sqlite
def test_a_file_on_a_network_drive_is_refused(ready: None, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nserver:/x /mnt/share nfs4 rw 0 0\n")
    with patch("tracker.checks.MOUNTS", mounts):
        assert _file_system(Path("/mnt/share/a/b.sqlite3")) == "nfs4"
        assert _file_system(Path("/mnt/shared.sqlite3")) == "ext4"
        with patch.dict(connection.settings_dict, {"NAME": "/mnt/share/b.sqlite3"}):
            (told,) = sqlite_lies_here(None, databases=["default"])
    assert "network drive (nfs4)" in told.msg


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db
def test_what_runs_is_finished_when_the_server_is_told_to_stop() -> None:
    config = ["--config", "python:tracker.gunicorn_config"]
    with served("issues.tests.tracker.slow", threads=2, options=config) as server:
        with closing(HTTPConnection(HOST, server.port, timeout=PATIENCE)) as asking:
            asking.request("GET", "/slow")
            answer = asking.getresponse()
            began = answer.read(4)
            server.process.send_signal(signal.SIGTERM)
            rest = answer.read()
        assert began + rest == b"".join(HALVES)
        assert server.process.wait(PATIENCE) == 0


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_database_that_does_not_answer_is_told() -> None:
    refused = manage(
        *("serve", "--check"),
        SECRET_KEY=plausible_key(),
        ALLOWED_HOSTS="tracker.example.org",
        PROXIES="1",
        DATABASE_URL="postgres://nobody@127.0.0.1:9/none",
    )

    assert refused.returncode == 1
    assert "DATABASE_URL: the database does not answer" in refused.stderr
    assert "Traceback" not in refused.stderr
