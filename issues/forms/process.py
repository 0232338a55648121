"""A new negotiation, of which no more is known than what it is called."""

from django import forms

from issues.models import Process


class ProcessForm(forms.ModelForm):
    """A new process, to be filled from a spreadsheet."""

    class Meta:
        model = Process
        fields = ("name",)
        labels = {"name": "What the negotiation is called"}
