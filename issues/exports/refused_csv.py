"""The refused rows of a file as CSV, with the reasons in a last column: to be mended and read again alone."""

import csv
import io
from collections import defaultdict

from issues.exports.files import BOM, safe
from issues.importing.item import Plan
from issues.importing.reading import Table

REASON = "refused because"


def refused_csv(plan: Plan, table: Table) -> str:
    """The refused rows under the names of their columns, which are one row whatever they were."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in plan.problems:
        of = f" “{problem.value}”" if problem.value else ""
        reasons[problem.row].append(f"{problem.column}{of} {problem.message}")
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow([*map(safe, table.columns), REASON])
    for row in table.rows:
        if row.number in reasons:
            writer.writerow([*map(safe, row.cells), safe("; ".join(reasons[row.number]))])
    return BOM + held.getvalue()
