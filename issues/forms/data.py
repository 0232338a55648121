"""What the address of a file may ask for: nothing is passed over in silence."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict

from issues.domain.address import counts_readers


class OnlyForm(forms.Form):
    """Refuses a parameter that there is not: a misspelt one would give a table of everything.

    One that is given twice is refused likewise, but for those that ask for ``several``. What other sites
    add to count their readers is passed over.
    """

    def __init__(self, data: QueryDict, allowed: Collection[str], several: Collection[str] = ()) -> None:
        super().__init__(data)
        self.asked, self.allowed, self.several = data, sorted(allowed), several

    def clean(self) -> dict[str, Any]:
        """Nothing. Raises ValidationError, which names what there is not, or what there is twice."""
        for name in (name for name in self.data if not counts_readers(name)):
            if name not in self.allowed:
                there = f"there are {', '.join(self.allowed)}" if self.allowed else "there is none"
                raise forms.ValidationError(
                    "There is no parameter “%(name)s” here; %(there)s.",
                    code="no_parameter",
                    params={"name": name[:80], "there": there},
                )
            if name not in self.several and len(self.asked.getlist(name)) > 1:
                raise forms.ValidationError(
                    "The parameter “%(name)s” is given more than once; give it once.",
                    code="given_twice",
                    params={"name": name},
                )
        return {}
