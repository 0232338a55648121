"""From a table to statements: which column is what, what each value means, on which scale, by which calendar.

No Django: a :class:`Mapping` is JSON, to be saved and used again for the next file of the same kind.
"""

from issues.importing.mapping.columns import ACROSS, CHOICES, FIELDS, NAMED, Mapping, MappingError, Spread
from issues.importing.mapping.dates import DATE_FORMS, Dated, read_date
from issues.importing.mapping.form import from_json, to_json
from issues.importing.mapping.guess import propose
from issues.importing.mapping.said import Problem, Said, Statements, statements
from issues.importing.mapping.values import Scale

__all__ = [
    "ACROSS",
    "CHOICES",
    "DATE_FORMS",
    "FIELDS",
    "NAMED",
    "Dated",
    "Mapping",
    "MappingError",
    "Problem",
    "Said",
    "Scale",
    "Spread",
    "Statements",
    "from_json",
    "propose",
    "read_date",
    "statements",
    "to_json",
]
