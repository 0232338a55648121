"""Asking an address on the web whether it answers, and nothing inside of our own network.

Every name is resolved here and the connection made to what was looked at, so that a name cannot lead
elsewhere between the look and the call; each redirect is looked at again.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from issues.models.link_check import NOT_ASKED

Ip = IPv4Address | IPv6Address
MayAsk = Callable[[Ip], bool]

SECONDS = 20.0
MOST_REDIRECTS = 5
MOST_BYTES = 64 * 1024
AT_ONCE = 8 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
HEADERS = {"User-Agent": "Redlines-link-check/1", "Accept": "*/*", "Connection": "close"}
# IPv6 addresses in which one of IPv4 is written that a gateway would lead to.
TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16"))
TEREDO = ip_network("2001::/32")


@dataclass(frozen=True)
class Answer:
    """The status with which an address answered, or in words why it did not."""

    status: int | None = None
    trouble: str = ""


class Refused(Exception):
    """An address that is not asked, and why."""


def is_public(ip: Ip) -> bool:
    """Whether an address belongs to the open network: no machine of ours, nor of the network around it."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(ip.ipv4_mapped)
        if any(ip in network for network in (*TRANSLATED, TEREDO)):
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def ask(address: str, *, may_ask: MayAsk = is_public, seconds: float = SECONDS) -> Answer:
    """Ask an address, by HEAD and where that is refused by GET, and follow where it leads.

    Never raises: what goes wrong is told. ``may_ask`` says to which machines a connection is made. The whole
    takes ``seconds`` at most, however slowly an answer drips.
    """
    until = time.monotonic() + seconds
    try:
        status = _follow("HEAD", address, may_ask, until)
        if status >= 400:
            status = _follow("GET", address, may_ask, until)
    except Refused as error:
        return Answer(trouble=str(error))
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= until:
            return Answer(trouble=f"no answer within {seconds:g} seconds")
        return Answer(trouble=_in_words(error))
    return Answer(status=status)


def _in_words(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return f"no safe connection: {error.reason or 'broken'}"[:200]
    return f"no answer: {error.__class__.__name__}"[:200]


def _follow(method: str, address: str, may_ask: MayAsk, until: float) -> int:
    """The status at the end of all redirects. Raises Refused, OSError, HTTPException, ValueError."""
    for _ in range(MOST_REDIRECTS + 1):
        status, leads_to = _once(method, address, may_ask, until)
        if status not in REDIRECTS or not leads_to:
            return status
        address = urljoin(address, leads_to)
    raise Refused(f"leads on more than {MOST_REDIRECTS} times")


def _once(method: str, address: str, may_ask: MayAsk, until: float) -> tuple[int, str]:
    parts = urlsplit(address)
    with ExitStack() as ended:
        connection = ended.enter_context(closing(_connection(parts, may_ask, until, ended)))
        path = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
        connection.request(method, path, headers=HEADERS)
        answer = ended.enter_context(closing(connection.getresponse()))
        if time.monotonic() >= until:  # it was cut off, and looks as though its head were whole
            raise TimeoutError
        if method == "GET":
            _read(answer)
        return answer.status, answer.getheader("Location") or ""


def _connection(parts: SplitResult, may_ask: MayAsk, until: float, ended: ExitStack) -> HTTPConnection:
    """A connection that is not open yet, and will open to a machine that may be asked only."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("no address of the web")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    made: Any
    # The port is said: of an address of IPv6 without one the last group would be taken for it.
    if parts.scheme == "https":
        made = HTTPSConnection(host, parts.port or 443, context=ssl.create_default_context())
    else:
        made = HTTPConnection(host, parts.port or 80)

    def open_to(address: tuple[str, int], timeout: Any, source: Any = None) -> socket.socket:
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
        ips = [ip_address(str(place[4][0]).partition("%")[0]) for place in found]
        if not ips or not all(may_ask(ip) for ip in ips):
            raise Refused(f"{NOT_ASKED}: the address is inside of a network that is not public")
        opened = _first_that_answers(dict.fromkeys(map(str, ips)), address[1], until)
        ended.callback(_cut_off(opened, until))
        return opened

    made._create_connection = open_to
    connection: HTTPConnection = made
    return connection


def _first_that_answers(ips: Iterable[str], port: int, until: float) -> socket.socket:
    """A connection to the first of some machines that takes one. Raises OSError where none does."""
    trouble: OSError = TimeoutError()
    waiting = list(ips)
    for number, ip in enumerate(waiting):
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            opened = socket.create_connection((ip, port), left / (len(waiting) - number))
        except OSError as error:
            trouble = error
        else:
            opened.settimeout(max(until - time.monotonic(), 0.001))
            return opened
    raise trouble


def _cut_off(opened: socket.socket, until: float) -> Callable[[], None]:
    """Shut a connection down when its time is over, though something still drips. Returns what calls it off.

    It is shut by a double: the handshake of TLS takes the socket itself over.
    """
    double = opened.dup()

    def shut() -> None:
        with suppress(OSError):
            double.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(until - time.monotonic(), 0.0), shut)
    timer.daemon = True
    timer.start()

    def call_off() -> None:
        timer.cancel()
        double.close()

    return call_off


def _read(answer: HTTPResponse) -> None:
    """Read the beginning of an answer, so that it is known to come."""
    read = 0
    while read < MOST_BYTES and (portion := answer.read(AT_ONCE)):
        read += len(portion)
