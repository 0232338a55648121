"""Sources: what each says of itself, and how close it is to the words, which nobody but a person can say."""

from typing import Any

from issues.domain.address import normalised
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
        given |= _days(group)
        if group.new:
            for name, message in (("kind", NO_KIND), ("publisher", NO_PUBLISHER)):
                if name not in given:
                    group.problem(name, message, "values" if name == "kind" else "")
        group.compare("source", before, group.pk, given)


def _days(group: Group) -> dict[str, Any]:
    """When it was published, as exactly as it is known, and the day on which it was read."""
    given: dict[str, Any] = {}
    published, read = group.one("date"), group.day("accessed")
    if published is not None:
        given |= {"published_on": published.day, "published_on_precision": published.precision}
    if read is not None:
        given["accessed_on"] = read
    return given
