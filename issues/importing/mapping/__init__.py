"""From a table to statements: which column is what, what each value means, on which scale, by which calendar.

No Django: a :class:`Mapping` is JSON, to be saved and used again for the next file of the same kind.
"""

from issues.importing.mapping.columns import ACROSS, CHOICES, FIELDS, NAMED, Mapping, MappingError, Spread
from issues.importing.mapping.dates import DATE_FORMS, Dated, read_date
from issues.importing.mapping.form import from_json
from issues.importing.mapping.guess import propose
from issues.importing.mapping.join import SECOND, UNMATCHED, Join, propose_on
from issues.importing.mapping.joining import Joined, join
from issues.importing.mapping.problem import Problem
from issues.importing.mapping.said import Said, Statements, statements
from issues.importing.mapping.values import Scale
from issues.importing.mapping.written import to_json

__all__ = [
    "ACROSS",
    "CHOICES",
    "DATE_FORMS",
    "FIELDS",
    "NAMED",
    "SECOND",
    "UNMATCHED",
    "Dated",
    "Join",
    "Joined",
    "Mapping",
    "MappingError",
    "Problem",
    "Said",
    "Scale",
    "Spread",
    "Statements",
    "from_json",
    "join",
    "propose",
    "propose_on",
    "read_date",
    "statements",
    "to_json",
]
