"""Text of several lines, stored with one character a line end, whichever form it comes from."""

from typing import Any

from django import forms


class PlainLineEnds(forms.Textarea):
    """A text area whose line ends are stored as one character, so that opening and saving changes nothing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text as typed, with plain line ends."""
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n").replace("\r", "\n") if isinstance(typed, str) else typed


class Lines(PlainLineEnds):
    """As many lines as they need, in the direction of their script."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows, "dir": "auto"})
