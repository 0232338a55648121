"""Asking an address: what answers, what does not, and what is never asked."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from issues.actions.upkeep import ask as asking
from issues.actions.upkeep.ask import Answer, ask, is_public


class Handler(BaseHTTPRequestHandler):
    """A site with a page for each way of answering."""

    seen: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.seen.append((self.command, self.path))
        place = self.path.partition("?")[0]
        if place == "/slow":
            time.sleep(1.5)
        if place == "/drips-its-head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self.drip(b"X-Slow: yes\r\n")
            return
        codes = {"/gone": 410, "/lost": 404, "/broken": 500, "/closed": 403, "/there": 301, "/round": 302}
        status = codes.get(place, 200)
        if place in ("/no-head", "/drips") and self.command == "HEAD":
            status = 405
        if place in ("/inside", "/file"):
            status = 302
        self.send_response(status)
        leads = {
            "/there": "/page",
            "/round": "/round",
            "/inside": "http://10.1.2.3/secret",
            "/file": "file:///etc/passwd",
        }
        if place in leads:
            self.send_header("Location", leads[place])
        self.end_headers()
        if self.command == "GET" and place == "/drips":
            self.drip(b"x")
        if self.command == "GET" and place == "/endless":
            try:
                for _ in range(10_000):
                    self.wfile.write(b"x" * 8192)
            except OSError:
                return

    def drip(self, part: bytes) -> None:
        """A little now and then, for longer than anyone waits."""
        with suppress(OSError):
            for _ in range(200):
                self.wfile.write(part)
                time.sleep(0.1)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def here(ip: Any) -> bool:
    """The site of the tests may be asked, though it is inside."""
    return str(ip) == "127.0.0.1"


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("/page", Answer(200)),
        ("/page?q=мир#x", Answer(200)),
        ("/gone", Answer(410)),
        ("/lost", Answer(404)),
        ("/broken", Answer(500)),
        ("/closed", Answer(403)),
        ("/no-head", Answer(200)),
        ("/there", Answer(200)),
        ("/round", Answer(trouble="leads on more than 5 times")),
        ("/inside", Answer(trouble="not asked: the address is inside of a network that is not public")),
        ("/file", Answer(trouble="no address of the web")),
        ("/endless", Answer(200)),
    ],
)
def test_an_address_is_asked_and_followed(site: str, page: str, answer: Answer) -> None:
    assert ask(site + page, may_ask=here) == answer


def test_head_is_asked_first_and_get_where_it_is_refused(site: str) -> None:
    Handler.seen.clear()
    ask(f"{site}/page", may_ask=here)
    ask(f"{site}/no-head", may_ask=here)

    assert Handler.seen == [("HEAD", "/page"), ("HEAD", "/no-head"), ("GET", "/no-head")]


def test_what_does_not_answer_in_time_is_told(site: str) -> None:
    assert ask(f"{site}/slow", may_ask=here, seconds=0.3).trouble == "no answer within 0.3 seconds"


def test_an_answer_that_drips_is_cut_off(site: str) -> None:
    late = Answer(trouble="no answer within 1 seconds")
    for page, answer in (("/drips", Answer(200)), ("/drips-its-head", late)):
        began = time.monotonic()
        assert ask(site + page, may_ask=here, seconds=1.0) == answer
        assert time.monotonic() - began < 10  # it drips for 20


def test_every_machine_of_a_name_is_tried(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    places = [(2, 1, 6, "", ("127.0.0.2", port)), (2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: places)
    tried: list[str] = []

    def refusing(address: tuple[str, int], *args: Any) -> socket.socket:
        tried.append(address[0])
        if address[0] == "127.0.0.2":
            raise ConnectionRefusedError
        real = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        real.connect(address)
        return real

    monkeypatch.setattr(socket, "create_connection", refusing)

    assert ask(f"http://two.example:{port}/page", may_ask=lambda ip: True) == Answer(200)
    assert tried[:2] == ["127.0.0.2", "127.0.0.1"]


def test_an_address_of_ipv6_is_taken_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def connect(address: Any, *args: Any) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    places = [(10, 1, 6, "", ("2606:4700::1111", 80, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: places)

    assert ask("http://[2606:4700::1111]/").trouble == "no answer: ConnectionRefusedError"
    assert asked[0] == ("2606:4700::1111", 80)


def test_only_the_beginning_of_an_answer_is_read(site: str) -> None:
    began = time.monotonic()
    assert asking._follow("GET", f"{site}/endless", here, began + 5.0) == 200
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[fec0::1]/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://user:pass@127.0.0.1/",
        "https://127.0.0.1/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org",
        "http://",
        "http://exa mple.org:99999/",
        "http://[::1",
        "",
    ],
)
def test_nothing_inside_of_our_own_network_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", connect)

    answer = ask(address)

    assert answer.status is None
    assert answer.trouble


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: places)

    assert "not public" in ask("http://rebinding.example/").trouble


def test_the_open_network_may_be_asked() -> None:
    assert is_public(ip_address("93.184.216.34"))
    assert is_public(ip_address("2606:2800:220:1:248:1893:25c8:1946"))
