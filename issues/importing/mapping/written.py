"""A mapping as JSON, as it is saved."""

import json
from typing import Any

from issues.importing.mapping.columns import Mapping
from issues.importing.mapping.form import ROWS, TEXTS
from issues.importing.mapping.join import UNMATCHED, Join
from issues.importing.reading import Layout


def to_json(mapping: Mapping) -> str:
    """A mapping as JSON, without what says nothing."""
    written: dict[str, Any] = {
        name: getattr(mapping, name) for name in ("table", *TEXTS, "across", "coalitions")
    }
    written |= _layout(mapping.layout)
    written["columns"] = dict(mapping.columns)
    written["cells"] = [
        {"column": cell.column, "name": cell.name} | ({"with": dict(cell.beside)} if cell.beside else {})
        for cell in mapping.cells
    ]
    written["scales"] = {column: [scale.at_0, scale.at_100] for column, scale in mapping.scales.items()}
    for name in ("constants", "dates"):
        written[name] = dict(getattr(mapping, name))
    for name in ("values", "names", "make"):
        written[name] = {key: dict(of) for key, of in getattr(mapping, name).items()}
    written["signatories"] = {"rows": True} if mapping.signed_in_rows else mapping.signatories
    written["keep_aliases"] = mapping.keep_aliases
    if mapping.join is not None:
        written["join"] = _join(mapping.join)
    kept = {key: value for key, value in written.items() if value}
    return json.dumps(kept, ensure_ascii=False, indent=2)


def _layout(layout: Layout) -> dict[str, Any]:
    written: dict[str, Any] = {"head": list(layout.head), "ignored": list(layout.ignored)}
    written |= {name: getattr(layout, name) for name in ROWS if name != "first_column"}
    if layout.first_column != 1:
        written["first_column"] = layout.first_column
    return written


def _join(join: Join) -> dict[str, Any]:
    written: dict[str, Any] = {"on": dict(join.on), "columns": list(join.columns), "keys": dict(join.keys)}
    written |= {name: getattr(join, name) for name in ("fold", "sheet", "encoding", "delimiter")}
    written |= _layout(join.layout)
    if join.unmatched != next(iter(UNMATCHED)):
        written["unmatched"] = join.unmatched
    return {"file": join.file} | {key: value for key, value in written.items() if value}
