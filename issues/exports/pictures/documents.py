"""The figures behind a picture: as JSON, and as a Vega-Lite document that draws them again."""

import json
from typing import Any

from issues.exports.pictures.picture import Picture, Provenance

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def as_json(picture: Picture, provenance: Provenance, address: str) -> str:
    """One JSON object: a header that says what this is, and the figures by name."""
    return _written({"header": _header(picture, provenance, address), **picture.data})


def as_vega_lite(picture: Picture, provenance: Provenance, address: str) -> str:
    """A Vega-Lite document of version 5, with the figures in it."""
    return _written(
        {
            "$schema": SCHEMA,
            "title": {
                "text": picture.title,
                "subtitle": [picture.caption, provenance.line],
                "anchor": "start",
            },
            "description": f"{picture.title}. {picture.caption} {provenance.line}",
            "usermeta": _header(picture, provenance, address),
            "datasets": picture.data,
            **picture.view,
        }
    )


def _header(picture: Picture, provenance: Provenance, address: str) -> dict[str, Any]:
    return {
        "picture": picture.name,
        "process": provenance.process.slug,
        "title": picture.title,
        "caption": picture.caption,
        "source": provenance.line,
        "as_of": provenance.summit.slug,
        "known_on": provenance.known.isoformat() if provenance.known else None,
        "page": provenance.page,
        "address": address,
        "fields": picture.fields,
    }


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)
