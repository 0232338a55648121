"""Asking an address on the web whether it answers, and nothing inside of our own network.

Every name is resolved here and the connection made to what was looked at, so that a name cannot lead
elsewhere between the look and the call; each redirect is looked at again.
"""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

Ip = IPv4Address | IPv6Address
MayAsk = Callable[[Ip], bool]

SECONDS = 10.0
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
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def ask(address: str, *, may_ask: MayAsk = is_public, seconds: float = SECONDS) -> Answer:
    """Ask an address, by HEAD and where that is refused by GET, and follow where it leads.

    Never raises: what goes wrong is told. ``may_ask`` says to which machines a connection is made.
    """
    try:
        status = _follow("HEAD", address, may_ask, seconds)
        if status >= 400:
            status = _follow("GET", address, may_ask, seconds)
    except Refused as error:
        return Answer(trouble=str(error))
    except TimeoutError:
        return Answer(trouble=f"no answer within {seconds:g} seconds")
    except ssl.SSLError as error:
        return Answer(trouble=f"no safe connection: {error.reason or 'broken'}"[:200])
    except (OSError, HTTPException, ValueError) as error:
        return Answer(trouble=f"no answer: {error.__class__.__name__}"[:200])
    return Answer(status=status)


def _follow(method: str, address: str, may_ask: MayAsk, seconds: float) -> int:
    """The status at the end of all redirects. Raises Refused, OSError, HTTPException, ValueError."""
    for _ in range(MOST_REDIRECTS + 1):
        status, leads_to = _once(method, address, may_ask, seconds)
        if status not in REDIRECTS or not leads_to:
            return status
        address = urljoin(address, leads_to)
    raise Refused(f"leads on more than {MOST_REDIRECTS} times")


def _once(method: str, address: str, may_ask: MayAsk, seconds: float) -> tuple[int, str]:
    parts = urlsplit(address)
    with closing(_connection(parts, may_ask, seconds)) as connection:
        path = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
        connection.request(method, path, headers=HEADERS)
        answer = connection.getresponse()
        if method == "GET":
            _read(answer, seconds)
        return answer.status, answer.getheader("Location") or ""


def _connection(parts: SplitResult, may_ask: MayAsk, seconds: float) -> HTTPConnection:
    """A connection that is not open yet, and will open to a machine that may be asked only."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("no address of the web")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    made: Any
    if parts.scheme == "https":
        made = HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context())
    else:
        made = HTTPConnection(host, parts.port, timeout=seconds)

    def open_to(address: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
        ips = [ip_address(str(place[4][0]).partition("%")[0]) for place in found]
        if not ips or not all(may_ask(ip) for ip in ips):
            raise Refused("not asked: the address is inside of a network that is not public")
        return socket.create_connection((str(ips[0]), address[1]), timeout)

    made._create_connection = open_to
    connection: HTTPConnection = made
    return connection


def _read(answer: HTTPResponse, seconds: float) -> None:
    """Read the beginning of an answer, so that it is known to come, for so long and no more."""
    began, read = time.monotonic(), 0
    while read < MOST_BYTES and time.monotonic() - began < seconds:
        portion = answer.read(AT_ONCE)
        if not portion:
            return
        read += len(portion)
