"""A first mapping, from the names of columns and from what is in them, for a person to look at."""

import re
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Map

from issues.domain.spelling import folded
from issues.importing.mapping.columns import DATES, FIELDS, Mapping, Spread
from issues.importing.mapping.dates import guess_form
from issues.importing.mapping.values import NUMERIC
from issues.importing.reading import Table

# By what people call it, what a column holds. Folded, without signs.
CALLED: dict[str, tuple[str, ...]] = {
    "issue": ("issue name", "topic", "question", "controversy", "item", "issue title"),
    "actor": (
        *(
            "country",
            "state party",
            "party",
            "actor name",
            "delegation",
            "member state",
            "stakeholder",
            "group",
        ),
        *("stakeholder name", "countries", "signatory", "speaker country", "name of actor", "player"),
    ),
    "summit": ("occasion", "meeting", "round", "session", "conference", "event", "summit name"),
    "option": ("position", "stance", "alternative", "choice", "preference", "vote"),
    "value": ("score", "position score", "placement", "scale value", "position value"),
    "summary": ("description", "position summary", "position text", "what they want"),
    "state": ("status",),
    "red_line": ("redline", "red lines"),
    "salience": ("importance", "priority", "weight"),
    "confidence": ("certainty",),
    "condition": ("conditions", "conditional on"),
    "note": ("notes", "comment", "comments", "remark", "remarks", "coder note", "reason"),
    "quote": ("quotation", "statement", "words", "quoted text", "excerpt", "verbatim"),
    "language": ("lang", "language of quote"),
    "translation": ("english translation", "quote en"),
    "speaker": ("said by", "person", "official", "representative", "speaker name"),
    "said_on": ("date", "day", "date said", "statement date", "said", "date of statement"),
    "locator": ("page", "pages", "paragraph", "place in source"),
    "source": ("reference", "document", "citation", "source key", "source id"),
    "source_url": ("url", "link", "address", "source link", "web address", "website"),
    "source_title": ("title", "headline", "document title"),
    "source_publisher": ("publisher", "outlet", "newspaper", "agency", "media"),
    "source_date": ("published", "published on", "publication date", "date of source"),
    "source_kind": ("source type", "type of source", "kind of source"),
    "summit_date": ("meeting date", "date of meeting", "session date"),
}
# Columns of the files that leave here, which say for sure what those beside them say to a reader.
OURS = {"actor": "actor_slug", "issue": "issue_slug", "summit": "summit_slug", "source": "source_key"}
# Of these files it is the day of the occasion, and whoever speaks may be the actor itself or several.
NOT_OURS = {"said_on": "date", "speaker": "speaker"}
# The place on the scale, of which 0 is one and no word for nothing.
OUR_PLACE = "placement"
PARTS = re.compile(r"[/|()\[\]]")
# The first column, where the corner of a grid is left empty: it names the rows.
CORNER = "column A"
# Behind the name of a column that another has, too.
NUMBERED = re.compile(r" \(\d+\)$")
# What a companion of a column across may be called, behind or before the name of that column.
BESIDE = ("salience", "confidence", "source_url", "source", "quote", "summary", "note", "red_line")


def propose(table: Table, names: Map[str, Iterable[str]]) -> Mapping:
    """What a table seems to be. ``names`` are those known of issues, actors and summits, in any spelling.

    Columns are taken by their names; a table without a column for issues, but with heads that name issues,
    goes across them, and likewise for actors and summits. Where nothing fits, nothing is proposed.
    """
    columns = _by_name(table.columns)
    across, cells = _across(table, columns, names)
    used = {cell.column for cell in cells} | {column for cell in cells for column in cell.beside.values()}
    columns = {name: column for name, column in columns.items() if column not in used}
    if cells:
        columns = {
            name: column for name, column in columns.items() if name not in ("option", "value", across)
        }
        rows_are = "issue" if across == "actor" else "actor"
        if rows_are not in columns and table.columns[0] == CORNER and CORNER not in columns.values():
            columns[rows_are] = CORNER
    return Mapping(
        across=across if cells else "",
        columns=columns,
        cells=cells,
        dates=_dates(table, columns),
        values={OUR_PLACE: {"0": NUMERIC}} if is_ours(table.columns) else {},
    )


def _by_name(heads: Collection[str]) -> dict[str, str]:
    """The columns that are called as a field is; those of a file of our own as it means them."""
    words = {name: (plain_key(name), *CALLED.get(name, ()), label_key(FIELDS[name])) for name in FIELDS}
    found, there = called(heads, words), set(heads)
    if is_ours(there):
        found |= {name: column for name, column in OURS.items() if column in there}
        found = {name: column for name, column in found.items() if NOT_OURS.get(name) != column}
    return found


def is_ours(heads: Collection[str]) -> bool:
    """Whether these are the columns of a file of positions that left here."""
    return {"position_id", "actor_slug", "issue_slug", "summit_slug", OUR_PLACE} <= set(heads)


def called(heads: Iterable[str], words: Map[str, Iterable[str]]) -> dict[str, str]:
    """The columns that are called by the ``words`` of a field, the plainest name first."""
    keys = by_key(heads)
    found: dict[str, str] = {}
    for name, own in words.items():
        for word in own:
            if word in keys and keys[word] not in found.values():
                found[name] = keys[word]
                break
    return found


def by_key(heads: Iterable[str]) -> dict[str, str]:
    """Heads by what they may be known as: whole, without what stands in brackets, and by their parts.

    “Position (1–7)” is a position, and “Land / Country” a country, where no column is called so plainly;
    a part that several heads have, as “position” of “Iran / position”, tells none of them.
    """
    names = list(reversed(list(heads)))
    parts: dict[str, set[str]] = {}
    for head in names:
        for part in parted(head):
            parts.setdefault(plain_key(part), set()).add(head)
    keys = {key: next(iter(of)) for key, of in parts.items() if len(of) == 1}
    keys |= {plain_key(head.partition("(")[0]): head for head in names}
    keys |= {plain_key(head): head for head in names}
    keys.pop("", None)
    return keys


def parted(head: str) -> list[str]:
    """What a head in two languages says, each: “Land / Country”, “Land (Country)”, “Land | Country”."""
    return [part for part in PARTS.split(head) if part.strip()]


def label_key(label: str) -> str:
    """A field as its label calls it, which people copy into their files; empty where it is a sentence."""
    return "" if ":" in label else plain_key(label.partition(",")[0])


def _across(
    table: Table, columns: dict[str, str], names: Map[str, Iterable[str]]
) -> tuple[str, tuple[Spread, ...]]:
    """What the heads name that no column gives, and the columns that they head."""
    for across in ("issue", "actor", "summit"):
        known = {plain_key(name) for name in names.get(across, ())} - {""}
        if across in columns:
            continue
        own = _named(table.columns, known)
        main = [column for column in own if not _companion(column)]
        if main:
            spread = [Spread(column, own[column], _beside(column, main, table.columns)) for column in main]
            return across, tuple(spread)
    return "", ()


def _named(heads: Iterable[str], known: set[str]) -> dict[str, str]:
    """What heads name, of what is known: by all of it or the upper of two, else by a part of one alone."""
    found: dict[str, str] = {}
    by_part: dict[str, list[tuple[str, str]]] = {}
    for head in heads:
        ways = (head, _upper(head), *(part.strip() for part in parted(head)))
        way = next((way for way in ways if plain_key(way) in known), "")
        if way in ways[:2] and way:
            found[head] = way
        elif way and not any(map(_field_beside, parted(head))):
            by_part.setdefault(plain_key(way), []).append((head, way))
    alone = dict(
        of[0] for key, of in by_part.items() if len(of) == 1 and key not in map(plain_key, found.values())
    )
    return {head: (found | alone)[head] for head in heads if head in found or head in alone}


def _upper(column: str) -> str:
    """The upper head of a column with two: “Iran” of “Iran / position”."""
    return column.partition(" / ")[0]


def _companion(column: str) -> str:
    """What a column holds beside the position, by the last part of its name; empty for the position."""
    _, _, last = column.partition(" / ")
    return _field_beside(last)


def _field_beside(head: str) -> str:
    return next((name for name in BESIDE if plain_key(head) in (plain_key(name), *CALLED.get(name, ()))), "")


def _beside(column: str, main: list[str], heads: Iterable[str]) -> dict[str, str]:
    """The companions of a column: “Iran / salience” of “Iran / position”, “Flow salience” of “Flow”.

    Also those behind it that are called alike behind other columns: “Flow, Source, Data, Source”.
    """
    found: dict[str, str] = {}
    heads = list(heads)
    plain = [NUMBERED.sub("", head) for head in heads]
    follows = False
    for place, head in enumerate(heads):
        if " / " in column and _upper(head) == _upper(column) and _companion(head):
            found.setdefault(_companion(head), head)
        if " / " not in column and head != column:
            for name in BESIDE:
                words = (plain_key(name), *CALLED.get(name, ()))
                ways = {f"{plain_key(column)} {word}" for word in words} | {
                    f"{word} {plain_key(column)}" for word in words
                }
                if plain_key(head) in ways:
                    found.setdefault(name, head)
        follows = head == column or (follows and head not in main)
        if follows and plain.count(plain[place]) > 1:
            field = next(filter(None, map(_field_beside, (plain[place], *parted(plain[place])))), "")
            if field:
                found.setdefault(field, head)
    return found


def _dates(table: Table, columns: dict[str, str]) -> dict[str, str]:
    forms = {name: guess_form(table.values(columns[name])) for name in DATES if name in columns}
    return {columns[name]: form for name, form in forms.items() if form}


def plain_key(name: str) -> str:
    """The name of a column without case, accents and signs, as it is compared."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(name)).split())
