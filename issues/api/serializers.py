"""What rows look like: the columns of a table, as fields."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from issues.exports.files import plain
from issues.exports.tables import Column, Kind
from issues.exports.tables.column import as_sentence

# A day that is known to the month is no date: 2023-07.
KNOWN_DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
FIELDS: dict[Kind, Any] = {
    Kind.TEXT: serializers.CharField,
    Kind.NUMBER: serializers.FloatField,
    Kind.WHOLE: serializers.IntegerField,
    Kind.YES_NO: serializers.BooleanField,
    Kind.DAY: serializers.DateField,
    Kind.TIME: serializers.DateTimeField,
    Kind.KNOWN_DAY: lambda **how: serializers.RegexField(KNOWN_DAY, **how),
}


class Row(serializers.Serializer):
    """A row of a table, as its columns tell it: with the same values as in the JSON file."""

    columns: tuple[Column, ...] = ()

    def get_fields(self) -> dict[str, serializers.Field]:
        """A field a column, named and described alike."""
        return {
            column.name: FIELDS[column.kind](help_text=as_sentence(column.says), allow_null=True)
            for column in self.columns
        }

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The values of the row, by column."""
        return {column.name: plain(column.value(row)) for column in self.columns}


class Rows(serializers.Serializer):
    """A portion of the rows of a table."""

    next = serializers.URLField(
        allow_null=True, help_text="Where the rows go on; null where these are the last."
    )


def row_of(name: str, columns: Iterable[Column]) -> type[Row]:
    """The serializer of a table's rows."""
    return type(f"{_title(name)}Row", (Row,), {"columns": tuple(columns), "__doc__": f"A row of {name}."})


def rows_of(name: str, row: type[Row], about: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The serializer of a portion: what is told once, and the rows."""
    return type(
        f"{_title(name)}Rows", (about,), {"results": row(many=True), "__doc__": f"A portion of {name}."}
    )


def _title(name: str) -> str:
    return name.title().replace("_", "")
