"""Sources: what each says of itself, and how close it is to the words, which nobody but a person can say."""

from typing import Any

from issues.domain.address import listed, normalised, variants
from issues.importing.mapping import Mapping
from issues.importing.resolve import is_address
from issues.importing.stored import Stored
from issues.importing.tables.group import Group
from issues.importing.tables.records import Records

TEXTS = ("author", "publisher", "language", "note")
ADDRESSES = ("url", "archive_url")
NO_KIND = (
    "is missing: say how close new sources are to the words, by a column whose values are mapped, "
    "or for all rows in constants"
)
NO_PUBLISHER = "is missing: a new source has a publisher. Say it for all rows in constants."


def settle(groups: list[Group], mapping: Mapping, stored: Stored, there: Records) -> None:
    """What would become of each source. An empty cell leaves what is on record."""
    for group in groups:
        before = there.fields.get(group.pk) if group.pk else None
        given: dict[str, Any] = {"title": group.name} if group.new or group.rows[0].texts.get("title") else {}
        given |= {name: value for name in (*TEXTS, "kind") if (value := group.one(name)) is not None}
        for name in ADDRESSES:
            text = group.one(name)
            if text is not None:
                given[name] = normalised(text)
                if not is_address(given[name]):
                    group.problem(name, "is no address of a page")
        given |= _addresses(group, given, before)
        _refuse_taken(group, given, stored)
        given |= _days(group)
        if group.new:
            for name, message in (("kind", NO_KIND), ("publisher", NO_PUBLISHER)):
                if name not in given:
                    group.problem(name, message, "values" if name == "kind" else "")
        group.compare("source", before, group.pk, given)


def _addresses(group: Group, given: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """The address and the others. One that is on record as another of the same source stays just that."""
    own, there = (before["url"], before["other_urls"].splitlines()) if before else (None, [])
    changed: dict[str, Any] = {}
    if given.get("url") and not set(variants(given["url"])).isdisjoint(there):
        changed["url"] = own
    texts = [said.texts.get("other_urls", "") for said in group.rows]
    others = listed("\n".join(" ".join(texts).split()))
    for address in others:
        if not is_address(address):
            group.problem("other_urls", f"“{address}” is no address of a page")
    first = changed.get("url", given.get("url", own))
    more = [address for address in others if address not in (first, *there)]
    return changed | ({"other_urls": "\n".join([*there, *more])} if more else {})


def _refuse_taken(group: Group, given: dict[str, Any], stored: Stored) -> None:
    """Note the addresses that are on record for another source, with its key."""
    keys = stored.directories["source"].by_key
    for name in ("url", "other_urls"):
        for address in (given.get(name) or "").splitlines():
            held = stored.source_at(address)
            if held not in (None, group.pk):
                group.problem(name, f"is an address of {keys[held].slug}, which is on record already")


def _days(group: Group) -> dict[str, Any]:
    """When it was published, as exactly as it is known, and the day on which it was read."""
    given: dict[str, Any] = {}
    published, read = group.one("date"), group.day("accessed")
    if published is not None:
        given |= {"published_on": published.day, "published_on_precision": published.precision}
    if read is not None:
        given["accessed_on"] = read
    return given
