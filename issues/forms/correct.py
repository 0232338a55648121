"""Correcting what is recorded, on its page: the fields of a record, and why they were wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.domain.address import listed, normalised
from issues.domain.span import span
from issues.forms.days import DAY, NO_CALENDAR
from issues.forms.lines import Lines
from issues.forms.named import person_field, source_field, statement_field
from issues.forms.ruled import RuledForm
from issues.models import Event, Issue, Outcome, Position, Process, Source, Statement, Summit
from issues.models.source import LONGEST_ADDRESS, Claim
from issues.queries.search.called import taking_part

UNCHANGED = "Nothing differs from what is recorded: change a field, or go back."


def reason_field() -> forms.CharField:
    """Why the record is changed, asked first, so that it is at hand when the form opens."""
    return forms.CharField(
        max_length=1000,
        label="Reason of the correction",
        help_text="What was wrong with the record. It stays in the history.",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class CorrectionForm(RuledForm):
    """The fields of one record as it is, and the reason of the correction; of a new one, its fields alone."""

    reason = reason_field()

    # Whether what hangs on the record is corrected beside it, so that its own fields may stay.
    beside = False
    # Its days, and the field that says how exactly they are known.
    days: tuple[str, ...] = ()
    precision = ""

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        if self.instance._state.adding:
            del self.fields["reason"], self.fields["opened_version"]
        self.order_fields(["reason"])

    def changes(self) -> dict[str, Any]:
        """The fields as they are typed, for the action that stores what differs."""
        fields = self._meta.fields or ()
        return {name: self.cleaned_data[name] for name in self.changed_data if name in fields}

    def clean(self) -> dict[str, Any] | None:
        """Refuse a correction that corrects nothing. Days are stored as the first of what is known."""
        cleaned = super().clean()
        how = self.cleaned_data.get(self.precision)
        for name in self.days:
            if how and self.cleaned_data.get(name):
                self.cleaned_data[name] = span(self.cleaned_data[name], how).first
        is_stored = not self.instance._state.adding
        if is_stored and not (self.errors or self.beside or self.changed_data):
            raise ValidationError(UNCHANGED, code="unchanged")
        return cleaned


class PositionCorrection(CorrectionForm):
    """A position: where it is coded, in which words, and how it is known."""

    class Meta:
        model = Position
        fields = (
            *("state", "option", "value", "summary", "red_line", "accepts_from", "accepts_to", "salience"),
            *("condition", "basis", "confidence", "disputed", "note"),
        )
        widgets = {"summary": Lines(2), "condition": Lines(2), "note": Lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issue = self.instance.issue
        if issue.has_scale:
            self.fields["option"].queryset = issue.options.order_by("value")  # type: ignore[attr-defined]
            return
        for name in ("option", "value", "accepts_from", "accepts_to"):
            del self.fields[name]


class StatementCorrection(CorrectionForm):
    """A statement: its words, who said them when, and where they are printed."""

    days, precision = ("said_on",), "said_on_precision"

    speaker = person_field(help_text="A name, surname or alias on record.")
    reported_by_person = person_field(label="Reported by, a person")
    in_reply_to = statement_field(help_text="The short id of a source, a space and that of the statement.")
    source = source_field(required=True, help_text="Its short id, address, or any part of its title.")

    class Meta:
        model = Statement
        fields = (
            *("quote", "original_quote", "language", "translation", "speaker", "organ", "attribution"),
            *("reported_by_person", "reported_by_actor", "said_on", "said_on_precision", "occasion"),
            *("in_reply_to", "claimed_as", "source", "locator", "snapshot", "note"),
        )
        labels = {
            "reported_by_actor": "Reported by, an actor",
            "said_on_precision": "Said on, known to the",
            "snapshot": "Read from the archived copy",
        }
        help_texts = {"said_on": NO_CALENDAR}
        widgets = {
            "quote": Lines(5),
            "original_quote": Lines(3),
            "translation": Lines(3),
            "note": Lines(2),
            "said_on": DAY,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        own = (self.instance.organ_id, self.instance.reported_by_actor_id)
        for name in ("organ", "reported_by_actor"):
            fields[name].queryset = taking_part(self.process, *own)
        fields["occasion"].queryset = Summit.objects.filter(process=self.process).order_by("-starts_on")
        fields["snapshot"].queryset = self.instance.source.snapshots.all()
        fields["claimed_as"].choices = [("", "nothing"), *Claim.choices]


class SourceCorrection(CorrectionForm):
    """A source: what document it is, and where it is found."""

    days, precision = ("published_on",), "published_on_precision"

    url = forms.URLField(
        label="Address", required=False, max_length=LONGEST_ADDRESS, assume_scheme="https", empty_value=None
    )
    archive_url = forms.URLField(
        label="Archived copy", required=False, max_length=LONGEST_ADDRESS, assume_scheme="https"
    )
    cited_via = source_field(help_text="The source that reports this one, where it was not seen itself.")

    class Meta:
        model = Source
        fields = (
            *("title", "publisher", "author", "kind", "url", "other_urls"),
            *("archive_url", "published_on", "published_on_precision", "accessed_on", "language"),
            *("cited_via", "note"),
        )
        labels = {"published_on_precision": "Published on, known to the", "accessed_on": "Read on"}
        help_texts = {"published_on": NO_CALENDAR, "accessed_on": NO_CALENDAR}
        widgets = {"published_on": DAY, "accessed_on": DAY, "note": Lines(2), "other_urls": Lines(2)}

    def clean_url(self) -> str | None:
        """The address in the one way in which we write it."""
        return normalised(self.cleaned_data["url"]) or None if self.cleaned_data["url"] else None

    def clean_other_urls(self) -> str:
        """The others likewise."""
        return "\n".join(listed(self.cleaned_data["other_urls"]))


class OutcomeForm(CorrectionForm):
    """What a summit produced, by one account."""

    according_to_person = person_field(
        label="According to, a person", help_text="A name, surname or alias on record."
    )

    class Meta:
        model = Outcome
        fields = ("issue", "status", "text", "placement", "according_to_actor", "according_to_person")
        labels = {"text": "What came of it", "according_to_actor": "According to, an actor"}
        widgets = {"text": Lines(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["issue"].queryset = Issue.objects.filter(process=self.process)
        fields["issue"].empty_label = "the summit as a whole"
        fields["according_to_actor"].queryset = taking_part(self.process, self.instance.according_to_actor_id)


class EventForm(CorrectionForm):
    """Context between summits, and the issues that it bears on."""

    days, precision = ("date",), "date_precision"

    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="Bears on"
    )

    class Meta:
        model = Event
        fields = ("title", "date", "date_precision", "text")
        labels = {"date_precision": "Date known to the", "text": "What happened"}
        help_texts = {"date": NO_CALENDAR}
        widgets = {"date": DAY, "text": Lines(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["issues"].queryset = Issue.objects.filter(process=self.process)
        if not self.instance._state.adding:
            bears = self.instance.event_issues.values_list("issue_id", flat=True)
            self.initial["issues"] = list(bears)
