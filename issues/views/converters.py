"""What may stand in an address, for ``<key:pk>`` and its like."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class KeyConverter:
    """A primary key that every database can look up."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The number in the address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number for an address."""
        return str(value)


class PictureFormConverter(StringConverter):
    """What a picture may be taken away as."""

    regex = r"svg|png|json|vl\.json"


class Base36Converter(StringConverter):
    """A primary key in digits and letters, as the link of a new password names an account."""

    regex = "[0-9A-Za-z]{1,12}"


register_converter(KeyConverter, "key")
register_converter(PictureFormConverter, "form")
register_converter(Base36Converter, "base36")
