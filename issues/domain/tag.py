"""Tag URIs (RFC 4151): ids that are unique everywhere and for ever, whatever is renamed or moved."""

import re
from contextlib import suppress
from datetime import date

# The name of who gives the ids is a domain or an e-mail address, in small letters; a port is no part of it.
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
_AUTHORITY = re.compile(rf"(?:[a-z0-9._-]+@)?{_DOMAIN},(\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?)")
# The day that is taken for a host of which nobody said since when it is ours; the same for ever.
SINCE = "2026"


def is_tag_authority(text: str) -> bool:
    """Whether a text is a name and a day, ``example.org,2026-11-30``: the day may be a month or a year."""
    found = _AUTHORITY.fullmatch(text)
    if found is None:
        return False
    with suppress(ValueError):
        date.fromisoformat(f"{found[1]}-01-01"[: len("2026-11-30")])
        return True
    return False


def authority_of(host: str) -> str:
    """The authority that stands in for one that was set: a host as a request names it, without its port."""
    name = re.sub(r":\d*$", "", host.lower()).rstrip(".")
    return f"{name if re.fullmatch(_DOMAIN, name) else 'localhost'},{SINCE}"


def tag(authority: str, *parts: object) -> str:
    """The tag URI of what these parts name, under an authority. Parts are ours: keys, kinds, ids."""
    return f"tag:{authority}:{'/'.join(map(str, parts))}"
