"""What somebody says of themselves: their name, and in which time zone they live."""

from typing import Any

from django import forms

from issues.clock import installation_zone
from issues.domain.time_zone import UTC_NAME, zones, zones_by_area
from issues.user import User

Choices = list[tuple[str, Any]]


class ZoneField(forms.ChoiceField):
    """A time zone by area and place, or none."""

    default_error_messages = {"invalid_choice": "“%(value)s” is no time zone that there is to choose."}


class OwnForm(forms.ModelForm):
    """One's own name and time zone."""

    time_zone = ZoneField(
        required=False,
        label="Time zone",
        help_text="In which times are shown to you, and read where you type them.",
    )

    class Meta:
        model = User
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, stored = self.fields["time_zone"], self.instance.time_zone
        field.choices = _offered(stored)  # type: ignore[attr-defined]
        if stored and stored not in zones():
            field.help_text += f" “{stored}”, which you had chosen, is not known here any more."


def _offered(stored: str) -> Choices:
    """None, UTC, and the zones of each area by their places; an older name where it is stored."""
    areas = zones_by_area()
    offered: Choices = [("", f"as this installation: {installation_zone().key}"), (UTC_NAME, UTC_NAME)]
    offered += [(area, [(name, _place(name)) for name in names]) for area, names in areas.items()]
    if stored in zones() and stored != UTC_NAME and all(stored not in names for names in areas.values()):
        offered.append((stored, stored))
    return offered


def _place(name: str) -> str:
    return name.partition("/")[2].replace("_", " ")
