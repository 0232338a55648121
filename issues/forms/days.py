"""How a day is asked for in a form: by the browser's own calendar, or typed."""

from django import forms

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOW_A_DAY = "As 2023-10-05."
NO_CALENDAR = "Where no calendar opens, as 2023-10-05."
