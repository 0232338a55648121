"""The parts that our Vega-Lite documents are made of."""

from collections.abc import Sequence
from typing import Any

Part = dict[str, Any]

BLUE, RED, GREY, PALE = "#0b57a4", "#9b1130", "#7a828a", "#dcebfa"
SCALE = {"domain": [0, 100]}


def number(field: str, title: str, **more: Any) -> Part:
    """A figure on the scale of 0 to 100."""
    return {"field": field, "type": "quantitative", "title": title, "scale": SCALE, **more}


def day(field: str, title: str | None = None) -> Part:
    """A day; in UTC, so that it is the same day everywhere."""
    return {"field": field, "type": "temporal", "title": title, "scale": {"type": "utc"}}


def name(field: str, title: str | None = None, **more: Any) -> Part:
    """Names, in the order in which they come unless it says otherwise."""
    return {"field": field, "type": "nominal", "title": title, "sort": None, **more}


def tooltip(*fields: str) -> list[Part]:
    """What is told of a mark where a reader points at it."""
    return [{"field": each, "type": "nominal"} for each in fields]


def layer(mark: Part, encoding: Part, data: str = "", where: str = "") -> Part:
    """A layer: its mark and encoding; ``data`` are other figures than the first, ``where`` keeps rows."""
    part: Part = {"data": {"name": data}} if data else {}
    if where:
        part["transform"] = [{"filter": where}]
    return {**part, "mark": mark, "encoding": encoding}


def layered(data: str, layers: Sequence[Part], **more: Any) -> Part:
    """A picture of layers over figures."""
    return {"data": {"name": data}, "layer": list(layers), **more}
