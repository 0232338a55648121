"""What is told to Sentry, as it leaves: the types and places of what broke, no word of a record."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from issues.tests.tracker.test_settings import manage, plausible_key

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]

WORD, SECRET = "Zwartbruch", "hunter2-hunter2"
BREAKS = """
import logging, warnings
from unittest.mock import patch
import sentry_sdk
from django.conf import settings
from django.test import Client, override_settings
warnings.filterwarnings("ignore", "No directory at")
WORD, SECRET = "Zwartbruch", "hunter2-hunter2"

def breaks():
    typed = WORD
    raise ValueError(f"Key (name)=({typed})") from KeyError(SECRET)

plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
headers = {"host": "example.org", "user-agent": WORD, "cookie": f"sessionid={SECRET}", "referer": WORD}
unstyled = override_settings(STORAGES=settings.STORAGES | plain)
with patch("tracker.health.revision", side_effect=breaks), unstyled:
    answer = Client(raise_request_exception=False).get(f"/healthz?q={WORD}", headers=headers)
    logging.getLogger("some.library").error("%s broke with %s", WORD, SECRET)
    logging.getLogger("some.library").error(f"{WORD} put together")
sentry_sdk.flush(5)
print(answer.status_code)
"""


@pytest.fixture
def received() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a project on this machine, and what comes there."""
    bodies: list[bytes] = []

    class Project(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_packed = self.headers.get("Content-Encoding") == "gzip"
            bodies.append(gzip.decompress(body) if is_packed else body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Project)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", bodies
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_leaves_says_where_it_broke_and_no_word_of_a_record(received: tuple[str, list[bytes]]) -> None:
    address, bodies = received

    told = manage(
        *("shell", "--no-imports", "-c", BREAKS),
        SECRET_KEY=plausible_key(),
        ALLOWED_HOSTS="example.org",
        SENTRY_DSN=address,
        NO_PROXY="127.0.0.1",
    )

    assert told.stdout.strip() == "500", told.stderr
    everything = b"\n".join(bodies).decode()
    events = [json.loads(line) for line in everything.splitlines() if '"exception"' in line]
    broke = next(event for event in events if event["exception"]["values"])
    assert [raised["type"] for raised in broke["exception"]["values"]] == ["KeyError", "ValueError"]
    frames = broke["exception"]["values"][-1]["stacktrace"]["frames"]
    assert ("tracker/health.py", "healthz") in {(frame["filename"], frame["function"]) for frame in frames}
    assert len(broke["tags"]["request_id"]) == 32
    for word in (WORD, SECRET, plausible_key(), "example.org", "/healthz", '"value"', '"vars"'):
        assert word not in everything, word


def test_an_address_that_is_none_is_refused_in_words() -> None:
    refused = manage("check", DEBUG="true", SENTRY_DSN="sentry")

    assert refused.returncode != 0
    assert "SENTRY_DSN is the address that Sentry gives for a project" in refused.stderr
