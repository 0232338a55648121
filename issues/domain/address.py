"""The address of a document, written in one way, so that a source is entered once."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = {"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"}
PORTS = {"http": 80, "https": 443}


def counts_readers(parameter: str) -> bool:
    """Whether a parameter of an address is one that sites add to count their readers: it names nothing."""
    name = parameter.lower()
    return name.startswith("utm_") or name in TRACKING


def normalised(address: str) -> str:
    """An address without its fragment, tracking parameters and default port, its host in lower case.

    Braces, which may stand in none, are written as %7B and %7D.
    What is no web address comes back as it is, without blanks around it.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in PORTS or not host:
        return address
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != PORTS[scheme]:
        host = f"{host}:{port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not counts_readers(name)
    ]
    query = (
        parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    )
    written = urlunsplit((scheme, host, parts.path or "/", query, "")).strip()
    return written.replace("{", "%7B").replace("}", "%7D")


def listed(text: str) -> list[str]:
    """The addresses in a text of one a line, each written in one way and once."""
    return list(dict.fromkeys(normalised(line) for line in text.splitlines() if line.strip()))


def variants(address: str) -> list[str]:
    """The ways in which a document may be on record: with either scheme, with or without a last slash."""
    whole = normalised(address)
    scheme, _, rest = whole.partition("://")
    if scheme not in PORTS:
        return [whole]
    ends = [rest, rest.rstrip("/") if rest.endswith("/") else f"{rest}/"]
    return [f"{other}://{end}" for other in (scheme, *PORTS) for end in ends]
