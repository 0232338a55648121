"""What a mapping says: fields and columns, and what there may be of each."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from issues.importing.mapping.join import Join
from issues.importing.mapping.values import Scale
from issues.importing.reading import Layout

# What a statement may say, in the order of the columns of a long table, and what each is to a person.
FIELDS = {
    "issue": "Issue",
    "actor": "Actor",
    "summit": "Summit or occasion",
    "option": "Position: an option or words",
    "value": "Position: a number",
    "summary": "Summary",
    "state": "State: stated, withdrawn, silent",
    "red_line": "Red line",
    "accepts_from": "Accepts from",
    "accepts_to": "Accepts to",
    "salience": "Salience",
    "condition": "Condition",
    "basis": "Basis",
    "confidence": "Confidence",
    "note": "Note: the reason of the coding",
    "quote": "Quotation",
    "language": "Language of the quotation",
    "translation": "Translation",
    "speaker": "Speaker",
    "said_on": "Said on",
    "locator": "Place in the source",
    "source": "Source: key or title",
    "source_url": "Source: address",
    "source_title": "Source: title",
    "source_publisher": "Source: publisher",
    "source_date": "Source: date",
    "source_kind": "Source: kind",
    "summit_date": "Date of the summit or occasion",
}
# The fields of which a table needs each, from a column, from the heads across, or the same for every row.
NEEDED = ("issue", "actor", "summit")
POSITION = ("option", "value")
SCALED = ("accepts_from", "accepts_to", "salience")
DATES = ("said_on", "source_date", "summit_date")
# The fields that hold one of a few words; a blank one says nothing.
CHOICES = {
    "state": ("stated", "withdrawn", "silent"),
    "red_line": ("not_addressed", "declared", "derived", "dropped"),
    "basis": ("stated", "reported", "inferred"),
    "confidence": ("high", "moderate", "low"),
    "source_kind": ("official", "mirror", "news", "analysis"),
}
# What the heads of columns may name, where a column is not one field.
ACROSS = ("issue", "actor", "summit")
# The kinds of record that a name in the file may lead to; ``make`` says of which new ones are made.
NAMED = ("actor", "issue", "summit", "speaker", "source", "place")
# Of each kind that may be made, what has to be said of all new ones, with what may be said.
MAKES: dict[str, dict[str, tuple[str, ...]]] = {
    "actor": {
        "kind": ("state", "de_facto", "international", "coalition", "organisation", "organ"),
        "role": ("party", "mediator", "guarantor", "observer", "stakeholder"),
    },
    "speaker": {},
    "place": {},
    "source": {"kind": CHOICES["source_kind"]},
    "summit": {"kind": ("leaders", "ministers", "working", "statement", "document")},
}
# For every column that is not named beside it.
ALL = "*"
# The text of a row that lists who signed its words.
SIGNED = "signatories"
# What becomes of the row of a coalition.
AS_ONE, EACH_MEMBER = "as-one", "each-member"
COALITIONS = {AS_ONE: "one position of the coalition", EACH_MEMBER: "one for each member on that day"}


class MappingError(Exception):
    """A mapping that cannot be used; ``problems`` are all of them, each with the key that it is about."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Spread:
    """A column whose head names an issue, an actor or a summit, and the columns that go with it.

    ``name`` is what the head names, where it is written otherwise; ``beside`` are companion columns by
    the field that they hold of this statement.
    """

    column: str
    name: str
    beside: Map[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """How a table is read.

    ``columns`` gives the column of a field; ``across`` says what the heads of the ``cells`` name, and is
    empty for a long table, a row a statement. ``constants`` are the same for every row. By column, or ``*``
    for all others: ``values`` are what words mean, ``scales`` which numbers stand for 0 and 100, ``dates``
    how days are written. ``names`` lead from a name in the file to the slug, key or address of a record, by
    kind; ``make`` says of which kinds new records are made, and what they are. ``inferred`` is the reason
    for which all positions are inferred that rest on no source. ``table`` says what is in the file, if it
    is not positions. ``join`` is a second file beside this one. ``coalitions`` says what becomes of the row
    of a coalition. ``signatories`` is the column that lists who signed the words of a row, divided by
    ``separator``; with ``signed_in_rows`` the rows of the same words are of one signatory each.
    With ``keep_aliases`` the names that were answered become spellings of their records.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    layout: Layout = field(default_factory=Layout)
    across: str = ""
    columns: Map[str, str] = field(default_factory=dict)
    cells: tuple[Spread, ...] = ()
    constants: Map[str, str] = field(default_factory=dict)
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    scales: Map[str, Scale] = field(default_factory=dict)
    dates: Map[str, str] = field(default_factory=dict)
    names: Map[str, Map[str, str]] = field(default_factory=dict)
    make: Map[str, Map[str, str]] = field(default_factory=dict)
    inferred: str = ""
    table: str = ""
    join: Join | None = None
    coalitions: str = ""
    signatories: str = ""
    signed_in_rows: bool = False
    separator: str = ""
    keep_aliases: bool = False

    def meaning(self, column: str, value: str) -> str | None:
        """What a value of a column was said to mean; None where nothing was said."""
        for of in (column, ALL):
            found = self.values.get(of, {})
            if value in found:
                return found[value]
        return None

    def scale(self, column: str) -> Scale | None:
        """The scale of a column, where one was said."""
        return self.scales.get(column, self.scales.get(ALL))

    def date_form(self, column: str) -> str:
        """How the days of a column are written, where that was said."""
        return self.dates.get(column, self.dates.get(ALL, ""))
