"""What the address of a file may ask for: nothing is passed over in silence."""

from collections.abc import Collection
from typing import Any

from django import forms


class OnlyForm(forms.Form):
    """Refuses a parameter that there is not: a misspelt one would give a table of everything."""

    def __init__(self, data: Any, allowed: Collection[str]) -> None:
        super().__init__(data)
        self.allowed = sorted(allowed)

    def clean(self) -> dict[str, Any]:
        """Nothing. Raises ValidationError, which names what there is not and what there is."""
        for name in self.data:
            if name not in self.allowed:
                there = f"there are {', '.join(self.allowed)}" if self.allowed else "there is none"
                raise forms.ValidationError(
                    "There is no parameter “%(name)s” here; %(there)s.",
                    code="no_parameter",
                    params={"name": name[:80], "there": there},
                )
        return {}
