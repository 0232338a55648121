"""What is wrong with a value of a file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value, and where. ``ask`` is the part of the mapping that would answer it."""

    row: int
    column: str
    value: str
    message: str
    ask: str = ""

    def __str__(self) -> str:
        of = f" “{self.value}”" if self.value else ""
        return f"row {self.row}, {self.column}:{of} {self.message}"
