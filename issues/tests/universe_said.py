"""What is said in the universe: sources, the statements in them, and the positions that rest on these.

The tables in ``universe.py`` show the same at a glance.
"""

from datetime import date
from typing import Any

ARABIC = "لا ماء لأحد دون الآخر"
HEBREW = "המים שייכים לכולם"
EMOJI = "The river 🐟 is ours too 🙂"
LONG = ("We have read the preamble. " * 400)[:10_000]

SOURCES: dict[str, dict[str, Any]] = {
    "digest": {"title": "Digest of the river press", "publisher": "Lenna Digest", "kind": "news"},
    "leaflet": {
        "title": "Leaflet of the fishers",
        "publisher": "Delta Fishers",
        "kind": "damaged",
        "cited_via": "digest",
    },
    "gazette": {
        "title": "From the riverside",
        "publisher": "Gazette",
        "author": "Ola Rey",
        "kind": "news",
        "url": "https://gazette.example/riverside",
        "published_on": date(2031, 12, 11),
    },
    "record": {
        "title": "Record of the meetings",
        "publisher": "Lenna Commission",
        "kind": "official",
        "url": "https://commission.example/record",
        "archive_url": "https://archive.example/record",
        "published_on": date(2031, 12, 1),
        "published_on_precision": "month",
        "accessed_on": date(2032, 1, 2),
        "note": "Complete.",
    },
    "cadria-press": {
        "title": "بيان",
        "publisher": "وكالة كادريا",
        "kind": "official",
        "language": "ar",
    },
}

# ref: (source, fields); "minister", "ministry" and "envoy" stand for the people and the organ.
STATEMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "arden-1": (
        "record",
        {
            "quote": "Most of the summer flow stays behind the dam.",
            "speaker": "minister",
            "organ": "ministry",
            "said_on": date(2031, 3, 10),
            "locator": "p. 3",
        },
    ),
    "arden-2": ("record", {"quote": "Half, if the data are shared.", "organ": "ministry"}),
    "arden-3": ("gazette", {"quote": "Nobody reads our gauges for us.", "attribution": "a spokesman"}),
    "arden-4": ("gazette", {"quote": "Monthly is more than we can give.", "reported_by_person": "envoy"}),
    "belmar-1": ("record", {"quote": "A quarter may stay."}),
    "belmar-2": ("record", {"quote": "We stand by the ford.", "claimed_as": "reaffirmed"}),
    "belmar-3": ("gazette", {"quote": "Half is no tragedy."}),
    "belmar-4": ("record", {"quote": LONG}),
    "cadria-1": ("record", {"quote": "No drop may stay, and never more than half."}),
    "cadria-2": (
        "cadria-press",
        {"quote": ARABIC, "language": "ar", "translation": "No water for one without the other."},
    ),
    "cadria-3": (
        "record",
        {"quote": "Never more than a quarter.", "original_quote": HEBREW, "language": "he"},
    ),
    "cadria-4": ("record", {"note": "Cadria can live with a quarter."}),
    "commission-1": ("record", {"quote": "We have heard all sides."}),
    "commission-2": ("record", {"quote": "As before.", "claimed_as": "reaffirmed"}),
    "fishers-1": ("leaflet", {"quote": EMOJI}),
    "joint": ("record", {"quote": "Arden and Cadria have a draft."}),
    "communique": ("record", {"quote": "The meeting brought us further."}),
    "report": ("gazette", {"quote": "It happened before our eyes."}),
    "doubt": ("gazette", {"quote": "Belmar never said half.", "claimed_as": "reaffirmed"}),
}

# actor, issue, summit, refs of statements, fields; an option is named by its value.
SAID: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("arden", "flow", "ford", "arden-1", {"option": 75.0, "summary": "Most may stay.", "salience": 60.0}),
    ("belmar", "flow", "ford", "belmar-1", {"option": 25.0, "summary": "A quarter may stay."}),
    (
        "cadria",
        "flow",
        "ford",
        "cadria-1",
        {"option": 0.0, "summary": "Nothing may stay.", "red_line": "declared", "accepts_to": 50.0},
    ),
    ("commission", "flow", "ford", "commission-1", {"summary": "All sides were heard."}),
    ("arden", "data", "ford", "arden-3", {"value": 10.0, "summary": "Hardly any data."}),
    ("belmar", "data", "ford", "belmar-1", {"summary": "Data are useful."}),
    ("cadria", "data", "ford", "cadria-1", {"option": 100.0, "summary": "Live data."}),
    ("arden", "flow", "mill", "arden-1", {"option": 75.0, "summary": "Most may stay, again."}),
    ("belmar", "flow", "mill", "belmar-2", {"summary": "As at the ford."}),
    ("cadria", "flow", "mill", "", {"state": "silent"}),
    ("commission", "flow", "mill", "commission-1", {"summary": "Heard again."}),
    ("arden", "data", "mill", "arden-3", {"option": 0.0, "summary": "No data at all."}),
    ("belmar", "data", "mill", "belmar-1", {"option": 50.0, "summary": "Monthly data."}),
    ("cadria", "data", "mill", "cadria-1", {"value": 90.0, "summary": "Nearly live data."}),
    ("commission", "data", "mill", "commission-1", {"option": 50.0, "summary": "Monthly, say we."}),
    ("commission", "treaty", "mill", "commission-1", {"option": 50.0, "summary": "There is a draft."}),
    ("cadria", "preamble", "mill", "cadria-2", {"summary": "Water for both or none."}),
    (
        "arden",
        "flow",
        "weir",
        "arden-2",
        {
            "option": 50.0,
            "summary": "Half may stay.",
            "salience": 80.0,
            "condition": "if the data are shared",
            "linked": "data",
        },
    ),
    ("belmar", "flow", "weir", "belmar-3", {"option": 50.0, "summary": "Half is fine.", "disputed": True}),
    (
        "cadria",
        "flow",
        "weir",
        "cadria-3",
        {"summary": "At most a quarter.", "red_line": "declared", "accepts_to": 25.0},
    ),
    ("commission", "flow", "weir", "commission-2", {"summary": "As before."}),
    (
        "cadria",
        "data",
        "weir",
        "cadria-1",
        {"summary": "Monthly is the least.", "red_line": "derived", "accepts_from": 50.0},
    ),
    ("arden", "treaty", "weir", "joint", {"option": 50.0, "summary": "A draft."}),
    ("cadria", "treaty", "weir", "joint", {"option": 50.0, "summary": "A draft."}),
    ("fishers", "preamble", "weir", "fishers-1", {"summary": "The river has more owners."}),
    ("arden", "flow", "aside", "arden-2 arden-3 arden-4", {"summary": "No more than was said inside."}),
    ("arden", "data", "aside", "arden-3", {"summary": "Our gauges are ours.", "red_line": "declared"}),
    ("arden", "flow", "delta", "", {"state": "silent"}),
    ("belmar", "flow", "delta", "belmar-4", {"state": "withdrawn"}),
    (
        "cadria",
        "flow",
        "delta",
        "cadria-4",
        {"option": 25.0, "summary": "A quarter may stay.", "red_line": "dropped", "basis": "reported"},
    ),
    (
        "commission",
        "flow",
        "delta",
        "",
        {"summary": "Seems content.", "basis": "inferred", "note": "It smiled.", "confidence": "low"},
    ),
    (
        "arden",
        "data",
        "delta",
        "arden-4",
        {"value": 25.0, "summary": "Quarterly, no more.", "red_line": "declared", "accepts_to": 25.0},
    ),
    ("cadria", "data", "delta", "", {"state": "silent"}),
    ("cadria", "treaty", "delta", "communique", {"option": 100.0, "summary": "Signed."}),
    ("belmar", "preamble", "delta", "belmar-4", {"summary": "A long reading."}),
]
