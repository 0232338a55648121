"""The log: a line of JSON each, with no secret and no word of anybody's in it."""

import json
import logging
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from issues.tests.universe import Universe
from issues.tests.views.visitors import visit_as
from tracker.logs import JsonLines

WORD = "Zwartbruch"
SECRET = "hunter2-hunter2"


def answered(lines: Any) -> dict[str, Any]:
    """The line of the last request."""
    return next(line for line in reversed(lines()) if line["logger"] == "tracker.requests")


def test_a_request_is_told_by_its_route_and_account_and_not_by_its_address(
    universe: Universe, lines: Any
) -> None:
    editor = visit_as("editor")

    answer = editor.get("/lenna/?summit=weir&against=ford")

    line = answered(lines)
    assert (line["method"], line["route"], line["status"]) == ("GET", "matrix", 200)
    assert line["user"] == int(editor.session["_auth_user_id"])
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["queries"] > 5
    assert 0 < line["queries_ms"] < line["ms"]
    assert "weir" not in json.dumps(lines())
    assert "ford" not in json.dumps(lines())


@pytest.mark.parametrize(
    ("said", "proxies", "is_taken"),
    [
        ("0123456789abcdef", 1, True),
        ("5d1c4f9e-0000-4000-8000-0123456789ab", 1, True),
        ("0123456789abcdef", 0, False),
        (WORD * 2, 1, False),
        ("abc", 1, False),
        ("a" * 65, 1, False),
        ('0123456789abcdef"', 1, False),
    ],
)
def test_a_request_keeps_the_name_that_a_proxy_of_ours_gave_it(
    settings: Any, said: str, proxies: int, is_taken: bool
) -> None:
    settings.PROXIES = proxies

    answer = Client().get("/healthz/live", headers={"x-request-id": said})

    assert (answer["X-Request-ID"] == said) is is_taken
    assert len(answer["X-Request-ID"]) >= 16


EVERYWHERE = {
    "path": lambda client: client.get(f"/{WORD}/summits/{WORD}/"),
    "query": lambda client: client.get(f"/lenna/?summit={WORD}&{WORD}={WORD}"),
    "nul": lambda client: client.get(f"/lenna/?q={WORD}%00"),
    "body": lambda client: client.post("/sign-in/", {"username": WORD, "password": SECRET}),
    "form": lambda client: client.post("/lenna/issues/new/", {WORD: WORD, "name": WORD}),
    "charset": lambda client: client.generic("POST", "/", b"a", content_type=f"text/csv; charset={WORD}"),
    "host": lambda client: client.get("/", headers={"host": f"{WORD}.example"}),
    "odd host": lambda client: client.get("/", headers={"host": f"{WORD} {{}}"}),
    "agent": lambda client: client.get(
        "/lenna/", headers={"user-agent": WORD, "referer": f"https://{WORD}/"}
    ),
    "token": lambda client: client.get("/api/v1/", headers={"authorization": f"Bearer {SECRET}"}),
    "cookie": lambda client: client.get("/", headers={"cookie": f"sessionid={SECRET}; csrftoken={WORD}"}),
    "method": lambda client: client.generic(WORD.upper(), "/lenna/"),
    "csrf": lambda client: client.post(f"/lenna/{WORD}/", {"a": WORD}),
    "file": lambda client: client.get(f"/lenna/data/{WORD}.csv"),
    "search": lambda client: client.get(f"/search/?q={WORD}"),
    "admin": lambda client: client.get(f"/admin/issues/{WORD}/?q={WORD}"),
}


@pytest.mark.parametrize("part", EVERYWHERE)
@pytest.mark.parametrize("visitor", ["stranger", "editor"])
def test_no_word_of_a_request_is_written_down(
    universe: Universe, lines: Any, caplog: pytest.LogCaptureFixture, part: str, visitor: str
) -> None:
    client = Client(enforce_csrf_checks=part == "csrf") if visitor == "stranger" else visit_as(visitor)
    client.raise_request_exception = False

    EVERYWHERE[part](client)

    written = caplog.handler.stream.getvalue().lower()
    assert answered(lines)["status"]
    assert WORD.lower() not in written
    assert SECRET not in written


def _raises(*args: Any, **kwargs: Any) -> None:
    typed = WORD
    try:
        raise OperationalError(f"Key (name)=({typed}) exists; password {SECRET}")
    except OperationalError as error:
        raise KeyError(WORD) from error


def test_what_broke_is_told_by_type_and_place_and_not_by_its_message(
    universe: Universe, settings: Any, lines: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PUBLIC_READ = True
    with patch("issues.views.access.readable", side_effect=_raises):
        answer = Client(raise_request_exception=False).get(f"/lenna/?summit={WORD}")

    line = next(line for line in lines() if line["level"] == "ERROR")
    assert answer.status_code == 500
    assert line["request_id"] == answer["X-Request-ID"]
    raised = [told["type"] for told in line["exceptions"]]
    assert raised == ["builtins.KeyError", "django.db.utils.OperationalError"]
    assert line["exceptions"][0]["frames"][-1].startswith("issues/tests/tracker/test_logs.py:")
    assert line["exceptions"][0]["frames"][-1].endswith(" _raises")
    written = caplog.handler.stream.getvalue()
    assert WORD not in written
    assert SECRET not in written


@pytest.mark.parametrize(
    ("logger", "level", "said", "arguments", "written"),
    [
        ("django.request", 40, "%s: %s", ("Internal Server Error", WORD), "…: …"),
        ("some.library", 40, "%d rows of %s took %.1f s", (7, WORD, 0.5), "7 rows of … took 0.5 s"),
        ("some.library", 40, "%(name)s is %(n)d", ({"name": WORD, "n": 1},), "… is …"),
        ("some.library", 40, f"put together of {WORD}", (), None),
        ("some.library", 40, KeyError(WORD), (), None),
        ("tracker.passwords", 40, "In our words.", (), "In our words."),
        ("gunicorn.error", 20, "Booting worker with pid: %s", (7,), "Booting worker with pid: 7"),
        ("gunicorn.error", 30, f"Invalid request: {WORD}", (), None),
        ("tracker", 40, "too few: %s %s", (WORD,), "too few: … …"),
    ],
)
def test_of_a_message_the_words_of_its_author_and_the_numbers_are_kept(
    logger: str, level: int, said: Any, arguments: tuple[Any, ...], written: str | None
) -> None:
    record = logging.LogRecord(logger, level, "/x/site-packages/lib/a.py", 3, said, arguments, None)

    line = json.loads(JsonLines().format(record))

    assert line.get("message") == written
    assert line["at"] == "lib/a.py:3"
