"""What our Vega-Lite documents are made of, as a JSON Schema: a part of the published one, as strict."""

from typing import Any

CHANNEL: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "field": {"type": "string"},
        "datum": {"type": "number"},
        "type": {"enum": ["quantitative", "temporal", "nominal"]},
        "title": {"type": ["string", "null"]},
        "sort": {"type": "null"},
        "scale": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "domain": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
                "type": {"enum": ["utc"]},
                "scheme": {"enum": ["purpleorange"]},
                "reverse": {"type": "boolean"},
            },
        },
        "axis": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"orient": {"enum": ["top"]}, "labelAngle": {"type": "number"}},
        },
    },
    "anyOf": [{"required": ["field"]}, {"required": ["datum"]}],
}
LAYER: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["mark", "encoding"],
    "properties": {
        "data": {"type": "object", "required": ["name"], "maxProperties": 1},
        "transform": {
            "type": "array",
            "items": {"type": "object", "required": ["filter"], "maxProperties": 1},
        },
        "mark": {
            "type": "object",
            "additionalProperties": False,
            "required": ["type"],
            "properties": {
                "type": {"enum": ["rect", "rule", "point", "text", "tick"]},
                "color": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
                "stroke": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
                "strokeWidth": {"type": "number"},
                "strokeDash": {"type": "array", "items": {"type": "number"}},
                "opacity": {"type": "number", "minimum": 0, "maximum": 1},
                "filled": {"type": "boolean"},
                "size": {"type": "number"},
                "shape": {"enum": ["circle", "cross"]},
                "dy": {"type": "number"},
            },
        },
        "encoding": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                **dict.fromkeys(("x", "x2", "y", "y2", "color", "text"), CHANNEL),
                "tooltip": {"type": "array", "items": CHANNEL},
            },
        },
    },
}
NAMED = {"type": "object", "required": ["name"], "maxProperties": 1}
LAYERS = {"type": "array", "items": LAYER, "minItems": 1}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["$schema", "data", "datasets", "title", "description"],
    "properties": {
        "$schema": {"const": "https://vega.github.io/schema/vega-lite/v5.json"},
        "title": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "text": {"type": "string"},
                "subtitle": {"type": "array", "items": {"type": "string"}},
                "anchor": {"enum": ["start"]},
            },
        },
        "description": {"type": "string"},
        "usermeta": {"type": "object"},
        "datasets": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "object"}},
        },
        "data": NAMED,
        "width": {"type": "number"},
        "layer": LAYERS,
        "columns": {"type": "number"},
        "facet": CHANNEL,
        "spec": {
            "type": "object",
            "additionalProperties": False,
            "required": ["layer"],
            "properties": {"width": {"type": "number"}, "height": {"type": "number"}, "layer": LAYERS},
        },
    },
    "oneOf": [{"required": ["layer"]}, {"required": ["facet", "spec"]}],
}


def layers_of(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every layer with the name of the figures that it draws."""
    base = document["data"]["name"]
    layers = document.get("layer") or document["spec"]["layer"]
    return [(layer.get("data", {"name": base})["name"], layer) for layer in layers]


def fields_of(layer: dict[str, Any]) -> set[str]:
    """The fields that a layer reads."""
    channels = [
        item for each in layer["encoding"].values() for item in (each if isinstance(each, list) else [each])
    ]
    return {channel["field"] for channel in channels if "field" in channel}
