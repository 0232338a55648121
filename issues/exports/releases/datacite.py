"""The metadata that a repository asks of a data set, in the words of DataCite 4."""

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.conf import settings

from issues.domain.characters import FORBIDDEN, REPLACED
from issues.models.release import Release

SCHEMA = "http://datacite.org/schema/kernel-4"
# What DataCite has for what is not there yet or not known: a value has to stand there.
TO_BE_GIVEN, NOT_KNOWN = ":tba", ":unav"
REQUIRED = ("doi", "creators", "titles", "publisher", "publicationYear", "types")


def metadata(release: Release, names: list[str]) -> dict[str, Any]:
    """The metadata; ``names`` are those of our people, none where the process does not publish them."""
    process = release.process
    creators = [{"name": name} for name in names] or [
        {"name": f"The contributors to “{process.name}”", "nameType": "Organizational"}
    ]
    day = release.made_at.date().isoformat()
    dates = [{"date": day, "dateType": "Issued"}]
    if release.withdrawn_at:
        dates.append({"date": release.withdrawn_at.date().isoformat(), "dateType": "Withdrawn"})
    found: dict[str, Any] = {
        "schemaVersion": SCHEMA,
        "doi": release.doi or TO_BE_GIVEN,
        "creators": creators,
        "titles": [{"title": release.title}],
        "publisher": {"name": settings.SITE_TITLE or NOT_KNOWN},
        "publicationYear": str(release.made_at.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Record of a negotiation"},
        "dates": dates,
        "version": release.number,
        "sizes": [f"{release.size} bytes"],
        "formats": ["application/zip"],
        "descriptions": [
            {"description": text, "descriptionType": kind}
            for text, kind in ((process.summary, "Abstract"), (release.notes, "Other"))
            if text
        ],
    }
    if settings.DATA_LICENCE:
        found["rightsList"] = [
            {
                "rights": settings.DATA_LICENCE,
                "rightsIdentifier": settings.DATA_LICENCE,
                "rightsIdentifierScheme": "SPDX",
            }
        ]
    if release.concept_doi:
        found["relatedIdentifiers"] = [
            {
                "relatedIdentifier": release.concept_doi,
                "relatedIdentifierType": "DOI",
                "relationType": "IsVersionOf",
            }
        ]
    return found


def missing(found: dict[str, Any]) -> list[str]:
    """The required fields that say nothing yet."""
    said = {**found, "publisher": found["publisher"]["name"]}
    return [name for name in REQUIRED if said.get(name) in (None, "", [], TO_BE_GIVEN, NOT_KNOWN)]


def as_json(found: dict[str, Any]) -> str:
    """The metadata as DataCite's JSON."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_xml(found: dict[str, Any]) -> bytes:
    """The metadata as DataCite's XML."""
    root = Element("resource", {"xmlns": SCHEMA})
    _add(root, "identifier", found["doi"], identifierType="DOI")
    creators = SubElement(root, "creators")
    for one in found["creators"]:
        kind = {"nameType": one["nameType"]} if "nameType" in one else {}
        _add(SubElement(creators, "creator"), "creatorName", one["name"], **kind)
    _list(root, "titles", "title", ((one["title"], {}) for one in found["titles"]))
    _add(root, "publisher", found["publisher"]["name"])
    _add(root, "publicationYear", found["publicationYear"])
    _add(root, "resourceType", found["types"]["resourceType"], resourceTypeGeneral="Dataset")
    _list(root, "dates", "date", ((one["date"], {"dateType": one["dateType"]}) for one in found["dates"]))
    related = (
        (one["relatedIdentifier"], {name: one[name] for name in ("relatedIdentifierType", "relationType")})
        for one in found.get("relatedIdentifiers", ())
    )
    _list(root, "relatedIdentifiers", "relatedIdentifier", related)
    _list(root, "sizes", "size", ((one, {}) for one in found["sizes"]))
    _list(root, "formats", "format", ((one, {}) for one in found["formats"]))
    _add(root, "version", found["version"])
    rights = (
        (one["rights"], {name: one[name] for name in ("rightsIdentifier", "rightsIdentifierScheme")})
        for one in found.get("rightsList", ())
    )
    _list(root, "rightsList", "rights", rights)
    said = (
        (one["description"], {"descriptionType": one["descriptionType"]}) for one in found["descriptions"]
    )
    _list(root, "descriptions", "description", said)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    """A child; what XML may not hold of a text is replaced."""
    held = {key: _held(value) for key, value in attributes.items()}
    SubElement(parent, name, held).text = _held(text)


def _held(text: str) -> str:
    return FORBIDDEN.sub(REPLACED, text)


def _list(parent: Element, name: str, item: str, values: Any) -> None:
    found = list(values)
    if found:
        held = SubElement(parent, name)
        for text, attributes in found:
            _add(held, item, text, **attributes)
