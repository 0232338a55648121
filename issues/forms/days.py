"""How a day is asked for in a form: by the browser's own calendar, or typed."""

from django import forms

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOW_A_DAY = "As 2023-10-05."
NO_CALENDAR = "Where no calendar opens, as 2023-10-05."


def day_field(label: str) -> forms.DateField:
    """A day, or none."""
    return forms.DateField(
        required=False,
        label=label,
        widget=DAY,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "This is no date. Write it like 2027-03-01."},
    )
