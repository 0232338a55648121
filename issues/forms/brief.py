"""From which summit to which a brief tells."""

from typing import Any

from django import forms

from issues.models import Summit
from issues.queries.reading.process import Reading

FROM, TO = "from", "to"


class SpanForm(forms.Form):
    """Two summits in their order; empty are the first and the latest that was held."""

    def __init__(self, data: Any, reading: Reading) -> None:
        super().__init__(data)
        self.reading = reading
        # One of the names is a word of the language, and no attribute can be called so.
        self.fields[FROM] = forms.CharField(required=False, max_length=80, label="From")
        self.fields[TO] = forms.CharField(required=False, max_length=80, label="To")

    def clean(self) -> dict[str, Any]:
        """The summits, or None where none was held yet. Refuses an end that lies before the beginning."""
        cleaned = super().clean() or {}
        order = list(self.reading.summits.values())
        found: dict[str, Summit | None] = {FROM: order[0] if order else None, TO: self.reading.latest}
        for name in (FROM, TO):
            slug = cleaned.get(name)
            if slug:
                found[name] = self.reading.by_slug(slug)
                if found[name] is None:
                    message = f"There is no summit “{slug}” in this process."
                    self.add_error(name, forms.ValidationError(message, code="unknown"))
        begins, ends = found[FROM], found[TO]
        if begins and ends and self._place(ends) < self._place(begins):
            self.add_error(TO, f"“{ends}” lies before “{begins}”.")
        return {**cleaned, **found}

    def _place(self, summit: Summit) -> int:
        """The place of the table of a summit in the order."""
        return list(self.reading.summits).index(summit.occasion.table)
